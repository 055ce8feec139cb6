/* A long select becomes a box to type in, with GOV.UK's accessible autocomplete. Loaded by the fields that need it. */
import "../vendor/autocomplete/accessible-autocomplete.min.js";

const ARROW =
  '<svg class="autocomplete__arrow" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M1 4h14L8 13z"/></svg>';
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const same = (one, other) => one.trim().toLowerCase() === other.trim().toLowerCase();

function enhance(select) {
  const { hint, none, found, place } = select.dataset;
  const describedBy = select.getAttribute("aria-describedby");
  // What is not in the list is no answer: the one chosen before must not be sent in its stead.
  const choose = (text) => {
    select.value = [...select.options].find((option) => same(option.text, text))?.value ?? "";
  };
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    defaultValue: "",
    // Nothing is chosen that was neither typed in full nor picked.
    autoselect: false,
    confirmOnBlur: false,
    showAllValues: true,
    dropdownArrow: () => ARROW,
    onConfirm: (text) => text && choose(text),
    tNoResults: () => none,
    tAssistiveHint: () => hint,
    tStatusQueryTooShort: () => "",
    tStatusNoResults: () => none,
    tStatusSelectedOption: (answer, number, at) => fill(place, { answer, number, place: at + 1 }),
    tStatusResults: (number, chosen) => `${fill(found, { number })} ${chosen}`,
  });
  const input = document.getElementById(select.id.replace(/-select$/, ""));
  input.addEventListener("input", () => choose(input.value));
  if (!describedBy) return;
  // The component writes this attribute by itself, and leaves out the question's hint and error.
  const describe = () => {
    const said = input.getAttribute("aria-describedby") ?? "";
    if (!said.startsWith(describedBy)) input.setAttribute("aria-describedby", `${describedBy} ${said}`.trim());
  };
  new MutationObserver(describe).observe(input, { attributeFilter: ["aria-describedby"] });
  describe();
}

for (const select of document.querySelectorAll(".autocomplete > select")) enhance(select);

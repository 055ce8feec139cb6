/* Searches records while somebody types. Without this, the button "Search" shows the same list on the page anew. */

const PAUSE = 300; // milliseconds without a key

for (const records of document.querySelectorAll('[data-module="portal-records"][data-url]')) {
  const box = records.querySelector("input[type=text]");
  const found = records.querySelector(".records__found");
  let waiting = null;
  let asked = 0;

  const show = (html) => {
    const chosen = found.querySelector("input:checked")?.closest(".govuk-radios__item");
    found.innerHTML = html;
    const said = found.querySelector("p");
    records.querySelector("[role=status]").textContent = said?.textContent ?? "";
    if (!chosen) return;
    // What was chosen stays, once, above what is found now.
    const { id } = chosen.querySelector("input");
    found.querySelector(`#${CSS.escape(id)}`)?.closest(".govuk-radios__item").remove();
    if (said) said.after(chosen);
    else found.prepend(chosen);
  };

  const search = async () => {
    const number = ++asked;
    const address = new URL(records.dataset.url, window.location.href);
    address.searchParams.set("words", box.value);
    const response = await fetch(address);
    // Signed out meanwhile, or a later search is on its way.
    if (response.ok && !response.redirected && number === asked) show(await response.text());
  };

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, PAUSE);
  });
  // Enter is for searching here, not for going on.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });
}

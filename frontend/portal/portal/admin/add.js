/* Words beside Wagtail's plus signs: what each of them adds. The last of a list stands where one goes on; those between
   show theirs when they are pointed at. What they open is a list with a search, which has the focus, and knows what else
   people call a kind of question. */

import { make } from "./page.js";

const KEPT_FRAMES = 3;
const PATIENCE_MS = 5000;
const UNFOLDS_MS = 800;

export class AddController extends window.StimulusModule.Controller {
  static values = { last: String, between: String };

  connect() {
    const stream = this.element.querySelector(":scope > [data-streamfield-stream-container]");
    this.watch = new MutationObserver((changes) => {
      this.name(stream);
      for (const { addedNodes } of changes) addedNodes.forEach(bringIntoView);
    });
    this.watch.observe(stream, { childList: true });
    this.name(stream);
  }

  disconnect() {
    this.watch.disconnect();
  }

  name(stream) {
    const buttons = [...stream.querySelectorAll(":scope > div > .c-sf-add-button")];
    const last = buttons.at(-1);
    for (const button of buttons) {
      let words = button.querySelector(".portal-add");
      if (!words) {
        words = make("span", { class: "portal-add" });
        button.append(words);
        button.removeAttribute("title");
      }
      words.textContent = button === last ? this.lastValue : this.betweenValue;
      words.classList.toggle("portal-add--between", button !== last);
    }
  }
}

/* What somebody has just added unfolds at the lower edge of the window, with the focus in its first box: all of it comes
   into view. What was only moved, or put in place of something deleted, has the focus on a button, and stays where it is. */
function bringIntoView(added) {
  if (!added.matches?.("[data-streamfield-child]")) return;
  const follow = new ResizeObserver(() => added.querySelector("input:focus, textarea:focus") && added.scrollIntoView({ block: "start" }));
  follow.observe(added);
  setTimeout(() => follow.disconnect(), UNFOLDS_MS);
}

/* Wagtail says what it offers each time that a list is opened: here, for all of its plus signs at once. */
export function nameKinds() {
  const plus = document.querySelector("[id$='-root']")?.rootBlock?.inserters?.[0];
  if (!plus) return;
  const kinds = Object.getPrototypeOf(plus);
  const { get: offered } = Object.getOwnPropertyDescriptor(kinds, "blockItems");
  Object.defineProperty(kinds, "blockItems", {
    get() {
      return offered.call(this).map((group) => ({ ...group, items: group.items.map(withOtherNames) }));
    },
  });
}

/* The list that a plus sign opens has the focus in its search; Escape leads back to the plus sign. */
export function watchPlusSigns() {
  document.addEventListener("click", (event) => {
    const plus = event.target.closest?.(".c-sf-add-button");
    // Not before it has been drawn: its search is emptied first.
    if (plus) requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(focusSearch, 0, plus)));
  });
}

/* In a long form it takes a while until the search stands there and stays: until it has kept the focus for a moment. */
function focusSearch(plus, until = performance.now() + PATIENCE_MS, kept = 0) {
  if (plus.ariaExpanded !== "true" || kept === KEPT_FRAMES || performance.now() > until) return;
  const search = document.querySelector("[data-tippy-root] input[role=combobox]");
  const has = search !== null && document.activeElement === search;
  if (search && !has) {
    search.focus({ preventScroll: true });
    search.onkeydown = ({ key }) => {
      if (key === "Escape") plus.focus();
    };
  }
  requestAnimationFrame(() => focusSearch(plus, until, has ? kept + 1 : 0));
}

/* "Drop-down list" is also found as "dropdown". */
function withOtherNames(item) {
  if (!item.description) return item;
  const shown = `${item.label} (${item.description})`;
  return { ...item, label: `${shown} ${item.description.replace(/[\s-]/g, "")}`, render: () => shown };
}

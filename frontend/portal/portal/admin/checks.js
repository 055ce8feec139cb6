/* What stands in the way of publishing: the side panel, asked again after each save, and its links. */

import { childOf } from "./page.js";

/* "#block-ID-section", or that with the name of one of its boxes; or a box of the form's own, on whichever tab. */
const TARGET = /^#(?:(block-[\w-]+-section)(?::(\w+))?|id_\w+)$/;
const FIELDS = "input:not([type=hidden]), select, textarea, [contenteditable=true], button";

/* A fault's link names a block that may lie folded, or on the other tab: open what is in its way, then put the focus in
   it. */
export function openTarget() {
  const [whole, block, box] = location.hash.match(TARGET) ?? [];
  const target = whole && document.getElementById(block ?? whole.slice(1));
  if (!target) return;
  const panel = target.closest("[role=tabpanel]");
  document.querySelector(`[role=tab][aria-controls="${panel?.id}"]:not([aria-selected=true])`)?.click();
  whenShown(panel, () => goTo(target, box));
}

/* At once, or when the tab that was chosen shows its panel. */
function whenShown(panel, go) {
  if (panel?.hidden) requestAnimationFrame(() => whenShown(panel, go));
  else go();
}

function goTo(target, box) {
  for (let panel = target; panel; panel = panel.parentElement.closest("section.w-panel")) {
    panel.querySelector(":scope > .w-panel__header [data-panel-toggle][aria-expanded=false]")?.click();
  }
  const field = boxOf(target, box) ?? fieldsIn(target).find((one) => !one.matches("button")) ?? target;
  (field.closest("[data-contentpath]") ?? target).scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}

const fieldsIn = (element) => [...element.querySelectorAll(FIELDS)].filter((field) => field.checkVisibility());

/* Where to type in one of a block's boxes: what is marked as wrong, else its first field; for a list of blocks, where
   one is added. A box behind the cog is opened. */
function boxOf(section, name) {
  const child = childOf(section);
  const box = [...section.querySelectorAll(`[data-contentpath="${name}"]`)].find((one) => childOf(one) === child);
  if (!box) return null;
  if (!box.checkVisibility()) {
    section.querySelector(":scope > .w-panel__header [data-streamfield-action=SETTINGS]")?.click();
  }
  const adders = [...box.querySelectorAll(".c-sf-add-button")].filter((one) => childOf(one) === child);
  return adders.at(-1) ?? box.querySelector("[aria-invalid=true]") ?? fieldsIn(box)[0] ?? null;
}

/* Why a form was not published is said above the page, and leaves it with the first step down: it gets the focus, so that
   it is read out, and stands at the side as long as something is left to do, where the page is wide enough. */
export function showRefusal() {
  const refusal = document.querySelector(".messages li:has(.portal-findings)");
  if (!refusal) return;
  const toggle = document.querySelector('[data-side-panel-toggle="publishing-checks"][aria-expanded=false]');
  if (toggle && matchMedia("(min-width: 1200px)").matches) toggle.click();
  refusal.tabIndex = -1;
  refusal.focus();
}

export class ChecksController extends window.StimulusModule.Controller {
  static values = { url: String };

  connect() {
    this.saved = () => this.load();
    document.addEventListener("w-autosave:success", this.saved);
    this.count();
  }

  disconnect() {
    document.removeEventListener("w-autosave:success", this.saved);
  }

  async load() {
    if (!this.urlValue) return;
    const response = await fetch(this.urlValue, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    this.element.replaceChildren(...page.body.childNodes);
    this.count();
  }

  /* The number on the panel's icon. */
  count() {
    const number = this.element.querySelectorAll("[data-finding]").length;
    const counter = document.querySelector('[data-side-panel-toggle="publishing-checks"] [data-side-panel-toggle-counter]');
    if (!counter) return;
    counter.textContent = number;
    counter.hidden = number === 0;
  }

  /* The same link twice changes no address, so it opens its block by itself. */
  open() {
    setTimeout(openTarget);
  }
}

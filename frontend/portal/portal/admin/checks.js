/* What stands in the way of publishing: the side panel, asked again after each save, and its links. */

/* A fault's link names a block that may lie folded: unfold everything on the way, then put the focus in it. */
export function openTarget() {
  const target = /^#block-.+-section$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (!target) return;
  for (let panel = target; panel; panel = panel.parentElement.closest("section.w-panel")) {
    panel.querySelector(":scope > .w-panel__header [data-panel-toggle][aria-expanded=false]")?.click();
  }
  target.scrollIntoView({ block: "start" });
  const fields = target.querySelectorAll("input:not([type=hidden]), select, textarea, [contenteditable=true]");
  [...fields].find((field) => field.checkVisibility())?.focus({ preventScroll: true });
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

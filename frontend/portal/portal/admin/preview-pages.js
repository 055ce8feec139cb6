/* The pages to choose from in the preview, as they stand in the editor at this moment (Wagtail lists those of the last
   time that the whole page was loaded); and of them the one that is in sight, for in the preview "Continue" leads on. */

import { fill, make, pagesBySection } from "./page.js";

const SECTIONS = "_sections";

export class PreviewPagesController extends window.StimulusModule.Controller {
  static values = { name: String, unnamed: String, sections: String };

  connect() {
    this.loaded = ({ target }) => setTimeout(() => this.catchUp(target));
    this.drawn = null;
    document.addEventListener("w-preview:loaded", this.loaded);
    this.refresh();
  }

  disconnect() {
    document.removeEventListener("w-preview:loaded", this.loaded);
  }

  /* Wagtail draws into a frame of its own each time: one that loads again was led on from within. */
  catchUp(panel) {
    const select = document.getElementById("id_preview_mode");
    const frame = document.getElementById("w-preview-iframe");
    const asked = new URL(frame.src).searchParams.get("mode");
    if (!select || asked === null) return;
    const preview = this.application.getControllerForElementAndIdentifier(panel, "w-preview");
    const led = this.drawn === frame;
    this.drawn = frame;
    // The arrow keys choose page after page, and Wagtail passes over what is chosen while it still loads.
    if (!led && select.value !== asked) preview?.setPreviewMode();
    else this.follow(select, frame, preview);
  }

  follow(select, frame, preview) {
    const page = frame.contentDocument?.querySelector("[data-preview-page]")?.dataset.previewPage;
    if (page === undefined || page === select.value || ![...select.options].some(({ value }) => value === page)) return;
    select.value = page;
    preview?.updateNewTabLink();
  }

  refresh() {
    const select = document.getElementById("id_preview_mode");
    if (!select) return;
    const pages = pagesBySection().map(({ id, title, section, page }) => [
      id,
      fill(this.nameValue, { section, page, title: title || this.unnamedValue }),
    ]);
    const named = document.getElementById("id_task_list")?.checked ? [[SECTIONS, this.sectionsValue], ...pages] : pages;
    const [whole, ...rest] = select.options;
    if (JSON.stringify(rest.map(({ value, text }) => [value, text])) === JSON.stringify(named)) return;
    const chosen = select.value;
    select.replaceChildren(whole, ...named.map(([value, text]) => make("option", { value }, text)));
    select.value = named.some(([id]) => id === chosen) ? chosen : whole.value;
  }
}

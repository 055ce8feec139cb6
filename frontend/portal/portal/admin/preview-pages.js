/* The pages to choose from in the preview, as they stand in the editor at this moment: Wagtail lists those of the last
   time that the whole page was loaded. */

import { fill, make, pagesBySection } from "./page.js";

export class PreviewPagesController extends window.StimulusModule.Controller {
  static values = { name: String, unnamed: String };

  connect() {
    this.loaded = ({ target }) => setTimeout(() => this.catchUp(target));
    document.addEventListener("w-preview:loaded", this.loaded);
    this.refresh();
  }

  disconnect() {
    document.removeEventListener("w-preview:loaded", this.loaded);
  }

  /* The arrow keys choose page after page, and Wagtail passes over what is chosen while it still loads. */
  catchUp(panel) {
    const chosen = document.getElementById("id_preview_mode")?.value;
    const shown = new URL(document.getElementById("w-preview-iframe").src).searchParams.get("mode");
    if (shown === null || chosen === shown) return;
    this.application.getControllerForElementAndIdentifier(panel, "w-preview")?.setPreviewMode();
  }

  refresh() {
    const select = document.getElementById("id_preview_mode");
    if (!select) return;
    const named = pagesBySection().map(({ id, title, section, page }) => [
      id,
      fill(this.nameValue, { section, page, title: title || this.unnamedValue }),
    ]);
    const [whole, ...rest] = select.options;
    if (JSON.stringify(rest.map(({ value, text }) => [value, text])) === JSON.stringify(named)) return;
    const chosen = select.value;
    select.replaceChildren(whole, ...named.map(([value, text]) => make("option", { value }, text)));
    select.value = named.some(([id]) => id === chosen) ? chosen : whole.value;
  }
}

/* One of the questions of the same page, as a list to choose from. */

import { make, questionsOf, stepOf, write } from "./page.js";

export class OwnQuestionController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.select) return;
    const onchange = () => write(this.element, this.select.value);
    // Whoever comes by keyboard is here before the page has told of what was typed last.
    this.select = make("select", { "aria-label": this.labelText(), onchange, onfocus: () => this.offer() });
    this.element.hidden = true;
    this.element.type = "hidden";
    this.element.after(this.select);
    this.refresh();
  }

  disconnect() {
    this.select?.remove();
    this.select = null;
  }

  labelText() {
    return document.querySelector(`label[for="${CSS.escape(this.element.id)}"]`)?.textContent.trim() ?? "";
  }

  refresh() {
    if (this.select && this.select !== document.activeElement) this.offer();
  }

  offer() {
    const t = this.textsValue;
    const step = stepOf(this.element);
    const choices = [["", t.nothing], ...(step ? questionsOf(step) : []).map((one) => [one.id, one.label || t.unnamed])];
    if (!choices.some(([id]) => id === this.element.value)) choices.push([this.element.value, t.gone]);
    this.select.replaceChildren(
      ...choices.map(([id, text]) => make("option", { value: id, selected: id === this.element.value }, text)),
    );
  }
}

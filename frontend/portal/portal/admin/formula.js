/* A calculation: the text itself, a list of the answers that it may read, and how it reads with their words. */

import { earlierQuestions, fill, make, write } from "./page.js";

export class FormulaController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.beside) return;
    const t = this.textsValue;
    this.select = make("select", { "aria-label": t.put_in, onchange: () => this.putIn() });
    this.words = make("p", { class: "help" });
    this.beside = make("div", { class: "portal-formula" }, this.select, this.words, make("p", { class: "help" }, t.help));
    this.element.after(this.beside);
    this.refresh();
  }

  disconnect() {
    this.beside?.remove();
    this.beside = null;
  }

  questions() {
    return earlierQuestions(this.element).filter((question) => this.factsValue.types.includes(question.type));
  }

  refresh() {
    if (!this.beside || this.select === document.activeElement) return;
    const t = this.textsValue;
    const named = new Map(this.questions().map(({ id, label }) => [id, label || t.unnamed]));
    const choices = [["", t.put_in], ...named];
    this.select.replaceChildren(...choices.map(([id, text]) => make("option", { value: id }, text)));
    const formula = this.element.value.replace(/\[([^[\]]*)\]/g, (whole, id) => `“${named.get(id) ?? t.gone}”`);
    this.words.textContent = formula ? fill(t.reads, { formula }) : "";
  }

  putIn() {
    const { value, selectionStart, selectionEnd } = this.element;
    const reference = `[${this.select.value}]`;
    write(this.element, value.slice(0, selectionStart) + reference + value.slice(selectionEnd));
    this.element.focus();
    this.element.setSelectionRange(selectionStart + reference.length, selectionStart + reference.length);
    this.refresh();
  }
}

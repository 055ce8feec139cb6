/* A calculation: the text itself, a list of the answers that it may read, and how it reads with their words. */

import { earlierQuestions, fill, make, write } from "./page.js";

export class FormulaController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.beside) return;
    const t = this.textsValue;
    // Whoever comes by keyboard is here before the page has told of what was typed last.
    this.select = make("select", { "aria-label": t.answer, onfocus: () => this.offer() });
    const put = { type: "button", class: "button button-small button-secondary", onclick: () => this.putIn() };
    this.words = make("p", { class: "help" });
    this.beside = make("div", { class: "portal-formula" }, this.select, make("button", put, t.put_in), this.words, make("p", { class: "help" }, t.help));
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
    if (this.beside && this.select !== document.activeElement) this.offer();
  }

  offer() {
    const t = this.textsValue;
    const named = new Map(this.questions().map(({ id, label }) => [id, label || t.unnamed]));
    const choices = [["", t.answer], ...named];
    const chosen = this.select.value;
    this.select.replaceChildren(...choices.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));
    const formula = this.element.value.replace(/\[([^[\]]*)\]/g, (whole, id) => `“${named.get(id) ?? t.gone}”`);
    this.words.textContent = formula ? fill(t.reads, { formula }) : "";
  }

  putIn() {
    if (!this.select.value) return;
    const { value, selectionStart, selectionEnd } = this.element;
    const reference = `[${this.select.value}]`;
    write(this.element, value.slice(0, selectionStart) + reference + value.slice(selectionEnd));
    this.element.focus();
    this.element.setSelectionRange(selectionStart + reference.length, selectionStart + reference.length);
    this.refresh();
  }
}

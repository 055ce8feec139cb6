/* When a section, page or question is shown, or must be answered: one condition in one input. */

import { childOf, field, fill, icon, idOf, make, questionsOf, readJSON, stepOf, write } from "./page.js";
import { ConditionRows } from "./condition-rows.js";

export class ConditionController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.rows) return;
    this.element.hidden = true;
    this.element.type = "hidden";
    this.rows = new ConditionRows({
      element: this.element,
      texts: this.textsValue,
      facts: this.factsValue,
      condition: readJSON(this.element),
      opener: () => this.opener(this.textsValue.opened),
      save: (condition) => {
        write(this.element, condition ? JSON.stringify(condition) : "");
        this.summarise();
      },
    });
    this.element.after(this.rows.box);
    this.summarise();
  }

  disconnect() {
    this.rows?.box.remove();
    this.rows = null;
    this.line?.remove();
  }

  /* Redraws where what can be chosen has changed, unless somebody is at work in it. */
  refresh() {
    if (!this.rows || this.rows.box.contains(document.activeElement)) return;
    const condition = readJSON(this.element);
    if (this.rows.isStale(condition)) this.rows.show(condition);
    this.summarise();
  }

  /* In words, under the folded block's heading: under which answer it opens, and its condition. */
  summarise() {
    const panel = childOf(this.element)?.querySelector(":scope > section");
    const header = panel?.querySelector(":scope > .w-panel__header");
    const condition = readJSON(this.element);
    const faulty = Boolean(condition) && this.rows.isFaulty;
    const said = [this.opener(this.textsValue.opens_under), condition ? `${this.textsValue.when} ${this.rows.words(condition)}` : ""];
    const text = said.filter(Boolean).join(", ");
    const same = this.line?.isConnected && this.line.textContent.trim() === text;
    if (same && this.line.classList.contains("portal-condition-line--faulty") === faulty) return;
    this.line?.remove();
    if (!text || !header) return;
    this.line = make(
      "p",
      { class: `portal-condition-line${faulty ? " portal-condition-line--faulty" : ""}` },
      ...(faulty ? [icon("warning"), " "] : []),
      text,
    );
    header.after(this.line);
  }

  /* The answer on the same page that opens this question, in `words`. Pages and "must be answered when" have none. */
  opener(words) {
    const child = childOf(this.element);
    const step = stepOf(this.element);
    if (!step || step === child || field(child, "show_if") !== this.element) return "";
    const t = this.textsValue;
    const id = idOf(child);
    const above = questionsOf(step).find((question) => question.options.some((option) => option.reveals?.includes(id)));
    const option = above?.options.find((one) => one.reveals?.includes(id));
    return option ? fill(words, { answer: option.label || t[option.id] || t.unnamed_answer, question: above.label || t.unnamed }) : "";
  }
}

/* Lists of small things, each of them a box with a few inputs: other words on a condition, rules over several
   questions, numbers that change by date. One mechanism; what stands in a box is each list's own. */

import { readDay, showDay } from "./day.js";
import { fill, icon, make, pageKey, questionsOf, readJSON, stepOf, write } from "./page.js";
import { ConditionRows, conditionWords } from "./condition-rows.js";

class ListController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.box) return;
    this.element.hidden = true;
    this.element.type = "hidden";
    this.box = make("div", { class: "portal-list" });
    this.element.after(this.box);
    this.refresh();
  }

  disconnect() {
    this.box?.remove();
    this.box = null;
  }

  refresh() {
    if (!this.box || this.box.contains(document.activeElement)) return;
    const now = `${this.element.value} ${pageKey()}`;
    if (now === this.drawn) return;
    this.drawn = now;
    this.entries = this.read();
    this.draw();
  }

  read() {
    return readJSON(this.element) ?? [];
  }

  written() {
    return this.entries;
  }

  save() {
    write(this.element, this.entries.length ? JSON.stringify(this.written()) : "");
  }

  draw(focus) {
    const t = this.textsValue;
    const add = () => {
      this.entries.push(this.fresh());
      this.save();
      this.draw(this.entries.length - 1);
    };
    const button = make("button", { type: "button", class: "button button-small button-secondary", onclick: add }, t.add);
    const help = t.help ? [make("p", { class: "help" }, t.help)] : [];
    this.box.replaceChildren(...help, ...this.entries.map((entry, at) => this.row(entry, at)), button);
    if (focus !== undefined) (this.box.children[focus + help.length]?.querySelector("select, input") ?? button).focus();
  }

  row(entry, at) {
    const remove = fill(this.textsValue.remove, { number: at + 1 });
    const drop = () => {
      this.entries.splice(at, 1);
      this.save();
      this.draw(Math.max(0, at - 1));
    };
    const attributes = { type: "button", class: "button button-small button-secondary text-replace", "aria-label": remove, title: remove, onclick: drop };
    return make("div", { class: "portal-list__row" }, ...this.content(entry, at), make("button", attributes, icon("bin")));
  }

  /* A labelled box for one text of an entry. */
  text(entry, name, { type = "text", label = this.textsValue[name], set = (value) => value, show = String } = {}) {
    const oninput = (event) => {
      const value = set(event.target.value);
      if (value === "") delete entry[name];
      else entry[name] = value;
      this.save();
    };
    return make("label", {}, make("span", {}, label), make("input", { type, step: type === "number" ? "any" : null, value: show(entry[name] ?? ""), oninput }));
  }
}

export class VariantsController extends ListController {
  fresh() {
    return { when: { question: "", op: "is", value: "" } };
  }

  content(entry, at) {
    const save = (condition) => {
      entry.when = condition ?? {};
      this.save();
    };
    const label = this.textsValue.when;
    const rows = new ConditionRows({ element: this.element, ...conditionWords(), condition: entry.when, save, label: `${label} ${at + 1}` });
    return [...this.factsValue.words.map((name) => this.text(entry, name)), make("span", {}, label), rows.box];
  }
}

export class RulesController extends ListController {
  fresh() {
    return { kind: this.factsValue.kinds[0][0], questions: [] };
  }

  content(entry, at) {
    const t = this.textsValue;
    const kinds = this.factsValue.kinds.map(([id, text]) => make("option", { value: id, selected: id === entry.kind }, text));
    const onchange = (event) => {
      entry.kind = event.target.value;
      this.save();
    };
    return [
      make("select", { "aria-label": fill(t.kind, { number: at + 1 }), onchange }, ...kinds),
      make("div", { class: "portal-condition__several", role: "group", "aria-label": `${t.questions} ${at + 1}` }, ...this.questions(entry)),
      this.text(entry, "message"),
    ];
  }

  /* In the order of the page, which is the order that days must stand in. */
  questions(entry) {
    const t = this.textsValue;
    const step = stepOf(this.element);
    const there = (step ? questionsOf(step) : []).map((one) => [one.id, one.label || t.unnamed]);
    const gone = entry.questions.filter((id) => !there.some(([known]) => known === id)).map((id) => [id, t.gone]);
    const all = [...there, ...gone];
    return all.map(([id, text]) => {
      const onchange = (event) => {
        const chosen = new Set(event.target.checked ? [...entry.questions, id] : entry.questions.filter((one) => one !== id));
        entry.questions = all.map(([known]) => known).filter((known) => chosen.has(known));
        this.save();
      };
      return make("label", {}, make("input", { type: "checkbox", checked: entry.questions.includes(id), onchange }), text);
    });
  }
}

/* {name: [{from, value, source}]} as lines with their name. */
export class ThresholdsController extends ListController {
  read() {
    const named = Object.entries(readJSON(this.element) ?? {});
    return named.flatMap(([name, steps]) => steps.map((step) => ({ name, ...step })));
  }

  written() {
    const named = {};
    for (const { name = "", ...step } of this.entries) (named[name] ??= []).push(step);
    for (const steps of Object.values(named)) steps.sort((a, b) => (a.from ?? "").localeCompare(b.from ?? ""));
    return named;
  }

  save() {
    write(this.element, JSON.stringify(this.written()));
  }

  fresh() {
    return {};
  }

  content(entry) {
    const number = (value) => (value === "" ? "" : Number(value));
    return [this.text(entry, "name"), this.text(entry, "from", { set: readDay, show: showDay }), this.text(entry, "value", { type: "number", set: number }), this.text(entry, "source")];
  }
}

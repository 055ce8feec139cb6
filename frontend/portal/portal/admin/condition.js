/* When a section, page or question is shown, as rows "question, operator, answer".

   The input holds the engine's own JSON: one test, or {"all": [...]} or {"any": [...]} of tests. Deeper conditions
   come from imported files: they are kept as they are, and read out. */

import { allQuestions, childOf, earlierQuestions, fill, icon, make, pageKey, readJSON, write } from "./page.js";

const isTest = (condition) => Boolean(condition) && typeof condition === "object" && "question" in condition;

export class ConditionController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.box) return;
    this.element.hidden = true;
    this.element.type = "hidden";
    this.box = make("div", { class: "portal-condition" });
    this.element.after(this.box);
    this.read();
    this.draw();
  }

  disconnect() {
    this.box?.remove();
    this.box = null;
    this.line?.remove();
  }

  read() {
    const condition = readJSON(this.element);
    this.match = condition && "any" in condition ? "any" : "all";
    const parts = isTest(condition) ? [condition] : [condition?.[this.match] ?? []].flat();
    this.nested = condition && (("not" in condition) || !parts.every(isTest)) ? condition : null;
    this.rows = this.nested ? [] : parts;
  }

  save() {
    const condition = this.rows.length === 1 ? this.rows[0] : { [this.match]: this.rows };
    write(this.element, this.rows.length ? JSON.stringify(condition) : "");
    this.summarise();
  }

  /* Redraws where what can be chosen has changed, unless somebody is at work in it. */
  refresh() {
    if (!this.box) return;
    if (this.box.contains(document.activeElement)) return;
    const now = this.signature();
    if (now === this.drawn) return;
    this.read();
    this.draw();
  }

  /* What is drawn depends on this, and for "Always." only on whether there is anything to read. */
  signature() {
    const earlier = this.readable();
    if (!this.rows.length && !this.nested) return `${this.element.value} ${earlier.length > 0}`;
    return `${this.element.value} ${earlier.map((question) => question.id)} ${pageKey()}`;
  }

  readable() {
    return earlierQuestions(this.element).filter((question) => question.type in this.factsValue.operators);
  }

  draw(focus) {
    this.drawn = this.signature();
    this.questions = this.readable();
    this.known = new Map(this.rows.length || this.nested ? allQuestions().map((question) => [question.id, question]) : []);
    this.box.replaceChildren(...this.parts());
    this.summarise();
    if (focus) this.box.querySelectorAll(focus.selector)[focus.at ?? 0]?.focus();
  }

  parts() {
    const t = this.textsValue;
    if (this.nested) {
      return [
        make("p", {}, fill(t.nested, { condition: this.words(this.nested) })),
        this.button(t.replace, () => this.clear()),
      ];
    }
    if (!this.rows.length) {
      const begin = this.button(t.begin, () => this.add());
      return this.questions.length
        ? [make("span", { class: "portal-condition__always" }, `${t.always} `), begin]
        : [make("span", { class: "portal-condition__always" }, `${t.always} `), make("span", { class: "help" }, t.none_earlier)];
    }
    return [...this.matchLine(), ...this.rows.map((row, at) => this.row(row, at)), this.button(t.add, () => this.add())];
  }

  matchLine() {
    if (this.rows.length < 2) return [];
    const t = this.textsValue;
    const choices = [["all", t.all], ["any", t.any]];
    const select = this.select(t.match, choices, this.match, (value) => {
      this.match = value;
      this.save();
      this.draw({ selector: "[data-part=match]" });
    });
    select.dataset.part = "match";
    return [make("div", { class: "portal-condition__match" }, `${t.match} `, select)];
  }

  row(row, at) {
    const t = this.textsValue;
    const number = at + 1;
    const problem = this.problem(row);
    const question = this.known.get(row.question);
    const pick = this.select(
      fill(t.question, { number }),
      this.questionChoices(row),
      row.question,
      (value) => this.choose(at, value),
    );
    pick.dataset.part = "question";
    const note = problem ? make("p", { class: "portal-condition__problem", id: `${this.element.id}-problem-${at}` }, problem) : null;
    if (note) {
      pick.setAttribute("aria-invalid", "true");
      pick.setAttribute("aria-describedby", note.id);
    }
    return make(
      "div",
      { class: "portal-condition__row" },
      make("span", { class: "portal-condition__word" }, at === 0 ? t.when : this.match === "all" ? t.and : t.or),
      pick,
      ...(question ? [this.operator(row, question, at), this.operand(row, question, at)] : []),
      make(
        "button",
        {
          type: "button",
          class: "button button-small button-secondary text-replace portal-condition__remove",
          "aria-label": fill(t.remove, { number }),
          title: fill(t.remove, { number }),
          onclick: () => this.remove(at),
        },
        icon("bin"),
      ),
      note,
    );
  }

  questionChoices(row) {
    const t = this.textsValue;
    const twice = (label) => this.questions.filter((one) => one.label === label).length > 1;
    const name = (one) => {
      const label = one.label || t.unnamed;
      return twice(one.label) || !one.label ? `${label} (${one.stepTitle || t.unnamed_step})` : label;
    };
    const choices = [["", t.choose_question], ...this.questions.map((one) => [one.id, name(one)])];
    if (row.question && !this.questions.some((one) => one.id === row.question)) {
      const known = this.known.get(row.question);
      choices.push([row.question, known ? fill(t.later, { question: known.label || t.unnamed }) : t.gone]);
    }
    return choices;
  }

  problem(row) {
    const t = this.textsValue;
    if (!row.question || this.questions.some((one) => one.id === row.question)) return this.answerProblem(row);
    return this.known.has(row.question) ? t.mend_later : t.mend_gone;
  }

  answerProblem(row) {
    const question = this.known.get(row.question);
    const answers = question && this.answers(question);
    const wanted = [row.value ?? []].flat();
    const gone = answers && wanted.some((one) => one !== "" && !answers.some(([id]) => id === one));
    return gone ? this.textsValue.mend_answer : "";
  }

  /* The answers of a question that has fixed ones, else null. */
  answers(question) {
    const t = this.textsValue;
    const own = this.factsValue.own[question.type];
    const written = question.options.map((option) => [option.id, option.label]);
    if (own) return own.map((id) => [id, new Map(written).get(id) || t[id] || id]);
    if (!this.factsValue.choices.includes(question.type)) return null;
    return written.map(([id, label]) => [id, label || t.unnamed_answer]);
  }

  operator(row, question, at) {
    const { operators, words } = this.factsValue;
    const choices = (operators[question.type] ?? [row.op]).map((name) => [name, words[name]]);
    const select = this.select(fill(this.textsValue.operator, { number: at + 1 }), choices, row.op, (value) => {
      this.rows[at] = this.test(row.question, value);
      this.save();
      this.draw({ selector: ".portal-condition__row [data-part=operator]", at });
    });
    select.dataset.part = "operator";
    return select;
  }

  operand(row, question, at) {
    const shape = this.factsValue.shapes[row.op];
    const label = fill(this.textsValue.answer, { number: at + 1 });
    if (shape === "nothing") return null;
    if (shape === "list") return this.several(row, question, label);
    const answers = this.answers(question);
    if (answers) return this.oneAnswer(row, answers, label);
    const kind = shape === "date" || question.type === "date" ? "date" : question.type === "number" ? "number" : "text";
    return make("input", {
      type: kind,
      step: kind === "number" ? "any" : null,
      value: String(row.value ?? ""),
      "aria-label": label,
      "data-part": "answer",
      oninput: (event) => {
        const value = event.target.value;
        row.value = kind === "number" && value !== "" ? Number(value) : value;
        this.save();
      },
    });
  }

  oneAnswer(row, answers, label) {
    const t = this.textsValue;
    const choices = [["", t.choose_answer], ...answers];
    if (row.value && !answers.some(([id]) => id === row.value)) choices.push([row.value, t.answer_gone]);
    const select = this.select(label, choices, row.value ?? "", (value) => {
      row.value = value;
      this.save();
    });
    select.dataset.part = "answer";
    return select;
  }

  several(row, question, label) {
    const chosen = [row.value ?? []].flat();
    const answers = this.answers(question) ?? [];
    const gone = chosen.filter((id) => !answers.some(([known]) => known === id)).map((id) => [id, this.textsValue.answer_gone]);
    const box = ([id, text]) =>
      make(
        "label",
        {},
        make("input", {
          type: "checkbox",
          checked: chosen.includes(id),
          onchange: (event) => {
            const others = [row.value ?? []].flat().filter((one) => one !== id);
            row.value = event.target.checked ? [...others, id] : others;
            this.save();
          },
        }),
        text,
      );
    return make("div", { class: "portal-condition__several", role: "group", "aria-label": label, "data-part": "answer" }, ...[...answers, ...gone].map(box));
  }

  select(label, choices, value, onChange) {
    const options = choices.map(([id, text]) => make("option", { value: id, selected: id === value }, text));
    return make("select", { "aria-label": label, onchange: (event) => onChange(event.target.value) }, ...options);
  }

  button(text, action) {
    return make("button", { type: "button", class: "button button-small button-secondary", onclick: action }, text);
  }

  /* A new test of a question, its answer still to be chosen. */
  test(question, op) {
    const shape = this.factsValue.shapes[op];
    if (shape === "nothing") return { question, op };
    return { question, op, value: shape === "list" ? [] : "" };
  }

  choose(at, id) {
    const question = this.known.get(id);
    this.rows[at] = this.test(id, this.factsValue.operators[question?.type]?.[0] ?? "is");
    this.save();
    this.draw({ selector: ".portal-condition__row [data-part=question]", at });
  }

  add() {
    this.rows.push(this.test("", "is"));
    this.save();
    this.draw({ selector: "[data-part=question]", at: this.rows.length - 1 });
  }

  remove(at) {
    this.rows.splice(at, 1);
    this.save();
    this.draw({ selector: this.rows.length ? "[data-part=question]" : "button", at: Math.max(0, at - 1) });
  }

  clear() {
    this.nested = null;
    this.rows = [];
    this.save();
    this.draw({ selector: "button" });
  }

  /* The condition in words, under the folded block's heading. */
  summarise() {
    const panel = childOf(this.element)?.querySelector(":scope > section");
    if (!panel) return;
    const header = panel.querySelector(":scope > .w-panel__header");
    const condition = readJSON(this.element);
    this.line?.remove();
    if (!condition || !header) return;
    const faulty = !this.nested && this.rows.some((row) => this.problem(row));
    this.line = make(
      "p",
      { class: `portal-condition-line${faulty ? " portal-condition-line--faulty" : ""}` },
      ...(faulty ? [icon("warning"), " "] : []),
      `${this.textsValue.when} ${this.words(condition)}`,
    );
    header.after(this.line);
  }

  words(condition) {
    const t = this.textsValue;
    if (condition.all || condition.any) {
      const joint = ` ${condition.all ? t.and : t.or} `;
      return (condition.all ?? condition.any).map((part) => (isTest(part) ? this.words(part) : `(${this.words(part)})`)).join(joint);
    }
    if (condition.not) return fill(t.not, { condition: this.words(condition.not) });
    const question = this.known.get(condition.question);
    if (!condition.question) return t.unfinished;
    if (!question) return t.gone;
    const answers = new Map(this.answers(question) ?? []);
    const said = [condition.value ?? []].flat().map((one) => `“${answers.get(one) ?? one}”`);
    const label = (question.label || t.unnamed).replace(/\?$/, "");
    return [label, this.factsValue.words[condition.op], said.join(` ${t.or} `)].filter(Boolean).join(" ");
  }
}

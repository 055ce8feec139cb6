/* A condition as rows "question, operator, answer", wherever one stands: of a page, of an answer, of other words.

   It is the engine's own JSON: one test, or {"all": [...]} or {"any": [...]} of tests, of which one can be such a group
   again. A row may also ask about the items of a repeating group: of any, of every one, or how many there are. Deeper
   conditions come from imported files: they are kept as they are, and read out. */

import { dayBox, showDay } from "./day.js";
import { allQuestions, earlierGroups, earlierQuestions, fill, icon, make, pageKey } from "./page.js";

const WHICH = ["any_item", "every_item"];
const isTest = (one) => Boolean(one) && typeof one === "object" && "question" in one;
const whichOf = (one) => WHICH.find((which) => one && which in one);
const isRow = (one) => isTest(one) || Boolean(one && "items" in one) || Boolean(whichOf(one) && isTest(one.has));
const jointOf = (one) => ["all", "any"].find((joint) => Array.isArray(one?.[joint]));
const isGroup = (one) => Boolean(jointOf(one)) && one[jointOf(one)].every(isRow);

/* What a row asks of its question: of an item's, where it asks about items. */
const testOf = (row) => (whichOf(row) ? row.has : row);

/* A row's question as one value of the list to choose from. */
function pickOf(row) {
  const which = whichOf(row);
  if (which) return `${which} ${row[which]} ${row.has.question}`;
  return "items" in row ? `items ${row.items}` : row.question;
}

/* The words and facts stand with the conditions of pages, once for all that show one. */
export function conditionWords() {
  const input = document.querySelector('[data-controller~="portal-condition"]');
  const said = (name) => JSON.parse(input?.getAttribute(`data-portal-condition-${name}-value`) ?? "{}");
  return { texts: said("texts"), facts: said("facts") };
}

export class ConditionRows {
  /* `element` says where in the form it stands; `save` gets the JSON, or null for none; `opener` says in a sentence under
     which answer of its page a question opens, "" where it opens by itself. */
  constructor({ element, texts, facts, condition, save, label = "", opener = () => "" }) {
    Object.assign(this, { element, texts, facts, label, opener, tell: save });
    this.box = make("div", { class: "portal-condition", role: "group", "aria-label": label || texts.match });
    this.show(condition);
  }

  show(condition) {
    this.match = jointOf(condition) ?? "all";
    const parts = isRow(condition) ? [condition] : [condition?.[this.match] ?? []].flat();
    const known = !condition || isRow(condition) || (jointOf(condition) && parts.every((one) => isRow(one) || isGroup(one)));
    this.nested = known ? null : condition;
    this.parts = known ? parts : [];
    this.draw();
  }

  save() {
    const parts = this.parts.filter((one) => isRow(one) || one[jointOf(one)].length);
    const one = parts.length === 1 ? parts[0] : { [this.match]: parts };
    this.tell(parts.length ? one : null);
  }

  /* Whether something else on the page has changed what stands here. */
  isStale(condition) {
    return this.drawn !== this.signature(condition);
  }

  signature(condition) {
    const questions = this.readable();
    const groups = earlierGroups(this.element);
    const there = JSON.stringify(condition ?? null);
    if (!this.parts.length && !this.nested) return `${there} ${questions.length + groups.length > 0} ${this.opener()}`;
    return `${there} ${questions.map((one) => one.id)} ${groups.map((one) => one.id)} ${pageKey()}`;
  }

  readable() {
    return earlierQuestions(this.element).filter((one) => one.type in this.facts.operators);
  }

  draw(focus) {
    this.questions = this.readable();
    this.groups = earlierGroups(this.element);
    this.known = new Map(this.parts.length || this.nested ? allQuestions().map((one) => [one.id, one]) : []);
    this.drawn = this.signature(this.condition());
    this.rows = 0;
    this.box.replaceChildren(...this.content());
    if (focus) this.box.querySelector(`[data-focus="${focus}"]`)?.focus();
  }

  condition() {
    if (this.nested) return this.nested;
    return this.parts.length ? (this.parts.length === 1 ? this.parts[0] : { [this.match]: this.parts }) : null;
  }

  content() {
    const t = this.texts;
    if (this.nested) {
      const remove = () => {
        this.nested = null;
        this.save();
        this.draw("begin");
      };
      return [make("p", {}, fill(t.nested, { condition: this.words(this.nested) })), this.button(t.replace, remove)];
    }
    if (!this.parts.length) {
      const can = this.questions.length || this.groups.length;
      const opened = this.opener();
      const none = opened ? null : make("span", { class: "help" }, t.none_earlier);
      const begin = can ? this.button(opened ? t.begin_opened : t.begin, () => this.add(this.parts), "begin") : none;
      return [make("span", { class: "portal-condition__always" }, `${opened || t.always} `), begin].filter(Boolean);
    }
    return [
      ...this.matchLine(this.match, this.parts, "match", t.match, (value) => (this.match = value)),
      ...this.parts.map((one, at) => (isRow(one) ? this.row(this.parts, at, this.match, `${at}`) : this.group(one, at))),
      make(
        "div",
        { class: "portal-condition__more" },
        this.button(t.add, () => this.add(this.parts)),
        this.button(t.add_nested, () => this.addGroup()),
      ),
    ];
  }

  matchLine(match, parts, focus, label, set) {
    if (parts.length < 2) return [];
    const t = this.texts;
    const choices = [["all", t.all], ["any", t.any]];
    const select = this.select(label, choices, match, focus, (value) => {
      set(value);
      this.save();
      this.draw(focus);
    });
    select.dataset.part = "match";
    return [make("div", { class: "portal-condition__match" }, `${label} `, select)];
  }

  group(group, at) {
    const t = this.texts;
    const joint = jointOf(group);
    const rows = group[joint];
    const set = (value) => {
      delete group[joint];
      group[value] = rows;
    };
    const word = at === 0 ? t.when : this.match === "all" ? t.and : t.or;
    return make(
      "div",
      { class: "portal-condition__group", role: "group", "aria-label": `${word} ${t.nested_match}` },
      make("span", { class: "portal-condition__word" }, word),
      ...this.matchLine(joint, rows, `${at}-match`, t.nested_match, set),
      ...rows.map((_row, place) => this.row(rows, place, joint, `${at}-${place}`, at)),
      this.button(t.add, () => this.add(rows, at)),
    );
  }

  row(rows, at, match, focus, inside = null) {
    const t = this.texts;
    const row = rows[at];
    const number = ++this.rows;
    const problem = this.problem(row);
    const question = this.known.get(testOf(row).question);
    const pick = this.pick(rows, at, focus, number);
    const note = problem ? make("p", { class: "portal-condition__problem", id: `${this.element.id}-problem-${focus}` }, problem) : null;
    if (note) {
      pick.setAttribute("aria-invalid", "true");
      pick.setAttribute("aria-describedby", note.id);
    }
    const rest = "items" in row ? this.count(row, number) : question ? this.compared(rows, at, question, focus, number) : [];
    return make(
      "div",
      { class: "portal-condition__row" },
      make("span", { class: "portal-condition__word" }, at === 0 ? (inside === null ? t.when : "") : match === "all" ? t.and : t.or),
      pick,
      ...rest,
      make(
        "button",
        {
          type: "button",
          class: "button button-small button-secondary text-replace portal-condition__remove",
          "aria-label": fill(t.remove, { number }),
          title: fill(t.remove, { number }),
          onclick: () => this.remove(rows, at, inside),
        },
        icon("bin"),
      ),
      note,
    );
  }

  /* The list of questions, those of repeating groups under the name of their page. */
  pick(rows, at, focus, number) {
    const t = this.texts;
    const row = rows[at];
    const here = pickOf(row);
    const option = ([id, text]) => make("option", { value: id, selected: id === here }, text);
    const twice = (label) => this.questions.filter((one) => one.label === label).length > 1;
    const name = (one) => {
      const label = one.label || t.unnamed;
      return twice(one.label) || !one.label ? `${label} (${one.stepTitle || t.unnamed_step})` : label;
    };
    const plain = [["", t.choose_question], ...this.questions.map((one) => [one.id, name(one)])];
    const groups = this.groups.map((group) => ({ group, choices: this.ofGroup(group) }));
    const offered = [...plain, ...groups.flatMap(({ choices }) => choices)].map(([id]) => id);
    if (here && !offered.includes(here)) {
      const known = this.known.get(testOf(row).question);
      plain.push([here, known ? fill(t.later, { question: known.label || t.unnamed }) : t.gone]);
    }
    const onchange = (event) => {
      rows[at] = this.made(event.target.value);
      this.save();
      this.draw(`${focus}-question`);
    };
    return make(
      "select",
      { "aria-label": fill(t.question, { number }), "data-part": "question", "data-focus": `${focus}-question`, onchange },
      ...plain.map(option),
      ...groups.map(({ group, choices }) =>
        make("optgroup", { label: fill(t.of_items, { step: group.title || t.unnamed_step }) }, ...choices.map(option)),
      ),
    );
  }

  ofGroup(group) {
    const t = this.texts;
    const readable = group.questions.filter((one) => one.type in this.facts.operators);
    const each = WHICH.flatMap((which) =>
      readable.map((one) => [`${which} ${group.id} ${one.id}`, fill(t[which], { question: one.label || t.unnamed })]),
    );
    return [[`items ${group.id}`, t.count], ...each];
  }

  /* A new row for what was picked, its answer still to be chosen. */
  made(pick) {
    const [kind, group, question] = pick.split(" ");
    if (kind === "items") return { items: group, op: this.facts.counts[0], value: 0 };
    const op = (id) => this.facts.operators[this.known.get(id)?.type]?.[0] ?? "is";
    if (WHICH.includes(kind)) return { [kind]: group, has: this.test(question, op(question)) };
    return this.test(pick, op(pick));
  }

  test(question, op) {
    const shape = this.facts.shapes[op];
    if (shape === "nothing") return { question, op };
    return { question, op, value: shape === "list" ? [] : "" };
  }

  problem(row) {
    const t = this.texts;
    const here = pickOf(row);
    const offered = [...this.questions.map((one) => one.id), ...this.groups.flatMap((group) => this.ofGroup(group).map(([id]) => id))];
    if (!here || offered.includes(here)) return "items" in row ? "" : this.answerProblem(testOf(row));
    return this.known.has(testOf(row).question) ? t.mend_later : t.mend_gone;
  }

  answerProblem(test) {
    const question = this.known.get(test.question);
    const answers = question && this.answers(question);
    const wanted = [test.value ?? []].flat();
    const gone = answers && wanted.some((one) => one !== "" && !answers.some(([id]) => id === one));
    return gone ? this.texts.mend_answer : "";
  }

  get isFaulty() {
    const rows = this.parts.flatMap((one) => (isRow(one) ? [one] : one[jointOf(one)]));
    return rows.some((row) => this.problem(row));
  }

  /* The answers of a question that has fixed ones, else null. */
  answers(question) {
    const t = this.texts;
    const own = this.facts.own[question.type];
    const written = question.options.map((option) => [option.id, option.label]);
    if (own) return own.map((id) => [id, new Map(written).get(id) || t[id] || id]);
    if (!this.facts.choices.includes(question.type)) return null;
    return written.map(([id, label]) => [id, label || t.unnamed_answer]);
  }

  count(row, number) {
    const t = this.texts;
    const choices = this.facts.counts.map((name) => [name, this.facts.words[name]]);
    return [
      this.select(fill(t.operator, { number }), choices, row.op, "", (value) => {
        row.op = value;
        this.save();
      }),
      this.input("number", fill(t.answer, { number }), row.value, (value) => (row.value = Math.max(0, Math.trunc(Number(value)) || 0)), { min: "0" }),
    ];
  }

  compared(rows, at, question, focus, number) {
    const row = rows[at];
    const test = testOf(row);
    const { operators, words } = this.facts;
    const choices = (operators[question.type] ?? [test.op]).map((name) => [name, words[name]]);
    const operator = this.select(fill(this.texts.operator, { number }), choices, test.op, `${focus}-operator`, (value) => {
      const made = this.test(test.question, value);
      if (whichOf(row)) row.has = made;
      else rows[at] = made;
      this.save();
      this.draw(`${focus}-operator`);
    });
    operator.dataset.part = "operator";
    const only = choices.length === 1 && this.facts.shapes[test.op] === "nothing";
    const said = only ? [make("span", { class: "help" }, this.texts.only_answered)] : [];
    return [operator, ...this.operand(test, question, focus, number), ...said];
  }

  operand(test, question, focus, number) {
    const shape = this.facts.shapes[test.op];
    const label = fill(this.texts.answer, { number });
    if (shape === "nothing") return [];
    if (shape === "list") return [this.several(test, question, label)];
    if (shape === "age") return this.age(test, label);
    const answers = this.answers(question);
    if (answers) return [this.oneAnswer(test, answers, label)];
    const kind = this.facts.boxes[question.type] ?? "text";
    if (test.value?.threshold) return [make("span", {}, fill(this.texts.threshold, { name: test.value.threshold }))];
    if (shape === "date" && kind === "date") return this.day(test, label, focus);
    return [this.input(kind, label, test.value, (value) => (test.value = kind === "number" && value !== "" ? Number(value) : value))];
  }

  /* A day of the calendar, today, or a number of years or days from it (less than 0: before it). */
  day(test, label, focus) {
    const t = this.texts;
    const counted = test.value?.today;
    const kind = !counted ? "day" : "years" in counted ? "years" : "days" in counted ? "days" : "today";
    const choices = [["day", t.the_day], ["today", t.today], ["years", t.years], ["days", t.days]];
    const select = this.select(`${label}: ${t.the_day}`, choices, kind, `${focus}-day`, (value) => {
      test.value = value === "day" ? "" : { today: value === "today" ? {} : { [value]: 0 } };
      this.save();
      this.draw(`${focus}-day`);
    });
    if (kind === "today") return [select];
    if (kind === "day") return [select, this.dayBox(label, test.value, (value) => (test.value = value))];
    const set = (value) => (test.value = { today: { ...counted, [kind]: Math.trunc(Number(value)) || 0 } });
    return [this.input("number", label, counted[kind], set), select];
  }

  age(test, label) {
    const set = (value) => (test.value = value === "" ? "" : Math.trunc(Number(value)));
    const on = (value) => {
      if (value) test.on = value;
      else delete test.on;
    };
    const words = make("span", { class: "portal-condition__word" }, this.texts.age_on);
    const day = `${label}: ${this.texts.age_on}`;
    return [this.input("number", label, test.value, set, { min: "0" }), words, this.dayBox(day, test.on, on)];
  }

  dayBox(label, value, set) {
    const t = this.texts;
    const kept = (day) => {
      set(day);
      this.save();
    };
    return dayBox(`${label}: ${t.day_hint}`, value, kept, { "data-part": "answer", placeholder: t.day_example });
  }

  input(type, label, value, set, more = {}) {
    return make("input", {
      type,
      step: type === "number" ? "any" : null,
      value: String(value ?? ""),
      "aria-label": label,
      "data-part": "answer",
      ...more,
      oninput: (event) => {
        set(event.target.value);
        this.save();
      },
    });
  }

  oneAnswer(test, answers, label) {
    const t = this.texts;
    const choices = [["", t.choose_answer], ...answers];
    if (test.value && !answers.some(([id]) => id === test.value)) choices.push([test.value, t.answer_gone]);
    const select = this.select(label, choices, test.value ?? "", "", (value) => {
      test.value = value;
      this.save();
    });
    select.dataset.part = "answer";
    return select;
  }

  several(test, question, label) {
    const chosen = [test.value ?? []].flat();
    const answers = this.answers(question) ?? [];
    const gone = chosen.filter((id) => !answers.some(([known]) => known === id)).map((id) => [id, this.texts.answer_gone]);
    const box = ([id, text]) =>
      make(
        "label",
        {},
        make("input", {
          type: "checkbox",
          checked: chosen.includes(id),
          onchange: (event) => {
            const others = [test.value ?? []].flat().filter((one) => one !== id);
            test.value = event.target.checked ? [...others, id] : others;
            this.save();
          },
        }),
        text,
      );
    return make("div", { class: "portal-condition__several", role: "group", "aria-label": label, "data-part": "answer" }, ...[...answers, ...gone].map(box));
  }

  select(label, choices, value, focus, onChange) {
    const options = choices.map(([id, text]) => make("option", { value: id, selected: id === value }, text));
    return make("select", { "aria-label": label, "data-focus": focus || null, onchange: (event) => onChange(event.target.value) }, ...options);
  }

  button(text, action, focus = null) {
    return make("button", { type: "button", class: "button button-small button-secondary", "data-focus": focus, onclick: action }, text);
  }

  add(rows, inside = null) {
    rows.push(this.test("", "is"));
    this.save();
    const at = rows.length - 1;
    this.draw(`${inside === null ? at : `${inside}-${at}`}-question`);
  }

  addGroup() {
    const joint = this.match === "all" ? "any" : "all";
    this.parts.push({ [joint]: [this.test("", "is"), this.test("", "is")] });
    this.save();
    this.draw(`${this.parts.length - 1}-0-question`);
  }

  remove(rows, at, inside) {
    rows.splice(at, 1);
    if (inside !== null && !rows.length) this.parts.splice(inside, 1);
    this.save();
    this.draw(this.parts.length ? "0-question" : "begin");
  }

  words(condition) {
    const t = this.texts;
    const joint = jointOf(condition);
    if (joint) {
      const parts = condition[joint].map((part) => (jointOf(part) ? `(${this.words(part)})` : this.words(part)));
      return parts.join(` ${joint === "all" ? t.and : t.or} `);
    }
    if (condition.not) return fill(t.not, { condition: this.words(condition.not) });
    const step = (id) => this.groups.find((group) => group.id === id)?.title || t.unnamed_step;
    const which = whichOf(condition);
    if (which) {
      const said = fill(which === "any_item" ? t.said_any : t.said_every, { step: step(condition[which]) });
      return `${said}: ${this.words(condition.has)}`;
    }
    if ("items" in condition) {
      return [fill(t.said_count, { step: step(condition.items) }), this.facts.words[condition.op], condition.value].join(" ");
    }
    return this.testWords(condition);
  }

  testWords(test) {
    const t = this.texts;
    const question = this.known.get(test.question);
    if (!test.question) return t.unfinished;
    if (!question) return t.gone;
    const label = (question.label || t.unnamed).replace(/\?$/, "");
    const on = test.on ? `${t.age_on} ${showDay(test.on)}` : "";
    return [label, this.facts.words[test.op], this.valueWords(test.value, question), on].filter(Boolean).join(" ");
  }

  valueWords(value, question) {
    const t = this.texts;
    if (value?.threshold) return fill(t.threshold, { name: value.threshold });
    if (value?.today) {
      const said = [];
      if ("years" in value.today) said.push(fill(t.said_years, value.today));
      if ("days" in value.today) said.push(fill(t.said_days, value.today));
      return said.join(` ${t.and} `) || t.said_today;
    }
    const answers = new Map(this.answers(question) ?? []);
    return [value ?? []].flat().map((one) => `“${answers.get(one) ?? showDay(String(one))}”`).join(` ${t.or} `);
  }
}

/* The answers to choose from, as a table: one row an answer. */

import { childOf, fill, icon, idOf, insertAfter, make, newId, questionsOf, readJSON, stepOf, write } from "./page.js";
import { ConditionRows, conditionWords } from "./condition-rows.js";

export class OptionsController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.table) return;
    this.element.hidden = true;
    this.element.type = "hidden";
    this.read();
    this.table = make("div", { class: "portal-options" });
    this.element.after(this.table);
    this.draw();
  }

  disconnect() {
    this.table?.remove();
    this.table = null;
  }

  /* Called when something else on the page has changed: names of questions, duplicates. */
  refresh() {
    if (!this.table || this.table.contains(document.activeElement)) return;
    this.read();
    this.draw();
  }

  /* Where the type has answers of its own ("yes", "no"), these are the rows, and none is added or taken away. */
  read() {
    const written = readJSON(this.element) ?? [];
    const own = this.factsValue.own;
    this.rows = own ? own.map((id) => written.find((row) => row.id === id) ?? { id, label: "" }) : written;
  }

  save() {
    const rows = this.rows.map((row) => {
      const kept = { ...row };
      if (!kept.hint) delete kept.hint;
      if (!kept.reveals?.length) delete kept.reveals;
      for (const name of ["exclusive", "show_if", "is_child"]) if (!kept[name]) delete kept[name];
      return kept;
    });
    const said = this.factsValue.own ? rows.filter((row) => row.label || row.hint || row.reveals) : rows;
    for (const row of said) row.label ||= this.textsValue[row.id] ?? "";
    write(this.element, said.length ? JSON.stringify(said) : "");
  }

  draw(focus) {
    const t = this.textsValue;
    const rows = this.rows.map((row, at) => this.row(row, at));
    const add = { type: "button", class: "button button-small button-secondary", onclick: () => this.insert(this.rows.length) };
    this.table.replaceChildren(
      ...(this.factsValue.own ? rows : [make("p", { class: "portal-options__help help" }, t.help), ...rows, make("button", add, t.add), this.addOther()]),
    );
    if (focus) this.table.querySelectorAll(`[data-part="${focus.part}"]`)[focus.at]?.focus();
  }

  /* "Other", with the question that opens under it. A long list opens nothing. */
  addOther() {
    if (this.factsValue.plain) return "";
    const t = this.textsValue;
    const onclick = () => {
      const asked = newId();
      insertAfter(childOf(this.element), "short_text", asked, { label: t.please_say, level: "required" });
      this.rows.push({ id: newId(), label: t.other, reveals: [asked] });
      this.save();
      this.draw({ part: "label", at: this.rows.length - 1 });
    };
    return make("button", { type: "button", class: "button button-small button-secondary", onclick }, t.add_other);
  }

  row(row, at) {
    const t = this.textsValue;
    const number = at + 1;
    const input = (part, label) =>
      make("input", {
        type: "text",
        value: row[part] ?? "",
        placeholder: part === "label" ? (t[row.id] ?? label) : label,
        "aria-label": `${label} ${number}`,
        "data-part": part,
        oninput: (event) => {
          row[part] = event.target.value;
          this.save();
        },
        onkeydown: (event) => this.key(event, at, part),
        onpaste: (event) => this.paste(event, at, part),
      });
    const button = (name, label, action, disabled = false) =>
      make(
        "button",
        {
          type: "button",
          class: "portal-options__button button button-small button-secondary text-replace",
          "aria-label": fill(label, { number }),
          title: fill(label, { number }),
          disabled,
          onclick: action,
        },
        icon(name),
      );
    return make(
      "div",
      { class: "portal-options__row" },
      input("label", t.answer),
      input("hint", t.hint),
      this.factsValue.own
        ? null
        : make(
            "div",
            { class: "portal-options__buttons" },
            button("arrow-up", t.up, () => this.move(at, -1, "label"), at === 0),
            button("arrow-down", t.down, () => this.move(at, 1, "label"), at === this.rows.length - 1),
            button("bin", t.remove, () => this.remove(at)),
          ),
      this.factsValue.several ? this.exclusive(row, number) : null,
      this.factsValue.plain ? null : this.reveals(row, number),
      this.factsValue.conditional ? this.offered(row, number) : null,
    );
  }

  /* "None of these": nothing else can be chosen with it. */
  exclusive(row, number) {
    const box = make("input", {
      type: "checkbox",
      checked: Boolean(row.exclusive),
      onchange: (event) => {
        row.exclusive = event.target.checked;
        this.save();
      },
    });
    return make("label", { class: "portal-options__reveal" }, box, fill(this.textsValue.exclusive, { number }));
  }

  /* To whom the answer is offered, and whether it means the person who fills the form in. Drawn when it is opened: a
     long list has hundreds. */
  offered(row, number) {
    const t = this.textsValue;
    const summary = make("summary", {}, fill(t.offered_to_all, { number }));
    const details = make("details", { class: "portal-options__reveals", open: Boolean(row.show_if || row.is_child) }, summary);
    let rows = null;
    const say = () => {
      summary.textContent = row.show_if ? fill(t.offered_to_some, { number, condition: rows.words(row.show_if) }) : fill(t.offered_to_all, { number });
    };
    const draw = () => {
      if (rows || !details.open) return;
      const save = (condition) => {
        row.show_if = condition;
        say();
        this.save();
      };
      const label = fill(t.offered, { number });
      rows = new ConditionRows({ element: this.element, ...conditionWords(), condition: row.show_if ?? null, save, label });
      details.append(rows.box, ...(this.factsValue.several ? [] : [this.isChild(row, number)]));
      say();
    };
    details.addEventListener("toggle", draw);
    draw();
    return details;
  }

  isChild(row, number) {
    const onchange = (event) => {
      row.is_child = event.target.checked;
      this.save();
    };
    const box = make("input", { type: "checkbox", checked: Boolean(row.is_child), onchange });
    return make("label", { class: "portal-options__reveal" }, box, fill(this.textsValue.is_child, { number }));
  }

  /* Which questions of this page open under the answer. */
  reveals(row, number) {
    const t = this.textsValue;
    const here = idOf(childOf(this.element));
    const others = questionsOf(stepOf(this.element)).filter((question) => question.id !== here);
    const chosen = row.reveals ?? [];
    const boxes = others.map((question) =>
      make(
        "label",
        { class: "portal-options__reveal" },
        make("input", {
          type: "checkbox",
          checked: chosen.includes(question.id),
          onchange: (event) => this.reveal(row, question.id, event.target.checked),
        }),
        question.label || (["guidance", "warning"].includes(question.type) ? t.unnamed_text : t.unnamed),
      ),
    );
    return make(
      "details",
      { class: "portal-options__reveals", open: chosen.length > 0 },
      make("summary", { "aria-label": `${t.reveals} ${number}` }, `${t.reveals} (${chosen.length})`),
      ...(boxes.length ? boxes : [make("p", { class: "help" }, t.none_to_reveal)]),
    );
  }

  reveal(row, id, on) {
    const others = (row.reveals ?? []).filter((one) => one !== id);
    row.reveals = on ? [...others, id] : others;
    this.save();
  }

  key(event, at, part) {
    if (this.factsValue.own) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.insert(at + 1);
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.move(at, event.key === "ArrowUp" ? -1 : 1, part);
    } else if (event.key === "Backspace" && part === "label" && !event.target.value && this.rows.length > 1) {
      event.preventDefault();
      this.remove(at);
    }
  }

  /* A pasted list becomes one answer a line; a tab parts the answer from its hint, as in a spreadsheet. */
  paste(event, at, part) {
    const lines = event.clipboardData.getData("text/plain").split(/\r?\n/).filter((line) => line.trim());
    if (this.factsValue.own || part !== "label" || lines.length < 2) return;
    event.preventDefault();
    const rows = lines.map((line) => {
      const [label, hint = ""] = line.replace(/^\s*[•*–-]\s+/, "").split("\t");
      return { id: newId(), label: label.trim(), hint: hint.trim() };
    });
    const empty = !this.rows[at].label;
    this.rows.splice(empty ? at : at + 1, empty ? 1 : 0, ...rows);
    this.save();
    this.draw({ part: "label", at: at + rows.length - (empty ? 1 : 0) });
  }

  insert(at) {
    this.rows.splice(at, 0, { id: newId(), label: "" });
    this.save();
    this.draw({ part: "label", at });
  }

  move(at, by, part) {
    const to = at + by;
    if (to < 0 || to >= this.rows.length) return;
    this.rows.splice(to, 0, ...this.rows.splice(at, 1));
    this.save();
    this.draw({ part, at: to });
  }

  remove(at) {
    this.rows.splice(at, 1);
    this.save();
    this.draw({ part: "label", at: Math.max(0, at - 1) });
    if (!this.rows.length) this.table.querySelector("button").focus();
  }
}

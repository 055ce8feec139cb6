/* The answers to choose from, as a table: one row an answer. */

import { childOf, fill, idOf, insertAfter, make, newId, questionsOf, stepOf, write } from "./page.js";
import { ConditionRows, conditionWords } from "./condition-rows.js";
import { RowsController } from "./rows.js";

export class OptionsController extends RowsController {
  static css = "portal-options";

  /* Where the type has answers of its own ("yes", "no"), these are the rows, and none is added or taken away. */
  read() {
    super.read();
    const own = this.factsValue.own;
    if (own) this.rows = own.map((id) => this.rows.find((row) => row.id === id) ?? { id, label: "" });
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

  drawn(rows) {
    const t = this.textsValue;
    if (this.factsValue.own) return rows;
    const add = this.adding(t.add, () => this.insert(this.rows.length));
    return [make("p", { class: "portal-options__help help" }, t.help), ...rows, add, this.addOther()];
  }

  /* "Other", with the question that opens under it. A long list opens nothing. */
  addOther() {
    if (this.factsValue.plain) return "";
    const t = this.textsValue;
    return this.adding(t.add_other, () => {
      const asked = newId();
      insertAfter(childOf(this.element), "short_text", asked, { label: t.please_say, level: "required" });
      this.insert(this.rows.length, { label: t.other, reveals: [asked] });
    });
  }

  row(row, at) {
    const t = this.textsValue;
    const number = at + 1;
    const input = (part, label) =>
      this.text(row, part, label, number, {
        placeholder: part === "label" ? (t[row.id] ?? label) : label,
        onkeydown: (event) => this.key(event, at, part),
        onpaste: (event) => this.paste(event, at, part),
      });
    return make(
      "div",
      { class: "portal-options__row" },
      input("label", t.answer),
      input("hint", t.hint),
      this.factsValue.own ? null : this.buttons(at),
      make(
        "div",
        { class: "portal-options__more" },
        this.factsValue.several ? this.exclusive(row, number) : null,
        this.factsValue.plain ? null : this.reveals(row, number),
        this.factsValue.conditional ? this.offered(row, number) : null,
      ),
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
}

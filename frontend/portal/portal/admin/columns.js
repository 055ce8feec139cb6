/* What is asked in each row of a table, or of each choice of a ranking: a line a column. */

import { fill, icon, make, newId, readJSON, write } from "./page.js";

export class ColumnsController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.table) return;
    this.element.hidden = true;
    this.element.type = "hidden";
    this.table = make("div", { class: "portal-columns" });
    this.element.after(this.table);
    this.read();
    this.draw();
  }

  disconnect() {
    this.table?.remove();
    this.table = null;
  }

  refresh() {
    if (!this.table || this.table.contains(document.activeElement)) return;
    this.read();
    this.draw();
  }

  read() {
    this.columns = readJSON(this.element) ?? [];
  }

  save() {
    const kept = this.columns.map((column) => {
      const said = { ...column };
      for (const key of ["hint", "level"]) if (!said[key]) delete said[key];
      if (!this.factsValue.choices.includes(said.type)) delete said.options;
      return said;
    });
    write(this.element, kept.length ? JSON.stringify(kept) : "");
  }

  draw(focus) {
    const t = this.textsValue;
    const add = { type: "button", class: "button button-small button-secondary", onclick: () => this.add() };
    this.table.replaceChildren(...this.columns.map((column, at) => this.row(column, at)), make("button", add, t.add));
    if (focus !== undefined) (this.table.querySelectorAll('[data-part="label"]')[focus] ?? this.table.lastElementChild).focus();
  }

  row(column, at) {
    const t = this.textsValue;
    const number = at + 1;
    const text = (part) =>
      make("input", {
        type: "text",
        value: column[part] ?? "",
        placeholder: t[part],
        "aria-label": `${t[part]} ${number}`,
        "data-part": part,
        oninput: (event) => {
          column[part] = event.target.value;
          this.save();
        },
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
      { class: "portal-columns__row" },
      text("label"),
      this.type(column, number),
      make(
        "div",
        { class: "portal-options__buttons" },
        button("arrow-up", t.up, () => this.move(at, -1), at === 0),
        button("arrow-down", t.down, () => this.move(at, 1), at === this.columns.length - 1),
        button("bin", t.remove, () => this.remove(at)),
      ),
      text("hint"),
      this.factsValue.choices.includes(column.type) ? this.options(column, number) : null,
      this.required(column, number),
    );
  }

  type(column, number) {
    const choices = this.factsValue.types.map(([name, words]) =>
      make("option", { value: name, selected: name === column.type }, words),
    );
    const onchange = (event) => {
      column.type = event.target.value;
      // What only the other type understands.
      delete column.config;
      this.save();
      this.draw();
    };
    return make("select", { "aria-label": `${this.textsValue.type} ${number}`, onchange }, ...choices);
  }

  required(column, number) {
    const t = this.textsValue;
    const onchange = (event) => {
      column.level = event.target.checked ? "required" : "";
      this.save();
    };
    const box = make("input", {
      type: "checkbox",
      checked: column.level === "required",
      "aria-label": `${t.required} ${number}`,
      onchange,
    });
    return make("label", { class: "portal-columns__tick" }, box, t.required);
  }

  /* A line keeps its id while it stays where it is: rewording an answer breaks nothing. */
  options(column, number) {
    const t = this.textsValue;
    const written = column.options ?? [];
    const oninput = (event) => {
      const lines = event.target.value.split("\n").filter((line) => line.trim());
      column.options = lines.map((label, at) => {
        const same = written.find((option) => option.label === label.trim());
        const there = lines.length === written.length ? written[at] : undefined;
        return { ...(same ?? there), id: (same ?? there)?.id ?? newId(), label: label.trim() };
      });
      this.save();
    };
    const box = make("textarea", { rows: 3, placeholder: t.options, "aria-label": `${t.options} ${number}`, oninput });
    box.value = written.map((option) => option.label).join("\n");
    return box;
  }

  add() {
    this.columns.push({ id: newId(), label: "", type: this.factsValue.types[0][0] });
    this.save();
    this.draw(this.columns.length - 1);
  }

  move(at, by) {
    this.columns.splice(at + by, 0, ...this.columns.splice(at, 1));
    this.save();
    this.draw(at + by);
  }

  remove(at) {
    this.columns.splice(at, 1);
    this.save();
    this.draw(Math.max(0, at - 1));
  }
}

/* What is asked in each row of a table, or of each choice of a ranking: a line a column. */

import { make, newId, write } from "./page.js";
import { RowsController } from "./rows.js";

export class ColumnsController extends RowsController {
  static css = "portal-columns";

  save() {
    const kept = this.rows.map((column) => {
      const said = { ...column };
      for (const key of ["hint", "level"]) if (!said[key]) delete said[key];
      if (!this.factsValue.choices.includes(said.type)) delete said.options;
      return said;
    });
    write(this.element, kept.length ? JSON.stringify(kept) : "");
  }

  drawn(rows) {
    return [...rows, this.adding(this.textsValue.add, () => this.insert(this.rows.length, { type: this.factsValue.types[0][0] }))];
  }

  row(column, at) {
    const t = this.textsValue;
    const number = at + 1;
    return make(
      "div",
      { class: "portal-columns__row" },
      this.text(column, "label", t.label, number),
      this.type(column, number),
      this.buttons(at),
      this.text(column, "hint", t.hint, number),
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
}

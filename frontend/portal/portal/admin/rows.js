/* A list in a hidden box, as JSON, edited as a table: one row an entry. It is drawn anew after each change of its rows. */

import { fill, icon, make, newId, readJSON } from "./page.js";

export class RowsController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.table) return;
    this.element.hidden = true;
    this.element.type = "hidden";
    this.table = make("div", { class: this.constructor.css });
    this.element.after(this.table);
    this.read();
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

  read() {
    this.rows = readJSON(this.element) ?? [];
  }

  /* `focus`: which box ("part") of which row ("at") goes on to have the focus; where it is gone, the first button. */
  draw(focus) {
    this.table.replaceChildren(...this.drawn(this.rows.map((row, at) => this.row(row, at))));
    if (focus) (this.table.querySelectorAll(`[data-part="${focus.part}"]`)[focus.at] ?? this.table.querySelector("button"))?.focus();
  }

  /* The box for a text of a row. */
  text(row, part, label, number, more = {}) {
    const oninput = (event) => {
      row[part] = event.target.value;
      this.save();
    };
    const aria = { "aria-label": `${label} ${number}`, "data-part": part };
    return make("input", { type: "text", value: row[part] ?? "", placeholder: label, ...aria, oninput, ...more });
  }

  adding(text, onclick) {
    return make("button", { type: "button", class: "button button-small button-secondary", onclick }, text);
  }

  /* Up, down, away. */
  buttons(at) {
    const t = this.textsValue;
    const button = (name, text, onclick, disabled = false) => {
      const label = fill(text, { number: at + 1 });
      const look = { class: "portal-options__button button button-small button-secondary text-replace", title: label };
      return make("button", { type: "button", ...look, "aria-label": label, disabled, onclick }, icon(name));
    };
    return make(
      "div",
      { class: "portal-options__buttons" },
      button("arrow-up", t.up, () => this.move(at, -1), at === 0),
      button("arrow-down", t.down, () => this.move(at, 1), at === this.rows.length - 1),
      button("bin", t.remove, () => this.remove(at)),
    );
  }

  insert(at, entry = {}) {
    this.rows.splice(at, 0, { id: newId(), label: "", ...entry });
    this.save();
    this.draw({ part: "label", at });
  }

  move(at, by, part = "label") {
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
  }
}

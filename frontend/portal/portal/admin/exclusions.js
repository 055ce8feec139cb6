/* What cannot be chosen together in a grid: sets of its columns, or of its rows. */

import { childOf, field, fill, icon, make, readJSON, write } from "./page.js";

const KINDS = ["columns", "rows"];

export class ExclusionsController extends window.StimulusModule.Controller {
  static values = { texts: Object, facts: Object };

  connect() {
    if (this.table) return;
    this.element.hidden = true;
    this.element.type = "hidden";
    this.table = make("div", { class: "portal-exclusions" });
    this.element.after(this.table);
    this.refresh();
  }

  disconnect() {
    this.table?.remove();
    this.table = null;
  }

  /* Called when something else has changed: the rows and columns that are named here. */
  refresh() {
    if (!this.table || this.table.contains(document.activeElement)) return;
    this.sets = (readJSON(this.element) ?? []).map((entry) => {
      const kind = KINDS.find((one) => one in entry) ?? "columns";
      return { kind, ids: entry[kind] ?? [] };
    });
    this.draw();
  }

  save() {
    write(this.element, this.sets.length ? JSON.stringify(this.sets.map(({ kind, ids }) => ({ [kind]: ids }))) : "");
  }

  draw(focus) {
    const t = this.textsValue;
    const add = () => {
      this.sets.push({ kind: "columns", ids: [] });
      this.save();
      this.draw(this.sets.length - 1);
    };
    const button = make("button", { type: "button", class: "button button-small button-secondary", onclick: add }, t.add);
    this.table.replaceChildren(...this.sets.map((set, at) => this.row(set, at)), button);
    if (focus !== undefined) (this.table.querySelectorAll("select")[focus] ?? button).focus();
  }

  row(set, at) {
    const t = this.textsValue;
    const number = at + 1;
    const named = readJSON(field(childOf(this.element), set.kind)) ?? [];
    const onchange = (event) => {
      set.kind = event.target.value;
      set.ids = [];
      this.save();
      this.draw(at);
    };
    const kinds = KINDS.map((kind) => make("option", { value: kind, selected: kind === set.kind }, t[kind]));
    const remove = () => {
      this.sets.splice(at, 1);
      this.save();
      this.draw(Math.max(0, at - 1));
    };
    const label = fill(t.remove, { number });
    return make(
      "fieldset",
      { class: "portal-exclusions__row" },
      make("select", { "aria-label": fill(t.kind, { number }), onchange }, ...kinds),
      make(
        "button",
        {
          type: "button",
          class: "portal-options__button button button-small button-secondary text-replace",
          "aria-label": label,
          title: label,
          onclick: remove,
        },
        icon("bin"),
      ),
      make("div", { class: "portal-exclusions__ids" }, ...named.map((one) => this.tick(set, one))),
    );
  }

  tick(set, { id, label }) {
    const onchange = (event) => {
      const others = set.ids.filter((one) => one !== id);
      set.ids = event.target.checked ? [...others, id] : others;
      this.save();
    };
    const box = make("input", { type: "checkbox", checked: set.ids.includes(id), onchange });
    return make("label", {}, box, label || this.textsValue.unnamed);
  }
}

/* A block that was deleted can be put back as it was, with everything in it, as long as the page is open: where it stood
   is said what is gone, and the focus, which went with it, is on the button that brings it back. */

import { childOf, field, fill, idOf, insertAt, isDeleted, make, newId, typeName, wagtailsOwn } from "./page.js";

export function watchDeletions(refresh) {
  const seen = (event) => {
    const button = event.target.closest?.('[data-streamfield-action="DELETE"]');
    const child = button && childOf(button);
    const own = child && wagtailsOwn(idOf(child));
    if (!own) return;
    const deleted = { state: own.getState(), isFolded: own.collapsed };
    // Wagtail's own handler runs after this one.
    setTimeout(() => isDeleted(child) && offer(child, own.sequence, deleted, refresh));
  };
  document.addEventListener("click", seen, true);
}

function offer(child, sequence, { state, isFolded }, refresh) {
  const texts = child.closest("[data-portal-undo-deleted]").dataset;
  const name = (field(child, "label") ?? field(child, "title"))?.value.trim() || typeName(child);
  const bar = make("div", { class: "portal-undo" });
  const undo = () => {
    bar.remove();
    // What is put back has the id that conditions name. Links must find it, not what is left of the deleted one.
    child.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    insertAt(sequence, child, state, isFolded);
    refresh();
  };
  const said = make("span", { id: newId() }, fill(texts.portalUndoDeleted, { name }));
  const button = make(
    "button",
    { type: "button", class: "button button-small button-secondary", "aria-describedby": said.id, onclick: undo },
    texts.portalUndoAgain,
  );
  bar.append(said, " ", button);
  child.after(bar);
  button.focus();
  refresh();
}

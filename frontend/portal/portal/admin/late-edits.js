/* What is typed while a draft is being saved is an edit like any other. Wagtail sends what stands in the boxes, and takes
   for saved what stands there when the answer comes: what was typed in between was neither saved nor drawn in the
   preview before the next key. Here the boxes as they were sent count as saved, so that it sees the difference. */

export function watchLateEdits(app) {
  let sent = null;
  const unsavedOf = ({ target }) => app.getControllerForElementAndIdentifier(target, "w-unsaved");
  document.addEventListener("w-autosave:save", (event) => {
    sent = unsavedOf(event)?.formData ?? null;
  });
  // The event has been at the form before: Wagtail has taken its look.
  document.addEventListener("w-autosave:success", (event) => {
    const unsaved = unsavedOf(event);
    if (!unsaved || sent === null) return;
    unsaved.initialFormData = sent;
    unsaved.previousFormData = sent;
  });
}

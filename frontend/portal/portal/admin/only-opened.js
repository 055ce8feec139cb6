/* Opening a form is no edit. Wagtail takes its first look two seconds after the page has come, and its own boxes for rich
   text write their text anew when they are ready: on a slow computer that is later, and a draft would be saved in the
   name of somebody who only looks. Until they have done something, what stands there counts as the first look. */

const DONE = ["beforeinput", "input", "click", "drop"];

export function watchOpening(app) {
  let touched = false;
  const touch = (event) => {
    touched ||= event.isTrusted;
  };
  for (const name of DONE) document.addEventListener(name, touch, true);
  const noticed = (event) => {
    const unsaved = app.getControllerForElementAndIdentifier(event.target, "w-unsaved");
    // "Force": what could not be saved, and is shown again.
    if (touched || !unsaved || unsaved.forceValue) return;
    event.stopImmediatePropagation();
    unsaved.clear();
  };
  document.addEventListener("w-unsaved:add", noticed, true);
}

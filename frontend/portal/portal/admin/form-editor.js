/* The parts of the form editor that Wagtail does not have: tables of answers, conditions, what stands in the way of
   publishing. Files only, nothing inline: the content security policy forbids it. */

import { AddController, nameKinds, watchPlusSigns } from "./add.js";
import { ChecksController, openTarget, showRefusal } from "./checks.js";
import { ColumnsController } from "./columns.js";
import { ConditionController } from "./condition.js";
import { watchDuplicates } from "./duplicate.js";
import { ExclusionsController } from "./exclusions.js";
import { FormulaController } from "./formula.js";
import { watchLateEdits } from "./late-edits.js";
import { RulesController, ThresholdsController, VariantsController } from "./lists.js";
import { watchOpening } from "./only-opened.js";
import { OptionsController } from "./options.js";
import { OwnQuestionController } from "./own-question.js";
import { PreviewPagesController } from "./preview-pages.js";
import { watchDeletions } from "./undo.js";

const CONTROLLERS = {
  "portal-add": AddController,
  "portal-checks": ChecksController,
  "portal-columns": ColumnsController,
  "portal-condition": ConditionController,
  "portal-exclusions": ExclusionsController,
  "portal-formula": FormulaController,
  "portal-options": OptionsController,
  "portal-own-question": OwnQuestionController,
  "portal-preview-pages": PreviewPagesController,
  "portal-rules": RulesController,
  "portal-thresholds": ThresholdsController,
  "portal-variants": VariantsController,
};

const { app } = window.wagtail;
for (const [name, controller] of Object.entries(CONTROLLERS)) app.register(name, controller);

const DRAWN = Object.keys(CONTROLLERS).filter((name) => "refresh" in CONTROLLERS[name].prototype);

function refresh() {
  for (const name of DRAWN) {
    for (const element of document.querySelectorAll(`[data-controller~="${name}"]`)) {
      app.getControllerForElementAndIdentifier(element, name)?.refresh();
    }
  }
}

/* Moving and deleting blocks fires no event on their inputs, hence pointer and keys. */
let waiting = null;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 350);
}
for (const event of ["change", "input", "keyup", "pointerup", "focusin"]) document.addEventListener(event, soon);

watchDuplicates(refresh);
watchDeletions(refresh);
watchOpening(app);
watchPlusSigns();
watchLateEdits(app);
// Wagtail builds and folds its blocks while the page loads: what reads all of them has to wait for that.
window.addEventListener("load", () =>
  setTimeout(() => {
    nameKinds();
    refresh();
    showRefusal();
    openTarget();
  }),
);
window.addEventListener("hashchange", openTarget);

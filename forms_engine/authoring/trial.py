"""Trying a form out in the preview of its editor: page after page, as they follow from what is answered."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from wagtail.snippets.views.snippets import PreviewOnCreateView, PreviewOnEditView
from wagtail.utils.decorators import xframe_options_sameorigin_override

from core.dates import today
from forms_engine import drafts, preview, richtext
from forms_engine.models import FormDefinition
from forms_engine.pages.check import check_page
from forms_engine.pages.frame import CHECKING, ERRORS, frame, next_url, step_url
from forms_engine.pages.group import group_page, remove_page
from forms_engine.pages.questions import RECORDS, question_page, read, shown_then
from forms_engine.pages.tasks import tasks_page
from forms_engine.preview import SECTIONS, SENT
from forms_engine.registries import step_plugins
from forms_engine.spec import Step, StepKind
from forms_engine.trial import Trial
from forms_engine.views.groups import is_full, problem_of
from forms_engine.views.steps import Opened, errors_in, invalid_in, records

# Where the session keeps what was answered in the one form that is being tried: its key, and the answers.
KEPT = "forms_engine.trial"
NEW = "new"
# Buttons of a trial alone: from the start once more; on, whatever is missing or wrong.
AGAIN, ANYWAY = "again", "anyway"


@dataclass(frozen=True)
class TrialPage(Opened):
    """A page of a form that is tried out, in one request."""

    filling: Trial


class InEditor:
    """What Wagtail's views of a preview know: the form as it stands in the editor, and who may see it."""

    request: HttpRequest
    object: FormDefinition

    def definition(self) -> FormDefinition:
        """The form with what is not saved yet. Without that where it cannot be read."""
        form = self.get_form(self._get_form_data(self._get_form_state()))  # type: ignore[attr-defined]
        if self.validate_form(form):  # type: ignore[attr-defined]
            form.save(commit=False)
        return self.object

    @cached_property
    def home(self) -> str:
        """The address under which the pages stand."""
        return preview.pages_url(self.object.pk)


class PreviewMixin(InEditor):
    """The preview beside the editor: the whole form, or on to one of its pages."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        mode = request.GET.get("mode", preview.WHOLE)
        if mode == SECTIONS:
            return redirect(self.home)
        if mode != preview.WHOLE:
            return redirect(f"{self.home}{quote(mode, safe='')}/")
        response: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[misc]
        return response


class PreviewOnEdit(PreviewMixin, PreviewOnEditView):
    """Of a form that was saved."""


class PreviewOnCreate(PreviewMixin, PreviewOnCreateView):
    """Of a form that was not."""


class TrialMixin(InEditor):
    """One page, opened or answered."""

    http_method_names = ("get", "post")

    def get(self, request: HttpRequest, step_id: str = "", item: str = "", **rest: Any) -> HttpResponseBase:
        definition = self.definition()
        trial = self.trial(definition, step_id)
        if step_id == SENT:
            return self.render("trial_sent", trial, None, sent_page(trial))
        if not step_id and trial.form.task_list and trial.form.steps:
            return self.render("tasks", trial, None, tasks_page(trial))
        if not step_id:
            return redirect(step_url(trial, trial.form.steps[0])) if trial.form.steps else self.whole()
        step = trial.form.steps_by_id.get(step_id)
        if step is None:
            return self.whole()
        if not trial.lead_to(step):
            return preview.serve(request, definition, step_id)
        return self.show(self.opened(trial, trial.journey.steps[step_id].step, item))

    def post(self, request: HttpRequest, step_id: str = "", item: str = "", **rest: Any) -> HttpResponseBase:
        if AGAIN in request.POST:
            request.session.pop(KEPT, None)
            return redirect(self.home)
        trial = self.trial(self.definition(), step_id)
        on_path = trial.journey.steps.get(step_id)
        if on_path is None:
            return redirect(self.home)
        response = self.answer(self.opened(trial, on_path.step, item))
        self.keep(trial)
        return response

    def opened(self, trial: Trial, step: Step, item: str) -> TrialPage:
        request = self.request
        checking = CHECKING in request.GET or CHECKING in request.POST
        return TrialPage(trial, step, item, checking, shown_then(trial, step, item, request.POST))

    def trial(self, definition: FormDefinition, step_id: str) -> Trial:
        key, kept = self.request.session.get(KEPT, ("", {}))
        own = kept if key == self.key else {}
        return Trial.of(definition, own, step_id, self.home, today())

    def keep(self, trial: Trial) -> None:
        """Only where something was answered: each look at a page would else write the session."""
        kept = [self.key, dict(trial.kept)]
        if kept != self.request.session.get(KEPT):
            self.request.session[KEPT] = kept

    @property
    def key(self) -> str:
        return str(self.object.pk or NEW)

    def whole(self) -> HttpResponseBase:
        return redirect(self.home.removesuffix("pages/"))

    def show(self, page: TrialPage) -> HttpResponseBase:
        trial, step, checking = page.filling, page.step, page.checking
        is_refused = ERRORS in self.request.GET
        if step.kind is StepKind.CHECK:
            errors = errors_in(page, page.row.answers) if is_refused else {}
            return self.render(
                "check", trial, step, check_page(trial, step, errors=errors, refused=is_refused)
            )
        if step.is_plugin:
            context = frame(trial, step) | {"heading": trial.wording(step.title), "label": label_of(step)}
            return self.render("plugin_trial", trial, step, context)
        if step.kind is StepKind.GROUP and not page.item:
            problem = problem_of(trial, step) if is_refused else ""
            return self.render(
                "group", trial, step, group_page(trial, step, checking=checking, problem=problem)
            )
        if question := self.request.GET.get(RECORDS):
            return records(self.request, page, question)
        typed = trial.typed(step, page.item)
        errors = errors_in(page, typed) if is_refused else invalid_in(page, typed)
        context = question_page(trial, step, page.item, typed=typed, rev=0, errors=errors, checking=checking)
        return self.render("step", trial, step, context)

    def answer(self, page: TrialPage) -> HttpResponseBase:
        """Keep what was typed, and go on where that leads; "Save for later" leads nowhere."""
        trial, step, post = page.filling, page.step, self.request.POST
        if step.is_plugin:
            trial.keep(step.place, {})
            return redirect(after(trial, step, checking=page.checking))
        if step.kind is StepKind.GROUP and not page.item:
            return self.arrange(page)
        if page.item and page.item not in trial.items(step.id) and is_full(trial, step):
            return redirect(step_url(trial, step))
        answers = {**page.row.answers, **read(post, step, trial.typable(page.shown))}
        trial.keep((step.id, page.item), answers)
        if {"later", "add", "remove", "find"} & post.keys():
            return redirect(page.url)
        if ANYWAY not in post and self.stops(page, answers):
            return redirect(step_url(trial, step, page.item, checking=page.checking, errors=True))
        if page.item:
            return redirect(step_url(trial, step, checking=page.checking))
        return redirect(after(trial, step, checking=page.checking))

    def stops(self, page: TrialPage, answers: drafts.Answers) -> bool:
        if page.step.kind is StepKind.CHECK:
            return not page.filling.journey.is_complete
        return bool(errors_in(page, answers))

    def arrange(self, page: TrialPage) -> HttpResponseBase:
        """The list of a group: moving and removing what was added, and Continue."""
        trial, step, post = page.filling, page.step, self.request.POST
        items = trial.items(step.id)
        do, item = post.get("do", ""), post.get("item", "")
        if do == "remove" and item in items and "sure" not in post:
            return self.render(
                "group_remove", trial, step, remove_page(trial, step, item, checking=page.checking)
            )
        if do == "remove":
            items = [each for each in items if each != item]
        elif do and item in items:
            to = items.index(item) + (-1 if do == "up" else 1)
            items.remove(item)
            items.insert(max(0, to), item)
        trial.arrange(step.id, items)
        if do or "later" in post:
            return redirect(page.url)
        if ANYWAY not in post and problem_of(trial, step):
            return redirect(step_url(trial, step, checking=page.checking, errors=True))
        return redirect(after(trial, step, checking=page.checking))

    def render(self, template: str, trial: Trial, step: Step | None, context: dict[str, Any]) -> HttpResponse:
        """A page as families meet it, without what leads out of the form, and with what is said about the trial."""
        self.keep(trial)
        # Shown in a frame of the admin, with the policy of a public page.
        self.request.is_preview = True  # type: ignore[attr-defined]
        about = {
            "page": step.id if step else SECTIONS,
            "home": self.home,
            "child": preview.CHILD,
            "deciding": trial.deciding(),
            "not_asked": trial.not_asked(step) if step else [],
            "is_stopped": bool(context.get("problems")),
        }
        out = {
            "side": replace(context["side"], print="", pdf="", close=""),
            "idle_minutes": 0,
            "back": back if (back := context["back"]).startswith(self.home) else "",
        }
        return render(self.request, f"forms_engine/{template}.html", context | out | {"trial": about})


@method_decorator(xframe_options_sameorigin_override, name="dispatch")
class TrialOnEdit(TrialMixin, PreviewOnEditView):
    """Of a form that was saved."""


@method_decorator(xframe_options_sameorigin_override, name="dispatch")
class TrialOnCreate(TrialMixin, PreviewOnCreateView):
    """Of a form that was not."""


def sent_page(trial: Trial) -> dict[str, Any]:
    """What stands on the page after Submit. A form without a page that sends it has none to submit."""
    form = trial.form
    return frame(trial, None) | {
        "can_be_sent": any(step.kind is StepKind.CHECK or step.is_plugin for step in form.steps),
        "next_nodes": richtext.parse(form.submitted, trial.wording) if form.submitted else [],
    }


def label_of(step: Step) -> str:
    """What editors call the page of another app."""
    return str(step_plugins.get(step.plugin).label) if step.plugin in step_plugins else step.plugin


def after(trial: Trial, step: Step, *, checking: bool) -> str:
    """Where Continue leads. After the last page of the form there is one more, which says so."""
    is_last = trial.journey.next_after(step.id) is None
    return f"{trial.home}{SENT}/" if is_last else next_url(trial, step, checking=checking)

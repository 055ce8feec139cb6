"""One page of a form in progress: opened, and saved with whatever was typed."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.private_files import FileRefused
from core.uploads import was_cut_off
from forms_engine import drafts, stash, uploads
from forms_engine.drafts import FILE, Answers, Conflict, Filling, Row
from forms_engine.pages import conflict as clashes
from forms_engine.pages.conflict_page import conflict_page
from forms_engine.pages.frame import CHECKING, next_url, step_url
from forms_engine.pages.questions import Errors, field_name, question_page, read
from forms_engine.spec import Question, Step, StepKind
from forms_engine.types.base import Error
from forms_engine.views.check import check
from forms_engine.views.groups import group, is_full
from forms_engine.views.opening import of_a_draft


@dataclass(frozen=True)
class Opened:
    """A page in one request: of which draft, which step, which item, and from where."""

    filling: Filling
    step: Step
    item: str
    checking: bool

    @property
    def shown(self) -> tuple[str, ...]:
        return self.filling.page(self.step, self.item).shown

    @property
    def row(self) -> Row:
        return self.filling.row(self.step.id, self.item)

    @property
    def url(self) -> str:
        return step_url(self.filling, self.step, self.item, checking=self.checking)


@require_http_methods(["GET", "POST"])
@of_a_draft
def step(request: HttpRequest, filling: Filling, step_id: str, item: str = "") -> HttpResponseBase:
    """The page of a step, or of one item of a repeating group."""
    found = filling.form.steps_by_id.get(step_id)
    if found is None or (item and found.kind is not StepKind.GROUP):
        raise Http404
    if found.id not in filling.journey.steps:
        # Another answer has taken it off the path since the link was made.
        return redirect("forms:resume", filling.draft.pk)
    checking = CHECKING in request.GET or CHECKING in request.POST
    if found.kind is StepKind.CHECK:
        return check(request, filling, found)
    if found.kind is StepKind.GROUP and not item:
        return group(request, filling, found, checking=checking)
    if item and item not in filling.items(found.id) and is_full(filling, found):
        return redirect(step_url(filling, found, checking=checking))
    page = Opened(filling, found, item, checking)
    return save(request, page) if request.method == "POST" else show(request, page)


def show(request: HttpRequest, page: Opened) -> HttpResponse:
    """The page as it was saved, or with what was typed when the sign-in had run out."""
    name = request.GET.get(stash.RESTORED, "")
    kept = stash.give_back(page.filling.party, page.step.id, page.item, name) if name else None
    if kept is not None:
        return _render(request, page, read(kept, page.step, page.shown), {}, rev=_rev(kept), restored=name)
    typed = page.filling.typed(page.step, page.item)
    return _render(request, page, typed, invalid_in(page, typed), restored=stash.LOST if name else "")


def save(request: HttpRequest, page: Opened) -> HttpResponse:
    """Keep what was typed, valid or not; then on, or the page again with what is wrong."""
    # Files first: a clash of texts must not lose one.
    refused = _change_files(request, page)
    answers, undecided, seen = posted(request, page), list[Question](), _rev(request.POST)
    if clashes.RESOLVING in request.POST:
        if seen != page.row.rev:
            return _clash(request, page, answers, page.row, undecided)
        answers, undecided = clashes.chosen(_shown(page), answers, page.row.answers, request.POST)
    if undecided:
        return _clash(request, page, posted(request, page), page.row, undecided)
    try:
        drafts.save(page.filling, (page.step.id, page.item), answers, seen)
    except Conflict as conflict:
        return _clash(request, page, answers, conflict.row, [])
    stash.forget(page.filling.party, page.step.id, page.item, request.POST.get(stash.RESTORED, ""))
    return _go_on(request, page, answers, refused)


def _go_on(request: HttpRequest, page: Opened, answers: Answers, refused: dict[str, str]) -> HttpResponse:
    """Files first: a refusal is shown at its question. Then where the button that was pressed leads."""
    refusals = {question: (("", message),) for question, message in refused.items()}
    if refused:
        return _render(request, page, answers, invalid_in(page, answers) | refusals)
    if "later" in request.POST:
        return redirect("forms:saved", page.filling.draft.pk)
    if "add" in request.POST or "remove" in request.POST:
        question = request.POST.get("add", "") or request.POST.get("at", "")
        return redirect(f"{page.url}#q-{question}" if question in page.shown else page.url)
    if errors := errors_in(page, answers):
        return _render(request, page, answers, errors)
    if page.item:
        return redirect(step_url(page.filling, page.step, checking=page.checking))
    return redirect(next_url(page.filling, page.step, checking=page.checking))


def posted(request: HttpRequest, page: Opened) -> dict[str, object]:
    """What was typed. Answers to questions that the page did not show stay as they are."""
    shown = page.shown
    if was_cut_off(request):
        # The end of the post was not read: what it does not name is not empty, but unknown.
        shown = tuple(id for id in shown if _is_named(id, request.POST))
    return {**page.row.answers, **read(request.POST, page.step, shown)}


def _is_named(question: str, post: QueryDict) -> bool:
    return any(name == f"q-{question}" or name.startswith(f"q-{question}-") for name in post)


def errors_in(page: Opened, answers: Answers) -> dict[str, tuple[Error, ...]]:
    """What stops the page: what is missing, and what cannot stand, among the questions that count."""
    asked = page.filling.page(page.step, page.item).asked
    cleaned = page.filling.cleaned(page.step, page.item, answers)
    return {id: cleaned[id].errors for id in asked if cleaned[id].errors}


def invalid_in(page: Opened, answers: Answers) -> dict[str, tuple[Error, ...]]:
    """What was typed earlier and cannot stand. Nothing is called missing before Continue is pressed."""
    asked = page.filling.page(page.step, page.item).asked
    cleaned = page.filling.cleaned(page.step, page.item, answers)
    return {id: cleaned[id].errors for id in asked if cleaned[id].is_invalid}


def _change_files(request: HttpRequest, page: Opened) -> dict[str, str]:
    """Remove and take in files as asked. Question id -> why its file was refused."""
    filling, refused = page.filling, dict[str, str]()
    questions = [question for question in _shown(page) if question.type == FILE]
    if file_id := request.POST.get("remove", ""):
        uploads.remove(filling, page.step, page.item, file_id)
    for question in questions:
        upload = request.FILES.get(field_name(question))
        if upload is None:
            if was_cut_off(request):
                refused[question.id] = uploads.too_much_at_once()
            elif request.POST.get("add") == question.id:
                refused[question.id] = _("Choose a file, then add it.")
            continue
        try:
            uploads.add(filling, page.step, page.item, question, upload)
        except FileRefused as refusal:
            refused[question.id] = refusal.message
    return refused


def _render(
    request: HttpRequest,
    page: Opened,
    typed: Answers,
    errors: Errors,
    *,
    rev: int | None = None,
    restored: str = "",
) -> HttpResponse:
    context = question_page(
        page.filling,
        page.step,
        page.item,
        typed=typed,
        rev=page.row.rev if rev is None else rev,
        errors=errors,
        checking=page.checking,
        restored=restored,
    )
    return render(request, "forms_engine/step.html", context)


def _clash(
    request: HttpRequest, page: Opened, mine: Answers, theirs: Row, undecided: list[Question]
) -> HttpResponse:
    context = conflict_page(
        page.filling, page.step, page.item, mine, theirs, request.POST, undecided, checking=page.checking
    )
    return render(request, "forms_engine/conflict.html", context)


def _shown(page: Opened) -> list[Question]:
    return [question for question in page.step.questions if question.id in page.shown]


def _rev(post: QueryDict) -> int:
    text = post.get("rev", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0

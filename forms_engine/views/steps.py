"""One page of a form in progress: opened, and saved with whatever was typed."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.languages import choose
from core.private_files import FileRefused
from core.uploads import for_script, was_cut_off
from forms_engine import drafts, stash, uploads
from forms_engine.drafts import Answers, Conflict, Filling, Row
from forms_engine.pages import conflict as clashes
from forms_engine.pages.conflict_page import conflict_page
from forms_engine.pages.faults import faults
from forms_engine.pages.files import REMOVING, SURE, remove_file_page
from forms_engine.pages.frame import CHECKING, ERRORS, next_url, step_url
from forms_engine.pages.questions import RECORDS, Errors, field_name, question_page, read
from forms_engine.spec import Question, Step, StepKind
from forms_engine.types import question_types, takes_files
from forms_engine.types.records import RecordChoice
from forms_engine.views.check import check
from forms_engine.views.groups import group, is_full
from forms_engine.views.opening import of_a_draft

# In the session: the address of a page, and question id -> why the file that was added there was refused.
_REFUSED = "forms_engine.refused"


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
    found = filling.journey.steps[found.id].step
    checking = CHECKING in request.GET or CHECKING in request.POST
    if found.kind is StepKind.CHECK:
        return check(request, filling, found)
    if found.kind is StepKind.GROUP and not item:
        return group(request, filling, found, checking=checking)
    if item and item not in filling.items(found.id) and is_full(filling, found):
        return redirect(step_url(filling, found, checking=checking))
    page = Opened(filling, found, item, checking)
    return for_script(request, save(request, page)) if request.method == "POST" else show(request, page)


def show(request: HttpRequest, page: Opened) -> HttpResponse:
    """The page as it was saved, or with what was typed when the sign-in had run out."""
    if question := request.GET.get(RECORDS):
        return _records(request, page, question)
    if file := uploads.find(page.filling, page.step, page.item, request.GET.get(REMOVING, "")):
        context = remove_file_page(page.filling, page.step, page.item, file, checking=page.checking)
        return render(request, "forms_engine/file_remove.html", context)
    kept, restored = stash.asked_back(request, page.filling.party, page.step.id, page.item)
    if kept is not None:
        return _render(
            request, page, read(kept, page.step, page.shown), {}, rev=_rev(kept), restored=restored
        )
    typed = page.filling.typed(page.step, page.item)
    errors = errors_in(page, typed) if ERRORS in request.GET else invalid_in(page, typed)
    return _render(request, page, typed, {**errors, **_refusals(request, page)}, restored=restored)


def _records(request: HttpRequest, page: Opened, question_id: str) -> HttpResponse:
    """What is found in records while somebody types: a piece of the page."""
    question = page.step.questions_by_id.get(question_id)
    if question is None or question.id not in page.shown or question.type != RecordChoice.name:
        raise Http404
    words = {"find": request.GET.get("words", "")}
    name = field_name(question)
    field = question_types.get(question.type).field(question, words, (), page.filling.wording, name=name)
    return render(request, "govuk/fields/records_found.html", {"field": field})


def save(request: HttpRequest, page: Opened) -> HttpResponse:
    """Keep what was typed, valid or not; then on, or to the page again with what is wrong."""
    if SURE in request.POST:
        return _remove(request, page)
    answers, clash = _keep(request, page)
    # After the answers, so that no file can lose them; and after a clash too, which must not lose a file.
    refused = _change_files(request, page)
    if clash:
        return clash
    stash.forget(page.filling.party, page.step.id, page.item, request.POST.get(stash.RESTORED, ""))
    return _go_on(request, page, answers, refused)


def _remove(request: HttpRequest, page: Opened) -> HttpResponse:
    """Remove a file: its person was asked, on a page that has no answers to keep."""
    file = uploads.find(page.filling, page.step, page.item, request.POST.get("remove", ""))
    if file is None:  # removed already, in another window
        return redirect(page.url)
    uploads.remove(page.filling, page.step, page.item, str(file.pk))
    return redirect(f"{page.url}#q-{file.question}")


def _keep(request: HttpRequest, page: Opened) -> tuple[Answers, HttpResponse | None]:
    """The answers as they were saved. Or not saved, and the page that shows both texts."""
    answers, undecided, seen = posted(request, page), list[Question](), _rev(request.POST)
    if clashes.RESOLVING in request.POST:
        if seen != page.row.rev:
            return answers, _clash(request, page, answers, page.row, undecided)
        answers, undecided = clashes.chosen(_shown(page), answers, page.row.answers, request.POST)
    if undecided:
        return answers, _clash(request, page, posted(request, page), page.row, undecided)
    try:
        drafts.save(page.filling, (page.step.id, page.item), answers, seen)
    except Conflict as conflict:
        return answers, _clash(request, page, answers, conflict.row, [])
    return answers, None


def _go_on(request: HttpRequest, page: Opened, answers: Answers, refused: dict[str, str]) -> HttpResponse:
    """Files first: a refusal is shown at its question. Then where the button that was pressed leads."""
    if refused:
        _note_refused(request, page, refused)
        return redirect(page.url)
    if "later" in request.POST:
        return redirect("forms:saved", page.filling.draft.pk)
    if choose(request):
        return redirect(page.url)
    if file := uploads.find(page.filling, page.step, page.item, request.POST.get("remove", "")):
        return redirect(f"{page.url}{'&' if page.checking else '?'}{REMOVING}={file.pk}")
    if pressed := [button for button in ("add", "remove", "find") if button in request.POST]:
        question = request.POST[pressed[0]]
        return redirect(f"{page.url}#q-{question}" if question in page.shown else page.url)
    if errors_in(page, answers):
        return redirect(step_url(page.filling, page.step, page.item, checking=page.checking, errors=True))
    if page.item:
        return redirect(step_url(page.filling, page.step, checking=page.checking))
    return redirect(next_url(page.filling, page.step, checking=page.checking))


def _note_refused(request: HttpRequest, page: Opened, refused: dict[str, str]) -> None:
    """Keep why files were refused until the page is shown, after those that a script has sent just before."""
    at, before = request.session.get(_REFUSED, ("", {}))
    earlier = before if at == page.url else {}
    joined = {id: f"{earlier[id]} {why}" if id in earlier else why for id, why in refused.items()}
    request.session[_REFUSED] = [page.url, {**earlier, **joined}]


def _refusals(request: HttpRequest, page: Opened) -> Errors:
    """Why files were refused that the post before this page came with: said once, since they are not kept."""
    at, refused = request.session.get(_REFUSED, ("", {}))
    if at != page.url:
        return {}
    del request.session[_REFUSED]
    return {question: (("", message),) for question, message in refused.items()}


def posted(request: HttpRequest, page: Opened) -> dict[str, object]:
    """What was typed. Answers to questions that the page did not show stay as they are."""
    shown = page.filling.typable(page.shown)
    if was_cut_off(request):
        # The end of the post was not read: what it does not name is not empty, but unknown.
        shown = [id for id in shown if _is_named(id, request.POST)]
    return {**page.row.answers, **read(request.POST, page.step, shown)}


def _is_named(question: str, post: QueryDict) -> bool:
    return any(name == f"q-{question}" or name.startswith(f"q-{question}-") for name in post)


def errors_in(page: Opened, answers: Answers) -> Errors:
    """What stops the page: what is missing, and what cannot stand, among the questions that count."""
    now = page.filling.page(page.step, page.item)
    cleaned = page.filling.cleaned(page.step, page.item, answers)
    errors = {id: cleaned[id].errors for id in now.asked if cleaned[id].errors}
    return faults(now.broken) | errors


def invalid_in(page: Opened, answers: Answers) -> Errors:
    """What was typed earlier and cannot stand. Nothing is called missing before Continue is pressed."""
    now = page.filling.page(page.step, page.item)
    cleaned = page.filling.cleaned(page.step, page.item, answers)
    invalid = {id: cleaned[id].errors for id in now.asked if cleaned[id].is_invalid}
    return faults(fault for fault in now.broken if not fault.is_missing) | invalid


def _change_files(request: HttpRequest, page: Opened) -> dict[str, str]:
    """Take in files as asked. Question id -> why its file was refused."""
    refused = dict[str, str]()
    questions = [question for question in _shown(page) if takes_files(question)]
    for question in questions:
        # With JavaScript several can be chosen at once.
        sent = request.FILES.getlist(field_name(question))
        if not sent and was_cut_off(request):
            refused[question.id] = uploads.too_much_at_once()
        elif not sent and request.POST.get("add") == question.id:
            refused[question.id] = _("Choose a file, then add it.")
        if whys := [why for file in sent if (why := _why_refused(page, question, file))]:
            refused[question.id] = " ".join(whys)
    return refused


def _why_refused(page: Opened, question: Question, file: "UploadedFile[bytes]") -> str:
    """Take a file in; why not, where it cannot be taken."""
    try:
        uploads.add(page.filling, page.step, page.item, question, file)
    except FileRefused as refusal:
        return refusal.message
    return ""


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

"""One page of a form in progress: opened, and saved with whatever was typed."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.languages import switch
from core.limits import ask_to_wait
from core.private_files import FileRefused
from core.uploads import for_script, was_cut_off
from forms_engine import drafts, pace, stash, uploads
from forms_engine.drafts import Answers, Conflict, Filling, Row
from forms_engine.page_limits import room, sentence, too_long, what_fits
from forms_engine.pages import conflict as clashes
from forms_engine.pages.conflict_page import conflict_page
from forms_engine.pages.faults import faults
from forms_engine.pages.files import REMOVING, SURE, remove_file_page
from forms_engine.pages.frame import CHECKING, ERRORS, next_url, step_url
from forms_engine.pages.questions import (
    NOTHING_KEPT,
    RECORDS,
    Errors,
    field_name,
    question_page,
    read,
    shown_then,
)
from forms_engine.pages.too_late import NotKept, list_is_full, not_asked_any_more
from forms_engine.registries import step_plugins
from forms_engine.spec import Question, Step, StepKind
from forms_engine.types import asking, question_types, takes_files
from forms_engine.types.records import RecordChoice
from forms_engine.views.check import check
from forms_engine.views.groups import group, is_full
from forms_engine.views.opening import not_kept, of_a_draft

# In the session: the address of a page, and question id -> why the file that was added there was refused.
_REFUSED = "forms_engine.refused"
_UNASKED = gettext_lazy(
    "We saved what you wrote. Not all of it is asked for any more, because another answer has changed since you opened "
    "the page. If it is asked for again, what you wrote will be there."
)


@dataclass(frozen=True)
class Opened:
    """A page in one request: of which draft, which step, which item, and from where.

    `shown`: the questions on it; where something is posted, those that were on it when that was typed.
    """

    filling: Filling
    step: Step
    item: str
    checking: bool
    shown: frozenset[str]

    @property
    def is_on_path(self) -> bool:
        return self.filling.reach.at(self.step.id) is not None

    @property
    def row(self) -> Row:
        return self.filling.row(self.step.id, self.item)

    @cached_property
    def room(self) -> int:
        """Bytes that its answers may take."""
        return room(self.filling.size - len(self.row.text))

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
    is_list = found.kind is StepKind.GROUP and not item
    if (is_list or request.method != "POST") and not filling.journey.at(found.id):
        # Another answer has taken it off the path since the link was made.
        return _to_copy(request, not_asked_any_more(request, filling, found, item), filling.url)
    # A page that never varies is itself: what is posted on one is kept before the way through the form is walked.
    if found.varies and (on_path := filling.reach.at(found.id)):
        found = on_path.step
    checking = CHECKING in request.GET or CHECKING in request.POST
    if found.kind is StepKind.CHECK:
        return check(request, filling, found)
    if is_list:
        return group(request, filling, found, checking=checking)
    if found.is_plugin:
        return of_another_app(request, filling, found)
    page = Opened(filling, found, item, checking, shown_then(filling, found, item, request.POST))
    is_new = bool(item) and item not in filling.items(found.id)
    try:
        if request.method == "POST":
            return save(request, page)
        if not (is_new and is_full(filling, found)):
            return show(request, page)
    except drafts.Full:
        pass
    the_list = step_url(filling, found, checking=checking)
    return _to_copy(request, list_is_full(request, filling, found, item), the_list)


def of_another_app(request: HttpRequest, filling: Filling, step: Step) -> HttpResponse:
    """A page that another app makes. One that sends the form opens when all before it is answered."""
    if step.plugin not in step_plugins:
        raise Http404
    plugin, needed = step_plugins.get(step.plugin), filling.journey.first_open()
    if plugin.sends and needed and needed.id != step.id:
        return redirect(step_url(filling, needed, errors=not needed.is_plugin))
    return plugin.page(request, filling, step)


def _to_copy(request: HttpRequest, page: NotKept, url: str) -> HttpResponse:
    """What was typed and cannot be saved, to be copied; on to `url` where nothing was."""
    return not_kept(request, page) if page.late else redirect(url)


def show(request: HttpRequest, page: Opened) -> HttpResponse:
    """The page as it was saved, or with what was typed when the sign-in had run out."""
    if question := request.GET.get(RECORDS):
        return records(request, page, question)
    if file := uploads.find(page.filling, page.step, page.item, request.GET.get(REMOVING, "")):
        context = remove_file_page(page.filling, page.step, page.item, file, checking=page.checking)
        return render(request, "forms_engine/file_remove.html", context)
    kept, restored = stash.asked_back(request, page.filling.party, page.step.id, page.item)
    if kept is not None:
        late = read(kept, page.step, shown_then(page.filling, page.step, page.item, kept))
        return _render(request, page, late, {}, rev=_rev(kept), restored=restored, kept=kept)
    typed = page.filling.typed(page.step, page.item)
    errors = errors_in(page, typed) if ERRORS in request.GET else invalid_in(page, typed)
    return _render(request, page, typed, {**errors, **_refusals(request, page)}, restored=restored)


def records(request: HttpRequest, page: Opened, question_id: str) -> HttpResponse:
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
    if wait := pace.wait_to_save(page.filling.party.network):
        return _say_not_yet(request, page, wait)
    if SURE in request.POST:
        return _remove(request, page)
    answers, clash = _keep(request, page)
    # After the answers, so that no file can lose them; and after a clash too, which must not lose a file.
    refused, wait = _change_files(request, page)
    return clash or for_script(request, _after(request, page, answers, refused), wait)


def _after(request: HttpRequest, page: Opened, answers: Answers, refused: dict[str, str]) -> HttpResponse:
    """What follows when all that can be kept is: the page itself where something is too long, else the way on."""
    if long := too_long(answers, page.shown, page.room):
        return _say_too_long(request, page, answers, long, refused)
    stash.forget(page.filling.party, page.step.id, page.item, request.POST.get(stash.RESTORED, ""))
    if _has_unasked(page, answers):
        messages.info(request, _UNASKED)
    return _go_on(request, page, answers, refused) if page.is_on_path else _leave(request, page, refused)


def _say_too_long(
    request: HttpRequest, page: Opened, answers: Answers, long: list[str], refused: dict[str, str]
) -> HttpResponse:
    """The page with all that was typed: what is too long is nowhere else, and is to be copied or shortened."""
    if not page.is_on_path:
        return not_kept(request, not_asked_any_more(request, page.filling, page.step, page.item))
    said = dict.fromkeys(long, sentence()) | refused
    return _render(request, page, answers, {id: (("", message),) for id, message in said.items()})


def _say_not_yet(request: HttpRequest, page: Opened, wait: int) -> HttpResponse:
    """The page with all that was typed on it, of which nothing can be saved for `wait` seconds."""
    if not page.is_on_path:
        copied = not_asked_any_more(request, page.filling, page.step, page.item)
        return ask_to_wait(not_kept(request, copied), wait)
    if SURE in request.POST:
        return _render(request, page, page.filling.typed(page.step, page.item), {}, wait=wait)
    typed = posted(request, page)
    if clashes.RESOLVING in request.POST:
        return _clash(request, page, typed, page.row, [], wait)
    return _render(request, page, typed, {}, rev=_rev(request.POST), kept=request.POST, wait=wait)


def _leave(request: HttpRequest, page: Opened, refused: dict[str, str]) -> HttpResponse:
    """From a page that has left the path to one that has not. What would be said at its questions is said there."""
    for why in refused.values():
        messages.error(request, why)
    return redirect("forms:saved" if "later" in request.POST else "forms:resume", page.filling.draft.pk)


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
        fitting = what_fits(answers, page.row.answers, page.shown, page.room)
        drafts.save(page.filling, (page.step.id, page.item), fitting, seen)
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
    if answer := switch(request, page.url):
        return answer
    if file := uploads.find(page.filling, page.step, page.item, request.POST.get("remove", "")):
        return redirect(f"{page.url}{'&' if page.checking else '?'}{REMOVING}={file.pk}")
    if pressed := [button for button in ("add", "remove", "find") if button in request.POST]:
        question = request.POST[pressed[0]]
        return redirect(f"{page.url}#q-{question}" if question in page.shown else page.url)
    if errors_in(page, answers):
        return redirect(step_url(page.filling, page.step, page.item, checking=page.checking, errors=True))
    if page.item:
        return redirect(step_url(page.filling, page.step, checking=page.checking))
    # Not `redirect`, which would look the address up as if it were a view's name.
    return HttpResponseRedirect(next_url(page.filling, page.step, checking=page.checking))


def _has_unasked(page: Opened, answers: Answers) -> bool:
    """Whether something was typed that is not asked for any more: another answer changed since the page was opened."""
    unasked = page.shown.difference(page.filling.page(page.step, page.item).shown)
    if not unasked:
        return False
    cleaned = page.filling.cleaned(page.step, page.item, answers)
    return any(id in unasked and not each.is_empty for id, each in cleaned.items())


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
        named = [each.id for each in _shown(page) if asking.names_in(request.POST, each, field_name(each))]
        shown = page.filling.typable(named)
    return {**page.row.answers, **read(request.POST, page.step, shown)}


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


def _change_files(request: HttpRequest, page: Opened) -> tuple[dict[str, str], int]:
    """Take in files as asked. Question id -> why its file was refused; and the seconds to wait, where that helps."""
    refused, wait = dict[str, str](), 0
    questions = [question for question in _shown(page) if takes_files(question)]
    for question in questions:
        # With JavaScript several can be chosen at once.
        sent = request.FILES.getlist(field_name(question))
        if not sent and was_cut_off(request):
            refused[question.id] = uploads.too_much_at_once()
        elif not sent and request.POST.get("add") == question.id:
            refused[question.id] = _("Choose a file, then add it.")
        if refusals := [refusal for file in sent if (refusal := _refusal(page, question, file))]:
            refused[question.id] = " ".join(refusal.message for refusal in refusals)
            wait = max(wait, *(refusal.wait for refusal in refusals))
    return refused, wait


def _refusal(page: Opened, question: Question, file: "UploadedFile[bytes]") -> FileRefused | None:
    """Take a file in; why not, where it cannot be taken."""
    try:
        uploads.add(page.filling, page.step, page.item, question, file)
    except FileRefused as refusal:
        return refusal
    return None


def _render(
    request: HttpRequest,
    page: Opened,
    typed: Answers,
    errors: Errors,
    *,
    rev: int | None = None,
    restored: str = "",
    kept: QueryDict = NOTHING_KEPT,
    wait: int = 0,
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
        kept=kept,
    )
    return pace.show(request, "forms_engine/step.html", context, wait)


def _clash(
    request: HttpRequest,
    page: Opened,
    mine: Answers,
    theirs: Row,
    undecided: list[Question],
    wait: int = 0,
) -> HttpResponse:
    context = conflict_page(
        page.filling,
        page.step,
        page.item,
        mine,
        theirs,
        request.POST,
        undecided,
        shown=page.shown,
        checking=page.checking,
    )
    return pace.show(request, "forms_engine/conflict.html", context, wait)


def _shown(page: Opened) -> list[Question]:
    return [question for question in page.step.questions if question.id in page.shown]


def _rev(post: QueryDict) -> int:
    text = post.get("rev", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0

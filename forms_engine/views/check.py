""" "Check your answers", and Submit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import switch
from forms_engine import assist, drafts, pace, stash
from forms_engine.drafts import Answers, Filling
from forms_engine.models import Submission
from forms_engine.page_limits import what_fits
from forms_engine.pages.check import ANSWERS_SHOWN, check_page
from forms_engine.pages.frame import ERRORS, step_url
from forms_engine.pages.questions import read
from forms_engine.spec import Step
from forms_engine.start import renew_fixed
from forms_engine.submit import Changed, NobodyReads, NotComplete, NotOpen, submit
from forms_engine.types.base import Error
from forms_engine.ways_back import way_back_of

# "?changed=1": Submit was pressed on a page that showed other answers than would have been sent.
CHANGED = "changed"


def check(request: HttpRequest, filling: Filling, step: Step) -> HttpResponse:
    renew_fixed(filling)
    if request.method != "POST":
        return _show(request, filling, step)
    if wait := pace.wait_to_save(filling.party.network):
        return _show(request, filling, step, wait)
    if filling.party.helper:
        assist.note_yes(filling.party, request.POST.get(assist.SAID_YES, ""))
    keep(filling, step, read(request.POST, step, filling.typable(filling.page(step).shown)))
    stash.forget(filling.party, step.id, "", request.POST.get(stash.RESTORED, ""))
    if "later" in request.POST:
        return redirect("forms:saved", filling.draft.pk)
    if answer := switch(request, step_url(filling, step)):
        return answer
    if filling.party.is_guest:
        return redirect("forms:before_sending", filling.draft.pk)
    return _send(request, filling, step)


def _send(request: HttpRequest, filling: Filling, step: Step) -> HttpResponse:
    typist = filling.party.typist
    if wait := pace.SEND.wait(typist, person=request.user.pk):
        return pace.wait_page(request, pace.SEND, wait, step_url(filling, step))
    try:
        shown = request.POST.get(ANSWERS_SHOWN, "")
        submission = submit(filling.party, timezone.now(), filling.today, shown)
    except Changed:
        pace.take_back(pace.SEND, typist)
        return redirect(f"{step_url(filling, step)}?{CHANGED}=1")
    except NotComplete:
        pace.take_back(pace.SEND, typist)
        return redirect(step_url(filling, step, errors=True))
    except NotOpen:
        return redirect("forms:resume", filling.draft.pk)
    except NobodyReads:
        return render(request, "forms_engine/nobody_reads.html", {"form_url": step_url(filling, step)})
    return _after(request, filling, submission)


def _after(request: HttpRequest, filling: Filling, submission: Submission) -> HttpResponse:
    """The receipt. Staff who sent a form for somebody, and are not those who read it, go back to where they were."""
    helper = filling.party.helper
    if helper is None or Submission.objects.visible_to(helper).filter(pk=submission.pk).exists():
        return redirect("forms:sent", submission.pk)
    words = {"name": _name(submission), "reference": submission.reference}
    messages.success(request, _("The form is sent for %(name)s. The reference is %(reference)s.") % words)
    return redirect(way_back_of(filling.party).url)


def _name(submission: Submission) -> str:
    return submission.submitted_by.full_name if submission.submitted_by else ""


def _show(request: HttpRequest, filling: Filling, step: Step, wait: int = 0) -> HttpResponse:
    """The page as it was saved, or with what was ticked when the sign-in had run out, or saving has to `wait`."""
    kept, restored = (request.POST, "") if wait else stash.asked_back(request, filling.party, step.id, "")
    ticks = read(kept, step, filling.page(step).shown) if kept is not None else None
    refused = ERRORS in request.GET
    errors = _errors(filling, step) if refused else {}
    context = check_page(filling, step, errors=errors, refused=refused, ticks=ticks, restored=restored)
    context |= {"changed": CHANGED in request.GET}
    return pace.show(request, "forms_engine/check.html", context, wait)


def keep(filling: Filling, step: Step, ticks: Answers) -> None:
    """Keep the declarations. Two windows that tick them differently are no clash of texts: the later one counts."""
    drafts.save_over(filling, step.id, what_fits(ticks, filling.row(step.id).answers, ticks))


def _errors(filling: Filling, step: Step) -> dict[str, tuple[Error, ...]]:
    cleaned = filling.cleaned(step, "", filling.row(step.id).answers)
    return {id: cleaned[id].errors for id in filling.page(step).asked if cleaned[id].errors}

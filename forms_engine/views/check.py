""" "Check your answers", and Submit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from forms_engine import drafts
from forms_engine.drafts import Answers, Conflict, Filling
from forms_engine.pages.check import check_page
from forms_engine.pages.questions import read
from forms_engine.spec import Step
from forms_engine.submit import NotComplete, NotOpen, submit
from forms_engine.types.base import Error


def check(request: HttpRequest, filling: Filling, step: Step) -> HttpResponse:
    if request.method != "POST":
        return render(request, "forms_engine/check.html", check_page(filling, step))
    _keep(filling, step, read(request.POST, step, filling.page(step).shown))
    if "later" in request.POST:
        return redirect("forms:saved", filling.draft.pk)
    try:
        submission = submit(filling.party, timezone.now(), filling.today)
    except NotComplete:
        context = check_page(filling, step, errors=_errors(filling, step), refused=True)
        return render(request, "forms_engine/check.html", context)
    except NotOpen:
        return redirect("forms:resume", filling.draft.pk)
    return redirect("forms:sent", submission.pk)


def _keep(filling: Filling, step: Step, ticks: Answers) -> None:
    """Keep the declarations. Two windows that tick them differently are no clash of texts: the later one counts."""
    place = (step.id, "")
    try:
        drafts.save(filling, place, ticks, filling.row(*place).rev)
    except Conflict as conflict:
        drafts.save(filling, place, ticks, conflict.row.rev)


def _errors(filling: Filling, step: Step) -> dict[str, tuple[Error, ...]]:
    cleaned = filling.cleaned(step, "", filling.row(step.id).answers)
    return {id: cleaned[id].errors for id in filling.page(step).asked if cleaned[id].errors}

"""The list of a repeating group's items: add, change, move, remove."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forms_engine import drafts, pace
from forms_engine.drafts import Filling
from forms_engine.pages.frame import ERRORS, next_url, step_url
from forms_engine.pages.group import group_page, remove_page, too_few, too_many
from forms_engine.spec import Step


def group(request: HttpRequest, filling: Filling, step: Step, *, checking: bool) -> HttpResponse:
    if request.method != "POST":
        problem = problem_of(filling, step) if ERRORS in request.GET else ""
        context = group_page(filling, step, checking=checking, problem=problem)
        return render(request, "forms_engine/group.html", context)
    if wait := pace.wait_to_save(filling.party.network):
        context = group_page(filling, step, checking=checking)
        return pace.show(request, "forms_engine/group.html", context, wait)
    if "do" in request.POST:
        return _change(request, filling, step, checking=checking)
    drafts.arrange(filling, step.id, filling.items(step.id))
    if "later" in request.POST:
        return redirect("forms:saved", filling.draft.pk)
    if problem_of(filling, step):
        return redirect(step_url(filling, step, checking=checking, errors=True))
    return redirect(next_url(filling, step, checking=checking))


def _change(request: HttpRequest, filling: Filling, step: Step, *, checking: bool) -> HttpResponse:
    """Move an item, or remove it once that is confirmed. One that has gone already is left alone."""
    do, item = request.POST["do"], request.POST.get("item", "")
    there = item in filling.items(step.id)
    if there and do == "remove" and "sure" not in request.POST:
        context = remove_page(filling, step, item, checking=checking)
        return render(request, "forms_engine/group_remove.html", context)
    if there and do == "remove":
        drafts.remove_item(filling, step.id, item)
    elif do in ("up", "down"):
        drafts.move(filling, step.id, item, by=-1 if do == "up" else 1)
    return redirect(step_url(filling, step, checking=checking))


def is_full(filling: Filling, step: Step) -> bool:
    """Whether no more items can be added."""
    return step.group is not None and len(filling.items(step.id)) >= step.group.most


def problem_of(filling: Filling, step: Step) -> str:
    """Why the list cannot be left with Continue; "" where it can."""
    return too_few(filling, step) or too_many(filling, step) or _unfinished(filling, step)


def _unfinished(filling: Filling, step: Step) -> str:
    """What to say where an item of the list cannot stand as it is; "" where all can."""
    if any(page.is_blocking for page in filling.journey.steps[step.id].items):
        return _("Something is missing or has to be put right. Choose Change where it is marked.")
    return ""

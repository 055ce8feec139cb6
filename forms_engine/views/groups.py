"""The list of a repeating group's items: add, change, move, remove."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forms_engine import drafts
from forms_engine.drafts import Filling
from forms_engine.pages.frame import next_url, step_url
from forms_engine.pages.group import group_page, too_few
from forms_engine.spec import Step


def group(request: HttpRequest, filling: Filling, step: Step, *, checking: bool) -> HttpResponse:
    if request.method != "POST":
        return render(request, "forms_engine/group.html", group_page(filling, step, checking=checking))
    if "do" in request.POST:
        _change(filling, step, request.POST["do"], request.POST.get("item", ""))
        return redirect(step_url(filling, step, checking=checking))
    drafts.arrange(filling, step.id, filling.items(step.id))
    if "later" in request.POST:
        return redirect("forms:saved", filling.draft.pk)
    if problem := too_few(filling, step) or _unfinished(filling, step):
        context = group_page(filling, step, checking=checking, problem=problem)
        return render(request, "forms_engine/group.html", context)
    return redirect(next_url(filling, step, checking=checking))


def _change(filling: Filling, step: Step, do: str, item: str) -> None:
    if do == "remove":
        drafts.remove_item(filling, step.id, item)
    elif do in ("up", "down"):
        drafts.move(filling, step.id, item, by=-1 if do == "up" else 1)


def is_full(filling: Filling, step: Step) -> bool:
    """Whether no more items can be added."""
    return step.group is not None and len(filling.items(step.id)) >= step.group.most


def _unfinished(filling: Filling, step: Step) -> str:
    """What to say where an item of the list cannot stand as it is; "" where all can."""
    if any(page.is_blocking for page in filling.journey.steps[step.id].items):
        return _("Something is missing or has to be put right. Choose Change where it is marked.")
    return ""

"""Pages about one form, beside its editor: as it stands there, with what is not published yet."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from core.access import refuse
from forms_engine.authoring import library
from forms_engine.authoring.access import form_in_editor, may_edit
from forms_engine.authoring.differences import differences
from forms_engine.authoring.journey import in_words, picture_of
from forms_engine.authoring.outline import outline
from forms_engine.authoring.paper import paper_response
from forms_engine.definition import DefinitionFaults, build, find_faults, loads, to_json
from forms_engine.importing import InTheWay, Outcome, Overtaken, import_form, newest, standing
from forms_engine.models import Draft, FormDefinition
from forms_engine.preview import CHILD
from forms_engine.rules import moving
from forms_engine.rules.faults import Fault
from forms_engine.streams import fill, from_stream
from forms_engine.wording import wording_for

LIST = "wagtailsnippets_forms_engine_formdefinition:list"
EDIT = "wagtailsnippets_forms_engine_formdefinition:edit"
# Of a file that is brought in. The largest form that we ship has not 100,000.
MOST_BYTES = 2_000_000


def page(form: FormDefinition, title: str) -> dict[str, Any]:
    """What every page about a form shows round its own content."""
    return {
        "form": form,
        "title": title,
        "edit_url": reverse(EDIT, args=[form.pk]),
        "list_url": reverse(LIST),
        "child": CHILD,
    }


@require_safe
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole form on one page, for proof-reading."""
    form = form_in_editor(request, pk)
    sections = outline(build(from_stream(form)), wording_for({"child": CHILD}))
    context = page(form, _("Whole form on one page")) | {"sections": sections}
    return render(request, "forms_engine/admin/whole.html", context)


@require_safe
def on_paper(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """The form to fill in by hand, as it stands in the editor."""
    form = build(from_stream(form_in_editor(request, pk)))
    return paper_response(form, wording_for({}), size, request)


@require_http_methods(["GET", "POST"])
def insert(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a section of another form into this one."""
    form = form_in_editor(request, pk)
    if request.method == "POST":
        try:
            made, left_out = library.insert(
                form, request.POST.get("form", ""), request.POST.get("section", "")
            )
        except library.NoSuchSection:
            raise Http404 from None
        if saved(request, form):
            messages.success(request, _("The section was copied. It is yours to change."))
            if left_out:
                messages.warning(request, _left_out(left_out))
        return redirect(f"{reverse(EDIT, args=[pk])}#block-{made}-section")
    context = page(form, _("Copy a section from another form")) | {
        "sources": library.sources(form, wording_for({"child": CHILD}))
    }
    return render(request, "forms_engine/admin/insert.html", context)


def _left_out(number: int) -> str:
    return ngettext(
        "%(number)s condition was left out: it read an answer that is not in the section.",
        "%(number)s conditions were left out: they read answers that are not in the section.",
        number,
    ) % {"number": number}


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a question on another page, or a page into another section: the arrows of the editor stay within one."""
    form = form_in_editor(request, pk)
    data = from_stream(form)
    if request.method == "POST":
        what, where = request.POST.get("what", ""), request.POST.get("where", "")
        try:
            (moving.move_step if request.POST.get("kind") == "page" else moving.move_question)(
                data, what, where
            )
        except moving.NoSuchPlace:
            raise Http404 from None
        fill(form, data)
        if saved(request, form):
            messages.success(request, _("Moved, and saved as a draft."))
        return redirect(f"{reverse(EDIT, args=[pk])}#block-{what}-section")
    sections = outline(build(data), wording_for({"child": CHILD}))
    return render(
        request,
        "forms_engine/admin/move.html",
        page(form, _("Move to another page")) | {"sections": sections},
    )


@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """The copied sections whose sources have changed: take the new words, or leave them."""
    form = form_in_editor(request, pk)
    if request.method == "POST":
        try:
            library.settle(form, request.POST.get("section", ""), take=request.POST.get("do") == "take")
        except library.NoSuchSection:
            raise Http404 from None
        if saved(request, form):
            messages.success(request, _("Noted, and saved as a draft."))
        return redirect(request.path)
    context = page(form, _("Copied sections")) | {"changed": list(library.changed_sources(form))}
    return render(request, "forms_engine/admin/copies.html", context)


def saved(request: HttpRequest, form: FormDefinition) -> bool:
    """Save `form` as a draft of this person; not where somebody has locked it, which is said."""
    lock = form.get_lock()
    if lock and lock.for_user(request.user):
        messages.error(request, _("Nothing was changed: somebody has locked this form."))
        return False
    form.save_revision(user=request.user, log_action=True)
    return True


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What publishing the form as it stands would change for families, and how many go on with it as it was."""
    form = form_in_editor(request, pk)
    published = form.live_version()
    open_drafts = Draft.objects.filter(version__form=pk, submitted_at=None, expires_at__gt=timezone.now())
    context = page(form, _("What changes when it is published")) | {
        "published": published,
        "differences": differences(build(published.content), build(from_stream(form))) if published else [],
        "begun": open_drafts.count(),
    }
    return render(request, "forms_engine/admin/changes.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as a file, as it stands in the editor: what `manage.py forms export` prints."""
    form = form_in_editor(request, pk)
    data = json.dumps(to_json(build(from_stream(form))), indent=2, ensure_ascii=False)
    headers = {"Content-Disposition": f'attachment; filename="{form.slug}.json"'}
    return HttpResponse(data, "application/json", headers=headers)


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """A form from a file: what it would change is shown first, and only then it is saved as a draft."""
    if not may_edit(request):
        refuse(request, "forms_engine.formdefinition", "bring-in")
    context: dict[str, Any] = {"list_url": reverse(LIST)}
    if request.method == "POST":
        data, faults = _posted(request)
        if not faults and "confirm" in request.POST:
            try:
                return _bring_in(request, data)
            except Overtaken:
                context["is_overtaken"] = True
        context |= {"faults": faults} if faults else _compared(data)
    return render(
        request, "forms_engine/admin/bring_in.html", context, status=422 if context.get("faults") else 200
    )


def _posted(request: HttpRequest) -> tuple[Any, list[Fault]]:
    """The form of the file that was chosen, or of the one that was shown, and everything that is wrong with it."""
    upload = request.FILES.get("file")
    if upload and (upload.size or 0) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        return None, [Fault("$", f"the file is larger than {most} MB: no form is")]
    return read(upload.read() if upload else request.POST.get("data", ""))


def read(text: str | bytes) -> tuple[Any, list[Fault]]:
    """The JSON of a form, and everything that is wrong with it."""
    try:
        data = loads(text)
    except DefinitionFaults as unsound:
        return None, list(unsound.faults)
    return data, find_faults(data)


def _compared(data: Any) -> dict[str, Any]:
    new = build(data)
    there = standing(new.slug)
    old = build(from_stream(there)) if there else None
    return {
        "form_title": new.title,
        "there": there,
        "differences": differences(old, new) if old else [],
        # No longer than the file was: a post without files may be only so long.
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        "compared": newest(there),
    }


def _bring_in(request: HttpRequest, data: Any) -> HttpResponse:
    """Save what was shown. Raises Overtaken where somebody has saved the form since then."""
    try:
        compared = request.POST.get("compared", "")
        outcome = import_form(data, replace=True, by=request.user, compared=compared)
    except InTheWay:
        messages.error(request, _("Nothing was changed: somebody has locked this form."))
        return redirect(LIST)
    form = FormDefinition.objects.get(slug=data["slug"])
    same = outcome is Outcome.UNCHANGED
    messages.success(request, _("Nothing to do: the form is the same.") if same else _("Saved as a draft."))
    return redirect(EDIT, form.pk)


@require_safe
def journey(request: HttpRequest, pk: int) -> HttpResponse:
    """The way through the form: a picture, and the same in words."""
    form = form_in_editor(request, pk)
    spec, wording = build(from_stream(form)), wording_for({"child": CHILD})
    shown = {"picture": picture_of(spec, wording), "nodes": in_words(spec, wording)}
    return render(
        request, "forms_engine/admin/journey.html", page(form, _("The way through the form")) | shown
    )


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to build a form, for somebody who does it for the first time."""
    if not may_edit(request):
        refuse(request, "forms_engine.formdefinition", "guide")
    return render(request, "forms_engine/admin/guide.html", {"list_url": reverse(LIST)})

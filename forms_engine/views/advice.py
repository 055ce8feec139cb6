"""An editor leaves something as it is, and says why."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.permissions import policy_registry

from core.access import refuse
from core.audit import actor_of
from forms_engine import advice
from forms_engine.models import FormDefinition, WavedThrough

URL_NAME = "forms_engine_wave_through"


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Why is it fine as it is?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Other editors see this. It holds until the words change."),
        error_messages={"required": gettext_lazy("Say why it is fine as it is")},
    )


@require_admin_access  # type: ignore[untyped-decorator]
def wave_through(request: HttpRequest, pk: int, kind: str, part: str) -> HttpResponse:
    """Wave one piece of advice on the newest draft through. What was put right meanwhile leads back to the form."""
    definition = FormDefinition.objects.filter(pk=pk).first()
    may_change = policy_registry.get_by_type(FormDefinition).user_has_permission(request.user, "change")
    if definition is None or not may_change:
        refuse(request, "forms_engine.formdefinition", pk)
    editor = reverse("wagtailsnippets_forms_engine_formdefinition:edit", args=[pk])
    found = advice.find(definition.get_latest_revision_as_object(), kind, part)
    if found is None or found.note:
        messages.info(request, _("That has been dealt with already."))
        return redirect(editor)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        WavedThrough.objects.get_or_create(
            form=definition,
            kind=kind,
            part=part,
            text_digest=found.text_digest,
            defaults={"note": form.cleaned_data["note"], "by_id": actor_of(request)},
        )
        return redirect(editor)
    context = {"form": form, "advice": found, "definition": definition, "editor": editor}
    return render(
        request, "forms_engine/admin/wave_through.html", context, status=422 if form.errors else 200
    )

"""Who may work on forms: one helper fetches and authorises."""

from django.http import HttpRequest
from wagtail.permissions import policy_registry

from core.access import refuse
from forms_engine.models import FormDefinition


def may_edit(request: HttpRequest) -> bool:
    """Whether this person may change forms."""
    policy = policy_registry.get_by_type(FormDefinition)
    return bool(policy.user_has_permission(request.user, "change"))


def form_in_editor(request: HttpRequest, pk: int) -> FormDefinition:
    """A form as it stands in the editor, with what is not published yet. Everybody else finds nothing."""
    form = FormDefinition.objects.filter(pk=pk).first() if may_edit(request) else None
    if form is None:
        refuse(request, "forms_engine.formdefinition", pk)
    newest: FormDefinition = form.get_latest_revision_as_object()
    return newest

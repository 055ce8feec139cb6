"""What editors of forms find on opening the admin: the forms that are not published as they stand, and those in use."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from wagtail.admin.ui.components import Component

from forms_engine.models import FormDefinition
from forms_engine.publishing import check

# Each is checked, which takes some milliseconds; the list of forms has the rest.
MOST_FORMS = 8


@dataclass(frozen=True, slots=True)
class FormInDraft:
    """A form whose newest draft families do not get yet. `faults`: how many things are in the way."""

    form: FormDefinition
    url: str
    faults: int


class FormsInDraftPanel(Component):
    name = "forms_in_draft"
    order = 10
    template_name = "forms_engine/admin/home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Three queries, however many forms there are."""
        found = in_draft()
        return {
            "forms": [_row(form) for form in found.select_related("latest_revision")[:MOST_FORMS]],
            "count": found.count(),
            "in_use": in_use()[:MOST_FORMS],
            "list_url": reverse("wagtailsnippets_forms_engine_formdefinition:list"),
            "new_url": reverse("wagtailsnippets_forms_engine_formdefinition:add"),
        }


def in_draft() -> QuerySet[FormDefinition]:
    """Those that were never published, or were changed since; the last edited first."""
    forms = FormDefinition.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    return forms.order_by(F("latest_revision__created_at").desc(nulls_last=True), "title")


def in_use() -> QuerySet[FormDefinition]:
    """Those that families get as they stand, the last published first. `is_read`: somebody reads what is sent."""
    read = FormDefinition.objects.with_readers().filter(pk=OuterRef("pk"))
    return (
        FormDefinition.objects.filter(live=True, has_unpublished_changes=False)
        .annotate(is_read=Exists(read))
        .defer("body")
        .order_by(F("last_published_at").desc(nulls_last=True), "title")
    )


def _row(form: FormDefinition) -> FormInDraft:
    newest = form.latest_revision
    # Not the revision's own `as_object`, which would fetch the form once more.
    draft = form.with_content_json(newest.content) if newest else form
    url = reverse("wagtailsnippets_forms_engine_formdefinition:edit", args=[form.pk])
    return FormInDraft(form, url, len(check(draft)))

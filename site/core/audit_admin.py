"""The audit in the Wagtail admin, to read: who did or saw what, and when.

It holds ids and verbs, no answers. Names stand beside the ids as the reader may know them on other pages too; what was
done is said in words.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.admin import SimpleListFilter
from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import DjangoORMSearchHandler

from core.admin import ListedFiltersOnly, NobodyEdits, NoButtons, RowPrivateModelAdmin
from core.dates import clock_text, day_text, local_day
from core.models import AuditEntry
from core.names import deed, found_by_reference, names_of, verbs_like


class ReadAlone(NobodyEdits):
    """The database itself refuses a change."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm("core.view_auditentry"))


class ByAge(SimpleListFilter):
    """The last week unless told otherwise: the audit grows for seven years, and a list is counted."""

    title = gettext_lazy("When")
    parameter_name = "days"
    nothing_chosen = gettext_lazy("In the last 7 days")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("30", _("In the last 30 days")), ("365", _("In the last year")), ("all", _("Ever"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        known = {key for key, _name in self.lookup_choices}
        chosen = self.value() if self.value() in known else "7"
        if chosen == "all":
            return queryset
        return queryset.filter(at__gte=timezone.now() - dt.timedelta(days=int(chosen or 7)))


class AuditList(ListedFiltersOnly):
    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each row of the page with what its reader may call the things in it: so many queries for any page."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        rows: list[Any] = context["object_list"]
        things = [(row.object_type, row.object_id) for row in rows]
        about = [(row.subject_type, row.subject_id) for row in rows]
        known = names_of(self.request.user, [*things, *about])
        for row, thing, subject in zip(rows, things, about, strict=True):
            row.object_name, row.subject_name = known.get(thing, ""), known.get(subject, "")
        return context


class ByWordsOrReference(DjangoORMSearchHandler):
    """What was done, or a number; or the reference of a case or a sent form, of those that the reader may see."""

    def search_queryset(self, queryset: "QuerySet[Any]", search_term: str, **kwargs: Any) -> "QuerySet[Any]":
        ids = found_by_reference(kwargs["reader"], search_term)
        if ids:
            return queryset.filter(Q(object_id__in=ids) | Q(subject_id__in=ids))
        found: QuerySet[Any] = super().search_queryset(queryset, search_term)
        return found | queryset.filter(verb__in=verbs_like(search_term))


class AuditAdmin(RowPrivateModelAdmin):
    model = AuditEntry
    index_view_class = AuditList
    menu_label = gettext_lazy("Audit")
    menu_icon = "history"
    menu_order = 910
    list_display = ("when", "who", "what", "to_what", "about", "why")
    list_filter = (ByAge,)
    list_per_page = 50
    search_fields = ("verb", "object_id", "subject_id", "actor_id")
    search_label = gettext_lazy("What was done, a reference or a number")
    search_handler_class = ByWordsOrReference
    permission_helper_class = ReadAlone
    button_helper_class = NoButtons

    def get_queryset(self, request: HttpRequest) -> "QuerySet[AuditEntry]":
        person = get_user_model()._default_manager.filter(pk=OuterRef("actor_id"))
        name = person.annotate(name=Concat("first_name", Value(" "), "last_name")).values("name")[:1]
        rows = AuditEntry.objects.visible_to(request.user)  # type: ignore[arg-type]
        # With each row, so that a page of fifty asks for no names of its own.
        return rows.annotate(actor_name=Subquery(name)).order_by("-id")

    def get_extra_search_kwargs(self, request: HttpRequest, search_term: str) -> dict[str, Any]:
        return {"reader": request.user}

    def when(self, entry: AuditEntry) -> str:
        return f"{day_text(local_day(entry.at))}, {clock_text(entry.at)}"

    when.short_description = gettext_lazy("When")  # type: ignore[attr-defined]

    def who(self, entry: Any) -> str:
        name = entry.actor_name or (_("Somebody not signed in") if entry.network else _("The portal itself"))
        return format_html('{}<span class="case-sub">{}</span>', name, entry.network)

    who.short_description = gettext_lazy("Who")  # type: ignore[attr-defined]

    def what(self, entry: AuditEntry) -> str:
        if entry.acting_as:
            return _("%(deed)s, as somebody sees it (“View as a person”)") % {"deed": deed(entry.verb)}
        return deed(entry.verb)

    what.short_description = gettext_lazy("What was done")  # type: ignore[attr-defined]

    def to_what(self, entry: Any) -> str:
        return _thing(entry.object_type, entry.object_id, entry.object_name)

    to_what.short_description = gettext_lazy("To what")  # type: ignore[attr-defined]

    def about(self, entry: Any) -> str:
        return _thing(entry.subject_type, entry.subject_id, entry.subject_name)

    about.short_description = gettext_lazy("About")  # type: ignore[attr-defined]

    def why(self, entry: AuditEntry) -> str:
        return entry.reason

    why.short_description = gettext_lazy("Why")  # type: ignore[attr-defined]


def _thing(label: str, number: UUID | None, name: str) -> str:
    """What it is called and what sort of thing it is, with a link to all that was done with it.

    What its reader may not know by name, or is gone, has its number. A model that is gone keeps its label.
    """
    if not label:
        return ""
    try:
        kind = str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        kind = label
    if number is None:
        return kind
    title = _("All that was done with it")
    link = format_html(
        '<a href="?days=all&amp;q={}" title="{}">{}</a>', number, title, name or str(number)[:8]
    )
    return format_html('{}<span class="case-sub">{}</span>', link, kind)

"""The outbox in the Wagtail admin: what was given up stands first, and can be tried again. Payloads are not shown."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from core import audit, outbox
from core.access import refuse
from core.admin import ByChoice, NobodyEdits, NoButtons, RowPrivateModelAdmin
from core.dates import clock_text, day_text, local_day
from core.models import OutboxItem


class OnlyTriedAgain(NobodyEdits):
    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm("core.change_outboxitem"))


class ByState(ByChoice):
    """What is not sent yet unless told otherwise: that is what somebody can do something about.

    `lookup` is the path to an outbox item's state.
    """

    title = gettext_lazy("State")
    parameter_name = "state"
    lookup = "state"
    nothing_chosen = gettext_lazy("Not sent yet")
    ALL = ("all", gettext_lazy("All of them"))
    options = [*OutboxItem.State.choices, ALL]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() == self.ALL[0]:
            return queryset
        if self.value():
            return super().queryset(request, queryset)
        return queryset.filter(**{f"{self.lookup}__in": OutboxItem.UNFINISHED})


class ByKind(ByChoice):
    title = gettext_lazy("Kind")
    parameter_name = "kind"
    lookup = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        words = ((name, ", ".join(filter(None, _words(name)))) for name in outbox.kinds)
        return sorted(words, key=lambda choice: choice[1])


def _words(kind: str) -> tuple[str, str]:
    """What items of `kind` are, and to what sort of receiver they go. A kind that is gone keeps its name."""
    known = outbox.kinds.get(kind) if kind in outbox.kinds else None
    return (str(known.title or kind), str(known.goes_to)) if known else (kind, "")


class OutboxAdmin(RowPrivateModelAdmin):
    model = OutboxItem
    menu_label = gettext_lazy("Outbox")
    menu_icon = "mail"
    menu_order = 900
    list_display = ("what", "state", "tries", "fault", "since", "next_try", "do")
    list_filter = (ByState, ByKind)
    list_per_page = 50
    search_fields = ("id",)
    search_label = gettext_lazy("Number")
    index_template_name = "modeladmin/register_try_again.html"
    permission_helper_class = OnlyTriedAgain
    button_helper_class = NoButtons

    def get_queryset(self, request: HttpRequest) -> "QuerySet[OutboxItem]":
        return OutboxItem.objects.visible_to(request.user).dead_first()  # type: ignore[arg-type]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return OutboxItem.DEAD_FIRST

    def what(self, item: OutboxItem) -> str:
        title, goes_to = _words(item.kind)
        said = " · ".join(filter(None, (outbox.subject_of(item), goes_to, str(item.pk)[:8])))
        return format_html('<b>{}</b><span class="case-sub">{}</span>', title, said)

    what.short_description = gettext_lazy("What, and to whom")  # type: ignore[attr-defined]

    def tries(self, item: OutboxItem) -> int:
        return item.attempts

    tries.short_description = gettext_lazy("Tries")  # type: ignore[attr-defined]
    tries.admin_order_field = "attempts"  # type: ignore[attr-defined]

    def fault(self, item: OutboxItem) -> str:
        return item.fault

    fault.short_description = gettext_lazy("Last fault")  # type: ignore[attr-defined]
    fault.admin_order_field = "last_error"  # type: ignore[attr-defined]

    def since(self, item: OutboxItem) -> str:
        return f"{day_text(local_day(item.created_at))}, {clock_text(item.created_at)}"

    since.short_description = gettext_lazy("Asked for")  # type: ignore[attr-defined]
    since.admin_order_field = "created_at"  # type: ignore[attr-defined]

    def next_try(self, item: OutboxItem) -> str:
        if item.state != OutboxItem.State.WAITING:
            return ""
        return f"{day_text(local_day(item.due))}, {clock_text(item.due)}"

    next_try.short_description = gettext_lazy("Next try")  # type: ignore[attr-defined]

    def do(self, item: OutboxItem) -> str:
        return try_again_button(item, reverse("outbox_try_again", args=[item.pk]))

    do.short_description = gettext_lazy("Do")  # type: ignore[attr-defined]


def try_again_button(item: OutboxItem, url: str) -> str:
    """In the row of something that was given up, on a page of `modeladmin/register_try_again.html`."""
    if item.state != OutboxItem.State.DEAD:
        return ""
    return format_html(
        '<button type="submit" class="button button-small" form="try-again" formaction="{}">{}</button>',
        url,
        _("Try again"),
    )


class DeadLettersPanel(Component):
    """On the first page of the admin, for whoever may try again: how much was given up. Nothing where nothing was."""

    name = "dead_letters"
    order = 5
    template_name = "core/admin/dead_letters.html"

    def __init__(self, request: HttpRequest) -> None:
        rows = OutboxItem.objects.visible_to(request.user)  # type: ignore[arg-type]
        self.count = rows.filter(state=OutboxItem.State.DEAD).count()

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"count": self.count, "url": reverse("core_outboxitem_modeladmin_index") + "?state=dead"}


@require_POST
def try_again(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Put a dead letter back into the queue, due now."""
    item = OutboxItem.objects.visible_to(request.user).filter(pk=item_id).first()  # type: ignore[arg-type]
    if item is None:
        refuse(request, "core.outboxitem", item_id)
    if outbox.try_again(item):
        audit.record("outbox.again", request=request, obj=item)
        messages.success(request, _("It will be tried again in the next few seconds."))
    return redirect("core_outboxitem_modeladmin_index")

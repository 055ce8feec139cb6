"""Invitations in the admin: who was asked to work here by whom, who has come, and who has not."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.invitations.kinds import kinds
from accounts.invitations.outcomes import outcome
from accounts.models import Invitation
from accounts.people import staff
from core.admin import ByChoice, ListedFiltersOnly, NobodyEdits, NoButtons, RowPrivateModelAdmin
from core.dates import day_text, local_day, today
from core.people import Person


def visible_to(person: Person) -> QuerySet[Invitation]:
    """Those that `person` sends again and withdraws."""
    day = today()
    seen = (Q(kind=name) & kind.of(person, day) for name, kind in kinds.items())
    return Invitation.objects.filter(reduce(or_, seen, Q(pk__in=[])))


class OnlyInviters(NobodyEdits):
    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(staff.LOOK_AFTER))


class ByOutcome(ByChoice):
    """Those that nobody has accepted yet, unless told otherwise."""

    title = gettext_lazy("State")
    parameter_name = "state"
    lookup = ""
    nothing_chosen = gettext_lazy("Not accepted yet")
    options = [
        ("joined", gettext_lazy("Accepted")),
        ("withdrawn", gettext_lazy("Withdrawn")),
        ("all", gettext_lazy("All of them")),
    ]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        value = self.value()
        if value == "all":
            return queryset
        if value == "joined":
            return queryset.filter(joined_at__isnull=False)
        if value == "withdrawn":
            return queryset.filter(withdrawn_at__isnull=False)
        return queryset.filter(joined_at=None, withdrawn_at=None)


class InvitationList(ListedFiltersOnly):
    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"ways": [(reverse(kind.page), kind.label) for kind in kinds.values()]}


class InvitationAdmin(RowPrivateModelAdmin):
    model = Invitation
    menu_label = gettext_lazy("Invitations")
    menu_icon = "mail"
    menu_order = 881
    index_view_class = InvitationList
    index_template_name = "accounts/admin/invitations.html"
    permission_helper_class = OnlyInviters
    button_helper_class = NoButtons
    list_display = ("invited", "to_be", "by", "sent", "state", "do")
    list_filter = (ByOutcome,)
    list_select_related = ("invited_by", "joined_by")
    list_per_page = 50
    search_fields = ("name", "email")
    search_label = gettext_lazy("Name or email address")
    ordering = ("-invited_at", "pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        rows: QuerySet[Any] = visible_to(request.user)  # type: ignore[arg-type]
        return rows.order_by(*self.ordering)

    def invited(self, row: Invitation) -> str:
        return format_html('<b>{}</b><span class="case-sub">{}</span>', row.name, row.email)

    invited.short_description = gettext_lazy("Who")  # type: ignore[attr-defined]

    def to_be(self, row: Invitation) -> str:
        return kinds.get(row.kind).said(row)

    to_be.short_description = gettext_lazy("As what")  # type: ignore[attr-defined]

    def by(self, row: Invitation) -> str:
        return row.invited_by.full_name

    by.short_description = gettext_lazy("Invited by")  # type: ignore[attr-defined]

    def sent(self, row: Invitation) -> str:
        return day_text(local_day(row.sent_at))

    sent.short_description = gettext_lazy("Sent")  # type: ignore[attr-defined]
    sent.admin_order_field = "sent_at"  # type: ignore[attr-defined]

    def state(self, row: Invitation) -> str:
        return outcome(row)

    state.short_description = gettext_lazy("State")  # type: ignore[attr-defined]

    def do(self, row: Invitation) -> str:
        if not row.is_open:
            return ""
        return format_html(
            '<span class="case-do"><button type="submit" class="button button-small" form="try-again" '
            'formaction="{}">{}<span class="w-sr-only">: {}</span></button><button type="submit" '
            'class="button button-small button-secondary" form="try-again" formaction="{}">{}'
            '<span class="w-sr-only">: {}</span></button></span>',
            reverse("invitation_again", args=[row.pk]),
            _("Send again"),
            row.name,
            reverse("invitation_withdraw", args=[row.pk]),
            _("Withdraw"),
            row.name,
        )

    do.short_description = gettext_lazy("Do")  # type: ignore[attr-defined]

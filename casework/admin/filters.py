"""How the list of cases can be narrowed. Every choice goes through what the member of staff may see."""

import datetime as dt
from typing import Any, cast

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casework.admin.words import week_from
from casework.models import Case
from casework.selectors import knowing_turn
from core.dates import today
from core.people import Person

Choices = list[tuple[str, Any]]
MONTH_DAYS = 28


class CaseworkerFilter(SimpleListFilter):
    title = _("Caseworker")
    parameter_name = "worker"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        people = Case.objects.visible_to(cast(Person, request.user)).filter(caseworker__isnull=False)
        names = people.order_by("caseworker__last_name", "caseworker__first_name").distinct()
        rows = names.values_list("caseworker", "caseworker__first_name", "caseworker__last_name")
        others = [(str(pk), f"{first} {last}") for pk, first, last in rows if pk != request.user.pk]
        return [("me", _("Me")), *others, ("none", _("Nobody yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        value = self.value()
        if value == "me":
            return queryset.filter(caseworker=request.user.pk)
        if value == "none":
            return queryset.filter(caseworker=None)
        known = {key for key, _name in self.lookup_choices}
        return queryset.filter(caseworker__pk=value) if value in known else queryset


class DueFilter(SimpleListFilter):
    title = _("Next date by law")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            ("late", _("Late")),
            ("now", _("Late, or in the next 7 days")),
            ("today", _("Today")),
            ("soon", _("In the next 7 days")),
            ("later", _("After the next 7 days")),
            ("month", _("In the next 4 weeks")),
            ("none", _("Nothing due")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        day = today()
        spans: dict[str, dict[str, Any]] = {
            "late": {"next_due__lt": day},
            "now": {"next_due__lte": week_from(day)},
            "today": {"next_due": day},
            "soon": {"next_due__range": (day, week_from(day))},
            "later": {"next_due__gt": week_from(day)},
            "month": {"next_due__range": (day, day + dt.timedelta(MONTH_DAYS))},
            "none": {"next_due__isnull": True},
        }
        return queryset.filter(**spans.get(self.value() or "", {}))


class TurnFilter(SimpleListFilter):
    title = _("Whose turn")
    parameter_name = "turn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            ("ours", _("Ours")),
            ("draft", _("Ours: no draft plan yet")),
            ("others", _("Waiting for others")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        turns: dict[str, dict[str, bool]] = {
            "ours": {"is_others_turn": False, "next_due__isnull": False},
            "draft": {"is_others_turn": False, "lacks_draft": True},
            "others": {"is_others_turn": True},
        }
        if self.value() not in turns:
            return queryset
        return knowing_turn(queryset, today()).filter(**turns[self.value() or ""])


class TeamFilter(SimpleListFilter):
    title = _("Team")
    parameter_name = "team"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        teams = Case.objects.visible_to(cast(Person, request.user)).order_by("team__name").distinct()
        return [(str(pk), name) for pk, name in teams.values_list("team", "team__name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        value, known = self.value(), {key for key, _name in self.lookup_choices}
        return queryset.filter(team__pk=value) if value and value in known else queryset


class StateFilter(SimpleListFilter):
    title = _("Open or closed")
    parameter_name = "state"
    nothing_chosen = _("Open")

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("closed", _("Closed")), ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        if self.value() == "all":
            return queryset
        return queryset.filter(closed_on__isnull=self.value() != "closed")

"""Bank holidays in the Wagtail admin: proclamations come at short notice, and working days are counted by them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import Component
from wagtail_modeladmin.helpers import PermissionHelper

from core.admin import ByChoice, ListedFiltersOnly, NoButtons, RowPrivateModelAdmin
from core.dates import day_text, today, weekday_day_text
from core.models import BankHoliday

# Dates of cases are worked out up to 20 weeks ahead, and reviews a year; what comes is published two years before.
IN_GOOD_TIME = dt.timedelta(days=365)
MORE_AT = "https://www.gov.uk/bank-holidays"


class ByCalendar(ByChoice):
    title = gettext_lazy("Part of the country")
    parameter_name = "calendar"
    lookup = "calendar"
    options = BankHoliday.Calendar.choices


class ByTime(SimpleListFilter):
    title = gettext_lazy("When")
    parameter_name = "when"
    nothing_chosen = gettext_lazy("From today on")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("past", _("Past")), ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() == "all":
            return queryset
        return (
            queryset.filter(day__lt=today()) if self.value() == "past" else queryset.filter(day__gte=today())
        )


@dataclass(frozen=True, slots=True)
class Coverage:
    """Until which day the bank holidays of a part of the country are known. `is_short`: add more of them now."""

    part: str
    until: dt.date
    is_short: bool


def coverage(day: dt.date) -> list[Coverage]:
    """Of each part of the country, as working days are counted. A query for each."""
    found = []
    for calendar in BankHoliday.Calendar:
        until = BankHoliday.objects.working_days(calendar).covered_until
        found.append(Coverage(str(calendar.label), until, is_short=until < day + IN_GOOD_TIME))
    return found


class HolidayList(ListedFiltersOnly):
    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"coverage": coverage(today()), "more_at": MORE_AT}


class HolidaysRunOutPanel(Component):
    """On the first page of the admin, for whoever keeps them: the calendars that run out. Nothing while none does."""

    name = "holidays_run_out"
    order = 6
    template_name = "core/admin/holidays_run_out.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        short = [row for row in coverage(today()) if row.is_short]
        return {"short": short, "url": reverse("core_bankholiday_modeladmin_index")}


class BankHolidayAdmin(RowPrivateModelAdmin):
    model = BankHoliday
    index_view_class = HolidayList
    index_template_name = "modeladmin/bank_holidays.html"
    menu_label = gettext_lazy("Bank holidays")
    menu_icon = "calendar-alt"
    menu_order = 890
    list_display = ("date", "name", "part")
    list_filter = (ByCalendar, ByTime)
    list_per_page = 50
    search_fields = ("name",)
    search_label = gettext_lazy("Name")
    ordering = ("day", "calendar")
    permission_helper_class = PermissionHelper
    button_helper_class = NoButtons
    panels = [FieldPanel("calendar"), FieldPanel("day"), FieldPanel("name")]

    def date(self, row: BankHoliday) -> str:
        url = self.url_helper.get_action_url("edit", row.pk)
        said = day_text(row.day)
        weekday = weekday_day_text(row.day).partition(" ")[0]
        return format_html(
            '<a class="case-link" href="{}">{}</a><span class="case-sub">{}</span>', url, said, weekday
        )

    date.short_description = gettext_lazy("Day")  # type: ignore[attr-defined]
    date.admin_order_field = "day"  # type: ignore[attr-defined]

    def part(self, row: BankHoliday) -> str:
        return row.get_calendar_display()

    part.short_description = gettext_lazy("Part of the country")  # type: ignore[attr-defined]

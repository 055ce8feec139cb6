"""The register of cases in the Wagtail admin: what is due first stands first."""

from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.admin.case_page import CaseInspectView
from casework.admin.filters import CaseworkerFilter, DueFilter, StateFilter, TeamFilter, TurnFilter
from casework.admin.words import DUTIES, in_words, stage_tag, tone_of, worked_to, years
from casework.models import Case
from casework.rules.deadlines import next_duty
from casework.selectors import council_counting, read_case
from core.admin import ListedFiltersOnly, NobodyEdits, NoButtons, RowPrivateModelAdmin
from core.closed_days import working_days
from core.dates import today
from forms_engine.models import Assignment
from schools.models import Child, Enrolment


class CaseList(ListedFiltersOnly):
    """The list, in the order of the law's dates."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Case]) -> list[Any]:
        """What is due first, whatever the model's own order; nothing here is sorted by another column."""
        return [F("next_due").asc(nulls_last=True), "reference"]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each case of the page with the rules' `reading` of it: one day and one calendar for all."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        day, counting, calendar = today(), council_counting(), working_days()
        for case in context["object_list"]:
            case.reading = read_case(case, [], today=day, counting=counting)
            case.calendar = calendar
        return context


class CaseAdmin(RowPrivateModelAdmin):
    model = Case
    menu_label = gettext_lazy("Cases")
    menu_icon = "folder-open-inverse"
    menu_order = 100
    index_view_class = CaseList
    inspect_view_class = CaseInspectView
    inspect_view_enabled = True
    # Cases come from requests, and change by what is done in them: not by a form over their columns.
    permission_helper_class = NobodyEdits
    button_helper_class = NoButtons
    list_display = ("case", "child_and_school", "stage", "next_date", "worker", "forms_out")
    list_filter = (CaseworkerFilter, DueFilter, TurnFilter, TeamFilter, StateFilter)
    list_select_related = ("child", "team", "caseworker")
    list_per_page = 25
    list_export = ("reference", "team", "caseworker", "next_due_day")
    search_fields = ("reference", "child__first_name", "child__last_name")
    search_label = gettext_lazy("Name or reference")
    inspect_template_name = "modeladmin/casework/case/inspect.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        waiting = Q(actions__assignment__state__in=Assignment.WAITING)
        back = Q(actions__assignment__state=Assignment.State.SUBMITTED)
        return (
            Case.objects.visible_to(request.user)  # type: ignore[arg-type]
            .by_next_due(council_counting())
            .prefetch_related(
                "events",
                Prefetch("child__enrolments", Enrolment.objects.joined_last_first().select_related("school")),
            )
            .annotate(
                waiting_count=Count("actions", filter=waiting, distinct=True),
                back_count=Count("actions", filter=back, distinct=True),
            )
        )

    def subject_of(self, instance: Case) -> Child:  # type: ignore[override]
        return instance.child

    def get_extra_attrs_for_row(self, obj: Any, context: dict[str, Any]) -> dict[str, str]:
        days, _text = _worked_to(obj)
        return {} if days is None else {"class": f"case-row--{tone_of(days)}"}

    def case(self, obj: Case) -> str:
        url = self.url_helper.get_action_url("inspect", obj.pk)
        return format_html('<a class="case-link" href="{}">{}</a>', url, obj.reference)

    case.short_description = gettext_lazy("Case")  # type: ignore[attr-defined]

    def child_and_school(self, obj: Any) -> str:
        day = obj.reading.today
        school = next(
            (row.school.name for row in obj.child.enrolments.all() if row.holds_on(day)), _("No school")
        )
        return format_html(
            '<b>{}</b><span class="case-sub">{} · {}</span>',
            obj.child.full_name,
            school,
            years(obj.child, day),
        )

    child_and_school.short_description = gettext_lazy("Child and school")  # type: ignore[attr-defined]

    def stage(self, obj: Any) -> str:
        return stage_tag(obj.reading)

    stage.short_description = gettext_lazy("Stage")  # type: ignore[attr-defined]

    def next_date(self, obj: Any) -> str:
        days, text = _worked_to(obj)
        if days is None:
            return format_html('<span class="case-sub">{}</span>', _("Nothing due"))
        return format_html(
            '<span class="case-due case-due--{}">{}</span><span class="case-sub">{}</span>',
            tone_of(days),
            in_words(days),
            " · ".join([text, *_what(obj)]),
        )

    next_date.short_description = gettext_lazy("Next date by law")  # type: ignore[attr-defined]

    def worker(self, obj: Case) -> str:
        name = obj.caseworker.full_name if obj.caseworker else _("Nobody yet")
        return format_html('{}<span class="case-sub">{}</span>', name, obj.team.name)

    worker.short_description = gettext_lazy("Caseworker")  # type: ignore[attr-defined]

    def forms_out(self, obj: Any) -> str:
        back = _("%(count)s came back") % {"count": obj.back_count} if obj.back_count else ""
        out = _("%(count)s with the family") % {"count": obj.waiting_count} if obj.waiting_count else ""
        return format_html('<b>{}</b><span class="case-sub">{}</span>', back, out)

    forms_out.short_description = gettext_lazy("Forms")  # type: ignore[attr-defined]

    def next_due_day(self, obj: Any) -> str:
        return obj.next_due.isoformat() if obj.next_due else ""

    next_due_day.short_description = gettext_lazy("Next date by law")  # type: ignore[attr-defined]


def _worked_to(obj: Any) -> tuple[int | None, str]:
    return worked_to(obj.next_due, obj.reading.today, obj.calendar) if obj.next_due else (None, "")


def _what(obj: Any) -> list[str]:
    """ "Decide whether to assess" """
    owed = next_duty(obj.reading.deadlines)
    return [str(DUTIES[owed.id])] if owed else []

"""What case staff find on opening the admin: a few counts, each a link into the register."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from casework.models import Action, Case
from casework.selectors import council_counting
from core.dates import today
from forms_engine.models import Assignment

SOON_DAYS = 7


class MyCasesPanel(Component):
    name = "my_cases"
    order = 1
    template_name = "casework/admin/home_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Two queries, however many cases there are."""
        person, day = self.request.user, today()
        open_cases = Case.objects.visible_to(person).filter(closed_on=None)  # type: ignore[arg-type]
        counts = open_cases.by_next_due(council_counting()).aggregate(
            mine=Count("pk", filter=Q(caseworker=person.pk)),
            late=Count("pk", filter=Q(next_due__lt=day)),
            soon=Count("pk", filter=Q(next_due__range=(day, day + dt.timedelta(SOON_DAYS)))),
            nobodys=Count("pk", filter=Q(caseworker=None)),
        )
        came = Action.objects.filter(
            case__in=open_cases.values("pk"), assignment__state=Assignment.State.SUBMITTED
        )
        return {"counts": _tiles(**counts, came=came.count())}


def _tiles(*, late: int, soon: int, came: int, mine: int, nobodys: int) -> list[tuple[int, str, str]]:
    """Each count, what it counts, and the list behind it."""
    cases = reverse("casework_case_modeladmin_index")
    sent = reverse("forms_engine_submission_modeladmin_index")
    near = ngettext(
        "case has a date by law in the next 7 days", "cases have a date by law in the next 7 days", soon
    )
    back = ngettext(
        "form came back and is not accepted yet", "forms came back and are not accepted yet", came
    )
    return [
        (late, ngettext("case is late", "cases are late", late), f"{cases}?due=late"),
        (soon, near, f"{cases}?due=soon"),
        (came, back, f"{sent}?state=submitted"),
        (mine, ngettext("case is yours", "cases are yours", mine), f"{cases}?worker=me"),
        (
            nobodys,
            ngettext("case has no caseworker", "cases have no caseworker", nobodys),
            f"{cases}?worker=none",
        ),
    ]

"""What case staff find on opening the admin: a few counts, each a link into the register."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
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
        back = Action.objects.filter(
            case__in=open_cases.values("pk"), assignment__state=Assignment.State.SUBMITTED
        )
        register = reverse("casework_case_modeladmin_index")
        sent = reverse("forms_engine_submission_modeladmin_index")
        return {
            "counts": [
                (counts["late"], _("cases are late"), f"{register}?due=late"),
                (counts["soon"], _("have a date by law in the next 7 days"), f"{register}?due=soon"),
                (
                    back.count(),
                    _("forms came back and wait for you"),
                    f"{sent}?assignment__state__exact=submitted",
                ),
                (counts["mine"], _("cases are yours"), f"{register}?worker=me"),
                (counts["nobodys"], _("cases have no caseworker"), f"{register}?worker=none"),
            ]
        }

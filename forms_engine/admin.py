"""Registers in the Wagtail admin: what was sent, and what became of it."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.views import InspectView

from core.admin import ByChoice, NoDeletion, RowPrivateModelAdmin
from core.dates import clock_text, day_text, local_day
from core.models import OutboxItem
from forms_engine import tree
from forms_engine.models import Assignment, Delivery, Submission, SubmissionFile


class ReadOnly(NoDeletion):
    """Nothing here is made or changed by hand."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False


class NoButtons(ButtonHelper):
    """The reference is the link; no row of buttons under it."""

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        return []


class SubmissionInspectView(InspectView):
    """The answers in the order and the words they were asked in, with the files."""

    page_title = gettext_lazy("Sent form")

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []  # the template has its own: a query for each would be in vain

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Submission.objects.select_related("version__form", "submitted_by", "assignment", "content")
        submission = found.defer("version__content", "version__form__body").get(pk=self.instance.pk)
        content = getattr(submission, "content", None)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "submission": submission,
            "tree": tree.from_json(content.tree) if content else None,
            "files": _files(submission),
            "deliveries": list(submission.deliveries.select_related("item")),
        }


def _files(submission: Submission) -> list[dict[str, Any]]:
    rows = submission.files.filter(role=SubmissionFile.Role.UPLOAD)
    return [
        {
            "file": row,
            "url": reverse("forms:sent_file", args=[submission.pk, row.pk]) if row.opens_for_others else "",
        }
        for row in rows
    ]


class ByWhatBecameOfIt(ByChoice):
    title = gettext_lazy("State")
    parameter_name = "state"
    lookup = "assignment__state"
    options = [(state.value, state.label) for state in Assignment.State]


class ByState(ByChoice):
    title = gettext_lazy("State")
    parameter_name = "state"
    lookup = "item__state"
    options = OutboxItem.State.choices


class SubmissionAdmin(RowPrivateModelAdmin):
    model = Submission
    menu_label = gettext_lazy("Sent forms")
    menu_icon = "mail"
    menu_order = 110
    list_display = ("link", "form", "about", "sender", "sent", "state")
    list_filter = (ByWhatBecameOfIt,)
    list_select_related = ("version__form", "assignment", "submitted_by")
    list_per_page = 25
    search_fields = ("reference", "assignment__about_name", "submitted_by__last_name")
    search_label = gettext_lazy("Reference, child or surname")
    inspect_view_enabled = True
    inspect_view_class = SubmissionInspectView
    inspect_template_name = "modeladmin/forms_engine/submission/inspect.html"
    permission_helper_class = ReadOnly
    button_helper_class = NoButtons

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        rows = Submission.objects.visible_to(request.user)  # type: ignore[arg-type]
        return rows.defer("version__content", "version__form__body").order_by("-submitted_at", "id")

    def link(self, obj: Submission) -> str:
        return format_html(
            '<a class="case-link" href="{}">{}</a>', self.url_helper.get_action_url("inspect", obj.pk), obj
        )

    link.short_description = gettext_lazy("Reference")  # type: ignore[attr-defined]

    def form(self, obj: Submission) -> str:
        return obj.version.form.title

    form.short_description = gettext_lazy("Form")  # type: ignore[attr-defined]

    def about(self, obj: Submission) -> str:
        return obj.assignment.about_name if obj.assignment else ""

    about.short_description = gettext_lazy("About")  # type: ignore[attr-defined]

    def sender(self, obj: Submission) -> str:
        return obj.submitted_by.full_name if obj.submitted_by else ""

    sender.short_description = gettext_lazy("Sent by")  # type: ignore[attr-defined]

    def sent(self, obj: Submission) -> str:
        return f"{day_text(local_day(obj.submitted_at))}, {clock_text(obj.submitted_at)}"

    sent.short_description = gettext_lazy("Sent")  # type: ignore[attr-defined]
    sent.admin_order_field = "submitted_at"  # type: ignore[attr-defined]

    def state(self, obj: Submission) -> str:
        return obj.assignment.get_state_display() if obj.assignment else _("Sent")

    state.short_description = gettext_lazy("State")  # type: ignore[attr-defined]


class DeliveryAdmin(RowPrivateModelAdmin):
    """What a sent form causes outside. What was given up stands first, with "Try again"."""

    model = Delivery
    menu_label = gettext_lazy("Deliveries")
    menu_icon = "upload"
    menu_order = 120
    list_display = ("reference", "state", "attempts", "error", "created", "do")
    list_filter = (ByState,)
    list_select_related = ("submission", "item")
    list_per_page = 25
    search_fields = ("submission__reference",)
    search_label = gettext_lazy("Reference")
    index_template_name = "modeladmin/register_try_again.html"
    permission_helper_class = ReadOnly
    button_helper_class = NoButtons

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        rows = Delivery.objects.visible_to(request.user)  # type: ignore[arg-type]
        dead_first = Q(item__state=OutboxItem.State.DEAD)
        return rows.annotate(is_dead=dead_first).order_by("-is_dead", F("item__created_at").desc(), "id")

    def reference(self, obj: Delivery) -> str:
        url = reverse("forms_engine_submission_modeladmin_inspect", args=[obj.submission_id])
        return format_html('<a class="case-link" href="{}">{}</a>', url, obj.submission.reference)

    reference.short_description = gettext_lazy("Sent form")  # type: ignore[attr-defined]

    def state(self, obj: Delivery) -> str:
        return obj.item.get_state_display()

    state.short_description = gettext_lazy("State")  # type: ignore[attr-defined]

    def attempts(self, obj: Delivery) -> int:
        return obj.item.attempts

    attempts.short_description = gettext_lazy("Tries")  # type: ignore[attr-defined]

    def error(self, obj: Delivery) -> str:
        return obj.item.last_error

    error.short_description = gettext_lazy("Last fault")  # type: ignore[attr-defined]

    def created(self, obj: Delivery) -> str:
        return f"{day_text(local_day(obj.item.created_at))}, {clock_text(obj.item.created_at)}"

    created.short_description = gettext_lazy("Since")  # type: ignore[attr-defined]

    def do(self, obj: Delivery) -> str:
        if obj.item.state != OutboxItem.State.DEAD:
            return ""
        url = reverse("delivery_try_again", args=[obj.pk])
        return format_html(
            '<button type="submit" class="button button-small" form="try-again" formaction="{}">{}</button>',
            url,
            _("Try again"),
        )

    do.short_description = gettext_lazy("Do")  # type: ignore[attr-defined]

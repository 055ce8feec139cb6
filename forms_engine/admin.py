"""Registers in the Wagtail admin: what was sent, and what became of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib.admin import SimpleListFilter
from django.db.models import F, Model, Q, QuerySet, TextChoices
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from core import outbox_admin
from core.admin import ListedFiltersOnly, NobodyEdits, NoButtons, RowPrivateModelAdmin
from core.dates import clock_text, day_text, local_day
from core.models import OutboxItem
from forms_engine.access import (
    hidden_files,
    matter_of,
    names_of_subjects,
    readable,
    sent_before_and_after,
    subject_of,
)
from forms_engine.models import Assignment, Delivery, Submission, SubmissionFile
from forms_engine.submit import digest

# Of a fingerprint: enough to compare it with the whole one by eye.
_SHORT = 16
# What staff call the states of passing a form on to whoever reads it.
ON_ITS_WAY: Mapping[str, Promise] = {
    OutboxItem.State.WAITING: gettext_lazy("On its way"),
    OutboxItem.State.DONE: gettext_lazy("Arrived"),
    OutboxItem.State.DEAD: gettext_lazy("Did not arrive"),
    OutboxItem.State.EXPIRED: gettext_lazy("Did not arrive in time"),
}


class SubmissionInspectView(InspectView):
    """The answers in the order and the words they were asked in, with the files."""

    page_title = gettext_lazy("Sent form")

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []  # the template has its own: a query for each would be in vain

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Submission.objects.select_related(
            "version__form", "notice", "submitted_by", "assignment", "content"
        )
        submission = found.defer("version__content", "version__form__body").get(pk=self.instance.pk)
        has_content = hasattr(submission, "content")
        person = self.request.user
        before, after = sent_before_and_after(submission, person)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "submission": submission,
            "about": about_whom(submission, names_of_subjects([submission], person)),
            "state": state_of(submission, is_replaced=after is not None),
            "matter": matter_of(submission, person),
            "before": before,
            "after": after,
            "tree": readable(submission, person) if has_content else None,
            "files": _files(submission, hidden_files(submission, person)),
            "fingerprint": fingerprint_of(submission) if has_content else None,
            "deliveries": [
                {"item": row.item, "said": ON_ITS_WAY[row.item.state]}
                for row in submission.deliveries.select_related("item")
            ],
        }


def _files(submission: Submission, hidden: Collection[str]) -> list[dict[str, Any]]:
    rows = submission.files.filter(role=SubmissionFile.Role.UPLOAD)
    return [
        {
            "file": row,
            "url": reverse("forms:sent_file", args=[submission.pk, row.pk]) if row.opens_for_others else "",
        }
        for row in rows
        if str(row.pk) not in hidden
    ]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The start of what was worked out from the answers when they were sent, and whether it still comes out so."""

    short: str
    holds: bool


def fingerprint_of(submission: Submission) -> Fingerprint:
    """Of a submission with its content. Who doubts the kept one too: `manage.py audit` checks the seals over it."""
    short = submission.digest[:_SHORT]
    grouped = " ".join(short[at : at + 4] for at in range(0, _SHORT, 4))
    return Fingerprint(grouped, holds=submission.digest == digest(submission.salt, submission.content))


def about_whom(submission: Submission, full_names: Mapping[UUID, str]) -> str:
    """The child's full name, where `full_names` has it, else the name that the form's wordings use."""
    name = submission.assignment.about_name if submission.assignment else ""
    return full_names.get(submission.about_id, name) if submission.about_id else name


class WhatBecameOfIt(TextChoices):
    """What staff call the states that something sent can be in. One that waits for an answer was opened again."""

    SUBMITTED = "submitted", gettext_lazy("Submitted")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    REOPENED = "reopened", gettext_lazy("Opened again")
    REPLACED = "replaced", gettext_lazy("Replaced")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


def state_of(submission: Submission, *, is_replaced: bool) -> WhatBecameOfIt:
    if is_replaced:
        return WhatBecameOfIt.REPLACED
    if submission.assignment is None:
        return WhatBecameOfIt.SUBMITTED
    if submission.assignment.is_waiting:
        return WhatBecameOfIt.REOPENED
    return WhatBecameOfIt(submission.assignment.state)


class ByWhatBecameOfIt(SimpleListFilter):
    title = gettext_lazy("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(WhatBecameOfIt.choices)

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Its rows have their `is_replaced`."""
        value = self.value()
        if value not in WhatBecameOfIt.values:
            return queryset
        if value == WhatBecameOfIt.REPLACED:
            return queryset.filter(is_replaced=True)
        states = Assignment.WAITING if value == WhatBecameOfIt.REOPENED else (value,)
        wanted = Q(assignment__state__in=states)
        if value == WhatBecameOfIt.SUBMITTED:
            wanted |= Q(assignment=None)
        return queryset.filter(wanted, is_replaced=False)


class SentForms(ListedFiltersOnly):
    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each row of the page with the full name of whom it is about: one query for all of a kind."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        full_names = names_of_subjects(context["object_list"], self.request.user)
        for submission in context["object_list"]:
            submission.about_whom = about_whom(submission, full_names)
        return context


class ByState(outbox_admin.ByState):
    lookup = "item__state"
    nothing_chosen = gettext_lazy("Not arrived yet")
    options = [*ON_ITS_WAY.items(), outbox_admin.ByState.ALL]


class FormsOnTheirWay(ListedFiltersOnly):
    """Counted as the forms that they are, one row each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verbose_name, self.verbose_name_plural = _("form"), _("forms")


class SubmissionAdmin(RowPrivateModelAdmin):
    model = Submission
    index_view_class = SentForms
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
    permission_helper_class = NobodyEdits
    button_helper_class = NoButtons

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        rows = Submission.objects.visible_to(request.user).knowing_replaced()  # type: ignore[arg-type]
        return rows.defer("version__content", "version__form__body").order_by("-submitted_at", "id")

    def subject_of(self, instance: Model) -> Model | None:
        return subject_of(cast(Submission, instance))

    def link(self, obj: Submission) -> str:
        return format_html(
            '<a class="case-link" href="{}">{}</a>', self.url_helper.get_action_url("inspect", obj.pk), obj
        )

    link.short_description = gettext_lazy("Reference")  # type: ignore[attr-defined]

    def form(self, obj: Submission) -> str:
        return obj.version.form.title

    form.short_description = gettext_lazy("Form")  # type: ignore[attr-defined]

    def about(self, obj: Any) -> str:
        return str(obj.about_whom)

    about.short_description = gettext_lazy("About")  # type: ignore[attr-defined]

    def sender(self, obj: Submission) -> str:
        name = obj.submitted_by.full_name if obj.submitted_by else ""
        return f"{name} ({obj.get_assisted_how_display()})" if obj.is_assisted else name

    sender.short_description = gettext_lazy("Sent by")  # type: ignore[attr-defined]

    def sent(self, obj: Submission) -> str:
        return f"{day_text(local_day(obj.submitted_at))}, {clock_text(obj.submitted_at)}"

    sent.short_description = gettext_lazy("Sent")  # type: ignore[attr-defined]
    sent.admin_order_field = "submitted_at"  # type: ignore[attr-defined]

    def state(self, obj: Any) -> str:
        return str(state_of(obj, is_replaced=obj.is_replaced).label)

    state.short_description = gettext_lazy("State")  # type: ignore[attr-defined]


class DeliveryAdmin(RowPrivateModelAdmin):
    """Which sent forms have reached whoever reads them. What did not arrive stands first, with "Try again"."""

    model = Delivery
    index_view_class = FormsOnTheirWay
    menu_label = gettext_lazy("Forms on their way")
    menu_icon = "upload"
    menu_order = 120
    list_display = ("reference", "state", "attempts", "error", "created", "do")
    list_filter = (ByState,)
    list_select_related = ("submission", "item")
    list_per_page = 25
    search_fields = ("submission__reference",)
    search_label = gettext_lazy("Reference")
    index_template_name = "modeladmin/register_try_again.html"
    permission_helper_class = NobodyEdits
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
        return str(ON_ITS_WAY[obj.item.state])

    state.short_description = gettext_lazy("State")  # type: ignore[attr-defined]

    def attempts(self, obj: Delivery) -> int:
        return obj.item.attempts

    attempts.short_description = gettext_lazy("Tries")  # type: ignore[attr-defined]

    def error(self, obj: Delivery) -> str:
        return obj.item.fault

    error.short_description = gettext_lazy("Last fault")  # type: ignore[attr-defined]

    def created(self, obj: Delivery) -> str:
        return f"{day_text(local_day(obj.item.created_at))}, {clock_text(obj.item.created_at)}"

    created.short_description = gettext_lazy("Since")  # type: ignore[attr-defined]

    def do(self, obj: Delivery) -> str:
        return outbox_admin.try_again_button(obj.item, reverse("delivery_try_again", args=[obj.pk]))

    do.short_description = gettext_lazy("Do")  # type: ignore[attr-defined]

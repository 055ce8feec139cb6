"""What staff fill in on the pages of a case."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.admin.day_field import DayField
from casework.admin.words import EVENT_NAMES
from casework.models import Case, CaseAccess
from casework.rules.deadlines import open_to_family
from casework.rules.timetable import EVENT_OF_FORM, Event, next_steps
from casework.selectors import council_counting, read_case
from casework.submissions import HANDLER
from core.dates import today
from core.private_files import FileRefused
from forms_engine.assist import SCANS
from forms_engine.models import FormDefinition
from forms_engine.models.assisted import How
from forms_engine.rules.opening import Opening
from forms_engine.upload_limits import take

# Of the forms that can be begun unasked: those for families. A form for schools is no family's.
FAMILIES = ("families", "parents", "children")
_NOBODY = _(
    "Nobody of the family can open this case yet, so there is nobody to ask. A case is opened to a parent or a young "
    "person by those who run this portal, when the SEND team has checked who they are. Ask for that first, then come "
    "back here."
)
_NOTHING_NEXT = _(
    "All steps of this case have been recorded. Was one of them wrong? Correct it on the page of the case, under "
    "“What has happened”."
)
_NO_FORM = _(
    "No form for cases is published and open now. Ask a content editor to publish one, then come back here."
)


# Days for a form for which the law gives none.
USUAL_DAYS = 14


def _suggested_last_day(case: Case, day: dt.date) -> tuple[dt.date, Promise]:
    """By when a family can be asked for a form, and why then: never before the law says that its own days are over."""
    found = read_case(case, [], today=day, counting=council_counting()).deadlines
    own = open_to_family(found, day)
    if own is not None and own.due > day:
        return own.due, _("The law gives the family until this day to say what it thinks of the draft plan.")
    return day + dt.timedelta(days=USUAL_DAYS), _("Two weeks from today, if you do not change it.")


class AskForm(forms.Form):
    """Whom, which form, by when, why."""

    people = forms.ModelMultipleChoiceField(
        label=_("Whom do you ask?"),
        help_text=_("Each gets a form of their own. Neither sees what the other writes."),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who is to fill it in.")},
    )
    form = forms.ModelChoiceField(
        label=_("Which form?"),
        queryset=FormDefinition.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose a form."), "invalid_choice": _("Choose a form.")},
    )
    due = DayField(label=_("Last day"), error_messages={"required": _("Give the last day.")})
    why = forms.CharField(
        label=_("Why do you ask?"),
        help_text=_("The family reads this at the start of the form."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = self.fields["due"]
        due.initial, why = _suggested_last_day(case, today())
        due.help_text = format_lazy("{} {}", why, due.help_text)
        holders = CaseAccess.objects.holding(today()).of_active().filter(case=case)
        published = FormDefinition.objects.filter(
            handler=HANDLER, live=True, versions__isnull=False
        ).distinct()
        now = timezone.now()
        shut = [form.pk for form in published.defer("body") if form.opening(now) is not Opening.OPEN]
        self.fields["people"].queryset = User.objects.filter(pk__in=holders.values("person"))  # type: ignore[attr-defined]
        self.fields["form"].queryset = published.exclude(pk__in=shut).defer("body")  # type: ignore[attr-defined]
        self.fields["form"].help_text = _about_no_draft(case)
        self.hindrance = self._hindrance()

    def _hindrance(self) -> str | Promise:
        """Why nothing can be asked at all, and what to do about it. "" where something can."""
        if not self.fields["people"].queryset.exists():  # type: ignore[attr-defined]
            return _NOBODY
        return "" if self.fields["form"].queryset.exists() else _NO_FORM  # type: ignore[attr-defined]


def _about_no_draft(case: Case) -> str:
    """What to know before a family is asked what it thinks of a plan that it does not have."""
    if case.events.standing().filter(event=Event.DRAFT_SERVED).exists():
        return ""
    slugs = [slug for slug, event in EVENT_OF_FORM.items() if event is Event.COMMENTS_RECEIVED]
    titles = FormDefinition.objects.filter(slug__in=slugs, live=True).values_list("title", flat=True)
    if not titles:
        return ""
    words = _("No draft plan is recorded in this case, and this asks about one: %(forms)s.")
    return words % {"forms": ", ".join(f"“{title}”" for title in titles)}


class FillInForm(forms.Form):
    """For whom, which form, where the answers come from, since when, and the paper."""

    person = forms.ModelChoiceField(
        label=_("For whom?"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose for whom you fill it in.")},
    )
    form = forms.ModelChoiceField(
        label=_("Which form?"),
        queryset=FormDefinition.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose a form."), "invalid_choice": _("Choose a form.")},
    )
    how = forms.ChoiceField(
        label=_("Where do the answers come from?"),
        choices=How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the answers come from.")},
    )
    on = DayField(
        label=_("On which day?"),
        help_text=_("When you spoke, or when the paper came. Where the law counts days, this one counts."),
        initial=today,
        error_messages={"required": _("Give the day.")},
    )
    scan = forms.FileField(
        label=_("A scan of the paper"),
        help_text=_(
            "Needed for a form on paper: one PDF or photo of all its pages. It is sent with the form."
        ),
        required=False,
        error_messages={"empty": _("This file is empty.")},
    )

    def __init__(self, case: Case, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        holders = CaseAccess.objects.holding(today()).of_active().filter(case=case)
        published = FormDefinition.objects.filter(live=True, versions__isnull=False).distinct()
        offered = published.filter(Q(handler=HANDLER) | Q(offered_to__in=FAMILIES)).order_by("title")
        people = User.objects.filter(pk__in=holders.values("person"))
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["form"].queryset = offered.defer("body")  # type: ignore[attr-defined]
        self.hindrance = "" if people.exists() else _NOBODY
        if not self.hindrance and not offered.exists():
            self.hindrance = _NO_FORM

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        scan = data.get("scan")
        data["taken"] = None
        if scan:
            try:
                data["taken"] = take(scan, str(self.by.pk), allowed=SCANS)
            except FileRefused as refusal:
                self.add_error("scan", refusal.message)
        elif data.get("how") == How.PAPER and "scan" not in self.errors:
            self.add_error(
                "scan", _("Add a scan of the paper: whoever reads the form later must be able to see it.")
            )
        return data


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The family reads this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": _("Say why: the family reads it.")},
    )


class ReopenForm(ReasonForm):
    """Why a form is opened again, and by when it is wanted."""

    due = DayField(
        label=_("New last day"),
        help_text=_("Leave it empty to keep the old one."),
        required=False,
    )


class EventForm(forms.Form):
    """What happened, and when: of what staff can record in `case` as it stands."""

    event = forms.ChoiceField(
        label=_("What happened?"),
        help_text=_("Only the steps that can come next are listed."),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what happened."),
            "invalid_choice": _("This step cannot come next. Choose one from the list."),
        },
    )
    day = DayField(label=_("On which day?"), initial=today, error_messages={"required": _("Give the day.")})
    by_name = forms.CharField(
        label=_("Who asked?"),
        help_text=_("Only for a request. Write the name as the family knows it: they will read it."),
        max_length=150,
        required=False,
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = next_steps([(Event(row.event), row.day) for row in case.history()])
        self.fields["event"].choices = [(one.value, EVENT_NAMES[one]) for one in possible]  # type: ignore[attr-defined]
        if Event.REQUEST_RECEIVED not in possible:
            del self.fields["by_name"]
        self.hindrance = "" if possible else _NOTHING_NEXT


class CorrectionForm(forms.Form):
    """What was wrong with something that was recorded, and why."""

    what = forms.ChoiceField(
        label=_("What is right?"),
        choices=[("day", _("It happened on another day")), ("not", _("It did not happen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is right.")},
    )
    day = DayField(
        label=_("The right day"),
        help_text=_("Only where it happened on another day."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why was it wrong?"),
        help_text=_("Staff read this on the page of the case. The family does not."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Say why it was wrong.")},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("what") == "not":
            data["day"] = None
        elif data.get("what") == "day" and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Give the right day."))
        return data

"""What staff fill in on the pages of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.admin.case_page import EVENT_NAMES
from casework.models import Case, CaseAccess
from casework.rules.timetable import Event
from casework.submissions import HANDLER
from core.dates import today
from forms_engine.models import FormDefinition

DAY_WIDGET = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
NO_DATE = {"invalid": _("This is not a date.")}


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
    due = forms.DateField(
        label=_("Last day"), widget=DAY_WIDGET, error_messages={"required": _("Give the last day.")} | NO_DATE
    )
    why = forms.CharField(
        label=_("Why do you ask?"),
        help_text=_("The family reads this at the start of the form."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = CaseAccess.objects.holding(today()).filter(case=case)
        published = FormDefinition.objects.filter(handler=HANDLER, versions__isnull=False).distinct()
        self.fields["people"].queryset = User.objects.filter(pk__in=holders.values("person"))  # type: ignore[attr-defined]
        self.fields["form"].queryset = published.defer("body")  # type: ignore[attr-defined]


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

    due = forms.DateField(
        label=_("New last day"),
        help_text=_("Leave it empty to keep the old one."),
        widget=DAY_WIDGET,
        required=False,
        error_messages=NO_DATE,
    )


class EventForm(forms.Form):
    """What happened, and when."""

    event = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            (event.value, name) for event, name in EVENT_NAMES.items() if event is not Event.COMMENTS_RECEIVED
        ],
    )
    day = forms.DateField(
        label=_("On which day?"), widget=DAY_WIDGET, error_messages={"required": _("Give the day.")} | NO_DATE
    )
    by_name = forms.CharField(
        label=_("Who asked?"),
        help_text=_("For a request: the name as the family may read it."),
        max_length=150,
        required=False,
    )

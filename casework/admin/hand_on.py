"""The page where a manager gives the open cases of somebody to a colleague."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts import roles
from accounts.models import User
from accounts.people import staff
from casework.actions.hand_on import hand_on as hand_on_cases
from casework.actions.refusals import Refused
from casework.models import Case
from core.access import holding, refuse
from core.dates import today


class HandOnForm(forms.Form):
    """Which cases, to whom, why."""

    cases = forms.ModelMultipleChoiceField(
        label=_("Cases"),
        queryset=Case.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the cases")},
    )
    to = forms.ModelChoiceField(
        label=_("To whom"),
        help_text=_("Colleagues who see cases. Each case needs somebody of its team, or a manager."),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose a colleague")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("A sentence. It is kept in the audit. No names of children or families."),
        max_length=200,
        error_messages={"required": _("Write down why")},
    )

    def __init__(self, whose: User, cases: "QuerySet[Case]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = cast("forms.ModelMultipleChoiceField[Case]", self.fields["cases"])
        offered.queryset, offered.initial = cases, [case.pk for case in cases]
        able = staff.in_roles([roles.CASEWORKERS, roles.MANAGERS])
        to = cast("forms.ModelChoiceField[User]", self.fields["to"])
        to.queryset = User.objects.filter(able, is_active=True).exclude(pk=whose.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@holding("casework.see_all_cases")
def hand_on(request: HttpRequest, person_id: UUID) -> HttpResponse:
    by = cast(User, request.user)
    person = staff.visible_to(by, today()).filter(pk=person_id).first()
    if person is None:
        refuse(request, "accounts.user", person_id)
    cases = Case.objects.visible_to(by).filter(caseworker=person, closed_on=None)
    form = HandOnForm(person, cases, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        chosen = [case.pk for case in said["cases"]]
        try:
            count = hand_on_cases(chosen, person, said["to"], said["reason"], by=by, request=request)
        except Refused as error:
            form.add_error("to", str(error))
        else:
            words = ngettext("%(count)s case was handed on.", "%(count)s cases were handed on.", count)
            messages.success(request, words % {"count": count})
            return redirect("accounts_user_modeladmin_inspect", person.pk)
    context = {"person": person, "form": form, "has_cases": cases.exists()}
    return render(request, "casework/admin/hand_on.html", context)

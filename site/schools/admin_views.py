"""Inviting the staff of a school from the admin, by those who look after people at the council."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.invitations import sending
from accounts.models import User
from accounts.name_rules import NAME
from accounts.people import staff
from accounts.views.invite import NOT_HERS, REGISTER, TOO_OFTEN
from core.access import holding
from core.dates import today
from schools.access import KIND, Standing
from schools.invitations import has_room
from schools.models import School


class SchoolInvitationForm(forms.Form):
    """To the staff of a school."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        validators=NAME,
        error_messages={"required": gettext_lazy("Write the name of whom you invite")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Email address at work"),
        help_text=gettext_lazy("Only whoever reads this mailbox can accept."),
        max_length=254,
        error_messages={"required": gettext_lazy("Write the email address of whom you invite")},
    )
    school = forms.ModelChoiceField(
        label=gettext_lazy("School"),
        queryset=School.objects.all(),
        error_messages={"required": gettext_lazy("Choose the school")},
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("As what"),
        choices=Standing.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what this person will be")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        school = cleaned.get("school")
        if school and cleaned.get("standing") == Standing.SUPERVISOR and not has_room(school.pk, today()):
            self.add_error("standing", _("The school has two supervisors, or they are invited, already"))
        return cleaned


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@holding(staff.LOOK_AFTER)
def invite(request: HttpRequest) -> HttpResponse:
    form = SchoolInvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said, by = form.cleaned_data, cast(User, request.user)
        school = said["school"].pk
        try:
            sending.invite(by, said["name"], said["email"], KIND, said["standing"], school, today(), request)
        except sending.NotHersError:
            form.add_error("email", NOT_HERS)
        except sending.TooOftenError:
            form.add_error(None, TOO_OFTEN)
        else:
            messages.success(request, _("The invitation is on its way. It can be accepted for 14 days."))
            return redirect(REGISTER)
    return render(request, "accounts/admin/invite.html", {"form": form})

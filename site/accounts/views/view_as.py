"""Staff view the portal as a person sees it, in the admin: as whom, and why."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User, email_key
from accounts.view_as import viewing
from core.access import holding, signed_in


class ViewAsForm(forms.Form):
    """One person, by her whole address: nobody looks through the people."""

    email = forms.EmailField(label=gettext_lazy("Email address of the person"), max_length=254)
    reason = forms.CharField(
        label=gettext_lazy("Why you look"),
        help_text=gettext_lazy(
            "A few words, with no name and no address in them. The person can read them in the portal."
        ),
        max_length=200,
    )

    def __init__(self, viewer: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.person: User | None = None

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        found = User.objects.filter(email_key=email_key(email)).first()
        if found is None or not viewing.may_be_viewed(self.viewer, found):
            raise ValidationError(
                gettext_lazy("No family or school account with this address is open. Check the address.")
            )
        self.person = found
        return email


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@holding(viewing.PERMISSION)
def begin(request: HttpRequest) -> HttpResponse:
    form = ViewAsForm(cast(User, request.user), request.POST if request.method == "POST" else None)
    if form.is_valid() and form.person:
        viewing.begin(request, form.person, form.cleaned_data["reason"])
        return redirect("home:family")
    minutes = int(viewing.LASTS.total_seconds() // 60)
    return render(request, "accounts/admin/view_as.html", {"form": form, "minutes": minutes})


@require_POST
@signed_in
def stop(request: HttpRequest) -> HttpResponseBase:
    viewing.end(request)
    messages.success(request, _("You see the portal as yourself again."))
    return redirect("view_as")

"""People whose identity staff make sure of by hand, in the admin: the register did not find them, or gave no answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity import checking
from accounts.identity.forms import ConfirmForm
from accounts.masking import masked
from accounts.models import PersonalDetails
from core import audit
from core.access import holding, refuse

PERMISSION = "accounts.confirm_identity"
# A page of the list; whoever is confirmed makes room.
MOST = 100


@require_safe
@holding(PERMISSION)
def people(request: HttpRequest) -> HttpResponse:
    found = checking.to_look_at()
    context = {"people": found[:MOST], "count": found.count(), "most": MOST}
    return render(request, "accounts/admin/identity_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(PERMISSION)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    details = checking.to_look_at().filter(pk=person_id).first()
    if details is None:
        refuse(request, "accounts.user", person_id)
    form = ConfirmForm(
        request.POST if request.method == "POST" else None, initial={"shown": checking.shown_of(details)}
    )
    if form.is_valid():
        return _confirm(request, details, **form.cleaned_data)
    audit.record("identity.read", request=request, obj=details.user)
    context = {
        "details": details,
        "form": form,
        "address": masked(details.user.email),
        "history": checking.history(details.user),
    }
    return render(request, "accounts/admin/identity_person.html", context)


def _confirm(request: HttpRequest, details: PersonalDetails, shown: str, reason: str) -> HttpResponse:
    name = {"name": details.user.full_name}
    try:
        is_new = checking.confirm(details, shown, reason, request)
    except checking.Changed:
        words = _(
            "Nothing is confirmed: %(name)s has changed the details since you opened this page. Look again."
        )
        messages.error(request, words % name)
        return redirect("identity_person", details.pk)
    if is_new:
        messages.success(request, _("%(name)s is confirmed.") % name)
    return redirect("identity")

"""The services that somebody can open from here, and what she has let each of them know."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Service, ServiceConsent, User
from accounts.provider import consents
from core.access import refuse, signed_in


@require_safe
@signed_in
def services(request: HttpRequest) -> HttpResponseBase:
    mine = ServiceConsent.objects.standing().filter(user=cast(User, request.user)).select_related("service")
    used = list(mine.order_by("service__name"))
    known = [consent.service_id for consent in used]
    others = Service.objects.filter(is_on=True).exclude(address="").exclude(pk__in=known)
    return render(request, "accounts/provider/services.html", {"used": used, "others": others})


@require_POST
@signed_in
def stop(request: HttpRequest, service_id: UUID) -> HttpResponseBase:
    """Take consent back."""
    mine = ServiceConsent.objects.standing().filter(user=cast(User, request.user), service=service_id)
    consent = mine.select_related("service", "user").first()
    if consent is None:
        refuse(request, "accounts.service", service_id)
    consents.withdraw(consent, request)
    name = consent.service.name
    messages.success(request, _("%(name)s can no longer ask us who you are.") % {"name": name})
    return redirect("accounts:services")

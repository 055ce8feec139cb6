"""Somebody downloads all that is held about her."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.life import held
from accounts.life.forms import PasswordAgainForm
from accounts.limits import DOWNLOADS
from accounts.models import User
from accounts.views.password_again import hashing, too_often
from accounts.views.refused import retry_after
from core import audit
from core.access import signed_in
from core.dates import today


@sensitive_post_parameters("current")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@hashing
def download(request: HttpRequest) -> HttpResponseBase:
    person = cast(User, request.user)
    form = PasswordAgainForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (answer := too_often(request, form)):
        return answer
    if not form.is_valid():
        return _page(request, form)
    if wait := DOWNLOADS.wait(str(person.pk), person=person.pk):
        form.add_error(None, _("You have downloaded it 3 times. You can again tomorrow"))
        return retry_after(_page(request, form, status=429), wait)
    audit.record("account.downloaded", request=request, obj=person)
    headers = {
        "Content-Disposition": f'attachment; filename="{held.NAME}.zip"',
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(held.packed(person, today()), content_type="application/zip", headers=headers)


def _page(request: HttpRequest, form: PasswordAgainForm, status: int = 200) -> HttpResponse:
    return render(request, "accounts/life/download.html", {"form": form}, status=status)

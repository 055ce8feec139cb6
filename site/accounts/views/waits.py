"""Who has to wait after many tries, in the admin: staff with somebody on the phone say why, and may end it.

Ending it lets whoever tried go on trying: the page says so, and a reason is kept, which the person reads too.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.waits import MOST, locks, waits
from core import audit, limits
from core.access import holding, refuse
from core.models import LimitReached

PERMISSION, MAY_LIFT = "core.view_limitreached", "core.lift_limitreached"


class LiftForm(forms.Form):
    """Why somebody may go on now."""

    reason = forms.CharField(
        label=gettext_lazy("Why it can end now"),
        help_text=gettext_lazy(
            "A few words, with no name and no address in them. They are kept, and the person can read them."
        ),
        max_length=200,
    )


@require_safe
@holding(PERMISSION)
def register(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    audit.record("limits.listed", request=request)
    context = {
        "waiting": waits(LimitReached.objects.in_force(now)[:MOST]),
        "lately": waits(LimitReached.objects.over(now)[:MOST]),
        "locks": locks(now),
        "days": limits.KEPT_FOR.days,
    }
    return render(request, "accounts/admin/waits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(PERMISSION)
def wait(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    row = LimitReached.objects.filter(pk=wait_id).first()
    if row is None:
        refuse(request, "core.limitreached", wait_id)
    (found,) = waits([row])
    is_open = row.lifted_at is None and row.until > timezone.now()
    may_lift = is_open and request.user.has_perm(MAY_LIFT)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        audit.record("limit.read", request=request, obj=found.person or row)
    elif may_lift and form.is_valid():
        if limits.lift(row, found.person, form.cleaned_data["reason"], request):
            messages.success(request, _("The wait is over. Another try can be made now."))
        return redirect("waits")
    context = {"wait": found, "form": form if may_lift else None, "is_open": is_open}
    return render(request, "accounts/admin/wait.html", context)

"""The pages that change something about a member of staff, and the one that says what each role may do."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import roles
from accounts.models import Team, User
from accounts.people import changes, leaving, staff
from accounts.people.dormancy import policy
from accounts.people.kinds import KINDS, WHY_NOT
from accounts.people.page import Role, waiting
from accounts.people.state import standing_of
from accounts.people.words import powers
from core.access import holding, refuse
from core.dates import today


def looked_after_or_404(request: HttpRequest, person_id: UUID) -> User:
    """The member of staff whom whoever asks looks after."""
    found = staff.visible_to(cast(User, request.user), today()).filter(pk=person_id)
    person = found.select_related("use", "disabled").first()
    if person is None:
        refuse(request, "accounts.user", person_id)
    return person


@require_http_methods(["GET", "HEAD", "POST"])
@holding(staff.LOOK_AFTER)
def change(request: HttpRequest, person_id: UUID, what: str) -> HttpResponse:
    """One change of the table `KINDS`: asked for, then done."""
    person, day, by = looked_after_or_404(request, person_id), today(), cast(User, request.user)
    kind = KINDS.get(what)
    if kind is None or not kind.fits(person, standing_of(person, day, policy())):
        refuse(request, "accounts.user", person_id)
    loses = roles.ADMINISTRATORS if what == "left" else ""
    hindrance = changes.why_not(by, person, loses_role=loses)
    form = kind.form(by, person, request.POST if request.method == "POST" else None)
    if hindrance is None and form.is_valid():
        try:
            kind.do(by, person, form.cleaned_data, day, request)
        except changes.HinderedError as error:
            hindrance = error.why
        except leaving.NotDisabledError:
            return redirect("accounts_user_modeladmin_inspect", person.pk)
        else:
            messages.success(request, _("Done. It is written down in the audit."))
            return redirect("accounts_user_modeladmin_inspect", person.pk)
    context = {
        "person": person,
        "form": form,
        "kind": kind,
        "why_not": WHY_NOT[hindrance] if hindrance else "",
        "waiting": waiting(person, by) if what == "left" else [],
    }
    return render(request, "accounts/admin/person_change.html", context)


@require_safe
@holding(staff.LOOK_AFTER)
def what_roles_do(request: HttpRequest) -> HttpResponse:
    """Who may do what, made from the grants; and the teams with those who are in them."""
    visible = staff.visible_to(cast(User, request.user), today())
    members = {
        team: [person for person in team.members.all() if person in seen]
        for seen in [set(visible)]
        for team in Team.objects.prefetch_related("members")
    }
    given = set(staff.given_by(cast(User, request.user)))
    rows = [(Role(role, powers(role)), visible.filter(staff.in_roles([role]))) for role in roles.ROLES]
    context = {"roles": rows, "teams": members.items(), "given": given}
    return render(request, "accounts/admin/people_roles.html", context)

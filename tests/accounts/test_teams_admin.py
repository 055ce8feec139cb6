"""A team is told of forms: which, is written down. Who is in it is no matter of its own page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Team, User
from core.models import AuditEntry
from tests.factories import FormFactory, TeamFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]
CREATE = "/admin/accounts/team/create/"


@pytest.fixture
def ash(signed_in_client: Callable[[User], Client], admin: User) -> Client:
    """The administrator's browser."""
    return signed_in_client(admin)


def edit(team: Team) -> str:
    return f"/admin/accounts/team/edit/{team.pk}/"


def filled_in(**more: Any) -> dict[str, Any]:
    return {"name": "East", "phone": "", "email": "", **more}


def test_a_new_team_is_written_down(ash: Client, admin: User) -> None:
    assert ash.post(CREATE, filled_in()).status_code == 302
    assert Team.objects.filter(name="East").exists()
    assert AuditEntry.objects.filter(verb="team.create", actor_id=admin.pk).count() == 1


def test_forms_are_ticked_so_that_one_click_takes_none_of_the_others_away(ash: Client) -> None:
    form = FormFactory()
    team = TeamFactory()
    team.forms.add(form)
    page = " ".join(ash.get(edit(team)).content.decode().split())
    assert f'<input type="checkbox" name="forms" value="{form.pk}"' in page
    assert "multiple" not in page.partition("<form")[2].partition("</form>")[0]


def test_which_forms_come_and_go_is_written_down_and_nothing_else(ash: Client) -> None:
    team: Team = TeamFactory(name="East")
    complaint, closure = FormFactory(slug="complaint"), FormFactory(slug="closure")
    team.forms.add(closure)

    assert ash.post(edit(team), filled_in(forms=[complaint.pk])).status_code == 302

    assert AuditEntry.objects.get(verb="team.form-added").reason == "complaint"
    assert AuditEntry.objects.get(verb="team.form-removed").reason == "closure"
    ash.post(edit(team), filled_in(forms=[complaint.pk]))
    assert AuditEntry.objects.filter(verb__startswith="team.form").count() == 2


def test_who_is_in_it_is_not_changed_there(ash: Client, casey_worker: User, robin_worker: User) -> None:
    team = casey_worker.teams.get()
    ash.post(edit(team), filled_in(members=[robin_worker.pk]))
    assert list(team.members.all()) == [casey_worker]
    assert casey_worker.full_name not in ash.get(edit(team)).content.decode()

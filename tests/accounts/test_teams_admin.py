"""A team is the key to children's papers: who gets one, and who gave it, is written down; families get none."""

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


def filled_in(*members: User, **more: Any) -> dict[str, Any]:
    return {"name": "East", "phone": "", "email": "", "members": [person.pk for person in members], **more}


def written(verb: str) -> list[tuple[Any, Any]]:
    return list(AuditEntry.objects.filter(verb=verb).values_list("object_id", "subject_id"))


def test_a_new_team_and_each_of_its_people_is_written_down(
    ash: Client, admin: User, casey_worker: User
) -> None:
    assert ash.post(CREATE, filled_in(casey_worker)).status_code == 302
    team = Team.objects.get(name="East")
    assert list(team.members.all()) == [casey_worker]
    assert written("team.member-added") == [(team.pk, casey_worker.pk)]
    assert AuditEntry.objects.filter(verb="team.create", actor_id=admin.pk).count() == 1


def test_people_and_forms_are_ticked_so_that_one_click_takes_none_of_the_others_away(ash: Client) -> None:
    form = FormFactory()
    team = TeamFactory()
    team.forms.add(form)
    page = " ".join(ash.get(edit(team)).content.decode().split())
    assert f'<input type="checkbox" name="forms" value="{form.pk}"' in page
    assert "multiple" not in page.partition("<form")[2].partition("</form>")[0]


def test_who_and_what_comes_and_goes_is_written_down_and_nothing_else(
    ash: Client, casey_worker: User, robin_worker: User, morgan_manager: User
) -> None:
    team: Team = TeamFactory(name="East")
    team.members.set([casey_worker, morgan_manager])
    form = FormFactory(slug="complaint")

    assert ash.post(edit(team), filled_in(robin_worker, morgan_manager, forms=[form.pk])).status_code == 302

    assert written("team.member-added") == [(team.pk, robin_worker.pk)]
    assert written("team.member-removed") == [(team.pk, casey_worker.pk)]
    assert AuditEntry.objects.get(verb="team.form-added").reason == "complaint"
    ash.post(edit(team), filled_in(robin_worker, morgan_manager, forms=[form.pk]))
    assert AuditEntry.objects.filter(verb__startswith="team.").exclude(verb="team.edit").count() == 3


def test_a_parent_is_neither_listed_nor_taken(ash: Client, sam_parent: User, casey_worker: User) -> None:
    page = ash.get(CREATE).content.decode()
    assert sam_parent.full_name not in page
    assert casey_worker.full_name in page
    assert ash.post(CREATE, filled_in(sam_parent)).status_code == 200
    assert not Team.objects.filter(name="East").exists()

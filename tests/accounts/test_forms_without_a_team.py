"""No form takes answers that nobody can read: not at publishing, and not before a team is named."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forms_engine.importing import import_form
from forms_engine.models import Draft, FormDefinition
from forms_engine.publishing import UnsoundFormError
from tests.factories import TeamFactory
from tests.forms_engine.editing import posted
from tests.forms_engine.test_lints import form_asking

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A21")]
SignIn = Callable[[User], Client]
BEGIN = "/forms/begin/a-form/"
PANEL = "These forms cannot be opened until a team is named"


def offered(handler: str = "accounts.team") -> dict[str, Any]:
    return form_asking() | {"handler": handler, "offered_to": "families"}


@pytest.fixture
def form(db: None) -> FormDefinition:
    """A form that families may begin and that is to go to a team; none is named."""
    import_form(offered(), publish=True)
    return FormDefinition.objects.get()


def said(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


@pytest.mark.parametrize("handler", ["", "casework.action"])
def test_what_nobody_would_read_is_not_published(handler: str) -> None:
    with pytest.raises(UnsoundFormError, match="nobody would read it"):
        import_form(offered(handler), publish=True)
    import_form(offered("accounts.team"), publish=True)


def test_families_cannot_begin_a_form_before_a_team_is_named_and_can_then(
    form: FormDefinition, sam_parent: User, signed_in_client: SignIn
) -> None:
    sam = signed_in_client(sam_parent)
    assert form.title not in said(sam, reverse("forms:mine"))
    assert "This form is not open yet" in said(sam, BEGIN)
    assert "This form is not open yet" in sam.post(BEGIN, {"about": "none"}).content.decode()
    assert not Draft.objects.exists()

    TeamFactory().forms.add(form)
    assert form.title in said(sam, reverse("forms:mine"))
    assert sam.post(BEGIN, {"about": "none"}).status_code == 302


def test_what_was_offered_before_publishing_looked_at_its_readers_is_not_open(
    form: FormDefinition, sam_parent: User, signed_in_client: SignIn
) -> None:
    FormDefinition.objects.update(handler="casework.action")
    assert "This form is not open yet" in said(signed_in_client(sam_parent), BEGIN)


def test_administrators_and_managers_are_told_and_administrators_led_to_the_teams(
    form: FormDefinition, admin: User, morgan_manager: User, erin_editor: User, signed_in_client: SignIn
) -> None:
    admins, managers = signed_in_client(admin), signed_in_client(morgan_manager)
    for page in (said(admins, "/admin/"), said(managers, "/admin/")):
        assert PANEL in page
        assert f"<li>{form.title}</li>" in page
    assert 'href="/admin/accounts/team/"' in said(admins, "/admin/").partition(PANEL)[2]
    assert "Ask an administrator" in said(managers, "/admin/")
    assert PANEL not in said(signed_in_client(erin_editor), "/admin/")

    TeamFactory().forms.add(form)
    assert PANEL not in said(admins, "/admin/")


UNREAD = "Nobody can open this form yet, because no team is named to read it."


def test_its_editor_is_told_before_and_when_she_publishes(
    form: FormDefinition, erin_editor: User, signed_in_client: SignIn
) -> None:
    erin = signed_in_client(erin_editor)
    checks, edit = reverse("forms_engine_checks", args=[form.pk]), f"/admin/forms/edit/{form.pk}/"
    press = posted(offered()) | {"offered_to": "families", "action-publish": "action-publish"}
    assert UNREAD in said(erin, checks)
    assert UNREAD in erin.post(edit, press, follow=True).content.decode()

    TeamFactory().forms.add(form)
    assert UNREAD not in said(erin, checks)
    assert UNREAD not in erin.post(edit, press, follow=True).content.decode()


def test_a_new_form_comes_to_a_team_and_its_editor_is_told_to_say_who_begins_it(
    erin_editor: User, signed_in_client: SignIn
) -> None:
    page = said(signed_in_client(erin_editor), "/admin/forms/add/")
    assert '<option value="accounts.team" selected>' in page
    import_form(offered() | {"offered_to": ""}, publish=False)
    checks = reverse("forms_engine_checks", args=[FormDefinition.objects.get().pk])
    assert "“Who may begin it by themselves”, choose who may." in said(signed_in_client(erin_editor), checks)


@pytest.mark.parametrize(
    ("handler", "words"),
    [("", "other forms copy its sections"), ("casework.action", "when you ask them for it")],
)
def test_the_editor_of_a_form_that_nobody_begins_by_themselves_reads_who_gets_it(
    handler: str, words: str, erin_editor: User, signed_in_client: SignIn
) -> None:
    import_form(offered(handler) | {"offered_to": ""}, publish=False)
    checks = reverse("forms_engine_checks", args=[FormDefinition.objects.get().pk])
    assert words in said(signed_in_client(erin_editor), checks)


def test_a_new_site_publishes_no_form_that_nobody_can_begin() -> None:
    call_command("starter", verbosity=0)
    waiting = FormDefinition.objects.filter(live=False).values_list("slug", flat=True)
    assert set(waiting) == {
        "annual-data-check",
        "parents-evening",
        "placing-request-scotland",
        "trip-consent",
    }
    assert not FormDefinition.objects.filter(live=True, offered_to="", handler="accounts.team").exists()

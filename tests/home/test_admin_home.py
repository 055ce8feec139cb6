"""What editors and administrators find on opening the admin. Case staff: `tests/casework/test_my_day.py`."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from accounts import roles
from accounts.models import User
from casework.models import Case
from core.models import OutboxItem
from forms_engine.models import FormDefinition
from guidance.models import GuidePage
from tests.factories import CaseFactory, FormFactory
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def home(client: Client) -> str:
    return " ".join(client.get("/admin/").content.decode().split())


@pytest.fixture
def erin(erin_editor: User, signed_in_client: SignIn) -> Client:
    return signed_in_client(erin_editor)


def test_forms_in_draft_say_what_is_to_put_right_and_lead_to_the_editor(erin: Client) -> None:
    form = FormFactory(title="Transport", published=False, live=False)
    form.save_revision()
    page = home(erin)
    assert f'href="/admin/forms/edit/{form.pk}/">Transport</a>' in page
    assert "thing to put right" in page
    assert "Never published" in page


def test_a_sound_form_that_was_changed_is_ready_to_publish(erin: Client) -> None:
    call_command("forms", "import", "fixtures/forms/parental-preference-form.json", "--publish")
    form = FormDefinition.objects.get()
    assert "Every form is published as it stands. Nothing is waiting." in home(erin)
    form.intro = "Other words."
    form.save_revision()
    page = home(erin)
    assert "ready to publish" in page
    assert "Changed since it was published" in page


def test_an_editor_finds_forms_first_each_with_a_link_to_its_editor(erin: Client) -> None:
    call_command("starter", verbosity=0)
    form = FormDefinition.objects.filter(live=True).latest("last_published_at")
    page = home(erin)
    assert f'href="/admin/forms/edit/{form.pk}/"><span class="w-sr-only">Edit </span>{form.title}</a>' in page
    assert 'href="/admin/forms/add/">Make a new form</a>' in page
    assert (
        page.index("Forms and changes not published yet")
        < page.index("Forms in use")
        < page.index("Pages edited last")
    )
    assert "Search all pages" not in page
    assert "nobody can open it" in page.partition("Forms in use")[2], "no team is named on a new site"


def test_eight_forms_cost_the_queries_of_one(erin: Client) -> None:
    def grow(count: int) -> int:
        for _number in range(count):
            FormFactory(published=False, live=False).save_revision()
        with counted_queries() as queries:
            home(erin)
        return len(queries)

    home(erin)
    assert grow(1) == grow(7)


def test_pages_edited_last_stand_there_whoever_edited_them(
    erin: Client, erin_editor: User, admin: User
) -> None:
    call_command("starter", verbosity=0)
    guide = GuidePage.objects.first()
    assert guide is not None
    guide.save_revision(user=admin)
    page = home(erin)
    assert f'href="/admin/pages/{guide.pk}/edit/">{guide.title}</a>' in page
    assert "Ash Admin" in page


def test_an_administrator_is_told_what_was_given_up_and_an_editor_is_not(
    erin: Client, admin: User, signed_in_client: SignIn
) -> None:
    assert "Could not be sent" not in home(signed_in_client(admin))
    OutboxItem.objects.create(kind="email_person", state=OutboxItem.State.DEAD)
    page = home(signed_in_client(admin))
    assert 'href="/admin/core/outboxitem/?state=dead">1 message was given up after many tries</a>' in page
    assert "Could not be sent" not in home(erin)


def test_a_caseworker_who_edits_forms_too_finds_both(casey_worker: User, signed_in_client: SignIn) -> None:
    case: Case = CaseFactory(overdue=True, caseworker=casey_worker)
    casey_worker.groups.add(roles.group(roles.EDITORS))
    page = home(signed_in_client(casey_worker))
    assert case.reference in page
    assert "Forms and changes not published yet" in page

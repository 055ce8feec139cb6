"""Whoever runs the server helps somebody who has lost every second step, and nobody else can."""

import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from accounts.models import Passkey, RecoveryCodes, User
from core import outbox
from core.models import AuditEntry
from tests.accounts.app_codes import code_of
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import Visitor
from tests.accounts.second_step import KEY, give_app, give_codes, give_passkey
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B11")]
WHY = "Called from her desk; Sam in IT knows her voice"


@pytest.fixture
def ash(settings: Settings) -> User:
    """The only administrator, at a council whose administrators need an app or a passkey."""
    settings.ADMINISTRATORS_NEED_STRONG_STEP = True
    ash: User = UserFactory(administrator=True, email="ash@council.example")
    give_app(ash)
    give_passkey(ash, Authenticator())
    give_codes(ash)
    return ash


def run(email: str, reason: str = WHY) -> str:
    said = io.StringIO()
    call_command("remove_second_steps", email, reason=reason, stdout=said)
    return said.getvalue()


def test_who_has_lost_all_second_steps_comes_in_by_email_and_sets_up_another(
    ash: User, visitor: Visitor
) -> None:
    assert visitor.types_password(ash.email)["Location"] == "/sign-in/second-step/"
    assert "taken away" in run(" ASH@Council.example ")
    visitor.signs_in(ash)
    assert visitor.is_signed_in
    # As ever, the admin opens to nobody who runs it and has no app or passkey.
    assert visitor.get("/admin/")["Location"].startswith("/account/security/")
    assert "Set up an app or a passkey first." in visitor.get("/account/security/").text


def test_it_ends_her_sessions_tells_her_and_writes_down_why(ash: User, visitor: Visitor) -> None:
    visitor.types_password(ash.email)
    visitor.post("/sign-in/app/", {"code": code_of(KEY)})
    assert visitor.get("/account/").status_code == 200
    run(ash.email)
    assert visitor.get("/account/").status_code == 302
    entry = AuditEntry.objects.get(verb="account.second-steps-removed")
    assert (entry.object_id, entry.actor_id, entry.reason) == (ash.pk, None, WHY)
    outbox.sweep()
    [letter] = [message for message in mail.outbox if message.subject == "How you sign in was changed"]
    assert letter.to == [ash.email]
    assert "said that you have lost them" in letter.body
    assert WHY not in letter.body


def test_a_second_run_finds_nothing_and_changes_nothing(ash: User) -> None:
    run(ash.email)
    epoch = User.objects.get(pk=ash.pk).session_epoch
    assert "Nothing was changed" in run(ash.email)
    assert User.objects.get(pk=ash.pk).session_epoch == epoch
    assert AuditEntry.objects.filter(verb="account.second-steps-removed").count() == 1


def test_nobody_elses_are_touched(ash: User, casey_worker: User) -> None:
    give_app(casey_worker)
    run(ash.email)
    assert TOTPDevice.objects.get().user == casey_worker
    assert not Passkey.objects.exists()
    assert not RecoveryCodes.objects.exists()


@pytest.mark.parametrize(
    ("email", "reason"), [("nobody@council.example", WHY), ("ash@council.example", "  ")]
)
def test_without_a_person_or_a_reason_nothing_happens(ash: User, email: str, reason: str) -> None:
    with pytest.raises(CommandError):
        run(email, reason)
    assert TOTPDevice.objects.exists()


def test_a_disabled_account_stays_disabled(ash: User) -> None:
    User.objects.filter(pk=ash.pk).update(is_active=False)
    assert "disabled all the same" in run(ash.email)
    assert not User.objects.get(pk=ash.pk).is_active

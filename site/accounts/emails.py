"""Emails to a person, to a team, and the one with the security code, as kinds of the outbox.

Who gets it, where and in which language is looked up at delivery: no queue holds an address. Bodies are
`templates/emails/<name>-{subject,body}.txt`; none names a child or repeats an answer.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.life import letters
from accounts.models import CODE_LIFE, EmailCode, Team, User, bounces
from core import mail, outbox
from core.council import council_settings
from core.links import unlinked
from core.models import OutboxItem

# They go to teams and caseworkers: whom parents are to call, and warn of, is nothing to them.
_TO_STAFF = frozenset({"action-done", "form-came"})


def email_person(item: OutboxItem) -> None:
    """Payload: "person" (UUID), "template", "context" (neutral words, paths). Not to disabled accounts, nor
    where she does not want it and need not have it.
    """
    person = User.objects.filter(pk=item.payload["person"], is_active=True).first()
    if person and letters.is_wanted(person, item.payload["template"]):
        send(str(item.id), person.email, item.payload["template"], item.payload.get("context", {}), person)


def email_team(item: OutboxItem) -> None:
    """Payload: "team" (UUID), "template", "context". To the team's mailbox, or else to each member.

    Members get an item each: one whose mailbox refuses is tried again alone.
    """
    team = Team.objects.filter(pk=item.payload["team"]).first()
    if team is None:
        return
    if team.email:
        send(str(item.id), team.email, item.payload["template"], item.payload.get("context", {}))
        return
    letter = {key: item.payload[key] for key in ("template", "context") if key in item.payload}
    with transaction.atomic():
        for member in team.members.filter(is_active=True):
            payload = {"person": str(member.pk), **letter}
            outbox.put("email_person", payload, id=uuid.uuid5(item.id, str(member.pk)))


def email_code(item: OutboxItem) -> None:
    """Payload: "person" (UUID), "code", "sent_at". A code that a newer one has stopped is not sent."""
    device = EmailCode.objects.filter(user=item.payload["person"]).select_related("user").first()
    if device is None or device.sent_at.isoformat() != item.payload["sent_at"]:
        return
    code = item.payload["code"]
    words = {"code": code, "minutes": int(CODE_LIFE.total_seconds() // 60)}
    with translation.override(device.user.language):
        # Translators: the subject of the email with the security code, "302518 is your security code"
        subject = _("%(code)s is your security code") % words
        body = with_footer(render("security-code-body", words, device.user))
    post(str(item.id), device.user.email, subject, body)


def render(name: str, context: dict[str, Any], person: User | None = None) -> str:
    """`templates/emails/<name>.txt` as plain text: nothing in it is escaped, for nothing reads it as HTML."""
    shared = {
        "council": council_settings(),
        "base_url": settings.BASE_URL,
        "first_name": unlinked(person.first_name) if person else "",
    }
    template = Engine.get_default().get_template(f"emails/{name}.txt")
    return template.render(Context(context | shared, autoescape=False)).strip()


def subject_of(item: OutboxItem) -> str:
    """Which of the letters it is, by its subject. Those are the same for everybody: they name nobody."""
    if "template" not in item.payload:
        return ""
    template = Engine.get_default().get_template(f"emails/{item.payload['template']}-subject.txt")
    return template.render(Context(item.payload.get("context", {}), autoescape=False)).strip()


def send(key: str, to: str, name: str, context: dict[str, Any], person: User | None = None) -> None:
    """Send the letter `name` to an address, in the language of `person`. `key`: of its item, as of `core.mail.send`."""
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        subject = render(f"{name}-subject", context, person)
        footer = "footer-staff" if name in _TO_STAFF else "footer"
        body = with_footer(render(f"{name}-body", context, person), footer)
    post(key, to, subject, body)


def post(key: str, to: str, subject: str, body: str) -> None:
    """Send a finished letter. Where the mailbox takes none, that is noted on whoever has it, and the letter is over:
    staff see who cannot be reached, and call her.
    """
    try:
        mail.send(key=key, to=to, subject=subject, body=body)
    except mail.Bounced:
        bounces.note(to)


def with_footer(body: str, name: str = "footer") -> str:
    """A letter with who sends it, where to ask, and what we never ask for. `name`: of the template."""
    return f"{body}\n\n{render(name, {})}\n"


KINDS = (
    outbox.Kind(
        "email_person",
        email_person,
        title=gettext_lazy("Email"),
        goes_to=gettext_lazy("to a person"),
        subject=subject_of,
    ),
    outbox.Kind(
        "email_team",
        email_team,
        title=gettext_lazy("Email"),
        goes_to=gettext_lazy("to a team"),
        subject=subject_of,
    ),
    outbox.Kind(
        "email_code",
        email_code,
        secret=True,
        priority=0,  # Somebody sits waiting for it: before everything else.
        title=gettext_lazy("Security code by email"),
        goes_to=gettext_lazy("to a person who is signing in"),
    ),
)

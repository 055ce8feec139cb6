"""Emails to a person, to a team, and the one with the security code, as kinds of the outbox.

Who gets it, where and in which language is looked up at delivery: no queue holds an address. Bodies are
`templates/emails/<name>-{subject,body}.txt`; none names a child or repeats an answer.
"""

from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import CODE_LIFE, EmailCode, Team, User
from core import mail, outbox
from core.council import council_settings
from core.models import OutboxItem


def email_person(item: OutboxItem) -> None:
    """Payload: "person" (UUID), "template", "context" (neutral words, paths). Not to disabled accounts."""
    person = User.objects.filter(pk=item.payload["person"], is_active=True).first()
    if person:
        _send(str(item.id), person.email, item, person)


def email_team(item: OutboxItem) -> None:
    """Payload: "team" (UUID), "template", "context". To the team's mailbox, or else to each member."""
    team = Team.objects.filter(pk=item.payload["team"]).first()
    if team is None:
        return
    if team.email:
        _send(str(item.id), team.email, item)
        return
    for member in team.members.filter(is_active=True):
        _send(f"{item.id}-{member.pk}", member.email, item, member)


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
        body = _with_footer(render("security-code-body", words, device.user))
    mail.send(key=str(item.id), to=device.user.email, subject=subject, body=body)


def render(name: str, context: dict[str, Any], person: User | None = None) -> str:
    """`templates/emails/<name>.txt` as plain text: nothing in it is escaped, for nothing reads it as HTML."""
    shared = {
        "council": council_settings(),
        "base_url": settings.BASE_URL,
        "first_name": person.first_name if person else "",
    }
    template = Engine.get_default().get_template(f"emails/{name}.txt")
    return template.render(Context(context | shared, autoescape=False)).strip()


def _send(key: str, to: str, item: OutboxItem, person: User | None = None) -> None:
    name, context = item.payload["template"], item.payload.get("context", {})
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        subject = render(f"{name}-subject", context, person)
        body = _with_footer(render(f"{name}-body", context, person))
    mail.send(key=key, to=to, subject=subject, body=body)


def _with_footer(body: str) -> str:
    return f"{body}\n\n{render('footer', {})}\n"


KINDS = (
    outbox.Kind("email_person", email_person),
    outbox.Kind("email_team", email_team),
    # Somebody sits waiting for it: before everything else.
    outbox.Kind("email_code", email_code, secret=True, priority=0),
)

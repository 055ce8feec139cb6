"""What this app holds about somebody, and the download of all that is held about her."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from typing import cast

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.invitations.kinds import kinds
from accounts.life import letters
from accounts.models import PendingMailbox, PersonalDetails, ServiceConsent, SignIn, User, bounces
from accounts.second_steps.ways import Ways
from core import pdf
from core.council import council_settings
from core.dates import clock_text, day_text
from core.people import Person
from core.personal_data import Section, held_about
from forms_engine.types.phones import as_dialled

NAME = "about-you"


def export(whose: Person, day: dt.date) -> Iterator[Section]:
    person = cast(User, whose)
    details = PersonalDetails.objects.filter(user=person).first() or PersonalDetails()
    born = details.date_of_birth
    facts = [
        (_("Name"), [person.full_name]),
        (_("Email address"), [person.email]),
        (_("Phone number"), [as_dialled(details.phone)] if details.phone else []),
        (_("Address"), details.address_lines),
        (_("Language"), [str(dict(settings.LANGUAGES).get(person.language, person.language))]),
        (
            _("Emails that you want"),
            [str(letters.optional_letters.get(name).label) for name in letters.wanted(person)],
        ),
        (_("Date of birth"), [day_text(born)] if born else []),
        (_("Organisation"), [details.organisation] if details.organisation else []),
        (_("Role"), [details.job_title] if details.job_title else []),
        (_("Register of people"), [details.get_identity_display()] if details.identity else []),
        (_("Account made"), [day_text(person.date_joined)]),
        (_("Roles at the council"), [person.role_names] if person.role_names else []),
        (_("Teams"), list(person.teams.values_list("name", flat=True))),
    ]
    yield Section(_("Your account"), [fact for fact in facts if fact[1]])
    yield Section(_("Your mailbox"), list(_mailbox(person)))
    yield Section(_("How you sign in, besides your password"), list(_second_steps(person)))
    yield Section(_("Where you signed in"), [_sign_in(row) for row in SignIn.objects.visible_to(person)])
    identities = [(one.issuer, [day_text(one.joined_at)]) for one in person.identities.all()]
    yield Section(_("Other accounts that you sign in here with"), identities)
    invited = [
        (kinds.get(one.kind).said(one), [day_text(one.joined_at)])
        for one in person.invitations.all()
        if one.joined_at
    ]
    yield Section(_("Invitations that you accepted"), invited)
    yield Section(
        _("Other services that you open with this account, or did"),
        [
            (consent.service.name, _dates(consent))
            for consent in person.service_consents.select_related("service")
        ],
    )


def _mailbox(person: User) -> Iterator[tuple[str, list[str]]]:
    bounced = bounces.since([person.pk]).get(person.pk)
    if bounced:
        yield _("Our emails come back"), [_("Since %(day)s") % {"day": day_text(bounced)}]
    if pending := PendingMailbox.objects.filter(user=person).first():
        yield _("New email address, not proved yet"), [pending.email]


def _second_steps(person: User) -> Iterator[tuple[str, list[str]]]:
    """What they are called, and when each was added and used: no key and no code."""
    ways = Ways.of(person)
    if ways.app:
        yield _("Authenticator app"), _added(ways.app.created_at, ways.app.last_used_at)
    for passkey in ways.passkeys:
        yield passkey.name, _added(passkey.added_at, passkey.used_at)
    if ways.recovery:
        left = _("%(count)s are left") % {"count": ways.recovery.left}
        yield _("Recovery codes"), [*_added(ways.recovery.made_at, None), left]


def _added(at: dt.datetime | None, used_at: dt.datetime | None) -> list[str]:
    added = [_("Added on %(day)s") % {"day": day_text(at)}] if at else []
    return [*added, _("Last used on %(day)s") % {"day": day_text(used_at)}] if used_at else added


def _dates(consent: ServiceConsent) -> list[str]:
    ended = consent.withdrawn_at
    return [day_text(consent.given_at), *([_("Until %(day)s") % {"day": day_text(ended)}] if ended else [])]


def packed(person: User, day: dt.date) -> bytes:
    """A zip file with all that is held about `person`: to be read (PDF), and for machines (JSON)."""
    sections = held_about(person, day)
    content = [
        {"title": one.title, "rows": [{"name": name, "said": said} for name, said in one.rows]}
        for one in sections
    ]
    readable = json.dumps(
        {"person": person.full_name, "day": day.isoformat(), "held": content}, ensure_ascii=False, indent=2
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{NAME}.json", readable)
        archive.writestr(f"{NAME}.pdf", pdf.render("answers", _on_paper(person, day, sections)))
    return file.getvalue()


def _sign_in(row: SignIn) -> tuple[str, list[str]]:
    where = [row.device, *([_("Network: %(network)s") % {"network": row.network}] if row.network else [])]
    return f"{day_text(row.at)}, {clock_text(row.at)}", where


def _on_paper(person: User, day: dt.date, sections: list[Section]) -> dict[str, object]:
    """What `core/pdf/answers.typ` asks for."""
    return {
        "lang": get_language() or "en-gb",
        "title": _("What we hold about you"),
        "council": council_settings().council_name,
        "whose": person.full_name,
        "reference": "",
        "sent": day_text(day),
        "notice": "",
        "labels": {
            "reference": _("Reference"),
            "question": _("What it is"),
            "answer": _("What we hold"),
            "none": _("Nothing"),
            "page": _("Page"),
            "of": _("of"),
        },
        "sections": [
            {
                "title": section.title,
                "rows": [
                    {"asked": name, "said": said, "empty": not said, "table": None}
                    for name, said in section.rows
                ],
                "items": [],
            }
            for section in sections
        ],
    }

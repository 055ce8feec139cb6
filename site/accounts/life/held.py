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
from accounts.models import PersonalDetails, SignIn, User
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
    yield Section(_("Where you signed in"), [_sign_in(row) for row in SignIn.objects.visible_to(person)])
    identities = [(one.issuer, [day_text(one.joined_at)]) for one in person.identities.all()]
    yield Section(_("Other accounts that you sign in here with"), identities)
    invited = [
        (kinds.get(one.kind).said(one), [day_text(one.joined_at)])
        for one in person.invitations.all()
        if one.joined_at
    ]
    yield Section(_("Invitations that you accepted"), invited)
    consents = person.service_consents.filter(withdrawn_at=None).select_related("service")
    yield Section(
        _("Other services that you open with this account"),
        [(consent.service.name, [day_text(consent.given_at)]) for consent in consents],
    )


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

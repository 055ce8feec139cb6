"""A form that is deleted unfinished leaves its answers as a PDF among its person's forms, for half a year."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.dates import day_text, local_day
from core.private_files import keep_made
from forms_engine import copies, drafts
from forms_engine.access import is_still_open
from forms_engine.models import Draft, LastCopy, Party
from forms_engine.start import names_for
from forms_engine.versions import spec_said
from forms_engine.wording import wording_for

# How long, in days.
KEPT = 183


def leave(draft: Draft, now: dt.datetime) -> None:
    """Keep what was typed into `draft`, which is about to be deleted. Of an empty form nothing is left.

    Nor of one that had shut for its person, with the case or her access to it: what she could not open stays shut.
    """
    for party in draft.parties.select_related("draft__assignment", "user"):
        if party.user and is_still_open(party.user, party.draft.assignment, local_day(now)):
            with override(party.user.language):
                _leave(party, now)


def _leave(party: Party, now: dt.datetime) -> None:
    filling = drafts.load(party, local_day(now))
    if not filling.stored and not filling.files:
        return
    notice = _(
        "This form was never sent. We deleted it on %(day)s, because nobody had worked on it for a long time. "
        "This is a copy of the answers."
    ) % {"day": day_text(now)}
    content = copies.pdf_of_unsent(filling.copy(), notice)
    asked = party.draft.assignment
    title = spec_said(party.draft.version_id).title
    copy = LastCopy(
        person=party.user,
        title=wording_for(names_for(asked) if asked else {})(title),
        about=asked.about_name if asked else "",
        about_kind=asked.about_kind if asked else "",
        about_id=asked.about_id if asked else None,
        until=local_day(now) + dt.timedelta(days=KEPT),
        added_at=now,
    )
    keep_made(copy, f"{filling.form.slug}-not-sent.pdf", content)


def delete_old(now: dt.datetime | None = None) -> int:
    """Delete the copies whose time is over; how many went. Safe to repeat."""
    day = local_day(now or timezone.now())
    return LastCopy.objects.filter(until__lt=day).delete()[0]

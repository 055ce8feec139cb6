"""Forms that somebody begins before she has an account: her browser's cookie opens them, until she signs in with it.

The cookie goes with the browser's window, the form a few days later: whoever wants to come back makes an account.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from core.dates import local_day
from core.people import Person
from forms_engine.guest_cookie import browser_of
from forms_engine.models import Assignment, Draft, FormDefinition, NoticeVersion, Party
from forms_engine.registries import Raw, audiences
from forms_engine.rules.opening import Opening
from forms_engine.start import NotWaiting, as_typed, known_of, newest_version
from forms_engine.versions import spec_of

KEPT_FOR = timedelta(days=7)
# Posted by the button that deletes what was begun in this browser, and begins again.
ANEW = "anew"


def own(form: FormDefinition, browser: str) -> Draft | None:
    """The form in progress in this browser."""
    if not browser:
        return None
    return Draft.objects.filter(version__form=form, parties__browser=browser, submitted_at=None).first()


def begin(
    form: FormDefinition, browser: str, now: datetime, said: Mapping[str, Raw] = MappingProxyType({})
) -> Draft:
    """The form in progress in this browser, begun now where it was not. Raises NotWaiting where it cannot be.

    What is `said` of the guest, by question, stands on the pages that she has not saved yet.

    The form's row is held meanwhile: two presses of the button begin one.
    """
    with transaction.atomic():
        FormDefinition.objects.select_for_update(no_key=True).get(pk=form.pk)
        if begun := own(form, browser):
            begun.prefill = as_typed(spec_of(begun.version_id).questions(), said)
            begun.save(update_fields=["prefill"])
            return begun
        version = newest_version(form)
        if version is None or form.opening(now) is not Opening.OPEN:
            raise NotWaiting
        draft = Draft.objects.create(
            version=version,
            prefill=as_typed(spec_of(version.pk).questions(), said),
            begun_at=now,
            notice=NoticeVersion.objects.newest(spec_of(version.pk).notice),
            expires_at=now + KEPT_FOR,
        )
        Party.objects.create(draft=draft, browser=browser)
    return draft


def in_progress(request: HttpRequest) -> list[Draft]:
    """What was begun in this browser and waits in it, the newest first. No query where nothing ever was."""
    browser = browser_of(request)
    if not browser:
        return []
    found = Draft.objects.filter(parties__browser=browser, submitted_at=None, expires_at__gt=timezone.now())
    return list(found.select_related("version__form").order_by("-begun_at"))


def adopt(request: HttpRequest, person: Person, now: datetime) -> None:
    """Make what was begun in this browser the forms of `person`, who has just signed in with it.

    Those that are not for her stay behind, and expire.
    """
    browser = browser_of(request)
    if not browser:
        return
    found = Party.objects.filter(browser=browser, draft__submitted_at=None)
    for party in found.select_related("draft__version__form"):
        offered_to = party.draft.version.form.offered_to
        if offered_to in audiences and audiences.get(offered_to).holds(person, local_day(now)):
            give(party, person, now)


def give(party: Party, person: Person, now: datetime) -> bool:
    """Make a guest's `party` that of `person`, as if she had begun it herself. False where another was quicker."""
    draft = party.draft
    with transaction.atomic():
        if not Party.objects.filter(pk=party.pk, user=None).update(user=person.pk, browser=""):
            return False
        form = spec_of(draft.version_id)
        draft.assignment = Assignment.objects.create(
            form=draft.version.form,
            addressee_id=person.pk,
            is_own=True,
            about_id=None,
            state=Assignment.State.STARTED,
        )
        draft.prefill |= known_of(form.questions(), draft.assignment)
        draft.expires_at = draft.begun_at + timedelta(days=form.lifetime_days)
        draft.save(update_fields=["assignment", "prefill", "expires_at"])
    party.refresh_from_db(fields=["user", "browser"])
    return True

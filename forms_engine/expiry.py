"""Unfinished forms that nobody has worked on for long: deleted by the worker, with their answers and files.

A last copy of the answers stays among the person's forms: `last_copies`.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from core import audit, outbox
from core.dates import day_text
from forms_engine import guests, last_copies
from forms_engine.access import subject_of
from forms_engine.models import Assignment, Draft, StepAnswers, Submission, Upload
from forms_engine.rules.expiry import kept_until
from forms_engine.versions import spec_of

logger = logging.getLogger(__name__)

# Seconds of one run: it is quick, since sign-in codes wait behind it. What is left is done in the next.
LONGEST = 2.0
# Days before, the first first.
REMINDERS = (14, 2)
LAST_NOTICE = dt.timedelta(days=REMINDERS[-1])


def delete_expired(now: dt.datetime | None = None, longest: float = LONGEST) -> int:
    """Delete the drafts whose time is over, for `longest` seconds; how many went. Safe to repeat.

    `expires_at` is worked out when a draft is begun. Here it is looked at again: saving does not move it. Whoever was
    not told two days before, since the worker stood still, is told now, and has two days more.
    """
    at = now or timezone.now()
    found = Draft.objects.filter(submitted_at=None, expires_at__lte=at)
    return _each(found, _delete_or_keep, at, longest)


def _each(
    drafts: QuerySet[Draft], do: Callable[[UUID, dt.datetime], bool], at: dt.datetime, longest: float
) -> int:
    """Do it to each draft, those that end first first, until the time is up; to how many it was done.

    One that fails is logged and passed over: those behind it do not wait for it.
    """
    stop, done = time.monotonic() + longest, 0
    for pk in list(drafts.order_by("expires_at", "pk").values_list("pk", flat=True)):
        try:
            done += do(pk, at)
        except Exception as error:  # One draft must not stop the others.
            logger.error("Draft %s could not be seen to: %s", pk, type(error).__name__)
        if time.monotonic() >= stop:
            break
    return done


@transaction.atomic
def _delete_or_keep(pk: UUID, at: dt.datetime) -> bool:
    """Whether it went. Its lock keeps what is saved or sent meanwhile."""
    open_ones = Draft.objects.select_for_update(of=("self",)).select_related("assignment")
    draft = open_ones.filter(pk=pk, submitted_at=None).first()
    if draft is None:
        return False
    until = of(draft, _last_worked(draft))
    if until > at:
        _keep(draft, until)
        return False
    if draft.reminded != REMINDERS[-1] and _tell(draft, at + LAST_NOTICE):
        Draft.objects.filter(pk=pk).update(expires_at=at + LAST_NOTICE, reminded=REMINDERS[-1])
        return False
    audit.record("draft.expired", obj=draft, reason=f"assignment {draft.assignment_id or 'none'}")
    last_copies.leave(draft, at)
    _drop(draft)
    return True


@transaction.atomic
def discard(draft: Draft, request: HttpRequest) -> None:
    """Delete a form that its person does not want any more. What was sent in the meantime stays."""
    found = Draft.objects.select_for_update(of=("self",)).select_related("assignment")
    held = found.filter(pk=draft.pk, submitted_at=None).first()
    if held is not None:
        audit.record("draft.deleted", request=request, obj=held, subject=subject_of(held.assignment))
        _drop(held)


def _drop(draft: Draft) -> None:
    """Delete an unsent form with its answers and files. What was begun is not begun any more."""
    draft.delete()
    if draft.assignment is not None:
        _put_back(draft.assignment)


def _keep(draft: Draft, until: dt.datetime) -> None:
    """Somebody has worked on it since: it lives on, and its reminders begin anew."""
    Draft.objects.filter(pk=draft.pk).update(expires_at=until, reminded=None)


def remind(now: dt.datetime | None = None, longest: float = LONGEST) -> int:
    """Tell people 14 and 2 days before that a form they began will be deleted; how many were told. Safe to repeat."""
    at = now or timezone.now()
    found = Draft.objects.filter(_to_remind(at), submitted_at=None, expires_at__gt=at)
    return _each(found, _remind, at, longest)


def _to_remind(at: dt.datetime) -> Q:
    """Drafts whose next reminder is due."""
    due, before = Q(pk__in=[]), None
    for days in REMINDERS:
        due |= Q(reminded=before, expires_at__lte=at + dt.timedelta(days=days))
        before = days
    return due


@transaction.atomic
def _remind(pk: UUID, at: dt.datetime) -> bool:
    """Whether its people were told. Whoever began the form, or goes on with it, is."""
    drafts = Draft.objects.select_for_update(of=("self",)).select_related("assignment")
    draft = drafts.filter(_to_remind(at), pk=pk, submitted_at=None).first()
    if draft is None:
        return False
    until = of(draft, _last_worked(draft))
    if until != draft.expires_at:
        _keep(draft, until)
        return False
    days = next(days for days in reversed(REMINDERS) if until <= at + dt.timedelta(days=days))
    _tell(draft, until)
    Draft.objects.filter(pk=draft.pk).update(reminded=days)
    return True


def _tell(draft: Draft, until: dt.datetime) -> bool:
    """Email its people that it is deleted after `until`. False where there is nobody to tell."""
    people = list(draft.parties.exclude(user=None).values_list("user", flat=True))
    context = {"last_day": day_text(until), "path": reverse("forms:mine")}
    for person in people:
        outbox.put("email_person", {"person": str(person), "template": "form-expiring", "context": context})
    return bool(people)


def of(draft: Draft, worked: dt.datetime) -> dt.datetime:
    """Until when `draft` is kept, if nobody works on it after `worked`."""
    if draft.parties.exclude(browser="").exists():
        return worked + guests.KEPT_FOR
    due = draft.assignment.due if draft.assignment else None
    return kept_until(worked, spec_of(draft.version_id).lifetime_days, due)


def _last_worked(draft: Draft) -> dt.datetime:
    saved = StepAnswers.objects.filter(party__draft=draft).aggregate(at=Max("saved_at"))["at"]
    added = Upload.objects.filter(party__draft=draft).aggregate(at=Max("added_at"))["at"]
    return max(at for at in (draft.begun_at, saved, added) if at)


def _put_back(assignment: Assignment) -> None:
    """Whoever is still to do it starts anew, or from what was sent last. What nobody asked for is done with."""
    if assignment.is_own:
        Assignment.objects.filter(pk=assignment.pk).waiting().update(state=Assignment.State.WITHDRAWN)
        return
    sent = Submission.objects.filter(assignment=assignment).exists()
    back = Assignment.State.REOPENED if sent else Assignment.State.ASKED
    Assignment.objects.filter(pk=assignment.pk, state=Assignment.State.STARTED).update(state=back)

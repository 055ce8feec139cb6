"""Disabling the accounts of staff that nobody uses, after two warnings (C22). Families' never are."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import AccountUse, DisabledAccount, User
from accounts.people import leaving, staff
from accounts.rules.dormancy import Policy, Step, disabled_on, next_step
from core import dates, outbox
from core.dates import day_text

# At one run of the work that comes round; the rest waits for the next.
MOST_AT_ONCE = 100


def policy() -> Policy:
    """The council's own limit, with the usual warnings."""
    return Policy(limit=settings.UNUSED_ACCOUNT_DAYS)


def watch(today: dt.date | None = None) -> int:
    """Warn whom it is time to warn, and disable what nobody uses; how many accounts that was. Safe to repeat."""
    day = today or dates.today()
    rule = policy()
    done = 0
    for person in _long_unused(day, rule):
        step = next_step(staff.use_of(person), day, rule)
        if step is not Step.NOTHING:
            done += _take(person, step, day, rule)
        if done >= MOST_AT_ONCE:
            break
    return done


def _long_unused(day: dt.date, rule: Policy) -> list[User]:
    """Staff who have not signed in for so long that a warning may be due: the longest unused first."""
    before = timezone.make_aware(
        dt.datetime.combine(day - dt.timedelta(rule.limit - rule.first - 1), dt.time.min)
    )
    quiet = Q(last_login__lt=before) | Q(last_login=None, date_joined__lt=before)
    people = User.objects.filter(staff.all_staff(day), quiet, is_active=True)
    own = people.exclude(pk__in=User.objects.filter(staff.also_family(day)).values("pk"))
    return list(own.select_related("use").order_by("last_login", "date_joined"))


@transaction.atomic
def _take(person: User, step: Step, day: dt.date, rule: Policy) -> bool:
    """Do `step`. False where it is no longer due, or the site would be left to nobody."""
    staff.lock()
    fresh = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    use = staff.use_of(fresh)
    if not fresh.is_active or next_step(use, day, rule) is not step or staff.is_last_administrator(fresh):
        return False
    if step is Step.DISABLE:
        leaving.disable(fresh, DisabledAccount.Why.UNUSED)
        _tell_disabled(fresh)
        return True
    noted = "warned_on" if step is Step.WARN else "warned_again_on"
    AccountUse.objects.update_or_create(user=fresh, defaults={noted: day})
    last_day = disabled_on(use, day, rule)
    payload = {
        "person": str(fresh.pk),
        "template": "account-unused",
        "context": {"last_day": day_text(last_day), "is_last": step is Step.WARN_AGAIN},
    }
    outbox.put("email_person", payload)
    return True


def _tell_disabled(person: User) -> None:
    # By address: `email_person` writes to nobody whose account is disabled.
    payload = {
        "to": person.email,
        "person": str(person.pk),
        "template": "account-disabled",
        "context": {"days": settings.UNUSED_ACCOUNT_DAYS},
    }
    outbox.put("email_address", payload)

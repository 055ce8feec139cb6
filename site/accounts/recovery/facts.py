"""What somebody says to get back in, held against what we have of her. Never a proof: that is the mailbox."""

import datetime as dt

from accounts.models import PersonalDetails, User
from accounts.people import staff


def agree(person: User, postcode: str, born: dt.date | None) -> bool:
    """Whether both are as we have them. What we do not have of her is not asked of her."""
    details = PersonalDetails.objects.filter(user=person).first()
    if details is None:
        return True
    has_postcode = not details.postcode or details.lives_at(postcode)
    return has_postcode and (not details.date_of_birth or details.date_of_birth == born)


def is_for_work_alone(person: User, day: dt.date) -> bool:
    """Whether `person` works for the council or at a school on `day`, and has no family's account besides.

    Then her mailbox is enough, whatever she has told us: nothing of a family's own opens to whoever reads it.
    """
    alone = User.objects.filter(staff.all_staff(day)).exclude(staff.also_family(day))
    return alone.filter(pk=person.pk).exists()

"""What somebody says to get back in, held against what we have of her. Never a proof: that is the mailbox."""

import datetime as dt

from accounts.models import PersonalDetails, User


def agree(person: User, postcode: str, born: dt.date | None) -> bool:
    """Whether both are as we have them. What we do not have of her is not asked of her: staff have given neither."""
    details = PersonalDetails.objects.filter(user=person).first()
    if details is None:
        return True
    has_postcode = not details.postcode or details.lives_at(postcode)
    return has_postcode and (not details.date_of_birth or details.date_of_birth == born)

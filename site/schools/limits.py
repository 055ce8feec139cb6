"""How often the staff of a school may make the portal send emails to one another."""

from django.utils.translation import gettext_lazy as _

from core.limits import Limit

DAY = 24 * 3600  # seconds

DETAILS_ASKED = Limit(
    "school: details asked for",
    3,
    DAY,
    _("A supervisor asked one colleague many times to put name or email address right"),
    _("All else goes on."),
)
LIMITS = (DETAILS_ASKED,)

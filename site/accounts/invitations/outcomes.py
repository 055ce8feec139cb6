"""How it stands with an invitation, in words."""

from django.utils.translation import gettext as _

from accounts.models import Invitation
from core.dates import day_text, local_day


def outcome(row: Invitation) -> str:
    """Whether somebody came, or until when the link works."""
    if row.joined_at:
        return _("Accepted on %(day)s") % {"day": day_text(local_day(row.joined_at))}
    if row.withdrawn_at:
        return _("Withdrawn on %(day)s") % {"day": day_text(local_day(row.withdrawn_at))}
    words = {"day": day_text(local_day(row.valid_until))}
    if row.is_over:
        return _("Nobody came: the link ended on %(day)s") % words
    return _("The link works until %(day)s") % words

"""Work of accounts that comes round: what is over is deleted, and the register of people asked again."""

from oauth2_provider.models import clear_expired

from accounts.identity import checking
from accounts.life import closing
from accounts.models import invitations, mailboxes, one_time, registrations, sessions
from accounts.people import dormancy
from core.periodic import Work

_HOUR, _DAY = 3600, 24 * 3600

WORKS = (
    Work("tidy-one-time", _DAY, one_time.tidy),
    Work("clear-tokens", _DAY, clear_expired),
    Work("tidy-sign-ins", _DAY, sessions.tidy),
    Work("free-addresses", _DAY, closing.free_addresses),
    Work("tidy-new-mailboxes", _DAY, mailboxes.tidy),
    Work("ask-again-who-it-is", 600, checking.check_again),
    Work("unused-accounts", _HOUR, dormancy.watch),
    Work("tidy-invitations", _DAY, invitations.tidy),
    Work("tidy-registrations", _HOUR, registrations.tidy),
)

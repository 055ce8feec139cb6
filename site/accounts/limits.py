"""How much is borne of whom before a try is refused: guesses at passwords and codes, and what sends emails.

Each stands in the register of staff with its words (`core.limits`).
"""

from django.utils.translation import gettext_lazy as _

from core.limits import Limit

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600  # seconds

_OWN_BROWSERS = _("In a browser that this person has signed in with before, nothing is stopped.")
_ELSEWHERE = _(
    "From other networks people sign in as usual, and so do those who have signed in there before."
)
_ONLY_EMAILS = _("Signing in is not stopped.")

# Five, then a pause: what a person needs who has forgotten which of her passwords it was.
PAIR = Limit(
    "sign-in: account and network",
    5,
    15 * MINUTE,
    _("Wrong passwords for one account, from one network"),
    _OWN_BROWSERS,
)
# A whole school stands behind one address.
NETWORK = Limit(
    "sign-in: network", 50, 15 * MINUTE, _("Wrong passwords for many accounts, from one network"), _ELSEWHERE
)
# Many networks at one account: somebody has hired them.
ACCOUNT = Limit(
    "sign-in: account", 20, HOUR, _("Wrong passwords for one account, from many networks"), _OWN_BROWSERS
)
BROWSER = Limit(
    "sign-in: known browser",
    5,
    15 * MINUTE,
    _("Wrong passwords in a browser that this person has signed in with before"),
    _("Other browsers are not stopped."),
)
# Whoever guesses at codes has the password already. Ten fresh codes an hour would be 50 guesses, without end.
CODES = Limit(
    "sign-in: wrong codes",
    20,
    DAY,
    _("Wrong security codes after the right password. Somebody else may know the password"),
    _("Guesses elsewhere stop no browser that this person has signed in with before."),
)
SENT_CODES = Limit(
    "codes",
    10,
    HOUR,
    _("Security codes asked for again and again, after the right password"),
    _("Those asked for elsewhere stop no browser that this person has signed in with before."),
)
# Whoever sits down at somebody's open browser does not know her password.
CURRENT = Limit(
    "password now: person",
    5,
    15 * MINUTE,
    _("Wrong passwords by somebody who is signed in, where a page asks for the password again"),
    _("All else goes on, and so does signing in."),
)
# Each is held against those that she had before, which takes the time of up to nine hashes.
NEW_PASSWORDS = Limit(
    "new password: person",
    20,
    HOUR,
    _("New passwords tried by one person, one after the other"),
    _("All else goes on, and so does signing in."),
)
# Asking for a way back in: from one network. Each may bring somebody an email.
RECOVERY = Limit(
    "recovery: network",
    5,
    HOUR,
    _("“Forgotten your password?” or the email address, asked for many times from one network"),
    _("Signing in is not stopped, nor a browser that somebody has signed in with before."),
)
KNOWN_RECOVERY = Limit(
    "recovery: known browser",
    5,
    HOUR,
    _(
        "“Forgotten your password?” or the email address, asked for many times in a browser that somebody has "
        "signed in with before"
    ),
    _ONLY_EMAILS,
)
# Emails of one kind to one account: for whoever asks in a browser that knows it, and as many for all others.
RECOVERY_LETTERS = Limit(
    "recovery: letters",
    3,
    DAY,
    _("As many emails about a forgotten password or email address as one account gets in a day"),
    _("Signing in is not stopped. No page says so: the next one is just not sent."),
)
ONE_TIME = Limit(
    "one-time password: network", 20, 15 * MINUTE, _("Wrong one-time passwords, from one network"), _ELSEWHERE
)
KNOWN_ONE_TIME = Limit(
    "one-time password: known browser",
    20,
    15 * MINUTE,
    _("Wrong one-time passwords in a browser that somebody has signed in with before"),
    _("Signing in with the password is not stopped."),
)
# Codes to one address within an hour. Not those of signing in: nobody uses these up for its owner.
REGISTERING = Limit(
    "registration codes",
    6,
    HOUR,
    _("Security codes to one address that somebody registers with"),
    _("Whoever has an account signs in as usual."),
)
REGISTERING_NETWORK = Limit(
    "registration codes: network",
    100,
    HOUR,
    _("Security codes for registering, from one network"),
    _("Whoever has an account signs in as usual."),
)
# Letters to the owner of an address that it has an account.
REGISTERED_LETTERS = Limit(
    "registration letters",
    3,
    DAY,
    _("As many emails as one account gets in a day about somebody registering with its address"),
    _ONLY_EMAILS,
)
# Codes that one person has sent to prove a new address, and that go to one address.
NEW_MAILBOX = Limit(
    "new mailbox: person",
    6,
    HOUR,
    _("Security codes to a new email address, asked for by one person"),
    _ONLY_EMAILS,
)
TO_NEW_MAILBOX = Limit(
    "new mailbox: address", 6, HOUR, _("Security codes to one new email address"), _ONLY_EMAILS
)
# Letters to the owner of an address that somebody wanted it.
WANTED_LETTERS = Limit(
    "new mailbox: letters",
    3,
    DAY,
    _("As many emails as one account gets in a day about somebody wanting its address"),
    _ONLY_EMAILS,
)
DOWNLOADS = Limit(
    "download of what is held: person",
    3,
    DAY,
    _("Downloads of all that we hold about somebody, by that person"),
    _("All else goes on."),
)
# On the way there each browser without a session gets a row for one. Both are of a network, or of a browser that
# somebody has signed in with before.
LEAVING = Limit(
    "outside: on the way",
    300,
    15 * MINUTE,
    _("Many on the way to another service to sign in with, from one network"),
    _(
        "Signing in with email address and password is not stopped, nor a browser that was signed in with before."
    ),
)
RETURNS = Limit(
    "outside: returns",
    50,
    15 * MINUTE,
    _("Sign-ins through another service that came to nothing, from one network"),
    _(
        "Signing in with email address and password is not stopped, nor a browser that was signed in with before."
    ),
)
# Wrong secrets and tokens of services.
SECRETS = Limit(
    "provider: wrong secrets",
    60,
    15 * MINUTE,
    _("Wrong secrets of a service that people open from here, from one network"),
    _("People sign in here as usual. That service may let nobody in."),
)

# Nobody writes to the whole world by way of us.
INVITATIONS = Limit(
    "invitations: person", 50, DAY, _("Invitations to work here, from one person"), _ONLY_EMAILS
)
INVITATIONS_TO = Limit(
    "invitations: address", 5, DAY, _("Invitations to work here, to one address"), _ONLY_EMAILS
)
LIMITS = (
    INVITATIONS,
    INVITATIONS_TO,
    PAIR,
    NETWORK,
    ACCOUNT,
    BROWSER,
    CODES,
    SENT_CODES,
    CURRENT,
    NEW_PASSWORDS,
    RECOVERY,
    KNOWN_RECOVERY,
    RECOVERY_LETTERS,
    ONE_TIME,
    KNOWN_ONE_TIME,
    REGISTERING,
    REGISTERING_NETWORK,
    REGISTERED_LETTERS,
    NEW_MAILBOX,
    TO_NEW_MAILBOX,
    WANTED_LETTERS,
    DOWNLOADS,
    LEAVING,
    RETURNS,
    SECRETS,
)

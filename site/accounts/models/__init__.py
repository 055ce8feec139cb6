"""People who sign in and what is kept of them, the council's teams, and the emailed codes."""

from accounts.models.bounces import BouncedMailbox, BouncedMailboxQuerySet
from accounts.models.closed import ClosedAccount
from accounts.models.codes import CODE_DIGITS, CODE_LIFE, CODE_TRIES, EmailCode, HeldCode
from accounts.models.details import PersonalDetails, postcode_key
from accounts.models.invitations import INVITATION_LIFE, Invitation, InvitationQuerySet
from accounts.models.letters import DeclinedLetter
from accounts.models.mailboxes import PendingMailbox
from accounts.models.one_time import ONE_TIME_TRIES, Issued, OneTimePassword
from accounts.models.outside import ExternalIdentity
from accounts.models.passwords import PastPassword
from accounts.models.people import User, UserManager, email_key
from accounts.models.provider import Service, ServiceConsent
from accounts.models.registrations import PendingRegistration
from accounts.models.second_steps import Passkey, RecoveryCodes
from accounts.models.sessions import SignIn, SignInQuerySet
from accounts.models.staff import AccountUse, DisabledAccount
from accounts.models.teams import Team, TeamQuerySet

__all__ = [
    "CODE_DIGITS",
    "CODE_LIFE",
    "CODE_TRIES",
    "INVITATION_LIFE",
    "ONE_TIME_TRIES",
    "AccountUse",
    "BouncedMailbox",
    "BouncedMailboxQuerySet",
    "ClosedAccount",
    "DeclinedLetter",
    "DisabledAccount",
    "EmailCode",
    "ExternalIdentity",
    "HeldCode",
    "Invitation",
    "InvitationQuerySet",
    "Issued",
    "OneTimePassword",
    "Passkey",
    "PastPassword",
    "PendingMailbox",
    "PendingRegistration",
    "PersonalDetails",
    "RecoveryCodes",
    "Service",
    "ServiceConsent",
    "SignIn",
    "SignInQuerySet",
    "Team",
    "TeamQuerySet",
    "User",
    "UserManager",
    "email_key",
    "postcode_key",
]

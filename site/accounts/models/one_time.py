"""One-time passwords: by letter to a mailbox, good for one thing."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User, email_key
from core.references import ALPHABET

ONE_TIME_LENGTH = 12
ONE_TIME_TRIES = 5


@dataclass(frozen=True)
class Issued:
    """What goes into the letter, and nowhere else: the password to type, and the token of the link."""

    password: str
    token: str


class OneTimePasswordQuerySet(models.QuerySet["OneTimePassword"]):
    def usable(self, purpose: str, at: datetime | None = None) -> Self:
        """Those that open something at `at`, with their people. A disabled account has none."""
        return self.filter(
            purpose=purpose, valid_until__gt=at or timezone.now(), user__is_active=True
        ).select_related("user")

    def by_link(self, purpose: str, token: str) -> "OneTimePassword | None":
        """The one whose letter had this link. It is not used up by that."""
        return self.usable(purpose).filter(link_digest=keyed_hash(purpose, "link", token)).first()

    def by_typing(self, purpose: str, email: str, typed: str) -> "OneTimePassword | None":
        """The one that was sent to `email`, if it is what was typed. A wrong one costs a try, a right one nothing.

        As much is asked of the database for an address that none was sent to.
        """
        found = self.usable(purpose).filter(email_key=email_key(email)).first()
        # Counted before it is compared, so that tries at the same moment do not slip through together. No subquery: of
        # two at once PostgreSQL looks again at the conditions on the row itself, and at no others.
        sent = self.filter(purpose=purpose, email_key=email_key(email), tries__lt=ONE_TIME_TRIES)
        counted = sent.update(tries=F("tries") + 1)
        if found is None or not counted or not found.is_typed_as(typed):
            return None
        self.filter(pk=found.pk, tries__gt=0).update(tries=F("tries") - 1)
        return found


class OneTimePassword(models.Model):
    """The newest of one person for one purpose, until it is used, or too old; of what is in the letter only hashes.

    The hash of what is typed covers person and purpose. Whoever uses one deletes it in the same transaction (`use_up`).
    """

    class Purpose(models.TextChoices):
        PASSWORD = "password", _("choosing a new password")
        MAILBOX = "mailbox", _("a new email address")

    LIFE = {Purpose.PASSWORD: timedelta(minutes=30), Purpose.MAILBOX: timedelta(days=1)}

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="one_time_passwords"
    )
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    # The mailbox that it goes to; of MAILBOX the one that is to become hers.
    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254, db_index=True)
    digest = models.CharField(max_length=64)
    link_digest = models.CharField(max_length=64, unique=True)
    valid_until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    objects = OneTimePasswordQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-time password")
        verbose_name_plural = _("one-time passwords")
        constraints = [models.UniqueConstraint(fields=["user", "purpose"], name="one_time_password_newest")]
        permissions = [("help_back_in", _("Can help somebody back into an account"))]

    def __str__(self) -> str:
        return f"One-time password {self.pk}"

    @classmethod
    def issue(cls, person: User, purpose: str, email: str) -> tuple[Self, Issued]:
        """A new one, which stops the one before, and what the letter to `email` says. The caller sends that."""
        letters = "".join(secrets.choice(ALPHABET) for _place in range(ONE_TIME_LENGTH))
        issued = Issued("-".join(re.findall("....", letters)), new_token())
        made = cls(user=person, purpose=purpose)
        new = {
            "email": email,
            "email_key": email_key(email),
            "digest": made._digest_of(issued.password),
            "link_digest": keyed_hash(purpose, "link", issued.token),
            "valid_until": timezone.now() + cls.LIFE[cls.Purpose(purpose)],
            "tries": 0,
        }
        row, _made = cls.objects.update_or_create(user=person, purpose=purpose, defaults=new)
        return row, issued

    def use_up(self) -> bool:
        """Whether it could still be used. Nobody can any more."""
        unused = type(self).objects.filter(pk=self.pk, digest=self.digest, valid_until__gt=timezone.now())
        return bool(unused.delete()[0])

    def is_typed_as(self, password: str) -> bool:
        """Whether this is the password that goes with it."""
        return constant_time_compare(self.digest, self._digest_of(password))

    def _digest_of(self, typed: str) -> str:
        return keyed_hash(self.purpose, str(self.user_id), plain(typed))


def new_token() -> str:
    """256 bits for a link that opens something to whoever reads the mailbox it goes to."""
    return secrets.token_urlsafe(32)


def plain(typed: str) -> str:
    """A one-time password as it was meant: in capitals, without spaces and dashes, however wide."""
    return "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum())


def keyed_hash(purpose: str, whose: str, secret: str) -> str:
    """All that is kept of a secret: it fits this purpose and this person, and nothing tells the secret from it."""
    return salted_hmac(
        "accounts.OneTimePassword", f"{purpose}:{whose}:{secret}", algorithm="sha256"
    ).hexdigest()


def tidy() -> int:
    """Delete those that are too old; how many there were."""
    return OneTimePassword.objects.filter(valid_until__lt=timezone.now()).delete()[0]

"""Invitations to work here: by a link to a mailbox, good for one person and one thing."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from accounts.models.one_time import keyed_hash, new_token
from accounts.models.people import User, email_key

INVITATION_LIFE = timedelta(days=14)
# After that nobody sends one again that no one has accepted, and the name and address in it go.
KEPT_FOR = timedelta(days=90)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Those that nobody has accepted or withdrawn, whether they still work or not."""
        return self.filter(joined_at=None, withdrawn_at=None)

    def usable(self, at: datetime | None = None) -> "InvitationQuerySet":
        """Those whose link works at `at`."""
        return self.open().filter(valid_until__gt=at or timezone.now())

    def by_link(self, pk: uuid.UUID, token: str) -> "Invitation | None":
        """The one whose newest letter had this link. It is not used up by that."""
        found = self.usable().filter(pk=pk).select_related("invited_by").first()
        return found if found and found.fits(token) else None


class Invitation(models.Model):
    """Somebody was asked to work here. `kind` names who understands it (`accounts.invitations.kinds`): `what` she is
    to be, and the row of which `place`.

    Of the link only a hash is kept. It covers whom it went to and what it gives, so that a row that was changed is
    opened by no link.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("email address"), max_length=254)
    email_key = models.CharField(max_length=254, db_index=True)
    kind = models.CharField(max_length=40)
    what = models.CharField(max_length=60)
    place = models.UUIDField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations_sent"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateTimeField()
    link_digest = models.CharField(max_length=64)
    joined_at = models.DateTimeField(null=True, blank=True)
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "id"]
        indexes = [models.Index(fields=["kind", "place"], name="invitation_place")]

    def __str__(self) -> str:
        return f"Invitation {str(self.pk)[:8]}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.email_key = email_key(self.email)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_open(self) -> bool:
        return self.joined_at is None and self.withdrawn_at is None

    @property
    def is_over(self) -> bool:
        """Whether nobody came in time. It can be sent again."""
        return self.is_open and self.valid_until <= timezone.now()

    def issue(self) -> str:
        """The token of a new link, which stops the one before. The caller saves, and sends it."""
        token = new_token()
        self.email_key = email_key(self.email)
        self.sent_at = timezone.now()
        self.valid_until = self.sent_at + INVITATION_LIFE
        self.link_digest = self._digest_of(token)
        return token

    def fits(self, token: str) -> bool:
        """Whether this is the token of its newest link."""
        return constant_time_compare(self.link_digest, self._digest_of(token))

    def is_for(self, person: User) -> bool:
        """Whether it went to her address, however that was typed."""
        return person.email_key == self.email_key

    def use_up(self, person: User) -> bool:
        """Whether it could still be used; then `person` has, and nobody can any more."""
        unused = Invitation.objects.usable().filter(pk=self.pk, link_digest=self.link_digest)
        return bool(unused.update(joined_at=timezone.now(), joined_by=person))

    def withdraw(self) -> bool:
        """Whether there was anything to withdraw. Its link opens nothing any more."""
        return bool(Invitation.objects.open().filter(pk=self.pk).update(withdrawn_at=timezone.now()))

    def _digest_of(self, token: str) -> str:
        whose = f"{self.pk}:{self.email_key}:{self.kind}:{self.what}:{self.place}"
        return keyed_hash("invitation", whose, token)


def tidy(now: datetime | None = None) -> int:
    """Delete invitations that nobody has accepted, 90 days after their link ended; how many there were."""
    oldest = (now or timezone.now()) - KEPT_FOR
    return Invitation.objects.filter(joined_at=None, valid_until__lt=oldest).delete()[0]

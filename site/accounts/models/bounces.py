"""Mailboxes that emails come back from."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User, email_key


class BouncedMailboxQuerySet(models.QuerySet["BouncedMailbox"]):
    def current(self) -> "BouncedMailboxQuerySet":
        """Those of the addresses that people have now: another address is another mailbox."""
        return self.filter(email_key=F("user__email_key"))


class BouncedMailbox(models.Model):
    """That what we send to a person does not arrive. Gone as soon as something arrives again."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="bounced_mailbox"
    )
    email_key = models.CharField(max_length=254)
    since = models.DateTimeField(default=timezone.now)

    objects = BouncedMailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox that emails come back from")
        verbose_name_plural = _("mailboxes that emails come back from")

    def __str__(self) -> str:
        return f"Bounced mailbox of {str(self.user_id)[:8]}"


def note(address: str) -> None:
    """An email to `address` came back. Nothing where nobody has it; the first time counts where there were several."""
    person = User.objects.filter(email_key=email_key(address), is_active=True).first()
    if person is None:
        return
    noted, is_new = BouncedMailbox.objects.get_or_create(
        user=person, defaults={"email_key": person.email_key}
    )
    if not is_new and noted.email_key != person.email_key:
        BouncedMailbox.objects.filter(pk=noted.pk).update(email_key=person.email_key, since=timezone.now())


def arrived(address: str) -> None:
    """An email to `address` has arrived after all."""
    BouncedMailbox.objects.filter(email_key=email_key(address)).delete()


def since(people: Iterable[UUID]) -> dict[UUID, datetime]:
    """From when on emails have come back, by the id of each of `people` whose do."""
    rows = BouncedMailbox.objects.current().filter(user__in=list(people))
    return dict(rows.values_list("user_id", "since"))

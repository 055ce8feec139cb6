"""Who signed in when, with what and from where."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# As long as somebody may ask who was in her account.
KEPT_FOR = timedelta(days=90)
MOST_TIDIED = 1000


class SignInQuerySet(models.QuerySet["SignIn"]):
    def visible_to(self, user: models.Model) -> "SignInQuerySet":
        """Her own."""
        return self.filter(user=user.pk)

    def too_old(self) -> "SignInQuerySet":
        return self.filter(at__lt=timezone.now() - KEPT_FOR)


class SignIn(models.Model):
    """One sign-in, and the session that it began. The session knows the id of its row; no row knows the key of one.

    Of the browser only its name and its system's are kept, of the place the network alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    # When it was last used, within a minute or two.
    seen_at = models.DateTimeField(default=timezone.now)
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    network = models.CharField(max_length=50, blank=True)
    # `User.session_epoch` as the session knows it.
    epoch = models.PositiveIntegerField()
    # By its owner: by leaving, or from another session of hers.
    ended_at = models.DateTimeField(null=True, blank=True)
    # When she said that it was somebody else.
    disowned_at = models.DateTimeField(null=True, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("sign-in")
        verbose_name_plural = gettext_lazy("sign-ins")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"Sign-in {str(self.pk)[:8]}"

    @property
    def device(self) -> str:
        """ "Chrome on Windows", or as much of it as the browser said."""
        browser = self.browser or _("A browser")
        return (
            _("%(browser)s on %(system)s") % {"browser": browser, "system": self.system}
            if self.system
            else browser
        )


def tidy() -> int:
    """Delete sign-ins of more than 90 days ago, not more than MOST_TIDIED at a time; how many that was."""
    old = list(SignIn.objects.too_old().values_list("pk", flat=True)[:MOST_TIDIED])
    return SignIn.objects.filter(pk__in=old).delete()[0]

"""The services that people open from here without a second sign-in, and what each was let know."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication


class Service(AbstractApplication):
    """Another service, such as school payments, that asks the portal who somebody is (A3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    # Where it begins, for the list of services; one without is opened from its own pages alone.
    address = models.URLField(_("address"), blank=True)
    gets_email = models.BooleanField(_("is told the email address"), default=False)
    is_on = models.BooleanField(_("people can open it"), default=True)

    # OAuth knows more kinds of client than are safe. These stand for columns that the base class would make: no row
    # can say anything else.
    user = None
    client_type = AbstractApplication.CLIENT_CONFIDENTIAL
    authorization_grant_type = AbstractApplication.GRANT_AUTHORIZATION_CODE
    algorithm = AbstractApplication.RS256_ALGORITHM
    hash_client_secret = True
    skip_authorization = False
    allowed_origins = ""
    registration_source = AbstractApplication.RegistrationSource.MANUAL
    cimd_expires_at = None

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_usable(self, request: object) -> bool:
        return self.is_on


class ServiceConsentQuerySet(models.QuerySet["ServiceConsent"]):
    def standing(self) -> "ServiceConsentQuerySet":
        """Those by which a service may still ask: not taken back, the account active, the service on."""
        return self.filter(withdrawn_at=None, user__is_active=True, service__is_on=True)


class ServiceConsent(models.Model):
    """What one person has let one service know.

    The row stays when she takes it back: should she let the service know again, it knows her by the same number.
    """

    # The name by which the service knows her: random, and another at each service, so that no two can compare.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="service_consents"
    )
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="consents")
    scopes = models.JSONField(default=list)
    given_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)
    # Of her sessions when the service was last opened: signing out everywhere ends what it holds, too.
    epoch = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to a service")
        verbose_name_plural = _("consents to services")
        constraints = [models.UniqueConstraint(fields=["user", "service"], name="one_consent_per_service")]

    def __str__(self) -> str:
        return f"Consent {str(self.pk)[:8]}"

    @property
    def gives_email(self) -> bool:
        return "email" in self.scopes

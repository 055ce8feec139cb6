"""The council's teams."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.people import Person


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: Person) -> "TeamQuerySet":
        """Those whose members and forms `user` may see in the admin: all, or none."""
        return self if user.has_perm("accounts.view_team") else self.none()


class Team(models.Model):
    """A team of the council, such as "SEND team North". Its members see its cases."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="teams", blank=True)
    # Of those that tell a team that they have come (`accounts.forms_that_come`).
    forms = models.ManyToManyField(
        "forms_engine.FormDefinition",
        related_name="teams",
        blank=True,
        verbose_name=_("forms that it is told of, and reads"),
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

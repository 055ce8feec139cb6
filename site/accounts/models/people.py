"""People who sign in."""

import unicodedata
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device

from accounts import roles
from accounts.rules.passwords import normal
from core import audit


def email_key(email: str) -> str:
    """The one spelling by which an email address is looked up, however it was typed."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email_key=email_key(username or ""))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The first administrator of a new site, for Django's command of this name.

        In the role of that name and nothing more: nobody here is a superuser, whom no rule would stop.
        """
        self.model(email=email, **fields).clean_fields(exclude=["email_key", "password"])
        with transaction.atomic(using=self.db):
            user = self.create_user(email, password, **fields)
            user.groups.add(roles.group(roles.ADMINISTRATORS))
            audit.record("account.made", obj=user, role=roles.ADMINISTRATORS)
        return user


class User(PermissionsMixin, AbstractBaseUser):
    """Anybody with an account. What she may do comes from groups (`accounts.roles`) and domain rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Unique because `email_key` is: Django wants it of the field that people sign in by.
    email = models.EmailField(_("email address"), max_length=254, unique=True)
    # Never shown: the only column ever looked up.
    email_key = models.CharField(max_length=254, unique=True)
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    is_professional = models.BooleanField(_("uses the account in a professional capacity"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    # A session made under an older number is over: one update signs somebody out everywhere.
    session_epoch = models.PositiveIntegerField(default=1, editable=False)
    # The ids of sign-ins whose sessions their owner ended one by one (`accounts.sessions.kept`), while they could last.
    ended_sessions = models.JSONField(default=list, blank=True, editable=False)

    # Given by django-otp's middleware: the device of the second step, and whether there was one.
    otp_device: Device | None
    is_verified: Callable[[], bool]

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["last_name", "first_name", "id"]
        permissions = [
            ("look_after_people", _("Can look after staff of roles that do less")),
            ("give_any_role", _("Can give every role, and look after all staff")),
            ("view_as", _("Can see the portal as a person sees it")),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        # Not super(): it would overwrite `email_key` by its own reading of a user name.
        self.email = self.email.strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email_key = email_key(self.email)
        fields = kwargs.get("update_fields")
        if fields is not None and "email" in fields:
            kwargs["update_fields"] = {*fields, "email_key"}
        super().save(*args, **kwargs)

    def set_password(self, raw_password: str | None) -> None:
        """In the spelling by which passwords are compared, so that it works from any keyboard."""
        super().set_password(raw_password and normal(raw_password))

    @property
    def is_locked(self) -> bool:
        """Whether no password lets her in until she has chosen a new one (`accounts.sessions.not_me`)."""
        return not self.has_usable_password()

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(raw_password and normal(raw_password))

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @cached_property
    def role_names(self) -> str:
        """The roles in which somebody acts, as the audit names them; "" for a family. One query."""
        return ", ".join(self.groups.order_by("name").values_list("name", flat=True))

    def sign_out_everywhere(self) -> None:
        """End every session of this person, in whatever browser, from its next request on."""
        type(self).objects.filter(pk=self.pk).update(session_epoch=models.F("session_epoch") + 1)

    # Wagtail's admin asks for these two by Django's names.
    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.first_name

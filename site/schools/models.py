"""Schools, the children at them, and who works there."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import email_key
from core import periods


class School(models.Model):
    class Kind(models.TextChoices):
        """As far as the law tells them apart (Children and Families Act 2014, section 38(3))."""

        MAINTAINED = "maintained", _("Maintained school")
        NURSERY = "nursery", _("Maintained nursery school")
        ACADEMY = "academy", _("Academy or free school")
        COLLEGE = "college", _("Further education college")
        NON_MAINTAINED_SPECIAL = "non-maintained-special", _("Non-maintained special school")
        APPROVED = "approved", _("Independent, approved under section 41")
        INDEPENDENT = "independent", _("Independent, not approved")

    # Families may ask for these by right: the council has to name them but for the reasons of section 39(4).
    ASKED_BY_RIGHT = frozenset(Kind) - {Kind.INDEPENDENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=150, unique=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices, default=Kind.MAINTAINED)

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_asked_by_right(self) -> bool:
        """Whether the law lets families ask for it in an EHC plan."""
        return self.kind in self.ASKED_BY_RIGHT


class Child(models.Model):
    """A child or young person known to a school or to the council. Which school: see Enrolment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    known_as = models.CharField(_("known as"), max_length=100, blank=True)
    date_of_birth = models.DateField(_("date of birth"))
    schools = models.ManyToManyField(School, through="Enrolment", related_name="children")

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        ordering = ["last_name", "first_name", "id"]

    def __str__(self) -> str:
        # Wagtail's logs and choosers print this: it must not name the child.
        return f"Child {str(self.id)[:8]}"

    @property
    def called(self) -> str:
        """The first name to speak of the child by."""
        return self.known_as or self.first_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def school_on(self, day: dt.date) -> School | None:
        """The school on whose roll the child is on `day`: of two, the one joined last."""
        enrolment = self.enrolments.on(day).joined_last_first().select_related("school").first()
        return enrolment.school if enrolment else None


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def on(self, day: dt.date) -> "EnrolmentQuerySet":
        """Those that hold on `day`."""
        return self.filter(periods.on(day))

    def joined_last_first(self) -> "EnrolmentQuerySet":
        """Of two that hold on one day, the first says where the child is."""
        return self.order_by("-since", "pk")


class Enrolment(models.Model):
    """A child was on a school's roll from `since` to `until` (both inclusive; no end: still there)."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="enrolments")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="enrolments")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            periods.no_end_before_the_beginning("enrolment_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["child", "school"], condition=Q(until__isnull=True), name="one_open_enrolment_each"
            ),
        ]

    def __str__(self) -> str:
        return f"Enrolment {self.pk}"

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def holding(self, day: dt.date) -> "MembershipQuerySet":
        """Those in force on `day`."""
        return self.filter(periods.on(day))


class Membership(models.Model):
    """Somebody works at a school, or governs it. Supervisors look after the school's accounts."""

    class Standing(models.TextChoices):
        """What somebody has an account as (C19)."""

        SUPERVISOR = "supervisor", _("Supervisor")
        HEADTEACHER = "headteacher", _("Headteacher or head of centre")
        BURSAR = "bursar", _("Bursar")
        CHAIR = "chair", _("Chair of governors")
        GOVERNOR = "governor", _("Governor")
        CLERK = "clerk", _("Clerk to the governors")
        STANDARD = "standard", _("Standard user")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="memberships")
    standing = models.CharField(max_length=20, choices=Standing.choices, default=Standing.STANDARD)
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school"], condition=Q(until__isnull=True), name="one_open_membership_each"
            ),
            periods.no_end_before_the_beginning("membership_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"Membership {self.pk}"


class DetailsAsked(models.Model):
    """What a supervisor thinks a colleague's name and email address are (C20).

    It changes nothing: an account may hold more than what the school sees of it. She puts it right herself, or says no.
    """

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="details_asked")
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    email = models.EmailField(_("email address"), max_length=254)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("details asked for")
        verbose_name_plural = _("details asked for")

    def __str__(self) -> str:
        return f"Details asked {self.pk}"

    @property
    def is_other_name(self) -> bool:
        person = self.membership.person
        return (self.first_name, self.last_name) != (person.first_name, person.last_name)

    @property
    def is_other_email(self) -> bool:
        return email_key(self.email) != self.membership.person.email_key

    @property
    def is_open(self) -> bool:
        """Whether her account says something else."""
        return self.is_other_name or self.is_other_email

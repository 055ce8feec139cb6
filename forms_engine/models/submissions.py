"""What was sent: the sealed fact, its content, its files, and its deliveries."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.models import OutboxItem
from core.people import Person
from core.private_files import PrivateFile
from forms_engine.models.assignments import Assignment
from forms_engine.models.assisted import Assisted
from forms_engine.models.definitions import FormVersion
from forms_engine.models.notices import NoticeVersion
from forms_engine.registries import about_what_is_open, viewers


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def sent_by(self, person: Person, day: dt.date | None = None) -> Self:
        """Those that `person` sent, about what she may still open on `day` (today): they hold facts about a child."""
        return self.filter(about_what_is_open(person, day or today()), submitted_by=person.pk)

    def visible_to(self, user: Person) -> Self:
        """Those that `user` sent and may still open, and those that a registered viewer opens to them."""
        return self.filter(Q(about_what_is_open(user, today()), submitted_by=user.pk) | _read_at_work(user))

    def read_at_work(self, user: Person) -> Self:
        """Those that a registered viewer opens to `user`: what somebody else sent, for them to work on."""
        return self.filter(_read_at_work(user)).exclude(submitted_by=user.pk)

    def knowing_replaced(self) -> Self:
        """Each with `is_replaced`: whether the form was opened again, and came back as another submission."""
        later = Submission.objects.filter(
            assignment=OuterRef("assignment"), submitted_at__gt=OuterRef("submitted_at")
        )
        return self.annotate(is_replaced=Exists(later))


def _read_at_work(user: Person) -> Q:
    allowed = Q(pk__in=[])
    for viewer in viewers.values():
        # An empty Q would match everything: a viewer that says nothing shows nothing.
        allowed |= viewer(user) or Q(pk__in=[])
    return allowed


class Submission(Assisted):
    """That somebody sent a form: kept, and sealed with the audit. What was in it can be deleted by rule.

    `submitted_by` is the person whose form it is, also where `assisted_by` pressed Submit for her.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The draft it came from. Unique: a double click, a repeated post and two tabs make one submission.
    draft_id = models.UUIDField(unique=True)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="submissions")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="submissions"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The data-protection notice as the sender was shown it.
    notice = models.ForeignKey(
        NoticeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    submitted_at = models.DateTimeField(_("sent"))
    # The day that rules with "today" in them were read by.
    today = models.DateField()
    # The last day as it was then: a form opened again gets a new one, by which this was not late. Null: none, or from
    # before this was kept.
    due = models.DateField(null=True, blank=True)
    # In which it was filled in; empty where it was sent before there were several.
    language = models.CharField(max_length=10, blank=True, default="")
    # sha256 of the salt and the content's canonical JSON, in hex.
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        ordering = ["-submitted_at", "id"]
        indexes = [
            models.Index(fields=["about_kind", "about_id"], name="submission_about"),
            models.Index(fields=["submitted_at"], name="submission_at"),
        ]

    def __str__(self) -> str:
        return self.reference


class SubmissionContent(models.Model):
    """The answers, each with the wording that it was asked in."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="content")
    # Question id -> value, for handlers. Of a repeating group: step id -> list of such.
    values = models.JSONField()
    # `forms_engine.tree.to_json`: sections, rows, what was asked and what was said.
    tree = models.JSONField()
    # What was typed, page by page: [{"step", "item", "answers"}]. A form opened again begins with it.
    typed = models.JSONField(default=list)

    class Meta:
        verbose_name = _("content of a submission")
        verbose_name_plural = _("contents of submissions")

    def __str__(self) -> str:
        return f"Content {self.pk}"


class SubmissionFile(PrivateFile):
    """An uploaded file of a submission, or its PDF (rendered once)."""

    class Role(models.TextChoices):
        UPLOAD = "upload", _("Added file")
        PDF = "pdf", _("PDF of the answers")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    role = models.CharField(max_length=10, choices=Role.choices)
    # Where it was added: step, item of a repeating group, question. Empty for the PDF.
    step = models.CharField(max_length=80, blank=True)
    question = models.CharField(max_length=80, blank=True)
    item = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=models.Q(role="pdf"), name="one_pdf_a_submission"
            ),
        ]


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: Person) -> Self:
        """Those of the submissions that `user` may read."""
        return self.filter(submission__in=Submission.objects.visible_to(user).values("pk"))


class Delivery(models.Model):
    """What a submission causes outside: one outbox item, tried until it is done or dead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="deliveries")
    item = models.OneToOneField(OutboxItem, on_delete=models.PROTECT, related_name="delivery")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return self.submission.reference

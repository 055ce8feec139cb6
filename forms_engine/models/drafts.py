"""A form that somebody is filling in: the draft, who fills it in, what they typed, the files they added."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.private_files import PrivateFile
from forms_engine.models.assignments import Assignment
from forms_engine.models.assisted import Assisted
from forms_engine.models.definitions import FormVersion
from forms_engine.models.notices import NoticeVersion

if TYPE_CHECKING:
    from core.people import Person


class Draft(Assisted):
    """One form in progress, pinned to the version it was begun with. Nothing reopens it once it is sent.

    `assisted_by` may fill it in for its person, as long as the domain of what it is about lets them, and until she
    goes on alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="drafts")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )
    # What wordings put in place of {child} and the like: {"child": "Ada"}.
    wording = models.JSONField(default=dict, blank=True)
    # Answers from registered sources, by question id, as they were at the start. Shown until answered.
    prefill = models.JSONField(default=dict, blank=True)
    # The data-protection notice as its author was shown it.
    notice = models.ForeignKey(
        NoticeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # Days before that, of the last reminder that was sent; none yet: NULL.
    reminded = models.PositiveSmallIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # When its person went on without the help that it was begun with: from then on it is hers alone.
    alone_since = models.DateTimeField(null=True, blank=True)
    # What its person said when she was asked whether it is right: nobody signs for her.
    said_yes = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(submitted_at__isnull=True), name="one_open_draft_each"
            ),
        ]

    def __str__(self) -> str:
        return f"Draft {str(self.id)[:8]}"

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def is_helped(self) -> bool:
        """Whether staff are filling it in with her now. That they once did stays said: `is_assisted`."""
        return self.is_assisted and self.alone_since is None

    @property
    def has_been_typed_in(self) -> bool:
        """Whether somebody has saved a page of it, or added a file. Up to two queries."""
        typed = StepAnswers.objects.filter(party__draft=self).exists()
        return typed or Upload.objects.filter(party__draft=self).exists()

    def is_for(self, helper: "Person | None") -> bool:
        """Whether `helper` is the one who writes in it now; None: whether its person alone does."""
        return self.is_helped and self.assisted_by_id == helper.pk if helper else not self.is_helped


class Party(models.Model):
    """Who fills in which part of a draft: exactly one of a user, an invitation, a browser."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=40, default="author")
    state = models.CharField(max_length=20, default="open")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="form_parties"
    )
    # Of somebody invited to fill in a part: no page makes one yet. Signing in is to turn it into `user` in one UPDATE.
    invitation_id = models.UUIDField(null=True, blank=True)
    # Of a guest, who has not signed in yet (`forms_engine.guests`).
    browser = models.CharField(max_length=64, blank=True, db_index=True)
    # Not stored: the member of staff who fills it in for `user` in this request. `access` says who.
    helper: "Person | None" = None
    # Not stored either: of a guest, the network that this request comes from. A browser forgets its cookie at will.
    network: str = ""

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(fields=["draft", "role"], name="one_party_a_role"),
            models.CheckConstraint(
                condition=(
                    Q(user__isnull=False, invitation_id__isnull=True, browser="")
                    | Q(user__isnull=True, invitation_id__isnull=False, browser="")
                    | (Q(user__isnull=True, invitation_id__isnull=True) & ~Q(browser=""))
                ),
                name="party_is_exactly_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Party {self.pk}"

    @property
    def is_guest(self) -> bool:
        """Whether nobody has signed in for it yet."""
        return bool(self.browser)

    @property
    def typist_id(self) -> uuid.UUID | None:
        """Who sits at the keyboard; None for a guest."""
        return self.helper.pk if self.helper else self.user_id

    @property
    def typist(self) -> str:
        """The same as limits count them: a guest is her browser. Her `network` counts beside it."""
        return self.browser or str(self.typist_id)


class StepAnswers(models.Model):
    """What was typed on one page, valid or not. `item` is "" but for the items of a repeating group.

    A repeating group's own row (item "") holds {"items": [item id, ...]}: which there are, in their order.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="answers")
    step = models.CharField(max_length=80)
    item = models.CharField(max_length=40, blank=True, default="")
    # Raised by each save: a save that saw an older one changes nothing, and both texts are shown.
    rev = models.PositiveIntegerField(default=1)
    # Question id -> raw answer (its shape: the question's type).
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answers of a step")
        verbose_name_plural = _("answers of steps")
        constraints = [models.UniqueConstraint(fields=["party", "step", "item"], name="one_row_a_step")]

    def __str__(self) -> str:
        return f"Answers {self.pk}"


class Upload(PrivateFile):
    """A file added at a question. The stored file goes when no Upload and no SubmissionFile points at it."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="uploads")
    step = models.CharField(max_length=80)
    item = models.CharField(max_length=40, blank=True, default="")
    question = models.CharField(max_length=80)

    # The question of a scan of the paper that a form was typed from. It stands on no step.
    SCAN = "scan-of-paper"

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["added_at", "id"]


class StashedPost(models.Model):
    """What somebody sent of a step after signing in had run out: encrypted, for an hour, for them alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=80)
    item = models.CharField(max_length=40, blank=True, default="")
    # `forms_engine.stash` alone reads and writes it.
    sealed = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("stashed post")
        verbose_name_plural = _("stashed posts")

    def __str__(self) -> str:
        return f"Stash {str(self.id)[:8]}"

"""The form as editors work on it, and its published versions."""

import datetime as dt
import logging
import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, Revision, RevisionMixin

from core import outbox
from forms_engine import preview
from forms_engine.blocks import FormBlock
from forms_engine.definition import build, digest, to_json, translation_json
from forms_engine.publishing import UnsoundFormError, check
from forms_engine.registries import audiences, handlers
from forms_engine.richtext import RICH_TEXT
from forms_engine.rules.opening import Opening, opening
from forms_engine.rules.phrases import told_elsewhere
from forms_engine.streams import from_stream
from forms_engine.types import question_types

# How far back the name of something that was deleted is looked for: reading one takes some milliseconds.
DRAFTS_TO_LOOK_AT = 20

logger = logging.getLogger(__name__)


class FormStreamField(StreamField):
    """A stream that migrations see as plain JSON: the words in the editor are no part of the schema."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, "django.db.models.JSONField", [], kwargs


class FormDefinitionQuerySet(models.QuerySet["FormDefinition"]):
    def with_readers(self) -> "FormDefinitionQuerySet":
        """Those that somebody reads once they are sent: their handler is there, and has somebody to send them to."""
        read = Q(handler="", offered_to="")
        for name, handler in handlers.items():
            unasked = Q() if handler.takes_unasked else Q(offered_to="")
            read |= Q(handler=name) & unasked & handler.ready()
        return self.filter(read)

    def for_guests(self) -> "FormDefinitionQuerySet":
        """Those that somebody may begin before she signs in."""
        return self.filter(
            live=True, offered_to__in=[name for name, each in audiences.items() if each.guests]
        )


class FormDefinition(PreviewableMixin, LockableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A form, for editing only. Families meet its `FormVersion`s."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(
        _("short name"),
        unique=True,
        max_length=80,
        help_text=_("Small letters, numbers and hyphens. Other parts of the portal know the form by it."),
    )
    reference_prefix = models.CharField(
        _("references begin with"),
        max_length=4,
        default="FRM",
        help_text=_("Each form that is sent gets a reference, such as FRM-7K3M-9QX2."),
    )
    handler = models.CharField(
        _("when it is sent"),
        max_length=60,
        blank=True,
        help_text=_("What the portal then does with the answers."),
    )
    intro = models.TextField(
        _("what it is for"),
        blank=True,
        max_length=500,
        help_text=_("A sentence or two, shown before somebody begins."),
    )
    submitted = RichTextField(
        _("what happens next"),
        blank=True,
        features=RICH_TEXT,
        help_text=_("Shown when the form has been sent."),
    )
    lifetime_days = models.PositiveSmallIntegerField(
        _("days that an unfinished form is kept"),
        default=90,
        help_text=_("Counted from the day on which somebody last worked on it."),
    )
    offered_to = models.CharField(
        _("who may begin it by themselves"),
        max_length=40,
        blank=True,
        help_text=_(
            "They find it on their page of forms. Others can fill it in only when they are asked to."
        ),
    )
    opens_at = models.DateTimeField(
        _("can be begun from"), null=True, blank=True, help_text=_("Leave empty for: at once.")
    )
    closes_at = models.DateTimeField(
        _("can be begun until"),
        null=True,
        blank=True,
        help_text=_("Whoever has begun by then can still finish and send it."),
    )
    instead = models.TextField(
        _("what to do instead"),
        blank=True,
        max_length=500,
        help_text=_(
            "Shown while the form cannot be begun: before it opens, when it has closed or was unpublished."
        ),
    )
    task_list = models.BooleanField(
        _("sections in any order"),
        default=False,
        help_text=_(
            "For long forms: people come to a list of all sections, and choose the one to do next. Otherwise each "
            "page leads to the one after it."
        ),
    )
    notice = models.CharField(
        _("data-protection notice"),
        max_length=80,
        blank=True,
        help_text=_("Shown before somebody begins. How it read is kept with each form that is sent."),
    )
    body = FormStreamField(FormBlock(), blank=True, verbose_name=_("sections"))
    # Section's id -> what it was copied from (`authoring/library.py`). Comes and goes with the JSON.
    copies = models.JSONField(default=dict, blank=True, editable=False)
    # Language -> wording's id -> text. Comes and goes with the JSON.
    translations = models.JSONField(default=dict, blank=True, editable=False)
    thresholds = models.JSONField(
        _("thresholds"),
        default=dict,
        blank=True,
        help_text=_("Numbers that change by date, such as an income. Conditions and limits name them."),
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    objects = FormDefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        known_as = type(self).objects.filter(pk=self.pk, first_published_at__isnull=False)
        if known_as.exclude(slug=self.slug).exists():
            message = _("Other parts of the portal know the form by this name: it cannot change any more.")
            raise ValidationError({"slug": message})

        self._translate_copies()

    def _translate_copies(self) -> None:
        """What was copied in the editor brings its translations along: the copy's texts have ids of their own."""
        if not self.translations:
            return
        form = build(from_stream(self))
        told = told_elsewhere(form, dict(question_types.items()))
        self.translations = {
            language: {**texts, **{id: translation_json(said) for id, said in told.get(language, {}).items()}}
            for language, texts in self.translations.items()
        }

    @property
    def revisions(self) -> Any:
        return self._revisions

    def live_version(self) -> "FormVersion | None":
        """The newest version, with which whoever begins now begins. None before the first publishing."""
        return self.versions.order_by("-number").first()

    def earlier(self) -> Iterator[dict[str, Any]]:
        """The form's JSON as it was: drafts before this one, newest first, then what was published."""
        if self.pk is None:
            return
        for revision in self.revisions.order_by("-created_at", "-pk")[:DRAFTS_TO_LOOK_AT]:
            yield from_stream(self.with_content_json(revision.content))
        for version in self.versions.order_by("-number")[:DRAFTS_TO_LOOK_AT]:
            yield version.content

    def said(self, name: str) -> str:
        """Its title, its intro or what to do instead, in the language of the request."""
        told = self.translations.get(get_language() or "", {}).get(name, "")
        return (told["text"] if isinstance(told, dict) else told) or str(getattr(self, name))

    def copies_to_look_at(self) -> int:
        """How many copied sections come from forms that were published again since somebody looked."""
        if not self.copies:
            return 0
        sources = {source["form"] for source in self.copies.values()}
        versions = FormVersion.objects.filter(form__slug__in=sources)
        newest = dict(versions.values_list("form__slug").annotate(models.Max("number")))
        return sum(newest.get(source["form"], 0) > source["version"] for source in self.copies.values())

    def opening(self, now: dt.datetime) -> Opening:
        """Whether somebody can begin it at the moment `now`. Unpublishing a form withdraws it from use."""
        if not self.live:
            return Opening.WITHDRAWN if self.first_published_at else Opening.NOT_READY
        state = opening(self.opens_at, self.closes_at, now)
        if state is Opening.OPEN and not type(self).objects.with_readers().filter(pk=self.pk).exists():
            return Opening.NOBODY
        return state

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish `revision`, or prepare its going live later, if nothing is in the way.

        Raises UnsoundFormError. A revision whose time has come is held instead: an error would stop the whole
        run of `publish_scheduled`, and with it everybody else's pages.
        """
        form = revision.as_object()
        findings = check(form)
        if findings and revision.approved_go_live_at:
            self._hold(revision, findings)
            return
        if findings:
            raise UnsoundFormError(findings)
        with transaction.atomic():
            if form.go_live_at is None or form.go_live_at <= timezone.now():
                FormVersion.objects.freeze(form)
            super().publish(revision, *args, **kwargs)

    def _hold(self, revision: Revision, findings: list[Any]) -> None:
        logger.error("Form %s was not published as planned: %d findings", self.slug, len(findings))
        with transaction.atomic():
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            if revision.user_id:
                payload = {
                    "person": str(revision.user_id),
                    "template": "form-held",
                    "context": {"form": self.title},
                }
                outbox.put("email_person", payload)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return preview.modes(self)

    @property
    def default_preview_size(self) -> str:
        # A tablet is made so small beside the editor that nobody can read it.
        return "mobile"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        return preview.serve(request, self, mode_name)


class FrozenVersionError(TypeError):
    """Something tried to change or delete a published version."""


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    def freeze(self, form: FormDefinition) -> "FormVersion":
        """The version that holds `form` as it stands: the newest where nothing changed, else a new one.

        Call it in a transaction: two who publish at once wait for each other.
        """
        FormDefinition.objects.select_for_update().get(pk=form.pk)
        content = to_json(build(from_stream(form)))
        newest = self.filter(form_id=form.pk).order_by("-number").first()
        if newest and newest.digest == digest(content):
            return newest
        return self.create(
            form_id=form.pk,
            number=newest.number + 1 if newest else 1,
            content=content,
            digest=digest(content),
            proof={"checked": ["structure"], "findings": []},
        )

    def update(self, **kwargs: Any) -> int:
        raise FrozenVersionError("A published version of a form cannot be changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FrozenVersionError("A published version of a form cannot be deleted")


class FormVersion(models.Model):
    """A form as it was published: frozen, never deleted. Drafts and submissions point here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(FormDefinition, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # The canonical JSON of the definition: `forms_engine.definition`.
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(auto_now_add=True)
    # What the checks at publishing found: {"checked": [...], "findings": [...]}.
    proof = models.JSONField(default=dict)

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")
        ordering = ["form", "-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="one_number_a_form")]

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenVersionError("A published version of a form cannot be changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenVersionError("A published version of a form cannot be deleted")

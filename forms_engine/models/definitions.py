"""The form as editors work on it, and its published versions."""

import uuid
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from forms_engine.blocks import FormBlock


class FormDefinition(
    PreviewableMixin, LockableMixin, DraftStateMixin, RevisionMixin, index.Indexed, models.Model
):
    """A form, for editing only. Families meet its `FormVersion`s."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("short name"), unique=True, max_length=80)
    reference_prefix = models.CharField(_("reference begins with"), max_length=4, default="FRM")
    handler = models.CharField(_("what happens when it is sent"), max_length=60, blank=True)
    intro = models.TextField(_("what it is for"), blank=True, max_length=500)
    submitted = models.TextField(_("what happens next"), blank=True)
    lifetime_days = models.PositiveSmallIntegerField(_("days that an unfinished form is kept"), default=90)
    body = StreamField(FormBlock(), blank=True, verbose_name=_("sections"))
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> Any:
        return self._revisions

    def live_version(self) -> "FormVersion | None":
        """The newest version, with which whoever begins now begins. None before the first publishing."""
        return self.versions.order_by("-number").first()


class VersionIsFrozen(TypeError):
    """Something tried to change or delete a published version."""


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    def update(self, **kwargs: Any) -> int:
        raise VersionIsFrozen("A published version of a form cannot be changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise VersionIsFrozen("A published version of a form cannot be deleted")


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
            raise VersionIsFrozen("A published version of a form cannot be changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise VersionIsFrozen("A published version of a form cannot be deleted")

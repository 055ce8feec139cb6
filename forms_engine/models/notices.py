"""Data-protection notices: one text that several forms begin with, and each state that people were shown."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from forms_engine.richtext import RICH_TEXT


class PrivacyNotice(models.Model):
    """What is done with what people tell us. Saving it makes a new `NoticeVersion` where its words have changed."""

    title = models.CharField(
        _("title"), max_length=120, help_text=_("Such as “How we use what you tell us”.")
    )
    slug = models.SlugField(
        _("short name"), unique=True, max_length=80, help_text=_("Forms know the notice by it.")
    )
    text = RichTextField(_("text"), features=RICH_TEXT)

    class Meta:
        verbose_name = _("data-protection notice")
        verbose_name_plural = _("data-protection notices")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            NoticeVersion.objects.keep(self)


class NoticeVersionQuerySet(models.QuerySet["NoticeVersion"]):
    def newest(self, slug: str) -> "NoticeVersion | None":
        """The notice of that short name as it reads now."""
        return self.filter(notice__slug=slug).order_by("-number").first() if slug else None

    def keep(self, notice: PrivacyNotice) -> "NoticeVersion":
        """The version with the words of `notice`: the newest where nothing changed, else a new one."""
        newest = self.filter(notice=notice).order_by("-number").first()
        if newest and (newest.title, newest.text) == (notice.title, notice.text):
            return newest
        number = newest.number + 1 if newest else 1
        return self.create(notice=notice, number=number, title=notice.title, text=notice.text)


class NoticeVersion(models.Model):
    """A notice as it read: what a form was begun with, and sent under."""

    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = NoticeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a notice")
        verbose_name_plural = _("versions of notices")
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="one_number_a_notice")]

    def __str__(self) -> str:
        return f"{self.notice_id} v{self.number}"

"""Pages of guidance: a guide, and a page of questions and answers (C1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from guidance.blocks import BodyBlock, FaqBlock


class GuidePage(Page):
    """One subject, explained. Privacy and accessibility are guides too."""

    intro = models.TextField(_("in one or two sentences"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    template = "guidance/guide_page.html"
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")


class FaqPage(Page):
    """Questions and answers, in groups."""

    intro = models.TextField(_("in one or two sentences"), max_length=300, blank=True)
    body = StreamField(FaqBlock(), verbose_name=_("questions"), blank=True)

    template = "guidance/guide_page.html"
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        verbose_name = _("questions and answers")
        verbose_name_plural = _("questions and answers")

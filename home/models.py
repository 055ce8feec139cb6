"""The public home page: says in one glance what each kind of visitor can do here."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks import DoorsBlock


class HomePage(Page):
    intro = models.TextField(_("in one or two sentences"), max_length=300, blank=True)
    doors = StreamField(DoorsBlock(), verbose_name=_("what each kind of visitor can do"), blank=True)

    template = "home/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["guidance.GuidePage", "guidance.FaqPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("doors")]

    class Meta:
        verbose_name = _("home page")

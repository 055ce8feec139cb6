"""The public home page: says in one glance what each kind of visitor can do here."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from core.access import is_signed_in
from core.dates import today
from forms_engine import guests
from home.begin import to_begin
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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # What waits in this browser is hers alone: this page must never be kept by a proxy (`core.caching`).
        waiting = [] if is_signed_in(request) else guests.in_progress(request)
        return context | {"to_begin": to_begin(request, today()), "waiting": waiting}

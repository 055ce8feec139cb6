from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from home.navigation import forget_support_pages

        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(forget_support_pages, dispatch_uid="home.navigation")

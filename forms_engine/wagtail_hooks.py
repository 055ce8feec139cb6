"""Forms in the Wagtail admin: for content editors."""

from typing import Any

from django.forms import Select
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_modeladmin.options import modeladmin_register

from forms_engine import editor
from forms_engine.admin import DeliveryAdmin, SubmissionAdmin
from forms_engine.authoring import translations, trial
from forms_engine.authoring import views as authoring
from forms_engine.authoring.access import may_edit
from forms_engine.home_panel import FormsInDraftPanel
from forms_engine.models import FormDefinition, PrivacyNotice
from forms_engine.registries import audiences, handlers
from forms_engine.views.advice import URL_NAME, wave_through
from forms_engine.views.deliveries import try_again
from forms_engine.widgets import ThresholdsInput

# Before anything else asks Wagtail for one.
register_permission_policy(FormDefinition, editor.FormPolicy(FormDefinition))


def handler_choices() -> list[tuple[str, Any]]:
    """What can become of a form that is sent, as the apps registered it."""
    return [
        ("", _("Nothing: nobody fills it in, other forms copy its sections")),
        *((name, one.label) for name, one in handlers.items()),
    ]


def audience_choices() -> list[tuple[str, Any]]:
    """Who can begin a form unasked, as the apps registered them."""
    return [
        ("", _("Nobody: staff ask people for it in a case")),
        *((name, each.label) for name, each in audiences.items()),
    ]


def notice_choices() -> list[tuple[str, Any]]:
    return [("", _("None")), *PrivacyNotice.objects.values_list("slug", "title")]


class NoticeViewSet(SnippetViewSet):
    model = PrivacyNotice
    icon = "lock"
    menu_label = _("Data protection")
    menu_order = 160
    add_to_admin_menu = True
    base_url_path = "notices"
    copy_view_enabled = False
    search_backend_name = None
    list_display = ["title", "slug"]
    panels = [TitleFieldPanel("title", targets=["slug"]), FieldPanel("slug"), FieldPanel("text")]


class FormViewSet(SnippetViewSet):
    model = FormDefinition
    icon = "form"
    menu_label = _("Forms")
    menu_name = "forms"
    menu_order = 150
    add_to_admin_menu = True
    base_url_path = "forms"
    copy_view_enabled = True
    search_fields = ["title"]
    search_backend_name = None
    ordering = ["title"]
    list_display = [
        "title",
        LiveStatusTagColumn(),
        Column("newest_version", label=_("Version"), sort_key="newest_version"),
        UpdatedAtColumn(),
    ]
    index_view_class = editor.FormsIndexView
    add_view_class = editor.CreateFormView
    copy_view_class = editor.CopyFormView
    edit_view_class = editor.EditFormView
    delete_view_class = editor.DeleteFormView
    preview_on_add_view_class = trial.PreviewOnCreate
    preview_on_edit_view_class = trial.PreviewOnEdit
    unpublish_template_name = "forms_engine/admin/unpublish.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            *self._trial("preview/pages/", "trial_new", trial.TrialOnCreate),
            *self._trial("preview/<int:pk>/pages/", "trial", trial.TrialOnEdit),
            path("whole/<int:pk>/", authoring.whole, name="whole"),
            path("paper/<int:pk>/<slug:size>/", authoring.on_paper, name="paper"),
            path("insert/<int:pk>/", authoring.insert, name="insert"),
            path("move/<int:pk>/", authoring.move, name="move"),
            path("copies/<int:pk>/", authoring.copies, name="copies"),
            path("changes/<int:pk>/", authoring.changes, name="changes"),
            path("export/<int:pk>/", authoring.export, name="export"),
            path("bring-in/", authoring.bring_in, name="bring_in"),
            path("guide/", authoring.guide, name="guide"),
            path("journey/<int:pk>/", authoring.journey, name="journey"),
            path("translations/<int:pk>/", translations.translations, name="translations"),
            path("translations/<int:pk>/<slug:language>/", translations.export, name="translations_export"),
        ]

    def _trial(self, at: str, name: str, view_class: Any) -> list[URLPattern]:
        """The pages of a form that is tried out: its sections, a page, an item of a page that repeats."""
        view = self.construct_view(view_class)
        parts = ("", "<slug:step_id>/", "<slug:step_id>/<slug:item>/")
        return [path(f"{at}{part}", view, name=name) for part in parts]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(template="forms_engine/admin/tools_panel.html"),
                    TitleFieldPanel("title", targets=["slug"]),
                    FieldPanel("intro"),
                    FieldPanel("body"),
                ],
                heading=_("Form"),
            ),
            ObjectList(
                [
                    FieldPanel("offered_to", widget=Select(choices=audience_choices)),  # type: ignore[arg-type]
                    FieldPanel("handler", widget=Select(choices=handler_choices)),  # type: ignore[arg-type]
                    FieldPanel("submitted"),
                    MultiFieldPanel(
                        [FieldPanel("opens_at"), FieldPanel("closes_at"), FieldPanel("instead")],
                        heading=_("When it can be begun"),
                    ),
                    FieldPanel("task_list"),
                    FieldPanel("notice", widget=Select(choices=notice_choices)),  # type: ignore[arg-type]
                    # What hardly any form needs to change.
                    FieldPanel("lifetime_days"),
                    FieldPanel("reference_prefix"),
                    FieldPanel("slug"),
                    FieldPanel("thresholds", widget=ThresholdsInput),
                    PublishingPanel(),
                ],
                heading=_("Settings"),
            ),
        ]
    )


register_snippet(FormViewSet)
register_snippet(NoticeViewSet)
modeladmin_register(SubmissionAdmin)
modeladmin_register(DeliveryAdmin)

# After Wagtail's own for all snippets, whose place it takes.
hooks.register("register_bulk_action", editor.DeleteForms, order=1)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def admin_urls() -> list[URLPattern]:
    return [
        path("form-checks/<int:pk>/", editor.checks, name=editor.CHECKS_URL_NAME),
        path("form-advice/<int:pk>/<slug:kind>/<slug:part>/", wave_through, name=URL_NAME),
        path("deliveries/<uuid:delivery_id>/again/", try_again, name="delivery_try_again"),
    ]


class GuideItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit(request)


@hooks.register("register_help_menu_item")  # type: ignore[untyped-decorator]
def guide_item() -> MenuItem:
    url = reverse_lazy("wagtailsnippets_forms_engine_formdefinition:guide")
    return GuideItem(_("How to build a form"), url, name="form-guide", icon_name="form", order=100)


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def forms_in_draft(request: HttpRequest, panels: list[Any]) -> None:
    if policy_registry.get_by_type(FormDefinition).user_has_permission(request.user, "change"):
        panels.append(FormsInDraftPanel())

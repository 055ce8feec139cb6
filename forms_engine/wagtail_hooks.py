"""Forms in the Wagtail admin: for content editors."""

from typing import Any

from django.forms import Select
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel, TabbedInterface, TitleFieldPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_modeladmin.options import modeladmin_register

from forms_engine import editor
from forms_engine.admin import DeliveryAdmin, SubmissionAdmin
from forms_engine.blocks import plain_name
from forms_engine.models import FormDefinition
from forms_engine.registries import handlers
from forms_engine.views.deliveries import try_again

# Before anything else asks Wagtail for one.
register_permission_policy(FormDefinition, editor.FormPolicy(FormDefinition))


def handler_choices() -> list[tuple[str, Any]]:
    """What can become of a form that is sent, as the apps registered it."""
    return [("", _("It is kept, and staff read it")), *((name, plain_name(name)) for name in handlers)]


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
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [TitleFieldPanel("title", targets=["slug"]), FieldPanel("intro"), FieldPanel("body")],
                heading=_("Form"),
            ),
            ObjectList(
                [
                    FieldPanel("slug"),
                    FieldPanel("reference_prefix"),
                    FieldPanel("handler", widget=Select(choices=handler_choices)),  # type: ignore[arg-type]
                    FieldPanel("submitted"),
                    FieldPanel("lifetime_days"),
                    PublishingPanel(),
                ],
                heading=_("Settings"),
            ),
        ]
    )


register_snippet(FormViewSet)
modeladmin_register(SubmissionAdmin)
modeladmin_register(DeliveryAdmin)

# After Wagtail's own for all snippets, whose place it takes.
hooks.register("register_bulk_action", editor.DeleteForms, order=1)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def admin_urls() -> list[URLPattern]:
    return [
        path("form-checks/<int:pk>/", editor.checks, name=editor.CHECKS_URL_NAME),
        path("deliveries/<uuid:delivery_id>/again/", try_again, name="delivery_try_again"),
    ]

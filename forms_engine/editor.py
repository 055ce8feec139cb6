"""The editor's pages of a form: publishing that may be refused, and what is in its way, said as one works."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel, ChecksSidePanel, PreviewSidePanel
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets

from forms_engine import advice
from forms_engine.authoring.access import form_in_editor
from forms_engine.models import FormDefinition, PrivacyNotice
from forms_engine.publishing import Finding, UnsoundFormError, check
from forms_engine.reach import reach_of, usual_handler
from forms_engine.streams import fill, from_stream

CHECKS_URL_NAME = "forms_engine_checks"
# Links in a message: it travels in the session.
MOST_IN_A_MESSAGE = 8


class FormPolicy(ModelPermissionPolicy):
    """As granted; but nobody deletes a form that was ever published: its versions are what people answered."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: FormDefinition) -> bool:
        if action == "delete" and instance.first_published_at:
            return False
        return bool(super().user_has_permission_for_instance(user, action, instance))


class ChecksPanel(BaseSidePanel):
    """What is in the way of publishing, from the last saved draft; asked for again after each save."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Show what stands in the way of publishing")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"
        keyboard_shortcut = "mod+shift+k"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"count": len(self.panel.findings)}

    name = "publishing-checks"
    title = gettext_lazy("Ready to publish?")
    template_name = "forms_engine/admin/checks_panel.html"
    order = 250

    def __init__(self, definition: FormDefinition, request: HttpRequest) -> None:
        super().__init__(definition, request)
        self.findings = check(definition)
        self.advice = advice.on(definition)
        self.reach = reach_of(definition)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        url = reverse(CHECKS_URL_NAME, args=[self.object.pk]) if self.object.pk else ""
        return context | {
            "findings": self.findings,
            "advice": self.advice,
            "reach": self.reach,
            "form_id": self.object.pk,
            "url": url,
        }


class PreviewPanel(PreviewSidePanel):
    """Always with a list of pages, which a script keeps true to the editor: a new form gets its pages there."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"has_multiple_modes": True}


def with_pages(panels: MediaContainer) -> list[BaseSidePanel]:
    """Wagtail's side panels, the preview in ours. Its checks of a web page would stand beside ours of the form."""
    return [
        PreviewPanel(panel.object, panel.request, preview_url=panel.preview_url)
        if isinstance(panel, PreviewSidePanel)
        else panel
        for panel in panels
        if not isinstance(panel, ChecksSidePanel)
    ]


class PublishMixin:
    """Publishing that may be refused. The draft is saved by then, and stays."""

    request: HttpRequest

    def publish_action(self) -> HttpResponseBase | None:
        try:
            with transaction.atomic():
                response: HttpResponseBase | None = super().publish_action()  # type: ignore[misc]
        except UnsoundFormError as unsound:
            messages.error(self.request, _refusal(unsound.findings))
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]
        reach = reach_of(self.form.instance)  # type: ignore[attr-defined]
        if reach and reach.is_shut:
            messages.warning(self.request, reach.words)
        return response


class CreateFormView(PublishMixin, snippets.CreateView):
    def get_initial_form_instance(self) -> FormDefinition:
        """Somebody reads what comes in, and the one notice that there is comes first, unless she says otherwise."""
        notices = list(PrivacyNotice.objects.values_list("slug", flat=True)[:2])
        return FormDefinition(handler=usual_handler(), notice=notices[0] if len(notices) == 1 else "")

    def get_side_panels(self) -> MediaContainer:
        """With the panel from the start: the first autosave makes the form, and fills the panels that are there."""
        panels = with_pages(super().get_side_panels())
        return MediaContainer([*panels, ChecksPanel(self.form.instance, self.request)])


class CopyFormView(CreateFormView, snippets.CopyView):
    """A new form with all of another's newest draft: also what the page has no boxes for, as the translations."""

    def get_initial_form_instance(self) -> FormDefinition:
        source = self.get_object().get_latest_revision_as_object()
        form = FormDefinition()
        fill(form, from_stream(source))
        form.title = _("Copy of %(title)s") % {"title": source.title}
        form.slug = f"{source.slug}-copy"[:80]
        return form

    def get_add_url(self) -> str:
        return self.request.path


class EditFormView(PublishMixin, snippets.EditView):
    partials_template_name = "forms_engine/admin/edit_partials.html"

    def is_valid(self, form: Any) -> bool:
        """Not over somebody else's work without a word: Wagtail itself asks in the browser, and when it saves alone.

        What was typed is shown again, as newer than theirs: to save once more puts it over theirs. One's own draft is
        no news: it saves itself, perhaps in the moment in which "Publish" is pressed.
        """
        if not self.expects_json_response and self.is_out_of_date and self._is_somebody_elses:
            self.produced_error_message = _(
                "Not saved: somebody else has saved this form since you opened it. What you typed stands below, and is "
                "not lost. Look at theirs under History. To put yours over theirs, save again."
            )
            return False
        return bool(super().is_valid(form))

    @property
    def _is_somebody_elses(self) -> bool:
        return bool(self.latest_revision and self.latest_revision.user_id != self.request.user.pk)

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        if self.expects_json_response:
            return panels
        return MediaContainer([*with_pages(panels), ChecksPanel(self.object, self.request)])


class DeleteFormView(snippets.DeleteView):
    def user_has_permission(self, permission: str) -> bool:
        return bool(self.user_has_permission_for_instance(permission, self.object))


class DeleteForms(DeleteBulkAction):
    """Of several forms at once. Wagtail's own names the forms to everybody in the admin before it refuses."""

    models = [FormDefinition]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.permission_policy.user_has_permission(request.user, "delete"):
            raise PermissionDenied
        return cast(HttpResponseBase, super().dispatch(request, *args, **kwargs))


class FormsIndexView(snippets.IndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        forms = "wagtailsnippets_forms_engine_formdefinition"
        return [
            *super().header_more_buttons,
            Button(
                _("Bring in a form from a file"),
                url=reverse(f"{forms}:bring_in"),
                icon_name="upload",
                priority=80,
            ),
            Button(_("How to build a form"), url=reverse(f"{forms}:guide"), icon_name="help", priority=90),
        ]

    def get_base_queryset(self) -> QuerySet[FormDefinition]:
        forms: QuerySet[FormDefinition] = super().get_base_queryset()
        return forms.annotate(newest_version=Max("versions__number"))


def _refusal(findings: list[Finding]) -> SafeString:
    """The message over the editor: each finding names its place, and leads there."""
    count = len(findings)
    heading = ngettext(
        "Saved as a draft, but not published: %(count)s thing has to be put right first.",
        "Saved as a draft, but not published: %(count)s things have to be put right first.",
        count,
    ) % {"count": count}
    rows = format_html_join(
        "", "<li>{}</li>", ((_link(finding),) for finding in findings[:MOST_IN_A_MESSAGE])
    )
    return format_html('{}<ul class="portal-findings">{}</ul>', heading, rows)


def _link(finding: Finding) -> SafeString:
    if not finding.target:
        return format_html("{}: {}", finding.where, finding.message)
    return format_html('<a href="#{}">{}</a>: {}', finding.target, finding.where, finding.message)


@require_admin_access  # type: ignore[untyped-decorator]
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in the way of publishing the newest draft: the side panel's content, fetched after each save."""
    draft = form_in_editor(request, pk)
    context = {
        "findings": check(draft),
        "advice": advice.on(draft),
        "reach": reach_of(draft),
        "form_id": pk,
    }
    return render(request, "forms_engine/admin/checks.html", context)

"""Every URL of the project, as the resolver knows it, and how each is filled in with one family's objects."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Collection, Site

from accounts.models import Invitation
from casework.models import Action
from casework.rules.timetable import Event
from core.dates import today
from core.models import AuditEntry, BankHoliday
from schools.models import Membership
from tests.house.family import ITEM, Family, Papers

# The routes whose regular expressions name no arguments.
UNNAMED = {
    r"documents/^(\d+)/(.*)$": "/documents/<document_id>/<filename>",
    r"^((?:[\w\-]+/)*)$": "/<page_path>",
    r"admin/^.*/$": "/admin/<anything>/",
}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
Values = dict[str, object]


def routes() -> list[str]:
    """Each route once, spelt like "/cases/<uuid:case_id>/"."""
    return sorted({_spelt(route) for route in _walk(get_resolver().url_patterns, "")})


def _walk(patterns: Sequence[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route


def _spelt(route: str) -> str:
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route)
    return UNNAMED.get(route) or "/" + named.replace("^", "").replace("$", "").replace(r"\.", ".")


def is_of_papers(route: str) -> bool:
    """Whether the route names papers, and neither their case nor anything else."""
    names = set(ARGUMENT.findall(route)) - {"step_id", "item", "size"}
    return bool(names) and (
        names <= {"draft_id", "assignment_id", "copy_id", "submission_id", "file_id", "delivery_id"}
        or route.startswith(("/admin/forms_engine/submission/", "/admin/forms_engine/delivery/"))
    )


def urls_of(route: str, family: Family, papers: Papers) -> list[str]:
    """The route with the family's objects filled in; several where it serves several kinds of them."""
    usual, special = _usual(family, papers), _special(family, papers)
    prefix = max((prefix for prefix in special if route.startswith(prefix)), key=len, default="")
    rows = [usual | more for more in special.get(prefix, [{}])]
    return list(dict.fromkeys(_filled(route, row) for row in rows))


def _filled(route: str, values: Values) -> str:
    return ARGUMENT.sub(lambda found: str(values[found[1]]), route) + str(values.get("query", ""))


def posted(route: str, family: Family, papers: Papers) -> dict[str, object]:
    """What is posted to the route: enough for it to change something, were it let."""
    changed = {"q-story": "Changed", "q-which": "Changed"}
    known: dict[str, Values] = {
        "/forms/begin/<slug:slug>/": {"about": "none"},
        "/forms/<uuid:draft_id>/<slug:step_id>/": changed,
        "/forms/<uuid:draft_id>/<slug:step_id>/<item:item>/": changed,
        "/admin/casework/case/<uuid:case_id>/ask/": {
            "people": family.people[papers.owner].pk,
            "form": family.other_form.pk,
            "due": today() + dt.timedelta(6),
        },
        "/admin/casework/case/<uuid:case_id>/fill-in/": {
            "person": family.people[papers.owner].pk,
            "form": family.other_form.pk,
            "how": "phone",
            "on": today(),
        },
        "/admin/casework/case/<uuid:case_id>/record/": {
            "event": Event.FINAL_ISSUED,
            "day": today(),
            "confirmed": "yes",
        },
        "/admin/casework/case/hand-on/<uuid:person_id>/": {
            "cases": family.case.pk,
            "to": family.people["morgan_manager"].pk,
            "reason": "She works elsewhere now.",
        },
        "/admin/casework/case/events/<uuid:event_id>/correct/": {
            "what": "not",
            "reason": "Another case.",
            "confirmed": "yes",
        },
        "/admin/casework/case/actions/<uuid:action_id>/reopen/": {"reason": "One page is missing."},
        "/admin/casework/case/actions/<uuid:action_id>/withdraw/": {"reason": "Asked twice."},
        "/admin/waits/<uuid:wait_id>/": {"reason": "She called."},
        "/schools/<uuid:school_id>/staff/invite/": {
            "name": "Jo New",
            "email": "jo.new@example.org",
            "standing": "standard",
        },
        "/schools/<uuid:school_id>/staff/<uuid:person_id>/details/": {
            "first_name": "Solomon",
            "last_name": "Bursar",
            "email": "solomon@oakfield.example",
        },
        "/schools/<uuid:school_id>/staff/<uuid:person_id>/remove/": {"reason": "She works elsewhere now."},
        "/schools/<uuid:school_id>/staff/<uuid:person_id>/enable/": {"reason": "Back from leave."},
        "/admin/schools/invite/": {
            "name": "Jo New",
            "email": "jo.new@example.org",
            "school": family.school.pk,
            "standing": "standard",
        },
        "/admin/accounts/invitation/new/": {
            "name": "Jo New",
            "email": "jo.new@example.org",
            "role": "Caseworkers",
        },
        "/admin/accounts/user/<uuid:person_id>/<slug:what>/": {"reason": "She works elsewhere now."},
        "/admin/choose-external-link/": {"external-link-chooser-url": "/"},
        "/admin/pages/<int:page_id>/copy/": {"new_parent_page": family.home.pk},
    }
    # Wagtail's editors expect the number of blocks in each post.
    return known.get(route, {"body-count": "0"})


def _usual(family: Family, papers: Papers) -> Values:
    """What an argument of this name stands for, wherever nothing else is said."""
    return {
        **_of_papers(family, papers),
        **_of_wagtail(family),
        **_OTHERS,
        **dict.fromkeys(_NONE_OF_THESE, 1),
    }


def _of_papers(family: Family, papers: Papers) -> Values:
    return {
        "case_id": family.case.pk,
        "action_id": _pk(papers.done),
        "assignment_id": papers.asked.pk,
        "draft_id": papers.draft.pk,
        "copy_id": papers.last_copy.pk,
        "step_id": "you",
        "item": ITEM,
        "submission_id": papers.submission.pk,
        "file_id": papers.upload.pk,
        "delivery_id": papers.delivery.pk,
        "item_id": family.dead_letter.pk,
        "wait_id": family.wait.pk,
        "instance_pk": family.case.pk,
        "object_id": family.case.pk,
        "person_id": family.people[papers.owner].pk,
        "invitation_id": Invitation.objects.get(kind="council").pk,
    }


def _of_wagtail(family: Family) -> Values:
    page = family.page.pk
    return {
        "page_id": page,
        "page_pk": page,
        "parent_page_id": family.home.pk,
        "page_to_move_id": page,
        "destination_id": family.home.pk,
        "document_id": family.document.pk,
        "doc_id": family.document.pk,
        "image_id": family.image.pk,
        "revision_id": family.page.latest_revision_id,
        "page_path": f"{family.page.slug}/",
        "filename": family.document.filename,
        "collection_id": Collection.get_first_root_node().pk,
    }


_OTHERS: Values = {
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "filter_spec": "width-100",
    "content_type_app_name": "guidance",
    "content_type_model_name": "guidepage",
    "app_label": "casework",
    "app_name": "casework",
    "model_name": "case",
    "size": "large",
    "language": "cy",
    "action": "delete",
    "action_name": "copy",
    "rest": "new/",
    "anything": "nothing-of-the-kind",
    "what": "name",
    "uidb64": "MQ",
    "token": "set-password",
    "service_id": UUID(int=1),
    "identity_id": UUID(int=1),
    "key": "council",
}
# Rows that this site has none of: no restrictions, workflows, tasks, nor half-made uploads.
_NONE_OF_THESE = (
    "pk",
    "restriction_id",
    "page_view_restriction_id",
    "session_id",
    "task_id",
    "task_state_id",
    "uploaded_file_id",
    "workflow_pk",
    "workflow_state_id",
)


def _pk(action: Action | None) -> object:
    """Of papers about no case no route asks for it."""
    return action.pk if action else None


def _special(family: Family, papers: Papers) -> dict[str, list[Values]]:
    """Routes that begin so -> what their arguments stand for instead, once for each kind of object."""
    form, submission = family.form.pk, papers.submission.pk
    invitation = Invitation.objects.get(kind="council").pk
    site = Site.objects.get(is_default_site=True).pk
    private = [
        {"app_label": "casework", "model_name": "case", "object_id": family.case.pk},
        {"app_label": "forms_engine", "model_name": "submission", "object_id": submission},
    ]
    public = {"app_label": "forms_engine", "model_name": "formdefinition", "object_id": form}
    return {
        "/forms/sent/": [{"file_id": papers.file.pk}],
        "/forms/<uuid:draft_id>/<slug:step_id>/<item:item>/": [{"step_id": "choices"}],
        "/schools/": [
            {
                "school_id": family.school.pk,
                "person_id": Membership.objects.get(school=family.school, person__is_active=False).person_id,
                "invitation_id": Invitation.objects.get(place=family.school.pk).pk,
            }
        ],
        "/forms/begin/": [{"slug": "to-a-team"}],
        "/admin/tag-autocomplete/": [
            {"app_name": "casework", "model_name": "case"},
            {"app_name": "taggit", "model_name": "tag"},
        ],
        "/admin/block-preview/": [{"query": f"?id={family.page.body.stream_block.definition_prefix}"}],
        "/admin/bulk/<": [row | {"query": f"?id={row['object_id']}"} for row in (*private, public)],
        "/admin/editing-sessions/ping/": [*private, public],
        "/admin/forms_engine/submission/": [{"instance_pk": submission}],
        "/admin/forms_engine/delivery/": [{"instance_pk": papers.delivery.pk}],
        "/admin/core/outboxitem/": [{"instance_pk": family.dead_letter.pk}],
        "/admin/core/auditentry/": [{"instance_pk": AuditEntry.objects.values_list("pk", flat=True).first()}],
        "/admin/accounts/user/": [
            {
                "instance_pk": family.people["casey_worker"].pk,
                "person_id": family.people["casey_worker"].pk,
                "what": "left",
            }
        ],
        "/admin/accounts/invitation/": [{"instance_pk": invitation}],
        "/admin/accounts/team/": [{"instance_pk": family.case.team_id}],
        "/admin/core/bankholiday/": [
            {"instance_pk": BankHoliday.objects.values_list("pk", flat=True).last()}
        ],
        "/admin/casework/case/hand-on/": [{"person_id": family.people["casey_worker"].pk}],
        "/admin/casework/case/events/": [{"event_id": family.case.history()[-1].pk}],
        "/admin/casework/case/actions/<uuid:action_id>/withdraw/": [
            {"action_id": papers.waiting and papers.waiting.pk}
        ],
        "/admin/form-checks/": [{"pk": form}],
        "/admin/form-advice/": [{"pk": form, "kind": "upload-without-purpose", "part": "eotas-files"}],
        "/admin/forms/": [{"pk": form, "revision_id": family.form.latest_revision_id}],
        "/admin/forms/delete/": [{"pk": form}, {"pk": family.unpublished_form.pk}],
        "/admin/notices/": [{"pk": family.notice.pk}],
        "/admin/settings/": [
            {"app_name": "casework", "model_name": "case"},
            {"app_name": "core", "model_name": "councilsettings", "pk": site},
        ],
        "/admin/pages/": [{"pk": family.page.pk, "app_label": "guidance", "model_name": "guidepage"}],
        "/admin/pages/<int:page_id>/convert_alias/": [{"page_id": family.alias.pk}],
        "/admin/api/main/pages/": [{"pk": family.page.pk}],
        "/admin/api/main/pages/find/": [{"query": f"?id={family.page.pk}"}],
        "/admin/api/main/documents/": [{"pk": family.document.pk}],
        "/admin/api/main/documents/find/": [{"query": f"?id={family.document.pk}"}],
        "/admin/documents/": [{"pk": family.document.pk}],
        "/admin/api/main/images/": [{"pk": family.image.pk}],
        "/admin/api/main/images/find/": [{"query": f"?id={family.image.pk}"}],
        "/admin/images/": [{"pk": family.image.pk}],
        "/admin/users/": [{"pk": family.people[papers.owner].pk}],
    }

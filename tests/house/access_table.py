"""Who may open what: every URL of the project has one line here, written by hand.

A route without a line fails `test_access.py`. Write one when you add a route: who it is for, and, where it shows
somebody's own, the word that its owner must see there. An exact line counts before a pattern ("/admin/forms/*").
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Protocol

FAMILY_SIDE = {"sam_parent", "alex_parent", "noor_stranger", "yusuf_young", "pat_advocate"}
SCHOOL_SIDE = {"harper_head", "sol_bursar"}
CASE_STAFF = {"casey_worker", "robin_worker", "morgan_manager"}
EDITORS = {"erin_editor", "admin"}
EVERYBODY = FAMILY_SIDE | SCHOOL_SIDE | CASE_STAFF | EDITORS


class Whose(Protocol):
    """What the rules ask of the papers that a URL speaks of."""

    @property
    def owner(self) -> str:
        """The parent who fills in and sends them."""

    @property
    def helper(self) -> str:
        """The member of staff who fills in the one in progress for her, or ""."""

    @property
    def team(self) -> frozenset[str]:
        """The staff who read what was sent."""

    @property
    def is_shut(self) -> bool:
        """Whether what they are about is open to their owner no more."""


class Rule(StrEnum):
    PUBLIC = "public"
    SIGNED_IN = "signed in"
    NO_STAFF = "signed in, and not of the council's own people"
    ASKED = "own family: the one parent who was asked, and nobody else"
    FILLS_IN = "own family: the one parent who was asked; whoever of the staff fills it in for her"
    SENDER = "own family: the one parent who sent it; the team that it came to; of a case, the manager"
    HOUSEHOLDS = "own family: whoever holds access to the case"
    TEAM = "the team that it came to; of a case, the manager"
    CASE_STAFF = "case staff, each her own teams' rows; manager"
    MANAGER_OR_ADMIN = "manager; admin"
    STAFF = "whoever may enter the admin"
    EDITOR = "editor; admin"
    ADMIN = "admin"
    NOBODY = "nobody"

    def lets_in(self, visitor: str, papers: Whose) -> bool:
        """Whether `visitor` is meant. `papers`: what is asked for, or whatever there is where it is nobody's."""
        if self is Rule.PUBLIC:
            return True
        own = frozenset[str]() if papers.is_shut else {papers.owner}
        people: dict[Rule, Collection[str]] = {
            Rule.SIGNED_IN: EVERYBODY,
            Rule.NO_STAFF: FAMILY_SIDE | SCHOOL_SIDE,
            Rule.ASKED: own,
            Rule.FILLS_IN: own if papers.is_shut else own | {papers.helper},
            Rule.SENDER: own | papers.team,
            Rule.HOUSEHOLDS: {"sam_parent", "alex_parent"},
            Rule.TEAM: papers.team,
            Rule.CASE_STAFF: CASE_STAFF,
            Rule.MANAGER_OR_ADMIN: {"morgan_manager", "admin"},
            Rule.STAFF: CASE_STAFF | EDITORS,
            Rule.EDITOR: EDITORS,
            Rule.ADMIN: {"admin"},
            Rule.NOBODY: set[str](),
        }
        return visitor in people[self]


# What is somebody's own. A line with one of these names what its owner sees there, or that a post changes it.
PRIVATE = {Rule.ASKED, Rule.FILLS_IN, Rule.SENDER, Rule.HOUSEHOLDS, Rule.TEAM, Rule.CASE_STAFF}


@dataclass(frozen=True)
class Line:
    """`shows`: a word of `Family.words` that must stand there for `shown_to` (whoever is let in).

    `changes`: a post by those people must change a row, so that the posts of all others prove something.
    """

    route: str
    rule: Rule
    shows: str = ""
    shown_to: Rule | None = None
    changes: bool = False
    # False where there is nothing to open on a site such as this: it leads elsewhere, or is Wagtail's spare part.
    opens: bool = True

    @property
    def is_harmless(self) -> bool:
        """Whether nobody's own is changed there, whoever asks."""
        return not self.changes and self.rule not in PRIVATE


R = Rule
OWN = [
    # What anybody may see
    Line("/<page_path>", R.PUBLIC, shows="page"),
    Line("/council.css", R.PUBLIC),
    Line("/health/", R.PUBLIC),
    Line("/language/", R.SIGNED_IN, opens=False),
    Line("/sign-in/", R.PUBLIC),
    Line("/sign-in/code/", R.PUBLIC, opens=False),
    Line("/sign-in/code/new/", R.PUBLIC, opens=False),
    Line("/sign-out/", R.PUBLIC),
    Line("/signed-out/", R.PUBLIC),
    Line("/documents/<document_id>/<filename>", R.PUBLIC, shows="document"),
    # Wagtail's: pages and documents behind a password of their own, of which there are none
    Line("/documents/authenticate_with_password/<int:restriction_id>/", R.PUBLIC, opens=False),
    Line(
        "/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        R.PUBLIC,
        opens=False,
    ),
    # Leads to our own sign-in
    Line("/_util/login/", R.PUBLIC, opens=False),
    # Development and demo only
    Line("/dev/outbox/", R.NOBODY),
    # Each her own
    Line("/start/", R.SIGNED_IN),
    Line("/stay-signed-in/", R.SIGNED_IN),
    Line("/account/", R.SIGNED_IN),
    Line("/account/password/", R.SIGNED_IN),
    Line("/family/", R.SIGNED_IN, shows="child", shown_to=R.HOUSEHOLDS),
    # A case
    Line("/cases/<uuid:case_id>/", R.HOUSEHOLDS, shows="child"),
    Line("/cases/<uuid:case_id>/actions/", R.HOUSEHOLDS, shows="child"),
    # One's own forms, and those that may be begun unasked
    Line("/forms/", R.SIGNED_IN, shows="reference", shown_to=R.ASKED),
    Line("/forms/begin/<slug:slug>/", R.NO_STAFF, changes=True),
    # The blank form: of whoever was asked for it, or may begin it
    Line("/forms/begin/<slug:slug>/paper/<slug:size>/", R.NO_STAFF, opens=False),
    Line("/forms/assignments/<uuid:assignment_id>/paper/<slug:size>/", R.ASKED, shows="child"),
    Line("/forms/<uuid:draft_id>/delete/", R.NOBODY),
    # Leads whoever helps back to the form
    Line("/forms/<uuid:draft_id>/alone/", R.FILLS_IN, shows="form"),
    # What is left of a form that was deleted unfinished
    Line("/forms/copies/<uuid:copy_id>/", R.ASKED, shows="typed"),
    # A form that somebody was asked for, until it is sent
    Line("/forms/assignments/<uuid:assignment_id>/", R.ASKED, shows="child"),
    Line("/forms/assignments/<uuid:assignment_id>/carry-on/", R.ASKED, shows="child"),
    Line("/forms/<uuid:draft_id>/", R.FILLS_IN, shows="typed"),
    Line("/forms/<uuid:draft_id>/saved/", R.FILLS_IN, shows="child"),
    Line("/forms/<uuid:draft_id>/print/", R.FILLS_IN, shows="typed"),
    Line("/forms/<uuid:draft_id>/pdf/", R.FILLS_IN, shows="typed"),
    Line("/forms/<uuid:draft_id>/files/<uuid:file_id>/", R.FILLS_IN, shows="draft file"),
    Line("/forms/<uuid:draft_id>/<slug:step_id>/", R.FILLS_IN, shows="typed", changes=True),
    Line("/forms/<uuid:draft_id>/<slug:step_id>/<item:item>/", R.FILLS_IN, shows="typed", changes=True),
    # A form that was sent
    Line("/forms/sent/<uuid:submission_id>/", R.SENDER, shows="reference"),
    Line("/forms/sent/<uuid:submission_id>/pdf/", R.SENDER, shows="sent"),
    Line("/forms/sent/<uuid:submission_id>/print/", R.SENDER, shows="sent"),
    Line("/forms/sent/<uuid:submission_id>/files/<uuid:file_id>/", R.SENDER, shows="sent file"),
    # Cases in the admin
    Line("/admin/casework/case/", R.CASE_STAFF, shows="child", shown_to=R.TEAM),
    Line("/admin/casework/case/inspect/<instance_pk>/", R.TEAM, shows="child"),
    Line("/admin/casework/case/create/", R.NOBODY),
    Line("/admin/casework/case/edit/<instance_pk>/", R.NOBODY),
    Line("/admin/casework/case/delete/<instance_pk>/", R.NOBODY),
    Line("/admin/casework/case/<uuid:case_id>/ask/", R.TEAM, shows="case", changes=True),
    Line("/admin/casework/case/<uuid:case_id>/fill-in/", R.TEAM, shows="case", changes=True),
    Line("/admin/casework/case/<uuid:case_id>/record/", R.TEAM, shows="case", changes=True),
    Line("/admin/casework/case/events/<uuid:event_id>/correct/", R.TEAM, shows="case", changes=True),
    Line("/admin/casework/case/actions/<uuid:action_id>/accept/", R.TEAM, changes=True),
    Line("/admin/casework/case/actions/<uuid:action_id>/reopen/", R.TEAM, shows="case", changes=True),
    Line("/admin/casework/case/actions/<uuid:action_id>/withdraw/", R.TEAM, shows="case", changes=True),
    # What was sent, in the admin
    Line("/admin/forms_engine/submission/", R.CASE_STAFF, shows="reference", shown_to=R.TEAM),
    Line("/admin/forms_engine/submission/inspect/<instance_pk>/", R.TEAM, shows="sent"),
    Line("/admin/forms_engine/submission/create/", R.NOBODY),
    Line("/admin/forms_engine/submission/edit/<instance_pk>/", R.NOBODY),
    Line("/admin/forms_engine/submission/delete/<instance_pk>/", R.NOBODY),
    Line("/admin/forms_engine/delivery/", R.CASE_STAFF, shows="reference", shown_to=R.TEAM),
    Line("/admin/forms_engine/delivery/create/", R.NOBODY),
    Line("/admin/forms_engine/delivery/edit/<instance_pk>/", R.NOBODY),
    Line("/admin/forms_engine/delivery/delete/<instance_pk>/", R.NOBODY),
    Line("/admin/deliveries/<uuid:delivery_id>/again/", R.TEAM, changes=True),
    # The outbox: kinds and states, never what an item holds
    Line("/admin/core/outboxitem/", R.MANAGER_OR_ADMIN, shows="dead letter"),
    Line("/admin/core/outboxitem/create/", R.NOBODY),
    Line("/admin/core/outboxitem/edit/<instance_pk>/", R.NOBODY),
    Line("/admin/core/outboxitem/delete/<instance_pk>/", R.NOBODY),
    Line("/admin/outbox/<uuid:item_id>/again/", R.MANAGER_OR_ADMIN, changes=True),
    # The audit, to read: of cases for managers, of the site for administrators
    Line("/admin/core/auditentry/", R.MANAGER_OR_ADMIN),
    Line("/admin/core/auditentry/create/", R.NOBODY),
    Line("/admin/core/auditentry/edit/<instance_pk>/", R.NOBODY),
    Line("/admin/core/auditentry/delete/<instance_pk>/", R.NOBODY),
    Line("/admin/core/bankholiday/", R.ADMIN),
    Line("/admin/core/bankholiday/create/", R.ADMIN),
    Line("/admin/core/bankholiday/edit/<instance_pk>/", R.ADMIN),
    Line("/admin/core/bankholiday/delete/<instance_pk>/", R.ADMIN),
    Line("/admin/accounts/team/", R.ADMIN),
    Line("/admin/accounts/team/create/", R.ADMIN),
    Line("/admin/accounts/team/edit/<instance_pk>/", R.ADMIN),
    Line("/admin/accounts/team/delete/<instance_pk>/", R.NOBODY),
    # Forms
    Line("/admin/form-checks/<int:pk>/", R.EDITOR),
    Line("/admin/form-advice/<int:pk>/<slug:kind>/<slug:part>/", R.EDITOR),
    Line("/admin/forms/guide/", R.EDITOR),
    Line("/admin/forms/bring-in/", R.EDITOR),
    Line("/admin/forms/whole/<int:pk>/", R.EDITOR),
    Line("/admin/forms/journey/<int:pk>/", R.EDITOR),
    Line("/admin/forms/changes/<int:pk>/", R.EDITOR),
    Line("/admin/forms/insert/<int:pk>/", R.EDITOR),
    Line("/admin/forms/move/<int:pk>/", R.EDITOR),
    Line("/admin/forms/copies/<int:pk>/", R.EDITOR),
    Line("/admin/forms/paper/<int:pk>/<slug:size>/", R.EDITOR),
    Line("/admin/forms/export/<int:pk>/", R.EDITOR),
    Line("/admin/forms/translations/<int:pk>/", R.EDITOR),
    Line("/admin/forms/translations/<int:pk>/<slug:language>/", R.EDITOR),
]

WAGTAIL = [
    # Its doors to accounts: ours stand before them
    Line("/admin/login/", R.PUBLIC, opens=False),
    Line("/admin/logout/", R.STAFF),
    Line("/admin/password_reset/*", R.NOBODY),
    Line("/admin/users/*", R.NOBODY),
    Line("/admin/groups/*", R.NOBODY),
    # Preferences alone
    Line("/admin/account/", R.STAFF),
    Line("/admin/sprite/", R.PUBLIC),
    Line("/admin/jsi18n/", R.PUBLIC),
    Line("/admin/", R.STAFF),
    Line("/admin/<anything>/", R.NOBODY),
    Line("/admin/test404/", R.STAFF),
    Line("/admin/failwhale/", R.STAFF, opens=False),
    Line("/admin/modeladmin/jsi18n/", R.STAFF),
    Line("/admin/dismissibles/", R.STAFF),
    # Any model at all by its name: forms and pages alone answer
    Line("/admin/bulk/*", R.EDITOR),
    Line("/admin/editing-sessions/ping/*", R.EDITOR),
    Line("/admin/editing-sessions/release/*", R.STAFF),
    Line("/admin/tag-autocomplete/", R.STAFF),
    Line("/admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/", R.NOBODY),
    Line("/admin/settings/*", R.ADMIN),
    Line("/admin/block-preview/", R.NOBODY),
    # Published pages, pictures and documents are public
    Line("/admin/api/main/pages/", R.STAFF),
    Line("/admin/api/main/pages/<int:pk>/*", R.EDITOR),
    Line("/admin/api/main/documents/", R.STAFF),
    Line("/admin/api/main/documents/<int:pk>/", R.STAFF),
    Line("/admin/api/main/images/", R.STAFF),
    Line("/admin/api/main/images/<int:pk>/", R.STAFF),
    Line("/admin/api/main/*/find/", R.NOBODY),
    Line("/admin/choose-*", R.STAFF),
    Line("/admin/pages/*", R.EDITOR),
    # Each leads on to a page that asks
    Line("/admin/pages/create/<slug:app_label>/<slug:model_name>", R.STAFF),
    Line("/admin/pages/<int:page_id>/revisions/", R.STAFF),
    Line("/admin/pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", R.STAFF),
    Line("/admin/pages/workflow/confirm_cancellation/<int:page_id>/", R.STAFF),
    Line("/admin/pages/<int:page_id>/unlock/", R.ADMIN),
    Line("/admin/documents/*", R.EDITOR),
    Line("/admin/documents/chooser/", R.STAFF),
    Line("/admin/documents/chooser/results/", R.STAFF),
    Line("/admin/documents/chooser/chosen-multiple/", R.STAFF),
    Line("/admin/images/*", R.EDITOR),
    Line("/admin/images/chooser/", R.STAFF),
    Line("/admin/images/chooser/results/", R.STAFF),
    Line("/admin/images/chooser/chosen-multiple/", R.STAFF),
    Line("/admin/collections/*", R.NOBODY),
    Line("/admin/forms/*", R.EDITOR),
    Line("/admin/notices/*", R.EDITOR),
    Line("/admin/notices/delete/<int:pk>/", R.NOBODY),
    Line("/admin/snippets/", R.NOBODY),
    Line("/admin/snippets/choose/forms_engine/privacynotice/*", R.STAFF),
    Line("/admin/snippets/choose/forms_engine/privacynotice/create/", R.EDITOR),
    Line("/admin/snippets/choose/forms_engine/formdefinition/*", R.STAFF),
    Line("/admin/snippets/choose/forms_engine/formdefinition/create/", R.EDITOR),
    # Of what the reader may change: pages and forms, for nothing private is logged by Wagtail
    Line("/admin/reports/*", R.EDITOR),
    Line("/admin/reports/site-history/", R.STAFF),
    Line("/admin/reports/site-history/results/", R.STAFF),
    Line("/admin/reports/locked/", R.ADMIN),
    Line("/admin/reports/locked/results/", R.ADMIN),
    # Workflows are off
    Line("/admin/workflows/*", R.NOBODY),
    Line("/admin/workflows/task_chooser/", R.STAFF),
    Line("/admin/workflows/task_chooser/create/", R.STAFF),
    Line("/admin/workflows/task_chooser/results/", R.STAFF),
    Line("/admin/workflows/task_chooser/<int:task_id>/", R.STAFF),
]
TABLE = [*OWN, *WAGTAIL]

# (route, method) -> why it is not asked for.
LEFT_OUT = {
    ("/admin/failwhale/", "get"): "raises on purpose",
    ("/admin/failwhale/", "post"): "raises on purpose",
    ("/admin/snippets/choose/forms_engine/formdefinition/create/", "post"): (
        "Wagtail offers no such form, and raises where an editor posts one all the same"
    ),
    ("/admin/snippets/choose/forms_engine/privacynotice/create/", "post"): "the same",
}


def lines_of(route: str) -> list[Line]:
    """The lines that speak of `route`: there must be one."""
    exact = [line for line in TABLE if line.route == route]
    return exact or [line for line in TABLE if "*" in line.route and fnmatchcase(route, line.route)]

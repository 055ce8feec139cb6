"""Pages that somebody only has to open: who, the picture's name, the address.

Words in braces stand for rows of the demo, as `FIND` finds them.
"""

from scripts.screenshots.people import ADMIN, CASEY, ERIN, HARPER, MORGAN, NOOR, ROBIN, SAM

Row = tuple[str, str, str]

# Prints what the words in braces stand for. One form gets a draft with a sentence to give advice on.
FIND = """
import json
from accounts.models import Team, User
from core.models import BankHoliday
from forms_engine import advice
from forms_engine.models import FormDefinition, PrivacyNotice
from forms_engine.streams import fill, from_stream
from guidance.models import GuidePage
from home.models import HomePage
from schools.models import School
NOTICE = {"title": "How we use what you write", "text": "<p>The SEND team reads it.</p>"}
details = FormDefinition.objects.get(slug="change-of-contact-details")
data = from_stream(details)
data["sections"][0]["steps"][0]["questions"][0]["hint"] = " ".join(["and then we go on"] * 10) + "."
fill(details, data)
details.save_revision()
lint = advice.on(details)[0]
print(json.dumps({
    "form": FormDefinition.objects.get(slug="parental-preference-form").pk,
    "grid": FormDefinition.objects.get(slug="ehc-needs-assessment-request").pk,
    "changed": details.pk,
    "advice": f"{details.pk}/{lint.kind}/{lint.part}",
    "notice": PrivacyNotice.objects.get_or_create(slug="forms", defaults=NOTICE)[0].pk,
    "guide": GuidePage.objects.first().pk,
    "home": HomePage.objects.first().pk,
    "team": Team.objects.first().pk,
    "casey": User.objects.get(email="casey.worker@example.org").pk,
    "sol": User.objects.get(email="sol.bursar@example.org").pk,
    "oakfield": School.objects.get(name="Oakfield Primary School").pk,
    "holiday": BankHoliday.objects.first().pk,
}, default=str))
"""

MINE: list[Row] = [
    (SAM, "account", "/account/"),
    (SAM, "account-name", "/account/change/name/"),
    (SAM, "account-address", "/account/change/address/"),
    (SAM, "account-emails", "/account/change/emails/"),
    (SAM, "account-download", "/account/download/"),
    (SAM, "account-close", "/account/close/"),
    (SAM, "account-email", "/account/email/"),
    (SAM, "sessions", "/account/sessions/"),
    (SAM, "council--none", "/account/council/"),
    (SAM, "account", "/account/"),
    (SAM, "change-password", "/account/password/"),
    (SAM, "forgotten-password", "/forgotten-password/"),
    (SAM, "forgotten-email", "/forgotten-email/"),
    (SAM, "one-time-password", "/forgotten-password/one-time/"),
    (CASEY, "nothing-at-all", "/forms/"),
    (NOOR, "nothing-sent", "/forms/"),
    (HARPER, "of-a-school", "/forms/"),
    (SAM, "sent", "/forms/"),
    (NOOR, "begin-without-a-child", "/forms/begin/ehc-needs-assessment-request/"),
    (HARPER, "begin-of-a-school", "/forms/begin/unavoidable-closure-report/"),
    (SAM, "other-services", "/account/services/"),
    (SAM, "begin", "/forms/begin/ehc-needs-assessment-request/"),
]
CASES: list[Row] = [
    (CASEY, "home", "/admin/"),
    (ROBIN, "home-of-the-other-team", "/admin/"),
    (CASEY, "cases", "/admin/casework/case/"),
    (CASEY, "cases--narrowed", "/admin/casework/case/?due=late"),
    (CASEY, "cases--none-found", "/admin/casework/case/?q=nobody"),
    (CASEY, "no-such-page", "/admin/nothing-of-the-kind/"),
    (ROBIN, "sent-forms--none", "/admin/forms_engine/submission/"),
]
REGISTERS: list[Row] = [
    (ADMIN, "help-back-in", "/admin/help-back-in/"),
    (ADMIN, "waits--none", "/admin/waits/"),
    (MORGAN, "view-as", "/admin/view-as/"),
    (MORGAN, "identity", "/admin/identity/"),
    (MORGAN, "hand-on", "/admin/casework/case/hand-on/{casey}/"),
    (ADMIN, "people", "/admin/accounts/user/"),
    (MORGAN, "people--of-a-manager", "/admin/accounts/user/"),
    (MORGAN, "people-roles", "/admin/accounts/user/roles/"),
    (MORGAN, "person", "/admin/accounts/user/inspect/{casey}/"),
    (MORGAN, "person-has-left", "/admin/accounts/user/{casey}/left/"),
    (MORGAN, "person-sign-out", "/admin/accounts/user/{casey}/sign-out/"),
    (MORGAN, "person-joins-team", "/admin/accounts/user/{casey}/join-team/"),
    (MORGAN, "invitations", "/admin/accounts/invitation/"),
    (ADMIN, "invitations--of-all", "/admin/accounts/invitation/"),
    (MORGAN, "invite", "/admin/accounts/invitation/new/"),
    (ADMIN, "invite-to-school", "/admin/schools/invite/"),
    (HARPER, "school-staff", "/schools/{oakfield}/staff/"),
    (HARPER, "school-invite", "/schools/{oakfield}/staff/invite/"),
    (HARPER, "school-details", "/schools/{oakfield}/staff/{sol}/details/"),
    (HARPER, "school-your-details-none", "/schools/{oakfield}/your-details/"),
    (HARPER, "school-remove", "/schools/{oakfield}/staff/{sol}/remove/"),
    (ADMIN, "person-unused", "/admin/accounts/user/inspect/{sol}/"),
    (MORGAN, "manager-home", "/admin/"),
    (MORGAN, "manager-cases", "/admin/casework/case/"),
    (MORGAN, "sent-forms-all-teams", "/admin/forms_engine/submission/"),
    (MORGAN, "forms-on-their-way", "/admin/forms_engine/delivery/"),
    (MORGAN, "outbox", "/admin/core/outboxitem/"),
    (MORGAN, "outbox--all", "/admin/core/outboxitem/?state=all"),
    (MORGAN, "audit", "/admin/core/auditentry/"),
    (MORGAN, "audit--none-found", "/admin/core/auditentry/?q=nobody"),
]
FORM_TOOLS: list[Row] = [
    (ERIN, "home", "/admin/"),
    (ERIN, "forms", "/admin/forms/"),
    (ERIN, "forms--none-found", "/admin/forms/?q=nobody"),
    (ERIN, "guide", "/admin/forms/guide/"),
    (ERIN, "new-form", "/admin/forms/add/"),
    (ERIN, "trial", "/admin/forms/preview/{form}/pages/"),
    (ERIN, "whole", "/admin/forms/whole/{form}/"),
    (ERIN, "whole-with-grid", "/admin/forms/whole/{grid}/"),
    (ERIN, "journey", "/admin/forms/journey/{form}/"),
    (ERIN, "insert", "/admin/forms/insert/{form}/"),
    (ERIN, "move", "/admin/forms/move/{form}/"),
    (ERIN, "changes--none", "/admin/forms/changes/{form}/"),
    (ERIN, "changes", "/admin/forms/changes/{changed}/"),
    (ERIN, "copies", "/admin/forms/copies/{form}/"),
    (ERIN, "translations", "/admin/forms/translations/{form}/"),
    (ERIN, "advice", "/admin/form-advice/{advice}/"),
    (ERIN, "copy", "/admin/forms/copy/{form}/"),
    (ERIN, "history", "/admin/forms/history/{form}/"),
    (ERIN, "withdraw-from-use", "/admin/forms/unpublish/{form}/"),
    (ERIN, "notices", "/admin/notices/"),
    (ERIN, "notice", "/admin/notices/edit/{notice}/"),
    (ERIN, "new-notice", "/admin/notices/add/"),
]
PAGES: list[Row] = [
    (ERIN, "explorer", "/admin/pages/"),
    (ERIN, "guide-editor", "/admin/pages/{guide}/edit/"),
    (ERIN, "new-page", "/admin/pages/{home}/add_subpage/"),
    (ERIN, "images", "/admin/images/"),
    (ERIN, "documents", "/admin/documents/"),
    (ERIN, "site-history", "/admin/reports/site-history/"),
]
RUNNING: list[Row] = [
    (ADMIN, "home", "/admin/"),
    (ADMIN, "preferences", "/admin/account/"),
    (ADMIN, "security", "/account/security/"),
    (ADMIN, "set-up-app", "/account/security/app/"),
    (ADMIN, "add-passkey", "/account/security/passkey/"),
    (ADMIN, "recovery-codes", "/account/security/recovery-codes/"),
    (ADMIN, "confirm", "/account/confirm/"),
    (ADMIN, "council", "/admin/settings/core/councilsettings/"),
    (ADMIN, "forms", "/admin/forms/"),
    (ADMIN, "teams", "/admin/accounts/team/"),
    (ADMIN, "team", "/admin/accounts/team/edit/{team}/"),
    (ADMIN, "new-team", "/admin/accounts/team/create/"),
    (ADMIN, "holidays", "/admin/core/bankholiday/"),
    (ADMIN, "holiday", "/admin/core/bankholiday/edit/{holiday}/"),
    (ADMIN, "new-holiday", "/admin/core/bankholiday/create/"),
    (ADMIN, "delete-holiday", "/admin/core/bankholiday/delete/{holiday}/"),
    (ADMIN, "audit", "/admin/core/auditentry/"),
    (ADMIN, "outbox", "/admin/core/outboxitem/"),
]

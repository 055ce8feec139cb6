"""Whatever points at a person is in the download of what is held about her, or is not for a reason that stands here.

By foreign key or, where a row outlives what it speaks of, by UUID: a new one of either kind has to be decided about.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from core.personal_data import personal_data

# The field -> the app whose export reads it.
EXPORTED = {
    "accounts.BouncedMailbox.user": "accounts",
    "accounts.DeclinedLetter.user": "accounts",
    "accounts.ExternalIdentity.user": "accounts",
    "accounts.Invitation.joined_by": "accounts",
    "accounts.Passkey.user": "accounts",
    "accounts.PendingMailbox.user": "accounts",
    "accounts.PersonalDetails.user": "accounts",
    "accounts.RecoveryCodes.user": "accounts",
    "accounts.ServiceConsent.user": "accounts",
    "accounts.SignIn.user": "accounts",
    "accounts.Team.members": "accounts",
    "accounts.Team_members.user": "accounts",
    "accounts.User_groups.user": "accounts",
    "casework.CaseAccess.person": "casework",
    "core.AuditEntry.actor_id": "core",
    "core.AuditEntry.object_id": "core",
    "core.AuditEntry.subject_id": "core",
    "core.LimitReached.person_id": "core",
    "families.ChildLink.person": "families",
    "forms_engine.LastCopy.person": "forms_engine",
    "forms_engine.Party.user": "forms_engine",
    "forms_engine.Submission.submitted_by": "forms_engine",
    "otp_totp.TOTPDevice.user": "accounts",
    "schools.Membership.person": "schools",
}
NOT_A_PERSON = "names something else"
SECRET = "a hash or a token: to give it out would open her account"
SHORT = "lives for minutes or hours, to carry what she does from one page to the next"
OFFICE = "says who of the council did it: its record, and the audit has what she did"
# The field -> why it is not in the download.
LEFT_OUT = {
    "accounts.AccountUse.user": "counts the days since her last sign-in, which is in it",
    "accounts.ClosedAccount.user": "she has no account then, and asks the council",
    "accounts.DisabledAccount.user": "she cannot sign in then, and asks the council",
    "accounts.EmailCode.user": SECRET,
    "accounts.Invitation.invited_by": OFFICE,
    "accounts.Invitation.place": NOT_A_PERSON,
    "accounts.OneTimePassword.user": SECRET,
    "accounts.PastPassword.user": SECRET,
    "accounts.User_user_permissions.user": "nobody is given one: roles are groups",
    "casework.Action.batch": NOT_A_PERSON,
    "casework.Case.caseworker": OFFICE,
    "casework.CaseAccess.activated_by": OFFICE,
    "casework.CaseEvent.corrected_by": OFFICE,
    "casework.CaseEvent.recorded_by": OFFICE,
    "core.AuditEntry.acting_as": "each look at the portal as a person begins with an entry about her, which is in it",
    "core.LimitReached.lifted_by": OFFICE,
    "families.ChildLink.approved_by": OFFICE,
    "forms_engine.Assignment.about_id": NOT_A_PERSON,
    "forms_engine.Assignment.addressee": "what is asked of her, on her pages; what she began or sent of it is in it",
    "forms_engine.Assignment.asked_by": OFFICE,
    "forms_engine.Draft.assisted_by": OFFICE,
    "forms_engine.FormDefinition.locked_by": OFFICE,
    "forms_engine.LastCopy.about_id": NOT_A_PERSON,
    "forms_engine.Party.invitation_id": NOT_A_PERSON,
    "forms_engine.StashedPost.person": SHORT,
    "forms_engine.Submission.about_id": NOT_A_PERSON,
    "forms_engine.Submission.assisted_by": OFFICE,
    "forms_engine.Submission.draft_id": NOT_A_PERSON,
    "forms_engine.WavedThrough.by": OFFICE,
    "oauth2_provider.AccessToken.user": SECRET,
    "oauth2_provider.DeviceGrant.user": SECRET,
    "oauth2_provider.Grant.user": SECRET,
    "oauth2_provider.IDToken.jti": NOT_A_PERSON,
    "oauth2_provider.IDToken.user": SECRET,
    "oauth2_provider.RefreshToken.token_family": NOT_A_PERSON,
    "oauth2_provider.RefreshToken.user": SECRET,
    "schools.DetailsAsked.asked_by": OFFICE,
}
# What people write here for the council: pages, pictures, and the traces of writing them.
EDITORS = ("guidance", "home", "wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailusers")


def fields_that_may_name_a_person() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in EDITORS:
            continue
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            is_id = isinstance(field, models.UUIDField) and not field.primary_key
            if is_id or field.related_model is get_user_model():
                yield f"{model._meta.label}.{field.name}"


def test_each_field_that_names_a_person_is_exported_or_left_out_with_a_reason() -> None:
    found = list(fields_that_may_name_a_person())
    assert sorted(found) == sorted([*EXPORTED, *LEFT_OUT])


def test_each_export_that_is_named_is_registered() -> None:
    assert set(EXPORTED.values()) == set(personal_data)

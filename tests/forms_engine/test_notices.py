"""Data-protection notices: one text for several forms, and each state that somebody was shown is kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forms_engine import start
from forms_engine.definition import from_json, to_json
from forms_engine.importing import Outcome, import_form
from forms_engine.models import Draft, NoticeVersion, PrivacyNotice, Submission
from forms_engine.publishing import UnsoundFormError, check
from tests.factories import TeamFactory
from tests.forms_engine.conftest import Browser, ask
from tests.forms_engine.editing import form_of, posted, published, small

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
OLD, NEW = "<p>We keep it for six years.</p>", "<p>We keep it for seven years.</p>"


@pytest.fixture
def notice() -> PrivacyNotice:
    made: PrivacyNotice = PrivacyNotice.objects.create(title="How we use this", slug="send", text=OLD)
    return made


def with_notice() -> dict[str, Any]:
    return small() | {"notice": "send"}


@pytest.fixture
def sam(signed_in_client: SignedIn, sam_parent: User) -> Client:
    return signed_in_client(sam_parent)


def text(answer: Any) -> str:
    said: str = answer.content.decode()
    return said


def test_a_notice_gets_a_new_version_only_when_its_words_change(notice: PrivacyNotice) -> None:
    notice.save()
    notice.text = NEW
    notice.save()

    assert [(each.number, each.text) for each in notice.versions.order_by("number")] == [(1, OLD), (2, NEW)]


def test_the_notice_is_shown_before_somebody_begins(
    notice: PrivacyNotice, sam: Client, sam_parent: User
) -> None:
    form = published(with_notice() | {"handler": "accounts.team", "offered_to": "families"})
    TeamFactory().forms.add(form)
    version = form.live_version()
    assert version is not None
    asked = ask(version, sam_parent)

    for url in (reverse("forms:assignment", args=[asked.pk]), reverse("forms:begin", args=["small"])):
        page = text(sam.get(url))
        assert "How we use this" in page
        assert "We keep it for six years." in page


def test_the_notice_as_it_read_at_the_start_is_kept_with_what_was_sent(
    notice: PrivacyNotice, sam: Client, sam_parent: User
) -> None:
    version = published(with_notice()).live_version()
    assert version is not None
    draft: Draft = start.start(ask(version, sam_parent), timezone.now())
    notice.text = NEW
    notice.save()
    browser = Browser(sam, draft)
    browser.post("place", {"q-where": "at-school"})
    browser.post("visits", {"q-seen": "yes"})
    browser.post("send", {})

    submission = Submission.objects.get(draft_id=draft.pk)
    assert submission.notice is not None
    assert (submission.notice.number, submission.notice.text) == (1, OLD)
    receipt = text(sam.get(reverse("forms:sent", args=[submission.pk])))
    assert "six years" in receipt
    assert "seven years" not in receipt
    with pytest.raises(ProtectedError):
        NoticeVersion.objects.get(pk=submission.notice_id).delete()


def test_a_form_names_its_notice_in_the_json_and_keeps_it_there_and_back() -> None:
    assert to_json(from_json(with_notice()))["notice"] == "send"


def test_a_form_whose_notice_is_not_there_is_not_published_and_says_what_to_make_first() -> None:
    said = check(form_of(with_notice()))[0].message
    assert "“send”, and there is none of that short name. Make it first, under “Data protection”" in said


def test_a_form_is_brought_in_as_a_draft_where_its_notice_is_not_there_yet() -> None:
    assert import_form(with_notice()) is Outcome.SAVED
    with pytest.raises(UnsoundFormError, match="Make it first"):
        import_form(with_notice(), publish=True)


def test_an_editor_writes_a_notice_and_chooses_it_for_a_form(
    notice: PrivacyNotice, signed_in_client: SignedIn, erin_editor: User
) -> None:
    erin, form = signed_in_client(erin_editor), form_of(small())
    where = reverse("wagtailsnippets_forms_engine_formdefinition:edit", args=[form.pk])

    assert "How we use this" in text(erin.get(where))
    erin.post(where, posted(small()) | {"notice": "send", "action-publish": "action-publish"})

    version = form.live_version()
    assert version is not None
    assert version.content["notice"] == "send"
    listed = reverse("wagtailsnippets_forms_engine_privacynotice:list")
    assert "How we use this" in text(erin.get(listed))


def test_case_staff_do_not_change_notices(
    notice: PrivacyNotice, signed_in_client: SignedIn, casey_worker: User
) -> None:
    where = reverse("wagtailsnippets_forms_engine_privacynotice:edit", args=[notice.pk])

    assert signed_in_client(casey_worker).get(where).status_code in (302, 403, 404)

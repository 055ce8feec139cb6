"""The editor at a form that does not exist yet."""

import pytest
from django.test import Client

from forms_engine.models import PrivacyNotice

pytestmark = pytest.mark.django_db


def chosen_at_first(erin: Client) -> str:
    """The short name of the notice with which a new form begins."""
    form = erin.get("/admin/forms/add/").context["form"]
    return str(form["notice"].value() or "")


def test_a_new_form_begins_with_the_one_notice_that_there_is(erin: Client) -> None:
    assert chosen_at_first(erin) == ""

    PrivacyNotice.objects.create(title="How we use what you tell us", slug="how", text="<p>Kindly.</p>")
    assert chosen_at_first(erin) == "how"

    PrivacyNotice.objects.create(title="Another", slug="another", text="<p>Otherwise.</p>")
    assert chosen_at_first(erin) == "", "which of two, the editor says"

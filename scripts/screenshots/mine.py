"""Somebody's own forms: begun unasked, sent, deleted, closed."""

from scripts.screenshots.people import ALEX, NOOR, SAM
from scripts.screenshots.studio import Studio, press, to_dashboard
from scripts.screenshots.table import MINE
from tests.browser.portal import Visitor

BEGIN = "/forms/begin/ehc-needs-assessment-request/"
CLOSE = """
from datetime import timedelta
from django.utils import timezone
from forms_engine.models import FormDefinition
forms = FormDefinition.objects.filter(slug__in=["ehc-needs-assessment-request", "parental-preference-form"])
forms.update(closes_at={closes_at}, instead="Call the SEND team: we send you the form on paper.")
"""
# As if it had been begun a year ago, and its person told before it is deleted.
EXPIRE = """
from datetime import timedelta
from django.utils import timezone
from forms_engine.expiry import REMINDERS, delete_expired
from forms_engine.models import Draft, StepAnswers
long_ago = timezone.now() - timedelta(365)
until = long_ago + timedelta(90)
Draft.objects.filter(pk="{draft}").update(begun_at=long_ago, expires_at=until, reminded=REMINDERS[-1])
StepAnswers.objects.filter(party__draft="{draft}").update(saved_at=long_ago)
delete_expired()
"""


def mine(studio: Studio) -> None:
    studio.shots(MINE)
    sam = studio.person(SAM)
    sam.go(BEGIN)
    press(sam, "Start")
    studio.shot(sam, "begin--error")
    sam.page.get_by_label("Ada Parent").check()
    press(sam, "Start")
    studio.shot(sam, "begun")
    studio.shot(sam, "started", "/forms/")
    sam.page.get_by_role("link", name="Delete").first.click()
    studio.shot(sam, "delete")
    deleted(studio, sam)
    noor = studio.person(NOOR)
    noor.go(BEGIN)
    press(noor, "Cymraeg")
    studio.shot(noor, "in-welsh", BEGIN)
    press(noor, "English")
    closed(studio)


def deleted(studio: Studio, sam: Visitor) -> None:
    """A form that nobody went on with for long: deleted, and a copy left to whoever wrote it."""
    draft = sam.page.url.split("/")[4]
    sam.page.go_back()
    sam.page.get_by_role("link", name="Request for an EHC needs assessment").first.click()
    sam.page.get_by_role("link", name="Before you start").click()
    studio.shot(sam, "a-page-of-a-long-form")
    sam.page.get_by_label("A parent or carer").check()
    press(sam, "Continue")
    studio.portal.manage("shell", "-v", "0", "-c", EXPIRE.format(draft=draft))
    studio.shot(sam, "copy-of-what-was-deleted", "/forms/")


def closed(studio: Studio) -> None:
    """Two forms whose time is over: as whoever would begin one meets it, and whoever was asked."""
    studio.portal.manage("shell", "-v", "0", "-c", CLOSE.format(closes_at="timezone.now() - timedelta(1)"))
    studio.shot(studio.person(NOOR), "closed", BEGIN)
    alex = studio.person(ALEX)
    to_dashboard(alex, "Ada")
    alex.page.locator(".tile").first.click()
    alex.page.get_by_role("button", name="Start the form").click()
    studio.shot(alex, "closed-to-whom-we-asked")
    studio.portal.manage("shell", "-v", "0", "-c", CLOSE.format(closes_at="None"))

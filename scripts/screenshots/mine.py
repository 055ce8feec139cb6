"""Somebody's own forms: begun unasked, sent, deleted, closed."""

from scripts.screenshots.people import ALEX, NOOR, SAM
from scripts.screenshots.studio import Studio, press, to_dashboard
from scripts.screenshots.table import MINE

BEGIN = "/forms/begin/ehc-needs-assessment-request/"
CLOSE = """
from datetime import timedelta
from django.utils import timezone
from forms_engine.models import FormDefinition
forms = FormDefinition.objects.filter(slug__in=["ehc-needs-assessment-request", "parental-preference-form"])
forms.update(closes_at={closes_at}, instead="Call the SEND team: we send you the form on paper.")
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
    noor = studio.person(NOOR)
    noor.go(BEGIN)
    press(noor, "Cymraeg")
    studio.shot(noor, "in-welsh", BEGIN)
    press(noor, "English")
    closed(studio)


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

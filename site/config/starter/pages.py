"""Makes the first pages of a new site. Safe to repeat: what an editor has changed is left alone."""

from typing import Any

from wagtail.models import Page, Site

from config.starter import texts
from guidance.models import FaqPage, GuidePage
from home.models import HomePage

# The form, among those that a new site begins with, to which the pages lead.
ASSESSMENT = "ehc-needs-assessment-request"


def make_pages() -> HomePage:
    """The home page with its guide, and the pages that every page links to, where there is no home page yet."""
    existing: HomePage | None = HomePage.objects.first()
    if existing:
        return existing
    home = HomePage(
        title=texts.HOME_TITLE, intro=texts.HOME_INTRO, slug="schoolbag", seo_title=texts.HOME_TITLE
    )
    Page.objects.get(depth=1).add_child(instance=home)
    _make_default(home)
    guide = _guide(home, "your-send-case", texts.GUIDE_TITLE, texts.GUIDE_INTRO, texts.GUIDE_BODY)
    _faq(home)
    _guide(home, "privacy", texts.PRIVACY_TITLE, texts.PRIVACY_INTRO, texts.PRIVACY_BODY)
    _guide(home, "is-it-from-us", texts.EMAILS_TITLE, texts.EMAILS_INTRO, texts.EMAILS_BODY)
    _guide(
        home, "accessibility", texts.ACCESSIBILITY_TITLE, texts.ACCESSIBILITY_INTRO, texts.ACCESSIBILITY_BODY
    )
    _open_doors(home, guide)
    return home


def _make_default(home: HomePage) -> None:
    """Serve `home` at "/", and take away the welcome page that Wagtail makes."""
    welcome = list(Page.objects.child_of(home.get_parent()).exclude(pk=home.pk))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "port": 80, "site_name": "Schoolbag"},
    )
    for page in welcome:
        page.delete()


def _guide(home: HomePage, slug: str, title: str, intro: str, body: list[tuple[str, Any]]) -> GuidePage:
    page = GuidePage(slug=slug, title=title, intro=intro, body=[(kind, value) for kind, value in body])
    home.add_child(instance=page)
    return page


def _faq(home: HomePage) -> None:
    groups = [
        ("group", {"heading": heading, "questions": [{"question": q, "answer": a} for q, a in questions]})
        for heading, questions in texts.HELP_BODY
    ]
    body = [*groups, ("contact", None)]
    home.add_child(instance=FaqPage(slug="help", title=texts.HELP_TITLE, intro=texts.HELP_INTRO, body=body))


def _open_doors(home: HomePage, guide: GuidePage) -> None:
    ask = {"text": "Ask for an EHC needs assessment", "form": ASSESSMENT, "signs_in": False, "page": None}
    sign_in = {"text": "Sign in to your pages", "signs_in": True, "page": None}
    steps = {"text": "The steps, and how long each may take", "signs_in": False, "page": guide}
    doors = (
        (
            "Parents and carers",
            "Follow your child’s SEND case and send the forms that the council asks for.",
            [ask, sign_in, steps],
        ),
        (
            "Young people, 16 to 25",
            "Your case, your views. You can decide for yourself.",
            [ask, sign_in, steps],
        ),
        (
            "Schools and colleges",
            "Sign in with the account that your school’s supervisor asked for.",
            [sign_in],
        ),
        (
            "People who work with a child",
            "Health, social care and other services: ask for an assessment, or send what you were asked for.",
            [{**ask, "text": "Ask for an assessment for a child"}, sign_in, steps],
        ),
        ("People at the council", "SEND teams run cases, and editors write pages and forms.", [sign_in]),
    )
    home.doors = [
        ("door", {"heading": heading, "text": text, "links": links}) for heading, text, links in doors
    ]
    home.save()

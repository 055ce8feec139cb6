"""Every form that we ship can be filled in and sent, by each of its ways, with JavaScript and without."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext

from accounts.registration.account import SLUG
from forms_engine.definition import build, loads
from forms_engine.spec import Form
from tests.browser.filling import Filler
from tests.browser.portal import Portal, Prepared, Visitor, running
from tests.browser.shipped_ways import PATHS, Shipped

FOLDER = Path(__file__).parents[2] / "fixtures" / "forms"


class People:
    """People at browsers of their own, on one portal, each signed in once."""

    def __init__(self, browser: Browser, portal: Portal) -> None:
        self.browser, self.portal = browser, portal
        self.signed_in: dict[str, Any] = {}
        self.contexts: list[BrowserContext] = []

    def at_a_browser(self, email: str, *, scripts: bool) -> Visitor:
        context = self.browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": 1200 if scripts else 320, "height": 900},
            locale="en-GB",
            storage_state=self.signed_in.get(email),
        )
        self.contexts.append(context)
        visitor = Visitor(context.new_page(), self.portal)
        if email not in self.signed_in:
            visitor.sign_in(email)
            self.signed_in[email] = context.storage_state()
        return visitor


@pytest.fixture(scope="module")
def people(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, prepared: Prepared
) -> Iterator[People]:
    folder = tmp_path_factory.mktemp("portal")
    with prepared.copied(folder) as url, running(folder, url) as portal:
        made = People(browser, portal)
        yield made
        for context in made.contexts:
            context.close()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file to add, by its kind."""
    folder = tmp_path_factory.mktemp("files")
    made = {"pdf": folder / "Report.pdf", "png": folder / "Drawing.png"}
    document = pikepdf.new()
    document.add_blank_page()
    document.save(made["pdf"])
    Image.new("RGB", (8, 8)).save(made["png"])
    return made


def shipped(slug: str) -> Form:
    return build(loads((FOLDER / f"{slug}.json").read_bytes()))


# What a school asks for, or a council does not offer to all, has no button yet, and waits as a draft:
# it is published, and the assignment made, as an app of the school's would make it.
ASK = """
form = FormDefinition.objects.get(slug="{form}")
form.live or form.latest_revision.publish()
person = User.objects.get(email_key="{person}")
child = Child.objects.get(first_name="{child}")
print(Assignment.objects.create(
    form=form, addressee=person, about_kind="families.child", about_id=child.pk, about_name=child.called
).pk)
"""


def begin(visitor: Visitor, form: Form, path: Shipped) -> None:
    """To the form's first page: the person's own to begin, or what somebody asked for."""
    if form.offered_to:
        visitor.go(f"/forms/begin/{form.slug}/")
        if path.about:
            visitor.page.get_by_label(path.about, exact=True).check()
    elif form.handler != "casework.action":
        child = path.about.split()[0]
        ask = ASK.format(form=form.slug, person=path.person, child=child)
        asked = visitor.portal.manage("shell", "-v", "0", "-c", ask)
        visitor.go(f"/forms/assignments/{asked.strip()}/")
    else:
        visitor.go("/family/")
        visitor.follow_button("Start the form")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Start", exact=True).click()


@pytest.mark.capability("A28", "B6", "B31", "B32", "B33")
@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.form}: {path.name}")
def test_a_form_that_we_ship_is_filled_in_and_sent(
    path: Shipped, people: People, papers: dict[str, Path]
) -> None:
    form = shipped(path.form)
    visitor = people.at_a_browser(path.person, scripts=path.scripts)
    begin(visitor, form, path)
    filler = Filler(visitor, form, path.way, papers, scripts=path.scripts)

    filler.to_the_receipt()

    assert set(path.passes) <= set(filler.seen)


def test_each_form_is_filled_in_by_two_ways_and_once_without_javascript() -> None:
    # Registering has its own: `test_registration.py`.
    ways: dict[str, list[Shipped]] = {file.stem: [] for file in FOLDER.glob("*.json") if file.stem != SLUG}
    for path in PATHS:
        ways[path.form].append(path)

    too_few = [form for form, paths in ways.items() if len(paths) < 2 or all(path.scripts for path in paths)]
    assert too_few == []

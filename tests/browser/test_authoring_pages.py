"""The pages beside the form editor, as an assistive technology meets them."""

import re
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe

from tests.browser.portal import Visitor

OF_A_FORM = ("whole", "journey", "changes", "copies", "insert", "move", "translations")
OF_ALL = ("bring-in", "guide")


def test_axe_finds_nothing_on_the_pages_beside_the_editor(visitor: Callable[..., Visitor]) -> None:
    erin = visitor(width=1200)
    erin.sign_in("erin.editor@example.org")
    erin.go("/admin/forms/")
    links = erin.page.get_by_role("link", name="Parental Preference Form").first
    form = re.search(r"/edit/(\d+)/", links.get_attribute("href") or "")
    assert form is not None

    found = {}
    for page in (*(f"{name}/{form[1]}" for name in OF_A_FORM), *OF_ALL):
        erin.go(f"/admin/forms/{page}/")
        # What surrounds it is Wagtail's own.
        violations = Axe().run(erin.page, context={"include": [[".portal-about"]]}).response["violations"]
        found[page] = [(row["id"], [node["target"] for node in row["nodes"]]) for row in violations]

    assert len(found) == len(OF_A_FORM) + len(OF_ALL)
    assert not any(found.values()), found

"""Write every page, wide and narrow, into var/screenshots/<part>/: empty, full and in error.

Starts a portal of its own with the demo's people, in a folder that goes afterwards. Names of parts choose among them.
Exit 1 where a part could not be shown to its end. A page that scrolls sideways, or shows a placeholder, is named; so
is a route of the project that no picture shows.
"""

import logging
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from subprocess import SubprocessError

from playwright.sync_api import Error, sync_playwright

from scripts.screenshots.accounts import accounts
from scripts.screenshots.family import dashboards, families, unfinished
from scripts.screenshots.form import form
from scripts.screenshots.mine import mine
from scripts.screenshots.staff import admin, editor, messages, pages, staff
from scripts.screenshots.studio import Studio
from scripts.screenshots.visitors import public, register, sign_in
from tests.browser.accounts import council_id
from tests.browser.portal import ROOT, chromium, launch, running
from tests.house.access_rules import Rule
from tests.house.access_table import OWN

FOLDER = ROOT / "var" / "screenshots"
# In this order: the staff's pages show what the families have sent by then.
PARTS = (
    public,
    register,
    sign_in,
    accounts,
    families,
    dashboards,
    form,
    mine,
    unfinished,
    staff,
    editor,
    pages,
    admin,
    messages,
)

# What a part shows begins where these have ended.
AFTER = {"staff": ("form", "unfinished"), "unfinished": ("form",)}
# Pat, who has nothing of her own in the demo, looks at the cases of children that nobody of the demo's people has.
OPEN_CASES_TO_PAT = """
from accounts.models import User
from casework.models import Case, CaseAccess
from core.dates import today
pat = User.objects.get(email_key="pat.advocate@example.org")
for case in Case.objects.filter(access=None):
    CaseAccess.objects.create(case=case, person=pat, capacity="professional", since=today())
"""
# Files, parts of pages, and what only answers a post.
NO_PAGES = re.compile(
    r"/(<page_path>|council\.css|health|language|start|stay-signed-in|sign-out|dev/outbox)"
    r"|/documents/|/forms/.*/(pdf|paper|files|carry-on)\b|/forms/<uuid:draft_id>/$|/forms/copies/"
    r"|/admin/(form-checks|.*/(accept|again)/$|forms/(paper|export|preview)/|forms/translations/.*/<)"
)


def unseen(paths: set[str]) -> list[str]:
    """The routes of our own pages, as the access table names them, that none of `paths` belongs to."""
    lines = [line for line in OWN if line.opens and line.rule is not Rule.NOBODY]
    routes = [line.route for line in lines if not NO_PAGES.match(line.route)]
    patterns = {route: re.compile(re.sub("<.*?>", "[^/]+", route)) for route in routes}
    return [route for route, pattern in patterns.items() if not any(map(pattern.fullmatch, paths))]


def show(studio: Studio, part: Callable[[Studio], None]) -> bool:
    """Whether a part could be shown to its end. What stops it is printed, and a picture taken of where it stood."""
    studio.part, before, begun = part.__name__.replace("_", "-"), studio.count, time.monotonic()
    (studio.folder / studio.part).mkdir(parents=True, exist_ok=True)
    try:
        part(studio)
    except (Error, AssertionError, IndexError, SubprocessError) as error:
        traceback.print_exc()
        print(getattr(error, "stderr", ""))  # What the management command said, where it was one.
        return False
    finally:
        print(f"{studio.part}: {studio.count - before} pages, {time.monotonic() - begun:.0f} s", flush=True)
    return True


def main(wanted: list[str]) -> int:
    if chromium() is None:
        print("There is no Chromium or Chrome here. Debian: apt-get install chromium")
        return 1
    needed = {*wanted, *(other for part in wanted for other in AFTER.get(part, ()))}
    chosen = [part for part in PARTS if not wanted or part.__name__.replace("_", "-") in needed]
    # Of the outside service that runs beside it.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    print("Starting a portal", flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        council_id.running() as provider,
        running(Path(folder), **council_id.known_by(provider)) as portal,
        sync_playwright() as playwright,
    ):
        portal.manage("shell", "-v", "0", "-c", OPEN_CASES_TO_PAT)
        browser = launch(playwright)
        studio = Studio(portal, browser, FOLDER, provider)
        shown = [show(studio, part) for part in chosen]
        browser.close()
    for fault in studio.faults:
        print(f"Look at {fault}")
    for route in [] if wanted else unseen(studio.seen):
        print(f"Not shown: {route}")
    print(f"{studio.count} pages, each at two widths: {FOLDER.relative_to(ROOT)}/")
    return 0 if all(shown) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

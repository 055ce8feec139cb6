"""What is fetched from npm: as the lock says, with nothing of it in the repository."""

import json
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from scripts import assets

LOCK = json.loads((Path(settings.ROOT) / "frontend/package-lock.json").read_text("utf-8"))


def test_each_package_is_pinned_by_its_content_and_names_no_registry() -> None:
    packages = {name: package for name, package in LOCK["packages"].items() if name}
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())


def test_a_second_run_fetches_nothing() -> None:
    before = assets.STAMP.stat().st_mtime_ns
    done = subprocess.run([sys.executable, assets.__file__], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert assets.STAMP.stat().st_mtime_ns == before


def test_styles_use_the_councils_font_and_no_picture_reserved_to_gov_uk() -> None:
    css = "".join(path.read_text("utf-8") for path in assets.BUILD.glob("vendor/*/*.css"))
    assert "var(--portal-font)" in css
    assert not re.search(r"GDS Transport|@font-face|crest\.svg", css)


def test_every_picture_that_a_style_names_is_there() -> None:
    for sheet in assets.BUILD.glob("vendor/*/*.css"):
        for url in re.findall(r"url\(([^)]+)\)", sheet.read_text("utf-8")):
            assert (sheet.parent / url).exists() or url.strip("\"'").startswith("data:"), url


def test_the_fonts_of_the_pdfs_come_with_their_licences() -> None:
    names = {path.name for path in (assets.BUILD / "fonts").iterdir()}
    assert {"NotoSans_400Regular.ttf", "NotoSans_700Bold.ttf", "NotoNaskhArabic_400Regular.ttf"} <= names
    assert {"noto-sans-licence.txt", "noto-naskh-arabic-licence.txt"} <= names

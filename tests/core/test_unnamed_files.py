"""What a killed worker left on the disk goes; no file that a row names ever does."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from core.periodic import periodic
from core.private_files import keep_made, private_storage, random_name, small_name
from core.unnamed_files import sweep
from forms_engine.models import Draft, FormDefinition, FormVersion, Party, Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk"), pytest.mark.capability("A32", "B33")]


@pytest.fixture
def named(db: None) -> str:
    """A file that somebody added to her form, with a small copy beside it."""
    form = FormDefinition.objects.create(title="A form", slug="a-form")
    version = FormVersion.objects.create(form=form, number=1, content={}, digest="")
    draft = Draft.objects.create(version=version, expires_at=timezone.now())
    party = Party.objects.create(draft=draft, browser="somebody")
    file = keep_made(Upload(party=party, step="s", question="q"), "report.pdf", b"%PDF-")
    name = str(file.stored.name)
    private_storage().save(small_name(name), ContentFile(b"small"))
    return name


def left() -> str:
    """A file as it stands where a worker was killed before its row was saved."""
    name = random_name(Upload(), "report.pdf")
    for each in (name, small_name(name)):
        private_storage().save(each, ContentFile(b"%PDF-"))
    return name


def test_what_no_row_names_goes_after_a_day_and_what_is_named_stays(named: str) -> None:
    storage, unnamed = private_storage(), left()
    assert sweep() == 0
    assert sweep(timezone.now() + dt.timedelta(days=1, seconds=1)) == 2
    assert [storage.exists(name) for name in (unnamed, small_name(unnamed))] == [False, False]
    assert [storage.exists(name) for name in (named, small_name(named))] == [True, True]


def test_the_worker_does_it_each_night_and_needs_no_folder(tmp_path: Path) -> None:
    assert periodic.get("sweep-unnamed-files").seconds == 24 * 3600
    assert sweep() == 0

"""Files that are too large: the answers beside them are kept, and nothing large is kept."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from core.private_files import FileRefused, take_in
from core.uploads import was_cut_off
from tests.core import files

pytestmark = pytest.mark.capability("B33")

KB = 1024


@pytest.fixture(autouse=True)
def _small_limits(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 100 * KB
    settings.UPLOAD_POST_MAX_BYTES = 400 * KB


def posted(*sizes: int) -> HttpRequest:
    """A step's post: an answer before its files, and one behind them."""
    request = RequestFactory().post(
        "/",
        {
            "q-name": "Sam",
            "q-report": [
                files.upload(f"report{n}.pdf", b"%PDF" + b"x" * size) for n, size in enumerate(sizes)
            ],
            "q-why": "Because",
        },
    )
    # Parsing happens at the first look.
    assert request.POST["q-name"] == "Sam"
    return request


def test_a_file_within_the_limit_comes_whole() -> None:
    request = posted(90 * KB)

    [report] = request.FILES.getlist("q-report")
    assert report.size == 90 * KB + 4
    assert report.read(4) == b"%PDF"


def test_of_a_file_over_the_limit_nothing_is_kept_but_the_other_answers_are() -> None:
    request = posted(200 * KB)

    assert request.POST["q-why"] == "Because"
    [report] = request.FILES.getlist("q-report")
    assert (report.size, report.read()) == (200 * KB + 4, b"")
    with pytest.raises(FileRefused, match=r"“report0\.pdf” is larger than"):
        take_in(report)


def test_a_sound_file_beside_one_that_is_too_large_is_kept() -> None:
    large, small = posted(200 * KB, 50 * KB).FILES.getlist("q-report")

    assert (large.size, small.size) == (200 * KB + 4, 50 * KB + 4)
    assert len(small.read()) == small.size


def test_a_post_far_too_large_is_not_read_to_its_end_and_keeps_what_came_before() -> None:
    request = posted(300 * KB, 300 * KB, 300 * KB)

    assert was_cut_off(request)
    assert request.POST["q-name"] == "Sam"
    assert "q-why" not in request.POST


def test_an_ordinary_post_was_not_cut_off() -> None:
    assert not was_cut_off(posted(10 * KB))

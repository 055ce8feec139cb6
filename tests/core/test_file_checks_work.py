"""A small file that is made to keep the server busy: each check does little work, within its true limits."""

import pytest

from core import file_checks
from core.file_checks import Reason, Unfit
from tests.work import at_most

pytestmark = pytest.mark.capability("B33")

MB = 1024 * 1024


def document_of(piece: bytes) -> bytes:
    """A PDF of 1 MB that repeats `piece`."""
    return b"%PDF-1.7\n" + piece * (MB // len(piece))


@pytest.mark.parametrize("piece", [b"/F[", b"/F [/Fl ", b"/Filter", b"/F" + b" " * 1000, b"[" * 100])
def test_lists_of_filters_are_looked_through_once(piece: bytes) -> None:
    content = document_of(piece)

    with at_most(2 * MB):
        looked_at = sum(map(len, file_checks.filter_lists(content)))

    assert looked_at <= len(content)


def test_a_document_of_nothing_but_lists_of_filters_is_refused_before_its_end() -> None:
    with at_most(200_000), pytest.raises(Unfit) as refusal:
        file_checks.refuse_pdf_bomb(document_of(b"/F["))

    assert refusal.value.reason == Reason.PACKED


def test_a_list_of_filters_is_found_behind_others_that_were_begun() -> None:
    content = b"%PDF-1.7\n/F[/Filter\n[ /FlateDecode /LZWDecode ]"

    with pytest.raises(Unfit):
        file_checks.refuse_pdf_bomb(content)

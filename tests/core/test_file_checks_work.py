"""A small file that is made to keep the server busy: each check does little work, within its true limits."""

import zlib
from typing import Any

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


def chain() -> bytes:
    """Each piece goes on to the end of the file, where it is damaged, and within it all those behind it begin."""
    start = b"stream\n\x78\x9c"
    follows = 1000 * (len(start) + 5) - 5
    piece = start + b"\0" + follows.to_bytes(2, "little") + (follows ^ 0xFFFF).to_bytes(2, "little")
    return document_of(piece) + b"\xff" * follows


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(document_of(b"stream\n"), id="not packed"),
        pytest.param(document_of(b"stream\n" + zlib.compress(b"")), id="packed and empty"),
        pytest.param(document_of(b"stream\n" + zlib.compress(b"words")[:-1]), id="damaged at its end"),
        pytest.param(chain(), id="one within the other"),
    ],
)
def test_little_is_read_of_each_piece_however_many_there_are(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    class Counting:
        """zlib's own, counting what it is fed."""

        def __init__(self) -> None:
            self.unpack = unpacking()

        def __getattr__(self, name: str) -> Any:
            return getattr(self.unpack, name)

        def decompress(self, waiting: bytes, most: int) -> bytes:
            nonlocal read
            read += len(waiting)
            return self.unpack.decompress(waiting, most)

    unpacking = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", Counting)

    with pytest.raises(Unfit) as refusal:
        file_checks.refuse_pdf_bomb(content)

    assert refusal.value.reason == Reason.PACKED
    assert 0 < read <= file_checks.PDF_MOST_BYTES_IN_ALL

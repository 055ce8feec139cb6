"""A small file that is made to keep the server busy: each check does little work, within its true limits."""

import io
import zipfile
import zlib
from typing import Any

import pytest

from core import file_checks
from core.file_checks import Reason, Unfit
from tests.core import files
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


def office_file_of(entries: bytes, count: int) -> io.BytesIO:
    """An office file's beginning, and a directory of `count` entries."""
    start = b"PK\x03\x04" + bytes(26)
    end = b"PK\x05\x06" + bytes(4) + (count & 0xFFFF).to_bytes(2, "little") * 2
    return io.BytesIO(
        start
        + entries
        + end
        + len(entries).to_bytes(4, "little")
        + len(start).to_bytes(4, "little")
        + bytes(2)
    )


def entry(beside: bytes = b"") -> bytes:
    return b"PK\x01\x02" + bytes(26) + len(beside).to_bytes(2, "little") + bytes(14) + beside


@pytest.mark.parametrize("one", [entry(), entry(b"\x01\x70\0\0" * 16_383)], ids=["parts", "what is beside"])
def test_a_directory_that_is_far_too_long_is_not_taken_in(one: bytes) -> None:
    count = MB // len(one)

    with at_most(5_000), pytest.raises(Unfit) as refusal:
        file_checks.look_inside(office_file_of(one * count, count))

    assert refusal.value.reason == Reason.PACKED


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_is_packed_in_a_way_without_limits_is_not_unpacked(packing: int) -> None:
    content = files.archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "x"}, packing)

    with pytest.raises(Unfit) as refusal:
        file_checks.look_inside(io.BytesIO(content))

    assert refusal.value.reason == Reason.PACKED


def test_a_document_of_two_thousand_parts_with_long_names_is_taken() -> None:
    many = {f"word/media/{number:060}.png": b"x" for number in range(1990)}

    assert file_checks.look_inside(io.BytesIO(files.docx(**many))) == "docx"

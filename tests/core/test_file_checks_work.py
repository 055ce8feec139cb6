"""A small file that is made to keep the server busy: each check does little work, within its true limits."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from PIL import Image

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


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "P"), ("PNG", "1")], ids=str
)
def test_a_photo_of_48_megapixels_is_taken_and_made_smaller(kind: str, mode: str) -> None:
    given = io.BytesIO()
    Image.new(mode, (8064, 6048)).save(given, kind)

    content, _kind = file_checks.clean_picture(given, {"JPEG": "jpg", "PNG": "png"}[kind])

    with Image.open(io.BytesIO(content)) as drawn:
        width, height = drawn.size
    assert 12_000_000 < width * height <= file_checks.KEPT_PIXELS
    assert width / height == pytest.approx(8064 / 6048, rel=0.01)


def test_a_photo_of_12_megapixels_keeps_its_size() -> None:
    content, _kind = file_checks.clean_picture(io.BytesIO(files.picture(size=(4032, 3024))), "jpg")

    with Image.open(io.BytesIO(content)) as drawn:
        assert drawn.size == (4032, 3024)


def test_pictures_are_drawn_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most, open_picture = 0, 0, Image.open

    @contextmanager
    def counting(*args: Any, **kwargs: Any) -> Iterator[Image.Image]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        try:
            with open_picture(*args, **kwargs) as picture:
                yield picture
        finally:
            at_once -= 1

    monkeypatch.setattr(Image, "open", counting)
    given = files.picture(size=(1200, 900))
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda _n: file_checks.clean_picture(io.BytesIO(given), "jpg"), range(16)))

    assert len(drawn) == 16
    assert most == 1


def progressive(scans: int) -> bytes:
    """A small JPEG that comes in scans, the last of which stands there so many times."""
    drawn = io.BytesIO()
    Image.effect_noise((64, 64), 40).save(drawn, "JPEG", progressive=True)
    content = drawn.getvalue()
    start, end = content.rfind(b"\xff\xda"), content.rfind(b"\xff\xd9")
    return content[:start] + content[start:end] * scans + content[end:]


def png_of(chunks: int) -> bytes:
    """A small PNG with so many parts that say nothing, before the picture."""
    content = files.picture("PNG", size=(8, 8))
    nothing = bytes(4) + b"teXt" + zlib.crc32(b"teXt").to_bytes(4)
    return content[:33] + nothing * chunks + content[33:]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(progressive(101), "jpg", id="scans"),
        pytest.param(b"\xff\xd8" + b"\xff\xfe\x00\x02" * (MB // 4), "jpg", id="comments"),
        pytest.param(png_of(30_000), "png", id="chunks"),
    ],
)
def test_a_picture_of_a_flood_of_parts_is_refused_before_it_is_drawn(
    content: bytes, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(Image, "open", lambda *args, **kwargs: opened.append(args))

    with at_most(500_000), pytest.raises(Unfit) as refusal:
        file_checks.clean_picture(io.BytesIO(content), kind)

    assert refusal.value.reason == Reason.PACKED
    assert not opened


@pytest.mark.parametrize(
    ("content", "kind"), [(progressive(1), "jpg"), (progressive(80), "jpg"), (png_of(5_000), "png")]
)
def test_a_picture_that_comes_in_parts_is_taken(content: bytes, kind: str) -> None:
    assert file_checks.clean_picture(io.BytesIO(content), kind)[1] == kind


def test_filling_before_a_marker_is_looked_at_once() -> None:
    """A look from each byte anew would take hours: for 40 kB it took 12 seconds."""
    photo = files.picture(size=(64, 64))

    filled = photo[:2] + b"\xff" * 20 * MB + photo[2:]
    markers = list(file_checks.jpeg_markers(filled))

    assert markers == list(file_checks.jpeg_markers(photo))


def test_what_lies_behind_a_photo_is_no_part_of_it() -> None:
    photo = files.picture(size=(64, 64))

    assert file_checks.clean_picture(io.BytesIO(photo + b"\xff\xda\x00\x02" * 500), "jpg")[1] == "jpg"


def test_whoever_would_wait_too_long_for_her_turn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_checks, "DRAWING_WAIT", 0.01)
    with file_checks._turn_to_draw(), pytest.raises(Unfit) as refused:
        file_checks.clean_picture(io.BytesIO(files.picture()), "jpg")
    assert refused.value.reason is Reason.BUSY
    assert file_checks.clean_picture(io.BytesIO(files.picture()), "jpg")[1] == "jpg"

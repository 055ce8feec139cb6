"""What a file really is, whatever its name says; its safe name; its picture drawn anew."""

import io
import zipfile
import zlib
from contextlib import nullcontext, suppress
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core import file_checks
from core.file_checks import MEDIA_TYPES, NAME_LENGTH, Reason, Unfit
from tests.core import files

pytestmark = pytest.mark.capability("B33")

ALL = frozenset(MEDIA_TYPES)


def reason_for(name: str, content: bytes) -> Reason:
    with pytest.raises(Unfit) as refusal:
        file_checks.kind_of(io.BytesIO(content), name, ALL)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        pytest.param("letter.pdf", files.PDF, "pdf", id="pdf"),
        pytest.param("letter.docx", files.docx(), "docx", id="Word"),
        pytest.param("letter.odt", files.odt(), "odt", id="OpenDocument"),
        pytest.param("photo.jpg", files.picture(), "jpg", id="photo"),
        pytest.param("PHOTO.JPEG", files.picture(), "jpg", id="photo with the other spelling"),
        pytest.param("screen.png", files.picture("PNG"), "png", id="screenshot"),
        pytest.param("IMG_1.HEIC", files.picture("HEIC"), "heic", id="photo of an iPhone"),
    ],
)
def test_a_sound_file_is_known_by_its_content(name: str, content: bytes, kind: str) -> None:
    assert file_checks.kind_of(io.BytesIO(content), name, ALL) == kind


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("letter.pdf", b"MZ\x90\x00" + b"\0" * 200, Reason.WRONG_ENDING, id="program called pdf"),
        pytest.param("page.html", b"<html><script>1</script>", Reason.WRONG_KIND, id="web page"),
        pytest.param("page.pdf", b"<html><script>1</script>", Reason.WRONG_ENDING, id="web page called pdf"),
        pytest.param("logo.svg", b"<svg onload='x()'/>", Reason.WRONG_KIND, id="svg"),
        pytest.param(
            "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Reason.WRONG_KIND, id="doc"
        ),
        pytest.param("plan.xlsx", files.archive({"xl/workbook.xml": "x"}), Reason.WRONG_KIND, id="sheet"),
        pytest.param("things.zip", files.archive({"a.txt": "x"}), Reason.WRONG_KIND, id="archive"),
        pytest.param("a.odt", files.archive({"mimetype": "text/plain"}), Reason.WRONG_ENDING, id="not odt"),
        pytest.param("letter.pdf", files.picture(), Reason.WRONG_ENDING, id="photo called pdf"),
        pytest.param("letter.docm", files.docx(), Reason.WRONG_ENDING, id="docm without macros"),
        pytest.param("x.docx", files.docx(word__vbaProject=b"1"), Reason.MACROS, id="macros in Word"),
        pytest.param("x.docx", files.docx(word__activeX__a=b"1"), Reason.MACROS, id="controls in Word"),
        pytest.param("x.odt", files.odt(Basic__Standard__m="1"), Reason.MACROS, id="macros in OpenDocument"),
        pytest.param("x.docx", files.docx(word__a="0" * 5_000_000), Reason.PACKED, id="bomb"),
        pytest.param("x.docx", files.docx()[:-30], Reason.DAMAGED, id="cut off in the middle"),
    ],
)
def test_an_unsound_file_is_refused(name: str, content: bytes, reason: Reason) -> None:
    assert reason_for(name, content) == reason


def test_a_document_that_says_inside_that_it_has_macros_is_refused() -> None:
    types = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    content = files.archive({"[Content_Types].xml": types, "word/document.xml": "x"})

    assert reason_for("x.docx", content) == Reason.MACROS


def test_an_archive_of_very_many_parts_is_refused() -> None:
    many = {f"word/{number}.xml": "" for number in range(2001)}

    assert reason_for("x.docx", files.docx(**many)) == Reason.PACKED


def test_a_locked_document_is_refused() -> None:
    locked = bytearray(files.docx())
    with zipfile.ZipFile(io.BytesIO(bytes(locked))) as archive:
        start = archive.start_dir
    # The first bit of a member's flags, in the archive's directory, says that it is encrypted.
    locked[start + 8] |= 1

    assert reason_for("x.docx", bytes(locked)) == Reason.LOCKED


def test_a_locked_open_document_is_refused() -> None:
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    content = files.archive({"mimetype": files.ODT_TYPE, "META-INF/manifest.xml": manifest})

    assert reason_for("x.odt", content) == Reason.LOCKED


def test_a_kind_that_this_question_does_not_take_is_refused() -> None:
    with pytest.raises(Unfit) as refusal:
        file_checks.kind_of(io.BytesIO(files.PDF), "letter.pdf", {"jpg", "png"})

    assert refusal.value.reason == Reason.WRONG_KIND


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Ada's report (final).PDF", "Ada's report final.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Sam\\plan.v2.pdf", "plan.v2.pdf"),
        ("invoice\u202efdp.exe", "invoice fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        (".pdf", "file.pdf"),
        ("....", "file.pdf"),
        ("Adroddiad Llŷr.pdf", "Adroddiad Llŷr.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given_name: str, safe: str) -> None:
    assert file_checks.safe_name(given_name, "pdf") == safe


@given(st.text(max_size=300))
def test_no_name_is_unsafe(given_name: str) -> None:
    name = file_checks.safe_name(given_name, "jpg")

    assert name.endswith(".jpg")
    assert 5 <= len(name) <= NAME_LENGTH
    assert not name.startswith((".", " ", "-"))
    assert all(character in " ._-'’" or category(character)[0] in "LMN" for character in name)


@given(st.binary(max_size=2000), st.sampled_from(["a.pdf", "a.docx", "a.png", "a"]), st.booleans())
def test_noise_is_refused_and_breaks_nothing(content: bytes, name: str, as_archive: bool) -> None:
    noise = (b"PK\x03\x04" if as_archive else b"") + content

    with pytest.raises(Unfit):
        file_checks.kind_of(io.BytesIO(noise), name, ALL)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_picture_loses_the_place_it_was_taken_and_stands_upright() -> None:
    content, kind = file_checks.clean_picture(io.BytesIO(files.phone_picture(orientation=6)), "jpg")

    clean = opened(content)
    assert (kind, clean.size) == ("jpg", (20, 40))
    assert dict(clean.getexif()) == {}
    assert not {"exif", "comment", "icc_profile"} & clean.info.keys()
    assert b"Secretphone" not in content


def test_what_stands_behind_a_picture_is_gone() -> None:
    given_content = files.picture("PNG") + b"<script>alert(1)</script>"

    content, _kind = file_checks.clean_picture(io.BytesIO(given_content), "png")

    assert b"script" not in content


def test_a_picture_of_an_iphone_becomes_one_that_everybody_can_open() -> None:
    content, kind = file_checks.clean_picture(io.BytesIO(files.picture("HEIC", (64, 64))), "heic")

    assert (kind, opened(content).format, opened(content).size) == ("jpg", "JPEG", (64, 64))


@pytest.mark.parametrize("size", [(8000, 8000), (60_000, 60_000)])
def test_a_picture_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    # A header that promises so many pixels, with next to nothing behind it.
    small = bytearray(files.picture("PNG", (1, 1)))
    small[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    small[29:33] = zlib.crc32(small[12:29]).to_bytes(4, "big")

    with pytest.raises(Unfit) as refusal:
        file_checks.clean_picture(io.BytesIO(bytes(small)), "png")

    assert refusal.value.reason == Reason.PICTURE_TOO_LARGE


def with_a_flipped_byte(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


@pytest.mark.parametrize("name", ["letter.docx", "letter.odt"])
def test_an_office_file_with_a_damaged_byte_is_taken_or_refused(name: str) -> None:
    content = files.docx() if name.endswith("docx") else files.odt(META__INF=b"x" * 500)
    for place in range(4, len(content)):
        with suppress(Unfit):
            file_checks.kind_of(io.BytesIO(with_a_flipped_byte(content, place)), name, ALL)


# Pillow warns of some damage too; that it is no error is what is tested here.
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        pytest.param("jpg", files.phone_picture(orientation=6), id="photo"),
        pytest.param("png", files.picture("PNG"), id="screenshot"),
        pytest.param("heic", files.picture("HEIC", (16, 16)), id="photo of an iPhone"),
    ],
)
def test_a_picture_with_a_damaged_byte_is_taken_or_refused(kind: str, content: bytes) -> None:
    for place in range(len(content)):
        with suppress(Unfit):
            file_checks.clean_picture(io.BytesIO(with_a_flipped_byte(content, place)), kind)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIC"])
def test_a_damaged_picture_is_refused(kind: str) -> None:
    short = {"JPEG": "jpg", "PNG": "png", "HEIC": "heic"}[kind]
    content = files.picture(kind, (400, 400))

    with pytest.raises(Unfit) as refusal:
        file_checks.clean_picture(io.BytesIO(content[: len(content) // 3]), short)

    assert refusal.value.reason == Reason.DAMAGED


@pytest.mark.parametrize(
    ("content", "is_refused"),
    [
        pytest.param(files.PDF, False, id="nothing packed"),
        pytest.param(files.pdf_with(bytes(1_900_000)), False, id="a blank page, scanned without loss"),
        pytest.param(files.pdf_with(bytes(2_100_000)), True, id="one piece far too large"),
        pytest.param(files.pdf_with(bytes(1000), twice=True), True, id="packed twice"),
        pytest.param(
            b"".join(files.pdf_with(bytes(1_900_000)) for _piece in range(3)), True, id="too large together"
        ),
        pytest.param(b"%PDF-1.7\nstream\n" * 9 + b"\x78\x9c", False, id="nothing behind its words"),
    ],
)
def test_a_document_that_unpacks_to_a_flood_is_refused(
    content: bytes, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A hundredth of what they are, which takes a hundredth of the time.
    monkeypatch.setattr(file_checks, "PDF_MOST_BYTES", 2_000_000)
    monkeypatch.setattr(file_checks, "PDF_MOST_BYTES_IN_ALL", 5_000_000)
    with pytest.raises(Unfit) if is_refused else nullcontext() as refusal:
        file_checks.refuse_pdf_bomb(content)
    assert refusal is None or refusal.value.reason == Reason.PACKED


def test_a_small_picture_of_something_see_through_lies_on_white() -> None:
    drawn = io.BytesIO()
    Image.new("RGBA", (1000, 10), (0, 0, 0, 0)).save(drawn, "PNG")
    small = opened(file_checks.small_picture(drawn.getvalue()))
    assert (small.format, small.size, small.getpixel((0, 0))) == ("JPEG", (320, 3), (255, 255, 255))


def test_a_name_without_an_ending_gets_the_one_that_fits() -> None:
    assert file_checks.kind_of(io.BytesIO(files.PDF), "letter", file_checks.MEDIA_TYPES) == "pdf"
    assert file_checks.safe_name("letter", "pdf") == "letter.pdf"


@pytest.mark.parametrize("name", ["Ada's drawing.pdf", "Ada’s drawing.pdf"])
def test_an_apostrophe_stays_in_a_name(name: str) -> None:
    assert file_checks.safe_name(name, "pdf") == name

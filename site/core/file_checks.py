"""What a file really is, whatever its name says: by its first bytes and, for office files, by its inside. No Django.

What passes here is still unknown to be free of viruses (`private_files.scan`); what fails is never kept.
"""

import io
import math
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from threading import Lock
from typing import IO

import filetype
from PIL import Image, ImageOps

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

# Our short name of a type -> its media type. The short name is the ending that we give a file.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": DOCX,
    "odt": ODT,
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
}
# Taken only where a question asks for one.
RECORDINGS = frozenset({"mp3", "mp4", "m4a"})
_ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "heif": "heic"}
PICTURES = frozenset({"jpg", "png", "heic"})

# An office file: bytes when unpacked, members, and how much tighter than this a large member may not be packed.
ZIP_MOST_BYTES = 100 * 1024 * 1024
ZIP_MOST_MEMBERS = 2000
ZIP_MOST_RATIO = 100
ZIP_SMALL_MEMBER = 1024 * 1024
# Bytes that are read of one in one go: above all its directory, which has some 90 for a member.
ZIP_MOST_AT_ONCE = 256 * 1024
_ZIP_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_MACROS = ("vbaproject", "vbadata", "activex", "basic/", "scripts/")

# A telephone's largest pictures have 50 million pixels. Below Pillow's own limit, which only warns at first.
MOST_PIXELS = 60_000_000
# What we keep of one: a large page can still be read. Larger ones are made smaller.
KEPT_PIXELS = 12_500_000
JPEG_QUALITY = 88
# A JPEG may be sent in scans, each of which goes over the whole picture again: cameras and programs use some ten.
JPEG_MOST_SCANS = 100
# Parts of a picture's file. A PNG of 25 MB has some thousands.
PICTURE_MOST_PARTS = 20_000
# A picture takes up to 300 MB while it is drawn anew: one at a time.
_DRAWING = Lock()
# Seconds that another waits for its turn: each takes some two.
DRAWING_WAIT = 20.0

# Where a part of a JPEG begins: not at what stands for a byte of the picture, or marks a place within it. Of the
# bytes that may fill up the space before it the last is enough: each is looked at once.
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd8\xff])")
_SCAN, _END = 0xDA, 0xD9

# The small copy of a picture that stands in a list of files: its longer side, for a screen that draws fine.
SMALL = 320

# A PDF: bytes of what is packed in it, of one piece and of all. A page scanned without loss has some 25 MB.
PDF_MOST_BYTES = 200 * 1024 * 1024
PDF_MOST_BYTES_IN_ALL = 500 * 1024 * 1024
# And pieces: a page has a handful.
PDF_MOST_PIECES = 50_000

NAME_LENGTH = 100


class Reason(Enum):
    """Why a file is refused."""

    EMPTY = auto()
    TOO_BIG = auto()
    WRONG_KIND = auto()
    WRONG_ENDING = auto()
    LOCKED = auto()
    MACROS = auto()
    PACKED = auto()
    PICTURE_TOO_LARGE = auto()
    BUSY = auto()
    DAMAGED = auto()


class Unfit(Exception):
    """The file is refused, for one reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason


def kind_of(file: IO[bytes], name: str, allowed: Collection[str]) -> str:
    """The short name of the file's type, one of `allowed`, by its content. Raises Unfit.

    The ending of `name`, where it has one, must fit the content too: "letter.pdf" that is a picture is not what its
    sender believes.
    """
    sniffed = _sniff(file)
    if sniffed == "mp4" and ending_of(name) == "m4a":
        # One container: many recorders of sound call it as they would a film.
        sniffed = "m4a"
    if sniffed not in allowed:
        # "Save it as a PDF" is no advice to somebody who has sent what is called one.
        raise Unfit(Reason.WRONG_ENDING if ending_of(name) in allowed else Reason.WRONG_KIND)
    if "." in name and ending_of(name) != sniffed:
        raise Unfit(Reason.WRONG_ENDING)
    return sniffed


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters, with its other spellings made one ("JPEG": "jpg")."""
    ending = name.rpartition(".")[2].lower()
    return _ENDINGS.get(ending, ending)


def _sniff(file: IO[bytes]) -> str:
    file.seek(0)
    head = file.read(8192)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return look_inside(file)
    found = filetype.guess(head)
    return next((short for short, media in MEDIA_TYPES.items() if found and found.mime == media), "")


def look_inside(file: IO[bytes]) -> str:
    """The kind of an office file, or "" for another archive. Raises Unfit for one with a lock, macros, or a bomb in it.

    Sizes come from the archive's directory; what is read is read with a limit, so that a lying directory gains nothing.
    """
    try:
        with zipfile.ZipFile(_Sparing(file)) as archive:
            members = archive.infolist()
            refuse_bomb(members)
            refuse_locked_and_macros(members)
            return _office_kind(archive)
    except Unfit:
        raise
    except Exception as error:  # zipfile and what unpacks for it raise whatever a flipped byte leads them to.
        raise Unfit(Reason.DAMAGED) from error


class _Sparing(io.RawIOBase):
    """A file of which only so much is read in one go: `zipfile` takes in a whole directory before it can be judged."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        most = ZIP_MOST_AT_ONCE + 1
        found = self.file.read(most if size < 0 else min(size, most))
        if len(found) == most:
            raise Unfit(Reason.PACKED)
        return found


def refuse_bomb(members: Collection[zipfile.ZipInfo]) -> None:
    if len(members) > ZIP_MOST_MEMBERS or sum(member.file_size for member in members) > ZIP_MOST_BYTES:
        raise Unfit(Reason.PACKED)
    for member in members:
        # No office file is packed in another way, and what unpacks the others knows no limit.
        if member.compress_type not in _ZIP_PACKINGS:
            raise Unfit(Reason.PACKED)
        tightness = member.file_size / max(member.compress_size, 1)
        if member.file_size > ZIP_SMALL_MEMBER and tightness > ZIP_MOST_RATIO:
            raise Unfit(Reason.PACKED)


def refuse_locked_and_macros(members: Collection[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise Unfit(Reason.LOCKED)
    names = [member.filename.lower() for member in members]
    if any(name.startswith(_MACROS) or "vbaproject" in name or "/activex" in name for name in names):
        raise Unfit(Reason.MACROS)


def _office_kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "mimetype" in names:
        if b"manifest:encryption-data" in _start(archive, "META-INF/manifest.xml", names):
            raise Unfit(Reason.LOCKED)
        return "odt" if _start(archive, "mimetype", names).strip() == ODT.encode() else ""
    if "word/document.xml" not in names:
        return ""
    if b"macroEnabled" in _start(archive, "[Content_Types].xml", names):
        raise Unfit(Reason.MACROS)
    return "docx"


def _start(archive: zipfile.ZipFile, member: str, names: Collection[str]) -> bytes:
    if member not in names:
        return b""
    with archive.open(member) as opened:
        return opened.read(1024 * 1024)


# Bytes that are read, and unpacked, in one go.
_AT_ONCE = 1 << 16
_FIRST_LOOK = 1 << 7
# Where a piece begins; its list of filters, which has no other list in it; and those filters that unpack.
_STREAM = re.compile(rb"\bstream\r?\n")
_FILTERS = re.compile(rb"/(?:Filter|F)\s*\[(?=([^][]*))")
_UNPACKS = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)\b")


def refuse_pdf_bomb(content: bytes) -> None:
    """Raises Unfit for a PDF that would fill the memory of whoever opens it.

    We unpack it here alone, a piece at a time and no further than the limit. What is locked, or packed in another
    way, is left to its reader.
    """
    for number, filters in enumerate(filter_lists(content)):
        # Where two filters unpack, one after the other: nobody's scanner does so.
        if number >= PDF_MOST_PIECES or len(_UNPACKS.findall(filters)) > 1:
            raise Unfit(Reason.PACKED)
    pieces, work, behind = 0, 0, 0
    while found := _STREAM.search(content, behind):
        size, read, behind = unpacked(content, found.end())
        # What was read counts too: a piece that is damaged at its end is read again by those that begin within it.
        pieces, work = pieces + 1, work + size + read
        if pieces > PDF_MOST_PIECES or size > PDF_MOST_BYTES or work > PDF_MOST_BYTES_IN_ALL:
            raise Unfit(Reason.PACKED)


def filter_lists(content: bytes) -> Iterator[bytes]:
    """What stands in each list of filters. No byte stands in two of them, so that all is looked at once."""
    return (found[1] for found in _FILTERS.finditer(content))


def unpacked(content: bytes, place: int) -> tuple[int, int, int]:
    """Of the piece at `place`: its bytes when unpacked, those read for it, and where it ends.

    The first are counted to a little over the limit. What is not packed in this way ends where it begins.
    """
    unpack, given, size, read, most = zlib.decompressobj(), memoryview(content), 0, 0, _FIRST_LOOK
    try:
        while size <= PDF_MOST_BYTES and not unpack.eof:
            waiting = unpack.unconsumed_tail or given[place + read : place + read + most]
            if not waiting:
                break
            if not unpack.unconsumed_tail:
                # Twice as much each time: of a short piece, little is read in vain.
                read, most = read + len(waiting), min(2 * most, _AT_ONCE)
            size += len(unpack.decompress(waiting, _AT_ONCE))
    except zlib.error:
        return size, read, place
    return size, read, place + read - len(unpack.unused_data)


def safe_name(given: str, kind: str) -> str:
    """A name to show and to offer for download: letters, digits, spaces, apostrophes and ._- only.

    It has the ending of `kind`. Folders are cut off. Marks that turn the direction of writing (U+202E makes "gpj.exe"
    look like "exe.jpg") and all else that could trick a reader or a system go. What is left of nothing is "file".
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    stem = base.rpartition(".")[0] if ending_of(base) in MEDIA_TYPES else base
    kept = "".join(character if _may_stay(character) else " " for character in stem)
    stem = re.sub(r"\s+", " ", kept).strip(" ._-")
    ending = f".{kind}"
    return (stem[: NAME_LENGTH - len(ending)].rstrip(" ._-") or "file") + ending


def _may_stay(character: str) -> bool:
    # Marks (M) as well: without them Arabic and Indian names fall apart.
    return character in " ._-'’" or unicodedata.category(character)[0] in "LMN"


def clean_picture(file: IO[bytes], kind: str) -> tuple[bytes, str]:
    """The picture drawn anew, and its kind now: upright, without the place it was taken or anything behind the image.

    One with more than KEPT_PIXELS is made smaller. A HEIC becomes a JPEG, which every reader opens. Raises Unfit for
    one that is damaged or has too many pixels.
    """
    file.seek(0)
    try:
        refuse_flood(file.read(), kind)
        file.seek(0)
        with _turn_to_draw(), _opened(file, kind) as picture:
            refuse_large(*picture.size)
            small = _small_enough(picture)
            ImageOps.exif_transpose(small, in_place=True)
            return _drawn(small, "png" if kind == "png" else "jpg")
    except Image.DecompressionBombError as error:
        raise Unfit(Reason.PICTURE_TOO_LARGE) from error
    except Unfit:
        raise
    except Exception as error:  # Decoders raise whatever a flipped byte leads them to.
        raise Unfit(Reason.DAMAGED) from error


@contextmanager
def _turn_to_draw() -> Iterator[None]:
    """Raises Unfit where the pictures of others take too long."""
    if not _DRAWING.acquire(timeout=DRAWING_WAIT):
        raise Unfit(Reason.BUSY)
    try:
        yield
    finally:
        _DRAWING.release()


def refuse_flood(content: bytes, kind: str) -> None:
    """Raises Unfit for a picture of so many parts that drawing it takes minutes: its pixels say nothing of that."""
    if kind == "jpg":
        parts = scans = 0
        for marker in jpeg_markers(content):
            parts, scans = parts + 1, scans + (marker == _SCAN)
            if parts > PICTURE_MOST_PARTS or scans > JPEG_MOST_SCANS:
                raise Unfit(Reason.PACKED)
    elif kind == "png":
        place = 8
        for _ in range(PICTURE_MOST_PARTS):
            if place + 8 > len(content):
                return
            # Its length, its kind, what is in it, and its sum.
            place += 12 + int.from_bytes(content[place : place + 4])
        raise Unfit(Reason.PACKED)


def jpeg_markers(content: bytes) -> Iterator[int]:
    """The second byte of each of a JPEG's markers, up to its end: what lies behind that is not drawn."""
    place = 2
    while (found := _MARKER.search(content, place)) and (marker := found[1][0]) != _END:
        yield marker
        # A marker says how long its part is; the picture's own bytes, behind a scan's, go on to the next marker.
        place = found.end() + int.from_bytes(content[found.end() : found.end() + 2])


def _small_enough(picture: Image.Image) -> Image.Image:
    """The picture, made smaller where it has more pixels than we keep."""
    scale = math.sqrt(KEPT_PIXELS / (picture.width * picture.height))
    if scale >= 1:
        return picture
    if picture.mode in {"1", "P"} and "transparency" not in picture.info:
        # Pillow would leave out every other line of these.
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    picture.thumbnail((max(1, int(picture.width * scale)), max(1, int(picture.height * scale))))
    return picture


def _opened(file: IO[bytes], kind: str) -> Image.Image:
    """The picture, its header read and (but for HEIC) nothing more. Only the decoder of its sniffed kind is tried."""
    if kind != "heic":
        return Image.open(file, formats=[{"jpg": "JPEG", "png": "PNG"}[kind]])
    # Its codecs take 11 MB in each process that has opened such a picture; most never do.
    import pillow_heif

    heif = pillow_heif.open_heif(file)
    refuse_large(*heif.size)
    return heif.to_pillow()


def small_picture(content: bytes) -> bytes:
    """A small JPEG of a picture that `clean_picture` has drawn, to be shown beside its name."""
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        # A JPEG is read at a fraction of its size, which takes a tenth of the time.
        picture.draft("RGB", (SMALL, SMALL))
        # What is see-through becomes white, as on paper.
        solid = (
            picture.convert("RGBA")
            if "A" in picture.getbands() or "transparency" in picture.info
            else picture
        )
        solid.thumbnail((SMALL, SMALL))
        drawn, white = io.BytesIO(), Image.new("RGB", solid.size, "white")
        white.paste(solid, mask=solid if solid.mode == "RGBA" else None)
        white.save(drawn, "JPEG", quality=JPEG_QUALITY)
        return drawn.getvalue()


def refuse_large(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Unfit(Reason.PICTURE_TOO_LARGE)


def _drawn(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    if kind == "jpg" or picture.mode not in {"1", "L", "LA", "P", "RGB", "RGBA"}:
        picture = picture.convert("RGB")
    # Where it was taken, by whom, comments, colour profiles, small copies: all would be written out again.
    picture.info = {key: picture.info[key] for key in ("transparency",) if key in picture.info}
    drawn = io.BytesIO()
    if kind == "jpg":
        picture.save(drawn, "JPEG", quality=JPEG_QUALITY)
    else:
        picture.save(drawn, "PNG", compress_level=1)
    return drawn.getvalue(), kind

"""Files as people send them, sound and unsound, made at run time."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def pdf_with(content: bytes, twice: bool = False) -> bytes:
    """A PDF with one packed piece; `twice` packed where it says so."""
    packed, filters = zlib.compress(content), b"/FlateDecode"
    if twice:
        packed, filters = zlib.compress(packed), b"[ /FlateDecode\n/FlateDecode ]"
    length = str(len(packed)).encode()
    piece = (
        b"2 0 obj\n<</Length "
        + length
        + b" /Filter "
        + filters
        + b">>\nstream\n"
        + packed
        + b"\nendstream\nendobj\n"
    )
    return PDF.replace(b"trailer", piece + b"trailer")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return packed.getvalue()


def docx(**more: str | bytes) -> bytes:
    """A Word document; `more` members by name, "/" written as "__"."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": "<Relationships/>",
        "word/document.xml": "<w:document/>",
    }
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def odt(**more: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {"mimetype": ODT_TYPE, "content.xml": "<office:document-content/>"}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    """A picture, red on its left half and blue on its right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    drawn = io.BytesIO()
    if kind == "HEIC":
        pillow_heif.from_pillow(image).save(drawn, **options)
    else:
        image.save(drawn, kind, **options)
    return drawn.getvalue()


def phone_picture(orientation: int = 1) -> bytes:
    """A JPEG as a telephone takes it: with the place, the maker, and which way the phone was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secretphone"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 11.0, 30.0)
    return picture(exif=exif, comment=b"taken at home")

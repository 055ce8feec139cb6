"""Recordings lose what telephones write beside sound and picture."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.file_checks import Unfit
from core.recordings import clean_recording
from tests.work import at_most

PLACE = b"+51.5074-000.1278/"


def box(kind: bytes, content: bytes = b"") -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def long_box(kind: bytes, content: bytes) -> bytes:
    """One whose length needs more than four bytes."""
    return (1).to_bytes(4, "big") + kind + (16 + len(content)).to_bytes(8, "big") + content


SOUND = box(b"mdat", b"sound udta meta")
HEAD = box(b"ftyp", b"isom")


@pytest.mark.capability("B33")
@pytest.mark.parametrize(
    "beside",
    [
        box(b"moov", box(b"mvhd", b"x") + box(b"udta", PLACE)),
        box(b"moov", box(b"trak", box(b"tkhd", b"x") + box(b"meta", PLACE))),
        box(b"uuid", PLACE),
        long_box(b"moov", long_box(b"udta", PLACE)),
        b"\0\0\0\0udta" + PLACE,
    ],
)
def test_where_a_film_was_made_goes_and_nothing_moves(beside: bytes) -> None:
    cleaned = clean_recording(HEAD + SOUND + beside, "mp4")

    assert PLACE not in cleaned
    assert len(cleaned) == len(HEAD + SOUND + beside)
    assert cleaned.startswith(HEAD + SOUND)


@pytest.mark.parametrize(
    "content", [b"\0\0\0\x07ftyp", b"\xff\xff\xff\xffftyp", HEAD + b"\0\0", box(b"moov", b"\0\0\0\x99udta")]
)
def test_a_film_whose_boxes_do_not_add_up_is_damaged(content: bytes) -> None:
    with pytest.raises(Unfit):
        clean_recording(content, "m4a")


@given(st.binary(max_size=80))
def test_any_bytes_are_cleaned_in_their_length_or_refused(content: bytes) -> None:
    cleaned = content
    with contextlib.suppress(Unfit):
        cleaned = clean_recording(HEAD + content, "mp4")[len(HEAD) :]

    assert len(cleaned) == len(content)


def test_an_mp3_stays_as_it_is() -> None:
    assert clean_recording(b"ID3 any", "mp3") == b"ID3 any"


def within_each_other(depth: int) -> bytes:
    return b"".join((8 * (depth - place)).to_bytes(4, "big") + b"moov" for place in range(depth))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(within_each_other(2_000), id="one within the other"),
        pytest.param(box(b"free") * 131_072, id="very many"),
        pytest.param(box(b"moov", box(b"trak") * 100_000), id="very many within one"),
    ],
)
def test_a_film_of_nothing_but_boxes_is_refused_with_little_work(content: bytes) -> None:
    with at_most(1_000_000), pytest.raises(Unfit):
        clean_recording(HEAD + content, "mp4")


def test_a_long_recording_that_a_browser_sent_in_pieces_is_taken() -> None:
    content = HEAD + (box(b"moof", b"x") + box(b"mdat", b"sound")) * 10_000

    assert clean_recording(content, "mp4") == content

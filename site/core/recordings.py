"""Sound and film without what telephones write beside them. No Django."""

from core.file_checks import Reason, Unfit


def clean_recording(content: bytes, kind: str) -> bytes:
    """The recording without what telephones write beside sound and picture: where it was made, on what, its title.

    In the container of mp4 and m4a those boxes become empty ones of the same length, so that nothing moves. An mp3
    stays as it is. Raises Unfit where the boxes do not add up.
    """
    if kind == "mp3":
        return content
    cleaned = bytearray(content)
    _empty_boxes(cleaned)
    return bytes(cleaned)


# Boxes with boxes in them, and those that say more than sound and picture (ISO/IEC 14496-12).
_WITHIN = frozenset({b"moov", b"trak"})
_BESIDE = frozenset({b"udta", b"meta", b"uuid"})


# How deep they stand, and how many there are: three hours, sent by a browser second by second, have some 20,000.
MOST_DEEP = 4
MOST_BOXES = 30_000


def _empty_boxes(content: bytearray) -> None:
    place, ends = 0, [len(content)]  # the ends of the boxes that `place` is in
    for _number in range(MOST_BOXES):
        while ends and place == ends[-1]:
            ends.pop()
        if not ends:
            return
        length, kind, header = _box(content, place, ends[-1])
        if kind in _BESIDE:
            content[place + 4 : place + 8] = b"free"
            content[place + header : place + length] = bytes(length - header)
        if kind not in _WITHIN:
            place += length
        elif len(ends) < MOST_DEEP:
            ends.append(place + length)
            place += header
        else:
            break
    raise Unfit(Reason.DAMAGED)


def _box(content: bytearray, place: int, end: int) -> tuple[int, bytes, int]:
    """Length of the box at `place`, its kind, and the length of its header. Length 0 is "to the end"."""
    length, header = int.from_bytes(content[place : place + 4], "big"), 8
    if length == 1:
        length, header = int.from_bytes(content[place + 8 : place + 16], "big"), 16
    length = length or end - place
    if length < header or place + length > end:
        raise Unfit(Reason.DAMAGED)
    return length, bytes(content[place + 4 : place + 8]), header

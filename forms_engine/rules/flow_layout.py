"""Where everything of the picture of a form's way goes. Pure; lengths are pixels of an SVG, y downwards."""

import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from forms_engine.rules.conditions import Condition
from forms_engine.rules.flow import Branch, Fork, Item, Lane, Stop

BOX_WIDTH = 230
LINE = 18
GAP = 34  # between one thing and the next below it
APART = 26  # between branches
PAD = 16  # of a lane
HEAD = 52  # of a lane: its title, and the line below it to its first page
PAST = 130  # for the way past a fork
_CHARACTERS = {"box": 20, "label": 30, "lane": 34}  # a line holds


class Box(NamedTuple):
    """A page. `lines` of its title; `note` under them, such as "4 questions"."""

    id: str
    number: int
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    note: str


class Frame(NamedTuple):
    """A section round its pages."""

    id: str
    x: float
    y: float
    width: float
    height: float
    title: str


class Line(NamedTuple):
    """A line of the way, as the `d` of an SVG path; `ends` with the tip of an arrow or runs into another."""

    path: str
    ends: bool


class Label(NamedTuple):
    """A condition at the line that it stands on, centred at `x`."""

    x: float
    y: float
    lines: tuple[str, ...]


class Size(NamedTuple):
    """What an item takes. `axis`: how far from its left edge the way goes in and out."""

    width: float
    height: float
    axis: float


@dataclass
class Picture:
    """All there is to draw."""

    width: float = 0
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    ends: list[Label] = field(default_factory=list)  # "Start" and "Submit"


class Said(NamedTuple):
    """The words of the picture."""

    condition: Callable[[Condition], str]
    title: Callable[[str], str]
    note: Callable[[Stop], str]
    past: str  # at the way past a fork: "otherwise"
    start: str
    end: str


def layout(items: tuple[Item, ...], said: Said) -> Picture:
    """The picture of a way: from "Start" at the top to "Submit" at the bottom."""
    drawer = _Drawer(said)
    size = drawer.size_of(items)
    picture = drawer.picture
    axis = PAD + size.axis
    drawer.end(axis, PAD + LINE, said.start)
    top = PAD + 2 * LINE + GAP
    drawer.line(axis, PAD + 2 * LINE, axis, top, ends=True)
    drawer.draw(items, PAD, top)
    bottom = top + size.height
    drawer.line(axis, bottom, axis, bottom + GAP, ends=True)
    drawer.end(axis, bottom + GAP + LINE, said.end)
    picture.width, picture.height = size.width + 2 * PAD, bottom + GAP + 2 * LINE + PAD
    return picture


class _Drawer:
    def __init__(self, said: Said) -> None:
        self.said = said
        self.picture = Picture()

    # What things take

    def size_of(self, items: Iterable[Item]) -> Size:
        """Of several things below one another, all on one axis."""
        sizes = [self.size(item) for item in items] or [Size(BOX_WIDTH, 0, BOX_WIDTH / 2)]
        axis = max(size.axis for size in sizes)
        width = axis + max(size.width - size.axis for size in sizes)
        return Size(width, sum(size.height for size in sizes) + GAP * (len(sizes) - 1), axis)

    def size(self, item: Item) -> Size:
        match item:
            case Stop():
                return Size(BOX_WIDTH, LINE * (len(self.title(item)) + 1) + 16, BOX_WIDTH / 2)
            case Lane():
                inner = self.size_of(item.items)
                width = max(inner.width, BOX_WIDTH) + 2 * PAD
                return Size(width, inner.height + HEAD + PAD, inner.axis + PAD)
            case Fork():
                columns = [self.column(branch) for branch in item.branches]
                width = sum(column.width for column in columns) + APART * (len(columns) - 1)
                width += PAST if item.can_pass else 0
                height = max(column.height for column in columns) + 2 * GAP
                middle = (width - PAST) / 2 if item.can_pass and len(columns) > 1 else columns[0].axis
                return Size(width, height, middle if len(columns) > 1 or item.can_pass else columns[0].axis)

    def column(self, branch: Branch) -> Size:
        inner = self.size_of(branch.items)
        label = LINE * len(self.label(branch)) + GAP
        return Size(max(inner.width, BOX_WIDTH), inner.height + label, inner.axis)

    def title(self, stop: Stop) -> list[str]:
        return textwrap.wrap(self.said.title(stop.step.title), _CHARACTERS["box"])[:3] or [""]

    def label(self, branch: Branch) -> tuple[str, ...]:
        lines = textwrap.wrap(self.said.condition(branch.condition), _CHARACTERS["label"])
        return tuple(lines[:4]) if len(lines) <= 4 else (*lines[:3], f"{lines[3]} …")

    # Drawing

    def draw(self, items: Iterable[Item], left: float, top: float) -> None:
        items = tuple(items)
        axis = left + self.size_of(items).axis
        y = top
        for place, item in enumerate(items):
            size = self.size(item)
            if place:
                # Into a fork the lines of its branches lead on.
                self.line(axis, y, axis, y + GAP, ends=not isinstance(item, Fork))
                y += GAP
            self.one(item, axis - size.axis, y, size)
            y += size.height

    def one(self, item: Item, left: float, top: float, size: Size) -> None:
        match item:
            case Stop():
                note = self.said.note(item)
                lines = tuple(self.title(item))
                self.picture.boxes.append(
                    Box(item.step.id, item.number, left, top, size.width, size.height, lines, note)
                )
            case Lane():
                inner = self.size_of(item.items)
                title = textwrap.shorten(
                    self.said.title(item.section.title), _CHARACTERS["lane"], placeholder=" …"
                )
                self.picture.frames.append(Frame(item.section.id, left, top, size.width, size.height, title))
                begin = top + HEAD
                axis = left + size.axis
                if item.items:
                    self.line(axis, top + HEAD - 18, axis, begin, ends=not isinstance(item.items[0], Fork))
                self.draw(item.items, left + PAD, begin)
                self.line(axis, begin + inner.height, axis, top + size.height)
            case Fork():
                self.fork(item, left, top, size)

    def fork(self, fork: Fork, left: float, top: float, size: Size) -> None:
        axis, bottom, x = left + size.axis, top + size.height, left
        for branch in fork.branches:
            column = self.column(branch)
            words = self.label(branch)
            middle = x + column.axis
            under = top + GAP + LINE * len(words)
            self.bend(axis, top, middle, top + GAP - 10)
            self.picture.labels.append(Label(middle, top + GAP, words))
            self.line(middle, under, middle, under + GAP - 8, ends=not isinstance(branch.items[0], Fork))
            self.draw(branch.items, x, under + GAP - 8)
            end = under + GAP - 8 + self.size_of(branch.items).height
            self.line(middle, end, middle, bottom - GAP)
            self.bend(middle, bottom - GAP, axis, bottom)
            x += column.width + APART
        if fork.can_pass:
            middle = left + size.width - PAST / 2 + APART / 2
            self.bend(axis, top, middle, top + GAP - 10)
            self.picture.labels.append(Label(middle, top + GAP, (self.said.past,)))
            self.line(middle, top + GAP + LINE, middle, bottom - GAP)
            self.bend(middle, bottom - GAP, axis, bottom)

    def line(self, x: float, y: float, to_x: float, to_y: float, *, ends: bool = False) -> None:
        self.picture.lines.append(Line(f"M{x:g} {y:g}L{to_x:g} {to_y:g}", ends))

    def bend(self, x: float, y: float, to_x: float, to_y: float) -> None:
        half = (y + to_y) / 2
        self.picture.lines.append(
            Line(f"M{x:g} {y:g}C{x:g} {half:g} {to_x:g} {half:g} {to_x:g} {to_y:g}", ends=False)
        )

    def end(self, x: float, y: float, text: str) -> None:
        self.picture.ends.append(Label(x, y, (text,)))

"""The editor's rich text as blocks of plain runs: safe by construction, only text and checked links pass.

A template draws the blocks and escapes every text; no HTML of an editor ever reaches a page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

# Everything else that an editor's link could be ("javascript:", "//elsewhere") is shown as plain text.
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s\\]+|/(?![/\\])[^\s\\]*", re.IGNORECASE)
_HEADINGS = {"h3": 3, "h4": 4}
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "tr"}
)
_UNSEEN = frozenset({"script", "style", "template", "title"})
# What the editor's box offers, by Wagtail's names.
RICH_TEXT = ["bold", "italic", "h3", "ul", "ol", "link"]
_MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}


@dataclass(frozen=True)
class Run:
    """A text in one style; "\\n" in it is a line break. `href` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Block:
    """A "paragraph", a "heading" (of `level` 3 or 4), or a "list" (`items`, numbered where `ordered`)."""

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    items: tuple[tuple[Run, ...], ...] = ()
    ordered: bool = False


def parse(html: str, wording: Callable[[str], str] = str) -> tuple[Block, ...]:
    """The blocks of `html`. `wording` is laid over the texts, not the HTML: a name is never markup."""
    reader = _Reader(wording)
    reader.feed(html)
    reader.close()
    return reader.finish()


def plain(html: str, wording: Callable[[str], str] = str) -> list[str]:
    """The lines of `html` without any style, for plain text and for PDFs."""
    lines: list[str] = []
    for block in parse(html, wording):
        if block.kind == "list":
            lines += [f"{_mark(block, number)} {_text(item)}" for number, item in enumerate(block.items, 1)]
        else:
            lines += _text(block.runs).split("\n")
    return lines


def _mark(block: Block, number: int) -> str:
    return f"{number}." if block.ordered else "•"


def _text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


class _Reader(HTMLParser):
    """Collects runs, and closes a block wherever the HTML begins or ends one. Lists in lists become one."""

    def __init__(self, wording: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.wording = wording
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.items: list[tuple[Run, ...]] = []
        self.lists: list[str] = []
        self.heading = 0
        self.marks: list[str] = []
        self.links: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag in _BLOCKS:
            self._begin_block(tag)
        elif tag in _MARKS:
            self.marks.append(tag)
        elif tag == "a":
            self.links.append(_safe(dict(attrs).get("href") or ""))
        elif tag == "br" and self.runs:
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _BLOCKS:
            self._end_block(tag)
        elif tag in self.marks:
            self.marks.remove(tag)
        elif tag == "a" and self.links:
            self.links.pop()

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        if not self.unseen and (self.runs or text.strip()):
            self._add(self.wording(text if self.runs else text.lstrip()))

    def finish(self) -> tuple[Block, ...]:
        self._close_runs()
        self._close_list(ordered="ol" in self.lists)
        return tuple(self.blocks)

    def _begin_block(self, tag: str) -> None:
        self._close_runs()
        if tag in ("ul", "ol"):
            self.lists.append(tag)
        else:
            self.heading = _HEADINGS.get(tag, 0)

    def _end_block(self, tag: str) -> None:
        self._close_runs()
        self.heading = 0
        if tag in ("ul", "ol") and self.lists:
            ordered = self.lists.pop() == "ol"
            if not self.lists:
                self._close_list(ordered)

    def _add(self, text: str) -> None:
        styles = {_MARKS[mark] for mark in self.marks}
        href = self.links[-1] if self.links else ""
        self.runs.append(Run(text, bold="bold" in styles, italic="italic" in styles, href=href))

    def _close_runs(self) -> None:
        runs, self.runs = _trimmed(self.runs), []
        if not runs:
            return
        if self.lists:
            self.items.append(runs)
        elif self.heading:
            self.blocks.append(Block("heading", runs, level=self.heading))
        else:
            self.blocks.append(Block("paragraph", runs))

    def _close_list(self, ordered: bool) -> None:
        if self.items:
            self.blocks.append(Block("list", items=tuple(self.items), ordered=ordered))
            self.items = []


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Without white space at the end, where HTML shows none."""
    while runs and not runs[-1].text.rstrip():
        runs.pop()
    if runs:
        last = runs.pop()
        runs.append(Run(last.text.rstrip(), last.bold, last.italic, last.href))
    return tuple(runs)


def _safe(href: str) -> str:
    return href.strip() if _SAFE_LINK.fullmatch(href.strip()) else ""

"""What a screen reader is told of a PDF of ours, for tests: its parts, in the order in which they are read."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from tests.pdf_text import marked_texts


@dataclass
class Part:
    """One part of the document, such as "H1" or "TD". `words` are its own, without those of the parts within it."""

    kind: str
    words: str = ""
    scope: str = ""  # of a header of a table: "Column" or "Row"
    alt: str = ""
    parts: list["Part"] = field(default_factory=list)

    def all(self) -> Iterator["Part"]:
        """The part itself, and all within it, in order."""
        yield self
        for part in self.parts:
            yield from part.all()

    def found(self, kind: str) -> list["Part"]:
        return [part for part in self.all() if part.kind == kind]

    @property
    def text(self) -> str:
        return "".join(part.words for part in self.all())


def parts_of(document: pikepdf.Pdf) -> Part:
    """The whole document. Pieces of a sentence that stand between other parts are parts named "words"."""
    texts, _unmarked = marked_texts(document)
    pages = {page.objgen: number for number, page in enumerate(document.pages)}
    whole = Part("whole")

    def read(node: pikepdf.Object, within: Part, page: int) -> None:
        if isinstance(node, pikepdf.Array):
            for each in node:
                read(each, within, page)
        elif isinstance(node, pikepdf.Dictionary):
            page = pages[node.Pg.objgen] if "/Pg" in node else page
            if "/S" in node:
                part = Part(str(node.S)[1:], scope=_scope(node), alt=str(node.get("/Alt", "")))
                within.parts.append(part)
                read(node.get("/K", pikepdf.Array()), part, page)
            elif "/MCID" in node:
                within.parts.append(Part("words", texts.get((page, int(node.MCID)), "")))
        else:
            within.parts.append(Part("words", texts.get((page, int(node)), "")))

    read(document.Root.StructTreeRoot.K, whole, 0)
    return whole


def _scope(node: pikepdf.Dictionary) -> str:
    given = node.get("/A", pikepdf.Array())
    attributes = given if isinstance(given, pikepdf.Array) else [given]
    return next((str(each.Scope)[1:] for each in attributes if "/Scope" in each), "")

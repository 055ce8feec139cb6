"""The words that the table of access is written in: whom a rule lets in, and what a line says of a route."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

FAMILY_SIDE = {"sam_parent", "alex_parent", "noor_stranger", "yusuf_young", "pat_advocate"}
SCHOOL_SIDE = {"harper_head", "sol_bursar"}
CASE_STAFF = {"casey_worker", "robin_worker", "morgan_manager"}
EDITORS = {"erin_editor", "admin"}
STAFF = CASE_STAFF | {"ari_author", "jo_support"} | EDITORS
EVERYBODY = FAMILY_SIDE | SCHOOL_SIDE | STAFF


class Whose(Protocol):
    """What the rules ask of the papers that a URL speaks of."""

    @property
    def owner(self) -> str:
        """The parent who fills in and sends them."""

    @property
    def helper(self) -> str:
        """The member of staff who fills in the one in progress for her, or ""."""

    @property
    def team(self) -> frozenset[str]:
        """The staff who read what was sent."""

    @property
    def is_shut(self) -> bool:
        """Whether what they are about is open to their owner no more."""


class Rule(StrEnum):
    PUBLIC = "public"
    SIGNED_IN = "signed in"
    NO_STAFF = "signed in, and not of the council's own people"
    ASKED = "own family: the one parent who was asked, and nobody else"
    FILLS_IN = "own family: the one parent who was asked; whoever of the staff fills it in for her"
    SENDER = "own family: the one parent who sent it; the team that it came to; of a case, the manager"
    HOUSEHOLDS = "own family: whoever holds access to the case"
    TEAM = "the team that it came to; of a case, the manager"
    SUPERVISOR = "supervisor of the school"
    STAFF_OF_SCHOOL = "whoever works at the school"
    CASE_STAFF = "case staff, each her own teams' rows; manager"
    MANAGER_OR_ADMIN = "manager; admin"
    MANAGER = "manager"
    STAFF = "whoever may enter the admin"
    AUTHOR = "author of forms; editor; admin"
    EDITOR = "editor; admin"
    SUPPORT = "support staff; admin"
    VIEWERS = "support staff; manager; admin"
    ADMIN = "admin"
    NOBODY = "nobody"

    def lets_in(self, visitor: str, papers: Whose) -> bool:
        """Whether `visitor` is meant. `papers`: what is asked for, or whatever there is where it is nobody's."""
        if self is Rule.PUBLIC:
            return True
        own = frozenset[str]() if papers.is_shut else {papers.owner}
        people: dict[Rule, Collection[str]] = {
            Rule.SIGNED_IN: EVERYBODY,
            Rule.NO_STAFF: FAMILY_SIDE | SCHOOL_SIDE,
            Rule.ASKED: own,
            Rule.FILLS_IN: own if papers.is_shut else own | {papers.helper},
            Rule.SENDER: own | papers.team,
            Rule.HOUSEHOLDS: {"sam_parent", "alex_parent"},
            Rule.TEAM: papers.team,
            Rule.SUPERVISOR: {"harper_head"},
            Rule.STAFF_OF_SCHOOL: SCHOOL_SIDE,
            Rule.CASE_STAFF: CASE_STAFF,
            Rule.MANAGER_OR_ADMIN: {"morgan_manager", "admin"},
            Rule.MANAGER: {"morgan_manager"},
            Rule.STAFF: STAFF,
            Rule.AUTHOR: {"ari_author"} | EDITORS,
            Rule.EDITOR: EDITORS,
            Rule.SUPPORT: {"jo_support", "admin"},
            Rule.VIEWERS: {"jo_support", "morgan_manager", "admin"},
            Rule.ADMIN: {"admin"},
            Rule.NOBODY: set[str](),
        }
        return visitor in people[self]


# What is somebody's own. A line with one of these names what its owner sees there, or that a post changes it.
PRIVATE = {Rule.ASKED, Rule.FILLS_IN, Rule.SENDER, Rule.HOUSEHOLDS, Rule.TEAM, Rule.CASE_STAFF}


@dataclass(frozen=True)
class Line:
    """`shows`: a word of `Family.words` that must stand there for `shown_to` (whoever is let in).

    `changes`: a post by those people must change a row, so that the posts of all others prove something.
    """

    route: str
    rule: Rule
    shows: str = ""
    shown_to: Rule | None = None
    changes: bool = False
    # False where there is nothing to open on a site such as this: it leads elsewhere, or is Wagtail's spare part.
    opens: bool = True

    @property
    def is_harmless(self) -> bool:
        """Whether nobody's own is changed there, whoever asks."""
        return not self.changes and self.rule not in PRIVATE

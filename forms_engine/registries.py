"""Where the apps above plug into the engine, from their `AppConfig.ready()`.

Question types have theirs in `forms_engine.types`. Each refuses a name twice; a test makes one of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from core.people import Person
from core.registry import Registry
from forms_engine.rules.identifiers import Shape

if TYPE_CHECKING:  # the models themselves ask these registries who may see them
    from forms_engine.drafts import Filling
    from forms_engine.models.assignments import Assignment
    from forms_engine.models.submissions import Submission
    from forms_engine.spec import Step
    from forms_engine.ways_back import WayBack

# An answer as it is typed: its shape is its question type's.
Raw = Any


class Handler(Protocol):
    """What becomes of a form that was sent."""

    # The email that says to its sender that it has come: `templates/emails/<letter>-*.txt`.
    letter: str
    # Whether somebody reads what people begin unasked. One that works on what was asked for has nobody for that.
    takes_unasked: bool
    # The plug-in page that it works with alone: only forms that are sent from it may have this handler. "": any.
    sent_from: str

    def ready(self) -> Q:
        """Which forms have somebody to go to now, Q(pk__in=<subquery>) or, for all, Q(). Nobody begins the others."""

    @property
    def label(self) -> Any:
        """What editors read of it, where they choose."""

    def on_submitted(self, submission: Submission) -> None:
        """Write to our own database, in the transaction of the submission: both happen, or neither does."""

    def deliver(self, submission: Submission, key: UUID) -> None:
        """Tell systems outside. Called until it returns, perhaps again after it worked: same `key`."""


@dataclass(frozen=True)
class Record:
    """One thing to choose from records: what it is called, what tells it from others, what its source says of it."""

    id: str
    words: str
    detail: str = ""
    note: str = ""


class StepPlugin(Protocol):
    """A page of a form that is another app's own: for a password, a code. The draft learns only that it is done.

    `forms_engine.plugins` has what such a page is made with.
    """

    # Whether the form is sent from it. Such a page is the last, and calls `plugins.send`.
    sends: bool

    @property
    def label(self) -> Any:
        """What editors call it."""

    def page(self, request: HttpRequest, filling: Filling, step: Step) -> HttpResponse:
        """The page opened, or what is posted from it taken in."""


class RecordSource(Protocol):
    """Records of an app above, to choose one from: open to whoever fills in a form."""

    @property
    def label(self) -> Any:
        """What editors call it."""

    def find(self, words: str, most: int) -> Sequence[Record]:
        """Those that fit all of `words`, at most `most`, in the order in which people look for them."""

    def get(self, id: str) -> Record | None:
        """The one with this id, which may be anything that a browser sent."""


@dataclass(frozen=True)
class FoundAddress:
    """An address of a register, by the parts of the question that asks for one."""

    line1: str
    line2: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""


class AddressLookUp(Protocol):
    """A register of addresses, such as a council's gazetteer."""

    def find(self, postcode: str) -> Sequence[FoundAddress]:
        """All with this postcode ("MB1 4QT"), in the order in which people look for them.

        A page waits for it, so it gives up by itself after some seconds. Whatever it raises: people then type.
        """


@dataclass(frozen=True)
class Subject:
    """What a form can be about, as `Assignment` holds it. `child` is what wordings call the child ("Ada"), if one."""

    kind: str
    id: UUID
    name: str
    child: str = ""


@dataclass(frozen=True)
class Audience:
    """People who may begin a form unasked, and what they may begin it about; of no subject, only without one."""

    label: Any
    holds: Callable[[Person, dt.date], bool]
    subjects: Callable[[Person, dt.date], list[Subject]]
    question: Any  # which of the subjects it is about
    nobody: Any  # the answer that it is about none of them
    # Whether somebody may begin before she signs in. She sends it once she has, where the form has no page of its own
    # that ends it.
    guests: bool = False


@dataclass(frozen=True)
class Helpers:
    """Staff who may fill in a form for its addressee, by phone or from paper, and where they come from."""

    may: Callable[[Person, Assignment, dt.date], bool]
    way_back: Callable[[Person, Assignment], WayBack]


@dataclass(frozen=True)
class Deed:
    """What a reader can do with a sent form: a button that does it at once, or a link to a page that asks first."""

    text: Any
    url: str
    at_once: bool = False


@dataclass(frozen=True)
class Matter:
    """What a sent form belongs to in the app that asked for it: its name, its page, what can be done there."""

    name: str
    url: str
    deeds: tuple[Deed, ...] = ()


Viewer = Callable[[Person], Q]
# Whether a person may still fill in an assignment's form on a day.
StillOpen = Callable[[Person, "Assignment", dt.date], bool]
# The ids of what a person may open on a day: a subquery, for `__in`.
OpenedTo = Callable[[Person, dt.date], "QuerySet[Any, Any]"]
# Whom the thing with this id is about.
SubjectOf = Callable[[UUID], Model | None]
PrefillSource = Callable[[Person, "Assignment | None"], Raw]
Circle = Callable[[Person, "Submission"], bool]
# What a sent form belongs to, as far as this reader may know and do: None where that is nothing.
MatterOf = Callable[[Person, "Submission"], Matter | None]
# The full names of whom the things with these ids are about, of those that this reader may know. One query.
# "Whose turn it is": what `components/turn.html` shows.
TurnOf = Callable[[Person, "Assignment"], object | None]
AboutNames = Callable[[Person, Collection[UUID]], Mapping[UUID, str]]

handlers: Registry[Handler] = Registry("form handlers")
step_plugins: Registry[StepPlugin] = Registry("pages of other apps in forms")
audiences: Registry[Audience] = Registry("audiences of forms")
# Who may see which submissions. A viewer gives Q(pk__in=<subquery>), never a join; an empty Q()
# opens nothing.
viewers: Registry[Viewer] = Registry("viewers of submissions")
# `Assignment.about_kind` -> whether what such a form is about is still open to somebody. Without one it is.
still_open: Registry[StillOpen] = Registry("who may still fill in a form")
# `about_kind` -> the things of that kind that somebody may open on a day, by their ids as a subquery: what she sent
# about another is shut to her. A kind without one is never shut.
opened: Registry[OpenedTo] = Registry("what people may open")
# `Assignment.about_kind` -> the staff who may fill in such a form for its addressee. Without any, nobody may.
helpers: Registry[Helpers] = Registry("staff who fill in forms for people")
# What questions of the type "record" choose from.
record_choices: Registry[RecordSource] = Registry("records to choose from")
# Where addresses are looked up by postcode; `settings.ADDRESS_LOOK_UP` says in which of them.
address_look_ups: Registry[AddressLookUp] = Registry("address look-ups")
# `about_kind` -> whom such a thing is about, for the audit: a look at a form is a look at somebody's papers.
subjects: Registry[SubjectOf] = Registry("whom forms are about")
# `about_kind` -> what staff read on in from the page of a sent form, and the buttons there.
matters: Registry[MatterOf] = Registry("what sent forms belong to")
# What stands as the reason of an assignment that was withdrawn by itself -> why, in words for whoever was asked.
withdrawals: Registry[str | Promise] = Registry("reasons why forms are withdrawn by themselves")
# `about_kind` -> whose turn it is once its person has sent a form, for `components/turn.html`; None where nobody knows.
turns: Registry[TurnOf] = Registry("turns after sending")
# `about_kind` -> whom lists of sent forms name; without one, or for a reader who may not know, by `about_name` alone.
about_names: Registry[AboutNames] = Registry("names of whom forms are about")
# Where a question's first answer comes from. A source that knows nothing gives the type's empty answer ("").
prefill_sources: Registry[PrefillSource] = Registry("prefill sources")
# How references are written that a question may ask for by name: an NHS number, a number of a council's own.
reference_shapes: Registry[Shape] = Registry("shapes of references")
# Named circles of people, for answers that fewer may read than the rest of a form: whether somebody is in it,
# as far as one submission goes. Whoever sent a form is in none by that alone.
circles: Registry[Circle] = Registry("circles of readers")
# `Assignment.about_kind` -> whether its addressee is the child whom it is about: wordings then say "you".
own_forms: Registry[Callable[[Assignment], bool]] = Registry("forms about oneself")


def about_what_is_open(person: Person, day: dt.date) -> Q:
    """Of rows with `about_kind` and `about_id`: those about nothing that is shut to `person` on `day`."""
    allowed = Q()
    for kind, ids in opened.items():
        allowed &= ~Q(about_kind=kind) | Q(about_id__in=ids(person, day))
    return allowed

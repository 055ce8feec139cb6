"""A draft in one request: what was typed, where its person stands in it, and saving what they type next."""

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Self

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, Max, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from core.prepared import Update, prepared, prepared_update
from forms_engine import tree
from forms_engine.assist import with_help
from forms_engine.models import Draft, Party, StepAnswers, Upload
from forms_engine.read_once import Texts, is_only_typed, is_told_by, of_text, page_of, walked
from forms_engine.registries import Raw
from forms_engine.rules.asking import without_closed
from forms_engine.rules.journey import Journey, Page, SectionState, State, StepStore, joined, through
from forms_engine.rules.operators import Day
from forms_engine.rules.reach import Reach
from forms_engine.spec import Form, Question, Step, Stretch
from forms_engine.tree import Tree
from forms_engine.types import asking, question_types, takes_files
from forms_engine.types.base import Cleaned
from forms_engine.versions import spec_for
from forms_engine.wording import Wording, wording_for

# A page: the step's id, and the item's where it is one of a repeating group.
Place = tuple[str, str]
Answers = Mapping[str, Raw]

# A page as it is stored: step, item, and the fields of its `Row`, which of most is never made.
Stored = tuple[str, str, int, str, int]

ITEMS = "items"


class Row(NamedTuple):
    """What is stored of one page. `order` is when its row was made, among the others."""

    rev: int
    text: str  # the answers as JSON: of most pages of a long form nobody asks for them
    order: int

    @classmethod
    def of(cls, rev: int, answers: Answers, order: int) -> Self:
        return cls(rev, json.dumps(answers), order)

    @property
    def answers(self) -> dict[str, Raw]:
        """Question id -> what was typed."""
        found: dict[str, Raw] = json.loads(self.text)
        return found


NO_ROW = Row.of(0, {}, 0)


class Conflict(Exception):
    """Somebody saved this page since it was opened. `row` is what they saved."""

    def __init__(self, row: Row) -> None:
        super().__init__("saved meanwhile")
        self.row = row


class Shut(Exception):
    """The form was sent or deleted since this request began, or help with it began or ended: nothing can be kept."""


class Full(Exception):
    """The repeating group has as many items as it may have: one more cannot be kept."""


@dataclass
class Filling:
    """A draft as its party sees it in one request, read in two queries. `today` is fixed for the request."""

    party: Party
    form: Form
    today: dt.date
    stored: dict[Place, Stored]
    files: dict[tuple[str, str, str], list[Upload]] = field(default_factory=dict)

    @cached_property
    def draft(self) -> Draft:
        return self.party.draft

    @cached_property
    def url(self) -> str:
        """The address under which the pages of this draft stand."""
        return reverse("forms:resume", args=[self.draft.pk])

    @cached_property
    def wording(self) -> Wording:
        said = self.journey.values
        is_child = any(said.get(question) == option for question, option in self.form.child_options)
        names = {**self.draft.wording, **({"by_child": "yes"} if is_child else {})}
        return wording_for(names, self.form.translations)

    @cached_property
    def journey(self) -> Journey:
        return joined(self.form, self.today, self._through)

    @property
    def rows(self) -> dict[Place, Row]:
        """What is stored of all pages."""
        return {place: Row(*stored[2:]) for place, stored in self.stored.items()}

    @property
    def size(self) -> int:
        """Bytes that what is stored of all pages takes."""
        return sum([len(stored[3]) for stored in self.stored.values()])

    @cached_property
    def reach(self) -> Reach | Journey:
        """What stands at a step and after it: of the journey where that was walked, else of no more than it takes."""
        return self.__dict__.get("journey") or Reach(self.form, self.today, self._through)

    def row(self, step: str, item: str = "") -> Row:
        stored = self.stored.get((step, item))
        return Row(*stored[2:]) if stored else NO_ROW

    def typed(self, step: Step, item: str = "") -> Answers:
        """What to show on a page: what was typed there, else what is known already.

        A suggestion is made for the first item of a repeating group alone: in each it would be the same again.
        """
        if (step.id, item) in self.stored:
            return self.row(step.id, item).answers
        if item and self.items(step.id):
            return {}
        return {q.id: self.draft.prefill[q.id] for q in step.questions if q.id in self.draft.prefill}

    def items(self, step_id: str) -> list[str]:
        """The items of a repeating group in their order: as arranged, then as they were added."""
        there = {item: stored[4] for (step, item), stored in self.stored.items() if step == step_id and item}
        arranged = [item for item in self.row(step_id).answers.get(ITEMS, ()) if item in there]
        return arranged + sorted(there.keys() - set(arranged), key=lambda item: there[item])

    def files_at(self, step: str, item: str, question: str) -> list[Upload]:
        return self.files.get((step, item, question), [])

    @cached_property
    def fixed(self) -> dict[str, Raw]:
        """Question id -> what its source knows, where people only read it. What cannot stand is asked for."""
        known = self.draft.prefill
        return {
            question.id: known[question.id]
            for question in self.form.fixed
            if question.id in known
            and asking.clean(question, known[question.id], self.today).value is not None
        }

    def typable(self, questions: Iterable[str]) -> list[str]:
        """Those of `questions` whose answers a browser may send."""
        return [id for id in questions if id not in self.fixed]

    def answer(self, question: Question, step: str, item: str, typed: Answers) -> Raw:
        """What a question was answered with on a page: what was typed, the ids of its files, or what we know."""
        if question.id in self.fixed:
            return self.fixed[question.id]
        if takes_files(question):
            files = [str(upload.pk) for upload in self.files_at(step, item, question.id)]
            is_typed = question_types.get(question.type).is_typed
            return {"text": typed.get(question.id), "files": files} if is_typed else files
        return typed.get(question.id)

    def cleaned(self, step: Step, item: str, typed: Answers) -> dict[str, Cleaned]:
        """Question id -> how the answer to it counts, of all questions of a page that ask something."""
        return {
            question.id: asking.clean(question, self._open_answer(question, step, item, typed), self.today)
            for question in step.questions
        }

    def _open_answer(self, question: Question, step: Step, item: str, typed: Answers) -> Raw:
        """Without what was chosen when it still could be."""
        raw = self.answer(question, step.id, item, typed)
        return without_closed(raw, step.closed[question.id]) if question.id in step.closed else raw

    def page(self, step: Step, item: str = "") -> Page:
        """A page as it stands. An item that is not saved yet is an empty page; off the path nothing is asked."""
        on_path = self.reach.at(step.id)
        if on_path is None:
            return Page(item, shown=(), asked=(), values={}, state=State.NOT_STARTED, is_blocking=False)
        return next((page for page in on_path.items if item and page.item == item), on_path.page)

    def tree(self) -> Tree:
        """The answers on the path, with the words that they were asked in."""
        answers = tree.of_journey(self.journey, self.wording, self.files_at, self.draft.prefill)
        return with_help(answers, self.party)

    def copy(self) -> Tree:
        """The same for paper, which lies about: without what fewer people may read."""
        return self.tree().without(lambda circle: True)

    def with_staffs_part(self) -> "Filling":
        """With what staff answered for themselves while they helped, now or before the form was opened again.

        That is all of it that is asked: what families see depends on nothing in it.
        """
        form = spec_for(self.draft, self.today, by_staff=True)
        theirs = _asked_in(form) - _asked_in(self.form)
        if not theirs:
            return self
        files = _files(self.party) if _has_files(form) else {}
        answered = {question for row in self.rows.values() for question in row.answers}
        # Where staff answered nothing, it is not said to be missing.
        if theirs.isdisjoint(answered | {question for _step, _item, question in files}):
            return self
        return Filling(self.party, form, self.today, self.stored, files)

    def put(self, place: Place, row: Row) -> None:
        """See a page as saved, without reading everything again."""
        self.stored[place] = (*place, *row)
        self._forget("journey", "reach", "wording")

    def look_again(self) -> None:
        """Walk the journey anew when it is next asked for: files have changed, or what we know."""
        self._forget("journey", "reach", "wording", "fixed")

    def _forget(self, *derived: str) -> None:
        for name in derived:
            self.__dict__.pop(name, None)

    def _through(self, stretch: Stretch, values: dict[str, Any], day: Day) -> SectionState | None:
        texts = tuple([stored and stored[3] for stored in map(self.stored.get, stretch.places)])
        if self._is_told_by(stretch, texts):
            return walked(stretch, texts, values, self.today)
        store: dict[Place, StepStore] = {}
        for step in stretch.section.steps:
            self._store_step(step, store)
        return through(stretch, store, values, day)

    def _is_told_by(self, stretch: Stretch, texts: Texts) -> bool:
        """Whether the stored texts of a section say all: nothing is known of it already, and no files are there."""
        known = self.draft.prefill
        return is_told_by(stretch, texts) and (not known or stretch.question_ids.isdisjoint(known))

    def _store_step(self, step: Step, store: dict[Place, StepStore]) -> None:
        """Put what is known of a step into `store`."""
        if step.is_group:
            self._store_group(step, store)
        elif step.place in self.stored:
            store[step.place] = self._read(step, "")
        elif self.draft.prefill and (known := self.typed(step)):
            # What the page would show counts as it stands: "check your answers" says what will be sent.
            values = page_of(self.cleaned(step, "", known)).values
            store[step.place] = StepStore(values, visited=False)

    def _store_group(self, step: Step, store: dict[Place, StepStore]) -> None:
        items, visited = self.items(step.id), step.place in self.stored
        if items or visited:
            store[step.place] = StepStore(visited=visited, items=tuple(items))
        for item in items:
            store[step.id, item] = self._read(step, item)

    def _read(self, step: Step, item: str) -> StepStore:
        row = self.row(step.id, item)
        if is_only_typed(step.itself):
            return of_text(step.itself, row.text, self.today)
        return page_of(self.cleaned(step, item, row.answers))


def load(party: Party, today: dt.date) -> Filling:
    """Everything about a draft that a page of it needs. `party` comes from `access`, with its draft."""
    form = spec_for(party.draft, today, by_staff=party.helper is not None)
    stored = {(each[0], each[1]): each for each in _saved(party.pk)}
    return Filling(party, form, today, stored, _files(party) if _has_files(form) else {})


def saved_at(filling: Filling, place: Place | None = None) -> dt.datetime | None:
    """When something was last saved in a draft, or on one page of it; None where nothing was."""
    rows = StepAnswers.objects.filter(party=filling.party)
    if place:
        rows = rows.filter(step=place[0], item=place[1])
    at: dt.datetime | None = rows.aggregate(at=Max("saved_at"))["at"]
    return at


@prepared
def _saved(party: Any) -> "QuerySet[StepAnswers, tuple[Any, ...]]":
    # Tuples, not models, and nothing that would have to be made of a text: a page may read a hundred of them.
    return _as_rows(StepAnswers.objects.filter(party=party), "step", "item")


def _as_rows(rows: "QuerySet[StepAnswers]", *before: str) -> "QuerySet[StepAnswers, tuple[Any, ...]]":
    return rows.values_list(*before, "rev", Cast("answers", TextField()), "pk")


def _files(party: Party) -> dict[tuple[str, str, str], list[Upload]]:
    files: dict[tuple[str, str, str], list[Upload]] = {}
    for upload in _uploads(party.pk):
        files.setdefault((upload.step, upload.item, upload.question), []).append(upload)
    return files


@prepared
def _uploads(party: Any) -> QuerySet[Upload]:
    return Upload.objects.filter(party=party)


def _asked_in(form: Form) -> set[str]:
    return {question.id for question in form.questions()}


def _has_files(form: Form) -> bool:
    return any(question_types.get(name).takes_files for name in form.types)


def unsent(party: Party) -> QuerySet[Draft]:
    """The draft, unless it was sent, or is not for this typist to write in: staff who help, or its person alone.

    Asked for inside a transaction: whoever sends it then waits for that to end.
    """
    return _helped(party.draft_id, party.helper.pk) if party.helper else _own(party.draft_id)


def _own(draft: Any) -> QuerySet[Draft]:
    found = Draft.objects.select_for_update().filter(pk=draft, submitted_at=None)
    return found.filter(Q(assisted_by=None) | Q(alone_since__isnull=False))


def _helped(draft: Any, helper: Any) -> QuerySet[Draft]:
    found = Draft.objects.select_for_update().filter(pk=draft, submitted_at=None)
    return found.filter(assisted_by=helper, alone_since=None)


def hold_unsent(party: Party) -> None:
    """Have whoever sends the draft wait for the end of the caller's transaction. Raises Shut."""
    if not unsent(party).values_list("pk"):
        raise Shut


def save(filling: Filling, place: Place, answers: Answers, seen: int) -> None:
    """Keep what was typed on a page, valid or not, where nobody saved it since revision `seen` (0: no row yet).

    Raises Conflict where somebody did, and it was something else. A post that comes twice is no conflict. Raises Shut,
    and Full where it would be one item too many.
    """
    if seen and _update(filling, place, answers, seen):
        return
    mine = StepAnswers.objects.filter(party=filling.party, step=place[0], item=place[1])
    stored = _as_rows(mine).first() if seen else None
    row = Row(*stored) if stored else _insert(filling, place, answers)
    if row.answers != answers:
        with transaction.atomic():
            # What somebody else has saved is shown to whoever may still write here, and to nobody else.
            hold_unsent(filling.party)
        raise Conflict(row)
    filling.put(place, row)


def _update(filling: Filling, place: Place, answers: Answers, seen: int) -> bool:
    """Save over revision `seen`. False where there is none such (any more)."""
    party, pk = filling.party, filling.row(*place).order
    page = pk, seen, answers, timezone.now()
    with transaction.atomic():
        if party.helper:
            updated = _update_helped(party.draft_id, party.helper.pk, *page)
        else:
            updated = _update_own(party.draft_id, *page)
    if updated:
        filling.put(place, Row.of(seen + 1, answers, pk))
    return bool(updated)


@prepared_update
def _update_own(draft: Any, pk: Any, seen: Any, answers: Any, now: Any) -> Update:
    return _page_update(_own(draft), pk, seen, answers, now)


@prepared_update
def _update_helped(draft: Any, helper: Any, pk: Any, seen: Any, answers: Any, now: Any) -> Update:
    return _page_update(_helped(draft, helper), pk, seen, answers, now)


def _page_update(unsent: QuerySet[Draft], pk: Any, seen: Any, answers: Any, now: Any) -> Update:
    same = StepAnswers.objects.filter(Exists(unsent), pk=pk, rev=seen)
    return Update(same, {"answers": answers, "rev": F("rev") + 1, "saved_at": now})


def _insert(filling: Filling, place: Place, answers: Answers) -> Row:
    """Make the row of a page; where another post was quicker, what that one saved. Raises Shut, Full.

    A page whose row is gone (an item removed in another tab) comes back with what was typed: losing a text is worse.
    """
    party, page = filling.party, {"step": place[0], "item": place[1]}
    # Of a draft that was sent there is no party to be had, and the row cannot be made.
    party_while_unsent = Subquery(unsent(party).values(party=Value(party.pk)))
    try:
        with transaction.atomic():
            if place[1]:
                _hold_room(filling, place)
            made = StepAnswers.objects.create(party_id=party_while_unsent, answers=answers, **page)
        return Row.of(made.rev, made.answers, made.pk)
    except IntegrityError:
        there = StepAnswers.objects.filter(party=party, **page)
        stored = _as_rows(there).first()
        if stored is None:
            raise Shut from None
        return Row(*stored)


def _hold_room(filling: Filling, place: Place) -> None:
    """Have whoever adds another item wait, so that two at once do not slip through together. Raises Shut, Full."""
    hold_unsent(filling.party)
    rows = StepAnswers.objects.filter(party=filling.party, step=place[0]).exclude(item="")
    items = set(rows.values_list("item", flat=True))
    group = filling.form.steps_by_id[place[0]].group
    if group and place[1] not in items and len(items) >= group.most:
        raise Full


def arrange(filling: Filling, step_id: str, order: Sequence[str]) -> None:
    """Keep the order of a group's items; also marks the list as visited. What other tabs added meanwhile stays.

    Raises Shut.
    """
    save_over(filling, step_id, {ITEMS: list(order)})


def save_over(filling: Filling, step_id: str, answers: Answers) -> None:
    """Keep what is no text that could be lost, whoever saved the page since: the later of two counts. Raises Shut."""
    with transaction.atomic():
        hold_unsent(filling.party)
        row, _made = StepAnswers.objects.update_or_create(
            party=filling.party,
            step=step_id,
            item="",
            defaults={"answers": answers, "rev": F("rev") + 1, "saved_at": timezone.now()},
            create_defaults={"answers": answers},
        )
    filling.put((step_id, ""), Row.of(filling.row(step_id).rev + 1, answers, row.pk))


def move(filling: Filling, step_id: str, item: str, by: int) -> None:
    """Move an item up (-1) or down (1) among its group's. One that cannot move stays."""
    order = filling.items(step_id)
    if item not in order or not 0 <= (place := order.index(item)) + by < len(order):
        return
    order[place], order[place + by] = order[place + by], order[place]
    arrange(filling, step_id, order)


def remove_item(filling: Filling, step_id: str, item: str) -> None:
    """Remove an item of a group with its answers and files. Raises Shut."""
    with transaction.atomic():
        hold_unsent(filling.party)
        Upload.objects.filter(party=filling.party, step=step_id, item=item).delete()
        StepAnswers.objects.filter(party=filling.party, step=step_id, item=item).exclude(item="").delete()


def new_item_id() -> str:
    """Made when "Add another" is shown: a page that is sent twice under one id makes one item."""
    return secrets.token_hex(4)

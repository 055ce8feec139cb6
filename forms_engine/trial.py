"""A form tried out in its editor: the pages that families meet, with answers that are made up.

What is typed there goes no further than the editor's own session. Where an editor opens a page in the middle, answers
that lead to it are made up for her; she goes back and changes them to see another way.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_engine.definition import build
from forms_engine.drafts import ITEMS, Answers, Filling, Place, Row
from forms_engine.models import Draft, Party
from forms_engine.pages.frame import step_url
from forms_engine.preview import CHILD, choices, example, with_words
from forms_engine.read_once import Texts
from forms_engine.rules.journey import StepStore
from forms_engine.rules.known import Holds
from forms_engine.rules.made_up import Chosen, answers_to
from forms_engine.rules.seeing import seen
from forms_engine.spec import Form, Question, Section, Step, Stretch
from forms_engine.streams import Definition, from_stream
from forms_engine.types import asking, question_types

# What a session keeps of a trial: what was typed and what was made up, each as [step, item, answers].
Kept = Mapping[str, list[list[Any]]]


class Deciding(NamedTuple):
    """An answer on which it depends what is asked, and the page on which to change it."""

    question: str
    said: str
    url: str


@dataclass
class Trial(Filling):
    """A form in progress that no database holds. `home`: the address under which its pages stand."""

    home: str = ""
    # Clean values of what nobody typed.
    made: dict[Place, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, definition: Definition, kept: Kept, step_id: str, home: str, today: dt.date) -> Self:
        """The form as it stands in the editor, as far as it was tried. `step_id`: the page that is to be shown."""
        typed, made = kept.get("typed", []), kept.get("made", [])
        return cls(
            party=Party(draft=Draft(wording={"child": CHILD})),
            form=_form(definition, step_id, today),
            today=today,
            stored={
                (step, item): (step, item, *Row.of(1, answers, order))
                for order, (step, item, answers) in enumerate(typed)
            },
            home=home,
            made={(step, item): values for step, item, values in made},
        )

    @property
    def kept(self) -> Kept:
        return {
            "typed": [[*place, row.answers] for place, row in self.rows.items()],
            "made": [[*place, values] for place, values in self.made.items()],
        }

    @cached_property
    def url(self) -> str:
        return self.home

    def typed(self, step: Step, item: str = "") -> Answers:
        made = self.made.get((step.id, item), {})
        asked = step.questions_by_id
        shown = {id: _as_typed(asked[id], value) for id, value in made.items() if id in asked}
        return {**shown, **super().typed(step, item)}

    def _is_told_by(self, stretch: Stretch, texts: Texts) -> bool:
        """Never: what was made up stands in no text, and the next look is at another form."""
        return False

    def _read(self, step: Step, item: str) -> StepStore:
        store, typed = super()._read(step, item), self.row(step.id, item).answers
        made = {id: value for id, value in self.made.get((step.id, item), {}).items() if id not in typed}
        return replace(store, values={**store.values, **made}) if made else store

    def keep(self, place: Place, answers: Answers) -> None:
        """Keep what was typed on a page."""
        order = self.row(*place).order if place in self.stored else len(self.stored)
        self.put(place, Row.of(1, answers, order))

    def arrange(self, step_id: str, items: list[str]) -> None:
        """The items that a group has, in this order. Those that are not named go."""
        for place in [place for place in self.stored if place[0] == step_id and place[1] not in ("", *items)]:
            del self.stored[place]
            self.made.pop(place, None)
        self.look_again()
        self.keep((step_id, ""), {ITEMS: items})

    def lead_to(self, step: Step) -> bool:
        """Make up what has to be answered for `step` to be met, and for its questions. False where nothing leads there.

        What was typed stays, unless it leads elsewhere.
        """
        chosen = answers_to(self.form, step, self.form.day(self.today), choices, example)
        if chosen is None:
            return step.id in self.journey.steps
        self._make_up(chosen, over=False)
        if step.id not in self.journey.steps:
            self._make_up(chosen, over=True)
        if step.id not in self.journey.steps:
            self.stored, self.made = {}, {}
            self._make_up(chosen, over=True)
        return step.id in self.journey.steps

    def _make_up(self, chosen: Chosen, *, over: bool) -> None:
        """Answer with `chosen` what was not answered; `over`: also what was."""
        for id, value in chosen.items():
            if id in self.form.step_of:
                self._answer(self.form.step_of[id].place, {id: value}, over=over)
            elif over or not self.items(id):
                names = [f"{number:08x}" for number in range(len(value))]
                self.arrange(id, [])
                for name, item in zip(names, value, strict=True):
                    self._answer((id, name), item, over=True)
                self.arrange(id, names)
        self.look_again()

    def _answer(self, place: Place, values: Mapping[str, Any], *, over: bool) -> None:
        typed = self.row(*place).answers
        kept = {id: answer for id, answer in typed.items() if not (over and id in values)}
        fresh = {id: value for id, value in values.items() if id not in kept}
        self.made[place] = {**self.made.get(place, {}), **fresh}
        self.keep(place, kept)

    def deciding(self) -> list[Deciding]:
        """The answers on which it depends what is asked, as far as they are asked now."""
        form = self.form
        parts: list[Section | Step | Question] = [*form.sections, *form.steps, *form.questions()]
        read = frozenset[str]().union(*(part.show_if.questions() for part in parts if part.show_if))
        return [
            self._deciding(id, on_path.step)
            for on_path in self.journey.path
            for id in (on_path.step.id, *on_path.questions)
            if id in read
        ]

    def _deciding(self, id: str, step: Step) -> Deciding:
        url, value = step_url(self, step), self.journey.values.get(id)
        if step.id == id:
            number = len(value or ())
            said = ngettext("%(number)s added", "%(number)s added", number) % {"number": number}
            return Deciding(self.wording(step.title), said, url)
        question = step.questions_by_id[id]
        said = ", ".join(asking.nodes(question, value, self.wording)) if value is not None else ""
        return Deciding(self.wording(question.label), said or _("not answered"), url)

    def not_asked(self, step: Step) -> list[str]:
        """The questions of a page that these answers do not open."""
        shown = self.page(step).shown
        whole = self.form.steps_by_id[step.id]
        return [self.wording(question.label) for question in whole.questions if question.id not in shown]


def _form(definition: Definition, step_id: str, today: dt.date) -> Form:
    """The form as families see it; as staff do, where the page is for staff alone."""
    whole = build(with_words(from_stream(definition)))
    families = seen(whole, today, by_staff=False)
    is_for_staff = step_id in whole.steps_by_id and step_id not in families.steps_by_id
    return seen(whole, today, by_staff=True) if is_for_staff else families


def _as_typed(question: Question, value: Any) -> Any:
    """A value as somebody would have typed it."""
    holds = question_types.get(question.type).holds
    if holds in (Holds.DATE, Holds.MONTH):
        return dict(zip(("year", "month", "day"), str(value).split("-"), strict=False))
    return value if isinstance(value, list) else str(value)

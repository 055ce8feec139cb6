"""Conditions said in words, for whoever builds or proof-reads a form: no id ever shows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forms_engine.operator_words import operator_words
from forms_engine.rules.conditions import All, AnyOf, Condition, Count, Items, Not, Test, Which
from forms_engine.rules.known import Holds
from forms_engine.rules.operators import TAKES_AGE, FromToday, Operand, Operator, Threshold
from forms_engine.spec import Form, Question
from forms_engine.types import question_types
from forms_engine.wording import Wording


@dataclass(frozen=True)
class Words:
    """The words of one form. `wording` puts a name into its texts.

    A question with a number in `numbers` is called by it, as on paper.
    """

    form: Form
    wording: Wording
    numbers: Mapping[str, int] = field(default_factory=dict)

    def condition(self, condition: Condition) -> str:
        """ "“Where should Robin learn?” is “At a school”"; joined conditions in brackets where they need them."""
        match condition:
            case All(parts):
                return pgettext("between conditions", " and ").join(self._inner(part) for part in parts)
            case AnyOf(parts):
                return _(" or ").join(self._inner(part) for part in parts)
            case Not(part):
                return _("it is not so that %(condition)s") % {"condition": self._inner(part)}
            case Items(group, which, has):
                words = {"page": self.page(group), "condition": self.condition(has)}
                if which is Which.ANY:
                    return _("in at least one answer of “%(page)s”, %(condition)s") % words
                return _("in every answer of “%(page)s”, %(condition)s") % words
            case Count(group, operator, number):
                words = {"page": self.page(group), "is": operator_words()[operator], "number": str(number)}
                return _("the number of answers in “%(page)s” %(is)s %(number)s") % words
            case Test():
                return self._test(condition)
        raise TypeError(type(condition).__name__)

    def _inner(self, part: Condition) -> str:
        said = self.condition(part)
        return f"({said})" if isinstance(part, All | AnyOf) else said

    def _test(self, test: Test) -> str:
        words = {"question": self.question(test.question), "is": operator_words()[test.operator]}
        if test.operator is Operator.WAS_ANSWERED:
            return _("%(question)s %(is)s") % words
        said = _("%(question)s %(is)s %(answer)s") % {**words, "answer": self.operand(test)}
        return _("%(test)s on %(day)s") % {"test": said, "day": test.on} if test.on else said

    def operand(self, test: Test) -> str:
        """What an answer is compared with: an answer's label in quotes, a day, a number, an age."""
        value: Operand = test.operand
        if test.operator in TAKES_AGE:
            return str(value)
        if isinstance(value, FromToday):
            return _from_today(value)
        if isinstance(value, Threshold):
            return _("the limit “%(name)s”") % {"name": value.name}
        if isinstance(value, tuple):
            return _(" or ").join(self._answer(test.question, one) for one in value)
        return self._answer(test.question, value)

    def _answer(self, question_id: str, value: object) -> str:
        question = self._question(question_id)
        if question is None or question.type not in question_types:
            return f"“{value}”"
        kind = question_types.get(question.type)
        if kind.takes_options or kind.own_options:
            return f"“{self.option(question, str(value))}”"
        return " ".join(kind.nodes(question, value, self.wording)) or str(value)

    def option(self, question: Question, option_id: str) -> str:
        """An answer by the words that people choose it by."""
        kind = question_types.get(question.type)
        # A type that takes several wants a list.
        raw = option_id if kind.own_options or question.type.startswith("one_of") else [option_id]
        return "".join(kind.nodes(question, raw, self.wording)) or _("an answer that was deleted")

    def question(self, question_id: str) -> str:
        """A question in quotes, with its page where another is worded alike; or by its number."""
        if question_id in self.numbers:
            return _("question %(number)s") % {"number": self.numbers[question_id]}
        question = self._question(question_id)
        if question is None:
            return _("a question that was deleted")
        if not question.label and question_types.get(question.type).holds is Holds.NOTHING:
            return _("a text to read")
        label = self.wording(question.label) or _("question without words")
        if self._alike[question.label] < 2:
            return f"“{label}”"
        return _("“%(question)s” (page “%(page)s”)") % {
            "question": label,
            "page": self.page(self.form.step_of[question_id].id),
        }

    def page(self, step_id: str) -> str:
        step = self.form.steps_by_id.get(step_id)
        return (self.wording(step.title) if step else "") or _("page without a title")

    def _question(self, question_id: str) -> Question | None:
        return self.form.question(question_id) if question_id in self.form.step_of else None

    @cached_property
    def _alike(self) -> Counter[str]:
        return Counter(question.label for question in self.form.questions())


def _from_today(value: FromToday) -> str:
    if not value.years and not value.days:
        return _("today")
    number, unit = (value.years, "years") if value.years else (value.days, "days")
    many = abs(number)
    if unit == "years":
        said = ngettext("%(number)s year", "%(number)s years", many) % {"number": many}
    else:
        said = ngettext("%(number)s day", "%(number)s days", many) % {"number": many}
    return (_("today less %(time)s") if number < 0 else _("today and %(time)s")) % {"time": said}

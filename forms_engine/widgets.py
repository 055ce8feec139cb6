"""Inputs of the form editor: each holds JSON in one input, which a script draws as a small table or as rows.

One input a question, where nested blocks would send a dozen: a long form stays far below Django's limit of
fields.
"""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from forms_engine.operator_words import operator_words
from forms_engine.rules.known import Holds
from forms_engine.rules.operators import (
    COUNTS,
    TAKES_AGE,
    TAKES_DATE,
    TAKES_LIST,
    TAKES_NOTHING,
    TAKES_NUMBER,
    Operator,
)
from forms_engine.spec import RuleKind
from forms_engine.types import question_types


def operators_of_types() -> dict[str, list[str]]:
    """Question type -> the operators that may read it, in the order in which they are offered."""
    return {
        name: [operator.value for operator in Operator if operator in question_type.operators]
        for name, question_type in question_types.items()
        if question_type.operators
    }


def operand_shapes() -> dict[str, str]:
    """Operator -> what it compares with: "list", "number", "date", "age", "nothing", or "one" (an answer)."""
    shapes = {
        "list": TAKES_LIST,
        "number": TAKES_NUMBER,
        "date": TAKES_DATE,
        "age": TAKES_AGE,
        "nothing": TAKES_NOTHING,
    }
    return {
        operator.value: next((shape for shape, operators in shapes.items() if operator in operators), "one")
        for operator in Operator
    }


def answer_boxes() -> dict[str, str]:
    """Question type -> the kind of HTML input in which an editor types what its answers are compared with."""
    kinds = {Holds.NUMBER: "number", Holds.DATE: "date", Holds.MONTH: "date", Holds.TIME: "time"}
    return {name: kinds[kind.holds] for name, kind in question_types.items() if kind.holds in kinds}


class EditorInput(forms.TextInput):
    """A text input that the Stimulus controller `controller` hides and draws."""

    controller = ""

    class Media:
        css = {"all": ["portal/admin/form-editor.css"]}
        js = [forms.Script("portal/admin/form-editor.js", type="module")]

    def texts(self) -> dict[str, str]:
        """Everything that the script says, translated here."""
        raise NotImplementedError

    def facts(self) -> dict[str, Any]:
        """What the script must know of the engine."""
        return {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "autocomplete": "off",
            "data-controller": self.controller,
            f"data-{self.controller}-texts-value": json.dumps(self.texts()),
            f"data-{self.controller}-facts-value": json.dumps(self.facts()),
        }
        return context


class RadioRow(forms.RadioSelect):
    """A few choices beside one another. `label` is what the row is called to screen readers."""

    template_name = "forms_engine/admin/radio_row.html"

    class Media:
        css = {"all": ["portal/admin/form-editor.css"]}

    def __init__(self, label: Any) -> None:
        super().__init__()
        self.label = label

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["label"] = self.label
        return context


class OptionsInput(EditorInput):
    """The answers to choose from: `[{"id", "label", "hint", "reveals", "show_if", "is_child"}]`, as a table.

    The words about conditions stand with the conditions themselves (`ConditionInput`), once on a page.
    """

    controller = "portal-options"

    def facts(self) -> dict[str, Any]:
        return {"conditional": True}

    def texts(self) -> dict[str, str]:
        return {
            "answer": _("Answer"),
            "hint": _("Hint (if it needs one)"),
            "add": _("Add an answer"),
            "add_other": _("Add “Other, please say”"),
            "other": _("Other"),
            "please_say": _("Please say"),
            "remove": _("Remove answer {number}"),
            "up": _("Move answer {number} up"),
            "down": _("Move answer {number} down"),
            "reveals": _("Questions that open under this answer"),
            "none_to_reveal": _("Add the question to this page first. Then you find it here, and tick it."),
            "offered": _("Who is offered answer {number}"),
            "offered_to_all": _("More about answer {number} (everybody is offered it)"),
            "offered_to_some": _("More about answer {number} (offered only when {condition})"),
            "is_child": _(
                "Who chooses answer {number} fills the form in about themself: later questions say “you”"
            ),
            "unnamed": _("Question without words"),
            "unnamed_text": _("Text without a heading"),
            "help": _(
                "Press Enter for the next answer. Alt with the up and down arrow keys moves an answer. "
                "A list that you paste becomes one answer a line."
            ),
        }


class SeveralOptionsInput(OptionsInput):
    """Answers of which several can be given: each may be one that stands alone."""

    def texts(self) -> dict[str, str]:
        return super().texts() | {"exclusive": _("Nothing else can be chosen with answer {number}")}

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"several": True}


class LongListInput(OptionsInput):
    """Answers of which one is searched for: nothing opens under them."""

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"plain": True}


class OwnAnswersInput(OptionsInput):
    """Yes and no: other words for them, hints, and what opens under each. None can be added."""

    def texts(self) -> dict[str, str]:
        return super().texts() | {"yes": _("Yes"), "no": _("No")}

    def facts(self) -> dict[str, Any]:
        return {"own": ["yes", "no"]}


class ListInput(OptionsInput):
    """Things with a name each: `[{"id", "label", "hint"}]`.

    `one` is what one of them is called, such as "Row"; `add` is said on the button that makes one.
    """

    def __init__(self, one: Any, add: Any, **kwargs: Any) -> None:
        self.one, self.add = one, add
        super().__init__(**kwargs)

    def texts(self) -> dict[str, str]:
        return super().texts() | {
            "answer": str(self.one),
            "add": str(self.add),
            "remove": _("Remove %(one)s {number}") % {"one": str(self.one).lower()},
            "up": _("Move %(one)s {number} up") % {"one": str(self.one).lower()},
            "down": _("Move %(one)s {number} down") % {"one": str(self.one).lower()},
            "help": _(
                "Press Enter for the next one. Alt with the up and down arrow keys moves one. "
                "A list that you paste becomes one a line."
            ),
        }

    def facts(self) -> dict[str, Any]:
        return {"plain": True}


class ColumnsInput(EditorInput):
    """What is asked in each row: `[{"id", "label", "type", "level", "options"}]`, a line a column."""

    controller = "portal-columns"

    def texts(self) -> dict[str, str]:
        return {
            "label": _("What is asked"),
            "type": _("Kind of answer"),
            "hint": _("Hint (if it needs one)"),
            "required": _("Must be answered"),
            "options": _("Answers to choose from, one a line"),
            "add": _("Add a column"),
            "remove": _("Remove column {number}"),
            "up": _("Move column {number} up"),
            "down": _("Move column {number} down"),
        }

    def facts(self) -> dict[str, Any]:
        fitting = [(name, kind) for name, kind in question_types.items() if kind.fits_a_column]
        return {
            "types": [[name, str(kind.label)] for name, kind in fitting],
            "choices": [name for name, kind in fitting if kind.takes_options],
        }


class ExclusionsInput(EditorInput):
    """What cannot be chosen together in a grid: `[{"columns": [ids]}, {"rows": [ids]}]`, a line a set."""

    controller = "portal-exclusions"

    def texts(self) -> dict[str, str]:
        return {
            "columns": _("In one row, only one of these columns"),
            "rows": _("In one column, only one of these rows"),
            "kind": _("What excludes one another {number}"),
            "add": _("Add a set that excludes one another"),
            "remove": _("Remove set {number}"),
            "unnamed": _("without words"),
        }


class ConditionInput(EditorInput):
    """A condition of the engine (`rules/conditions.py`), as rows "question, operator, answer"."""

    controller = "portal-condition"

    def texts(self) -> dict[str, str]:
        return {
            "always": _("Always."),
            "begin": _("Only on a condition"),
            "all": _("all of these are true"),
            "any": _("any of these is true"),
            "when": _("when"),
            "and": _("and"),
            "or": _("or"),
            "add": _("Add a condition"),
            "remove": _("Remove condition {number}"),
            "match": _("Shown when"),
            "question": _("Question {number}"),
            "operator": _("How it is compared {number}"),
            "answer": _("Answer {number}"),
            "choose_question": _("Choose a question"),
            "choose_answer": _("Choose an answer"),
            "unnamed": _("Question without words"),
            "unnamed_answer": _("answer without words"),
            "unnamed_step": _("page without a title"),
            "later": _("{question} (not on an earlier page)"),
            "gone": _("A question that was deleted"),
            "answer_gone": _("An answer that was deleted"),
            "mend_later": _(
                "This question is not on an earlier page. Move it up, or choose another question."
            ),
            "mend_gone": _("This question was deleted. Choose another, or remove the condition."),
            "mend_answer": _("This answer was deleted. Choose another."),
            "unfinished": _("unfinished condition"),
            "none_earlier": _("There is no answer on an earlier page to depend on."),
            "opens_under": _("opens under “{answer}” of “{question}”"),
            "opened": _("Only where “{answer}” is the answer to “{question}”, on this page."),
            "begin_opened": _("And only on a condition"),
            "nested": _("This condition was imported and is too deep to change here: {condition}."),
            "replace": _("Remove it"),
            "not": _("not ({condition})"),
            "yes": _("Yes"),
            "no": _("No"),
            "add_nested": _("Add several that belong together"),
            "nested_match": _("of these"),
            "of_items": _("What was added on “{step}”"),
            "any_item": _("any of them: {question}"),
            "every_item": _("every one: {question}"),
            "count": _("how many there are"),
            "said_any": _("any of “{step}”"),
            "said_every": _("every one of “{step}”"),
            "said_count": _("the number of “{step}”"),
            "the_day": _("a day"),
            "today": _("today"),
            "years": _("years from today"),
            "days": _("days from today"),
            "said_today": _("today"),
            "said_years": _("{years} years from today"),
            "said_days": _("{days} days from today"),
            "age_on": _("on"),
            "day_hint": _("day, month and year"),
            "day_example": _("31 March 2027"),
            "only_answered": _(
                "Of a question of this kind a condition can ask only this, not what the answer says."
            ),
            "threshold": _("threshold “{name}”"),
            "a_number": _("a number"),
        }

    def facts(self) -> dict[str, Any]:
        types = list(question_types.items())
        return {
            "words": operator_words(),
            "operators": operators_of_types(),
            "shapes": operand_shapes(),
            "own": {
                name: list(kind.own_options) for name, kind in question_types.items() if kind.own_options
            },
            "boxes": answer_boxes(),
            "choices": [name for name, kind in types if kind.takes_options],
            "counts": [operator.value for operator in COUNTS],
        }


class RequiredInput(ConditionInput):
    """When a question must be answered, whatever is said of it otherwise."""

    def texts(self) -> dict[str, str]:
        return super().texts() | {
            "always": _("No: what is said under “Must it be answered?” holds."),
            "begin": _("On a condition"),
            "match": _("Must be answered when"),
            "when": _("must be answered when"),
        }


class AdvisedInput(ConditionInput):
    """When a question that may stay empty should be answered."""

    def texts(self) -> dict[str, str]:
        return super().texts() | {
            "always": _("No: what is said under “Must it be answered?” holds."),
            "begin": _("On a condition"),
            "match": _("Should be answered when"),
            "when": _("should be answered when"),
        }


class VariantsInput(EditorInput):
    """Other words of a question: `[{"when", "label", "hint"}]`, as boxes with a condition each.

    The words about conditions stand with the conditions themselves (`ConditionInput`), once on a page.
    """

    controller = "portal-variants"

    def texts(self) -> dict[str, str]:
        return {
            "label": _("Question"),
            "hint": _("Hint"),
            "title": _("Page title"),
            "when": _("These words when"),
            "add": _("Add other words"),
            "remove": _("Remove words {number}"),
        }

    def facts(self) -> dict[str, Any]:
        return {"words": ["label", "hint"]}


class TitleVariantsInput(VariantsInput):
    """Other titles of a page: `[{"when", "title"}]`."""

    def facts(self) -> dict[str, Any]:
        return {"words": ["title"]}


class RulesInput(EditorInput):
    """What must be so of several questions of a page: `[{"kind", "questions", "message"}]`."""

    controller = "portal-rules"

    def texts(self) -> dict[str, str]:
        return {
            "kind": _("Rule {number}"),
            "questions": _("Of these questions"),
            "message": _("What to say where it is not so (empty: the usual words)"),
            "add": _("Add a rule"),
            "remove": _("Remove rule {number}"),
            "unnamed": _("Question without words"),
            "gone": _("A question that was deleted"),
        }

    def facts(self) -> dict[str, Any]:
        return {
            "kinds": [
                [RuleKind.EXACTLY_ONE, _("Exactly one is answered")],
                [RuleKind.AT_LEAST_ONE, _("At least one is answered")],
                [RuleKind.NO_CHOICE_TWICE, _("Nothing is chosen twice")],
                [RuleKind.DATES_IN_ORDER, _("The days stand in this order")],
            ]
        }


class ThresholdsInput(EditorInput):
    """The numbers of a form that change by date: `{name: [{"from", "value", "source"}]}`, as a table."""

    controller = "portal-thresholds"

    def texts(self) -> dict[str, str]:
        return {
            "name": _("Name"),
            "from": _("From"),
            "value": _("Number"),
            "source": _("Where it stands written"),
            "add": _("Add a number"),
            "remove": _("Remove number {number}"),
            "help": _("The same name with a later day is what it becomes on that day."),
        }


class OwnQuestionInput(EditorInput):
    """The id of one of the questions of the same page, as a list to choose from."""

    controller = "portal-own-question"

    def texts(self) -> dict[str, str]:
        return {
            "nothing": _("Choose a question"),
            "unnamed": _("Question without words"),
            "gone": _("A question that was deleted"),
        }


class FormulaInput(EditorInput):
    """A calculation as text, with a list of earlier numbers and dates to put into it, and how it reads."""

    controller = "portal-formula"

    def texts(self) -> dict[str, str]:
        return {
            "answer": _("Answer to put in"),
            "put_in": _("Put it in"),
            "reads": _("Reads: {formula}"),
            "unnamed": _("Question without words"),
            "gone": _("a question that is not on an earlier page"),
            "help": _("Works with + - * / ( ), min, max, round, and months or years between two dates."),
        }

    def facts(self) -> dict[str, Any]:
        readable = (Holds.NUMBER, Holds.DATE)
        return {"types": [name for name, kind in question_types.items() if kind.holds in readable]}

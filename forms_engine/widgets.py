"""Inputs of the form editor: each holds JSON in one input, which a script draws as a small table or as rows.

One input a question, where nested blocks would send a dozen: a long form stays far below Django's limit of
fields.
"""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from forms_engine.rules.conditions import TAKES_DATE, TAKES_LIST, TAKES_NOTHING, TAKES_NUMBER, Operator
from forms_engine.types import question_types


def operator_words() -> dict[str, str]:
    """How each operator reads between a question and an answer."""
    return {
        Operator.IS: _("is"),
        Operator.IS_NOT: _("is not"),
        Operator.IS_ONE_OF: _("is one of"),
        Operator.CONTAINS_ANY: _("includes any of"),
        Operator.MORE_THAN: _("is more than"),
        Operator.LESS_THAN: _("is less than"),
        Operator.BEFORE: _("is before"),
        Operator.AFTER: _("is after"),
        Operator.WAS_ANSWERED: _("was answered"),
    }


def operators_of_types() -> dict[str, list[str]]:
    """Question type -> the operators that may read it, in the order in which they are offered."""
    return {
        name: [operator.value for operator in Operator if operator in question_type.operators]
        for name, question_type in question_types.items()
        if question_type.operators
    }


def operand_shapes() -> dict[str, str]:
    """Operator -> what it compares with: "list", "number", "date", "nothing", or "one" (an answer)."""
    shapes = {"list": TAKES_LIST, "number": TAKES_NUMBER, "date": TAKES_DATE, "nothing": TAKES_NOTHING}
    return {
        operator.value: next((shape for shape, operators in shapes.items() if operator in operators), "one")
        for operator in Operator
    }


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


class OptionsInput(EditorInput):
    """The answers to choose from: `[{"id", "label", "hint", "reveals"}]`, as a table."""

    controller = "portal-options"

    def texts(self) -> dict[str, str]:
        return {
            "answer": _("Answer"),
            "hint": _("Hint (if it needs one)"),
            "add": _("Add an answer"),
            "remove": _("Remove answer {number}"),
            "up": _("Move answer {number} up"),
            "down": _("Move answer {number} down"),
            "reveals": _("Questions that open under this answer"),
            "none_to_reveal": _("Add the question to open to this page first."),
            "unnamed": _("Question without words"),
            "unnamed_text": _("Text without a heading"),
            "help": _(
                "Press Enter for the next answer. Alt with the up and down arrow keys moves an answer. "
                "A list that you paste becomes one answer a line."
            ),
        }


class OwnAnswersInput(OptionsInput):
    """Yes and no: other words for them, hints, and what opens under each. None can be added."""

    def texts(self) -> dict[str, str]:
        return super().texts() | {"yes": _("Yes"), "no": _("No")}

    def facts(self) -> dict[str, Any]:
        return {"own": ["yes", "no"]}


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
            "none_earlier": _("No earlier page asks a question that a condition can read."),
            "nested": _("This condition was imported and is too deep to change here: {condition}."),
            "replace": _("Remove it"),
            "not": _("not ({condition})"),
            "yes": _("Yes"),
            "no": _("No"),
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
            "choices": [name for name, kind in types if kind.takes_options],
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

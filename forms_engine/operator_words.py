"""How conditions read: to editors in the form editor, and to families on the form on paper."""

from django.utils.translation import gettext as _

from forms_engine.rules.operators import Operator


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
        Operator.AGE_AT_LEAST: _("is so long ago that the age is at least"),
        Operator.AGE_UNDER: _("is so short ago that the age is under"),
        Operator.WAS_ANSWERED: _("was answered"),
    }

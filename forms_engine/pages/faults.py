"""What to say where answers do not fulfil a rule together."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from forms_engine.rules.together import Broken
from forms_engine.spec import RuleKind
from forms_engine.types.base import Error

_USUAL = {
    RuleKind.EXACTLY_ONE: gettext_noop("Answer one of these questions, and only one"),
    RuleKind.AT_LEAST_ONE: gettext_noop("Answer at least one of these questions"),
    RuleKind.NO_CHOICE_TWICE: gettext_noop("You have chosen this already. Choose another, or leave it empty"),
    RuleKind.DATES_IN_ORDER: gettext_noop("This date must not be before the date above it"),
}


def faults(broken: Iterable[Broken]) -> dict[str, tuple[Error, ...]]:
    """Question id -> its error. Of two rules that are broken at one question, the first speaks."""
    said: dict[str, tuple[Error, ...]] = {}
    for fault in broken:
        said.setdefault(fault.question, (("", fault.rule.message or _(_USUAL[fault.rule.kind])),))
    return said

"""A form as it was published: frozen, with no Django in it. `definition.py` reads and writes its JSON."""

from forms_engine.spec.forms import Form, Section, Stretch
from forms_engine.spec.parts import (
    EVERYONE,
    STAFF,
    Level,
    PrefillMode,
    Rule,
    RuleKind,
    Since,
    StepKind,
    Translation,
    Variant,
)
from forms_engine.spec.questions import Calculation, Option, Question
from forms_engine.spec.steps import Asking, Group, Itself, Step, Waypoint

__all__ = [
    "EVERYONE",
    "STAFF",
    "Asking",
    "Calculation",
    "Form",
    "Group",
    "Itself",
    "Level",
    "Option",
    "PrefillMode",
    "Question",
    "Rule",
    "RuleKind",
    "Section",
    "Since",
    "Step",
    "StepKind",
    "Stretch",
    "Translation",
    "Variant",
    "Waypoint",
]

"""The question types that the engine brings along."""

from core.registry import Registry
from forms_engine.types.addresses import Address
from forms_engine.types.base import QuestionType
from forms_engine.types.choices import AnyOf, Declaration, OneOf, YesNo
from forms_engine.types.dates import Date
from forms_engine.types.files import File
from forms_engine.types.guidance import Guidance
from forms_engine.types.numbers import Number
from forms_engine.types.texts import Email, LongText, Phone, ShortText


def register(registry: Registry[QuestionType]) -> None:
    """Put them all into `registry`, in the order in which an editor is offered them."""
    types: tuple[QuestionType, ...] = (
        ShortText(),
        LongText(),
        YesNo(),
        OneOf(),
        AnyOf(),
        Date(),
        Number(),
        Email(),
        Phone(),
        Address(),
        File(),
        Guidance(),
        Declaration(),
    )
    for question_type in types:
        registry.register(question_type.name, question_type)

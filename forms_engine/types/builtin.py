"""The question types that the engine brings along."""

from core.registry import Registry
from forms_engine.types.addresses import Address
from forms_engine.types.base import QuestionType
from forms_engine.types.calculated import Calculated
from forms_engine.types.choices import AnyOf, Declaration, OneOf, OneOfMany, YesNo
from forms_engine.types.dates import Date, Month
from forms_engine.types.files import File, Media, TextOrFile
from forms_engine.types.grids import Grid
from forms_engine.types.guidance import Guidance, WarningText
from forms_engine.types.numbers import Money, Number
from forms_engine.types.phones import Phone
from forms_engine.types.rankings import Ranking
from forms_engine.types.records import RecordChoice
from forms_engine.types.references import NhsNumber, Postcode, Reference, Upn
from forms_engine.types.signatures import Signature
from forms_engine.types.tables import FixedTable
from forms_engine.types.texts import Email, FullName, LongText, ShortText
from forms_engine.types.times import Time


def register(registry: Registry[QuestionType]) -> None:
    """Put them all into `registry`, in the order in which an editor is offered them."""
    types: tuple[QuestionType, ...] = (
        ShortText(),
        LongText(),
        YesNo(),
        OneOf(),
        OneOfMany(),
        AnyOf(),
        Date(),
        Month(),
        Time(),
        Number(),
        Money(),
        FullName(),
        Email(),
        Phone(),
        Address(),
        Postcode(),
        NhsNumber(),
        Upn(),
        Reference(),
        FixedTable(),
        Grid(),
        Ranking(),
        Calculated(),
        RecordChoice(),
        File(),
        TextOrFile(),
        Media(),
        Guidance(),
        WarningText(),
        Declaration(),
        Signature(),
    )
    for question_type in types:
        registry.register(question_type.name, question_type)

"""The part of the structure check that looks into rows and columns: of tables, grids and rankings."""

from collections.abc import Iterator, Sequence

from forms_engine.rules.faults import Fault, Faults
from forms_engine.rules.known import Known, TypeFacts, is_id, placed_questions
from forms_engine.rules.structure_questions import question_faults
from forms_engine.spec import Form, Option, Question


def check_wide(form: Form, known: Known) -> Faults:
    """Whether rows and columns can be told apart, and each column is a question that fits into one."""
    for path, _step, question in placed_questions(form):
        facts = known.types.get(question.type)
        for key, words in _faults(question, facts, known) if facts else ():
            yield Fault(f"{path}.config.{key}", words)


def _faults(question: Question, facts: TypeFacts, known: Known) -> Iterator[tuple[str, str]]:
    """The place within the question's `config`, and what is wrong there."""
    sound = {
        key
        for key, rule in facts.config_keys.items()
        if key in question.config and rule.holds(question.config[key])
    }
    if "rows" in sound:
        yield from _id_faults("rows", question.rows)
    if "columns" in sound:
        yield from _id_faults("columns", question.columns)
    if "exclusions" in sound:
        yield from _exclusion_faults(question)
    if "most" in sound and "least" in sound and question.config["least"] > question.config["most"]:
        yield "least", "least is more than most"
    if "columns" in sound and facts.asks_columns:
        for place, column in enumerate(question.columns):
            for inner, words in _column_faults(column, known):
                yield f"columns[{place}].{inner}", words


def _exclusion_faults(question: Question) -> Iterator[tuple[str, str]]:
    known = {"rows": {row.id for row in question.rows}, "columns": {column.id for column in question.columns}}
    for place, entry in enumerate(question.config["exclusions"]):
        for kind, ids in entry.items():
            for index, id in enumerate(ids):
                if id not in known[kind]:
                    yield f"exclusions[{place}].{kind}[{index}]", f'"{id}" is none of the {kind}'
                elif id in ids[:index]:
                    yield f"exclusions[{place}].{kind}[{index}]", f'"{id}" stands here twice'


def _id_faults(key: str, parts: Sequence[Option | Question]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for place, part in enumerate(parts):
        if not is_id(part.id):
            yield (
                f"{key}[{place}].id",
                f'"{part.id}" is no id: an id has small letters, numbers and single hyphens',
            )
        elif part.id in seen:
            yield f"{key}[{place}].id", f'the id "{part.id}" stands here twice'
        if not part.label:
            yield f"{key}[{place}].label", "this must not be empty"
        seen.add(part.id)


def _column_faults(column: Question, known: Known) -> Iterator[tuple[str, str]]:
    facts = known.types.get(column.type)
    if facts is None or not facts.fits_a_column:
        fitting = ", ".join(name for name, each in known.types.items() if each.fits_a_column)
        yield "type", f'"{column.type}" fits into no column; what fits: {fitting}'
        return
    yield from question_faults(column, facts, known)
    yield from _id_faults("options", column.options)

"""The register of schools, to choose from in a form."""

import pytest

from forms_engine.registries import record_choices
from schools.models import School

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B32")]


@pytest.fixture
def oakfield() -> School:
    return School.objects.create(name="Oakfield Primary School", town="Milton Cross")


def found(words: str, most: int = 10) -> list[str]:
    return [record.words for record in record_choices.get("schools").find(words, most)]


def test_a_school_is_found_by_any_words_of_its_name_and_town(oakfield: School) -> None:
    School.objects.create(name="Northgate School", town="Milton Cross")

    assert found("oak milton") == ["Oakfield Primary School"]
    assert found("milton") == ["Northgate School", "Oakfield Primary School"]
    assert found("milton", 1) == ["Northgate School"]
    assert found("' OR 1=1 %") == []


@pytest.mark.parametrize("kind", list(School.Kind))
def test_the_law_lets_families_ask_for_every_kind_but_independent_schools_that_are_not_approved(
    oakfield: School, kind: School.Kind
) -> None:
    oakfield.kind = kind
    oakfield.save()
    record = record_choices.get("schools").get(str(oakfield.pk))

    assert record is not None
    assert (record.words, record.detail) == ("Oakfield Primary School", "Milton Cross")
    if kind == School.Kind.INDEPENDENT:
        assert record.note == "This school is not on the approved list. You can still ask"
    else:
        assert record.note == "The law lets you ask for this school"


@pytest.mark.parametrize("id", ["", "x", "0" * 5000, "00000000-0000-4000-8000-000000000000"])
def test_an_id_that_is_no_schools_finds_none(id: str) -> None:
    assert record_choices.get("schools").get(id) is None

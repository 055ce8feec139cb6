"""What a family is asked when it claims free school meals: no more than the rules of the day need."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from forms_engine.definition import build
from forms_engine.rules.journey import Journey, StepStore, walk

FILE = Path(__file__).parents[2] / "fixtures" / "forms" / "free-school-meals-claim.json"
FORM = build(json.loads(FILE.read_text(encoding="utf-8")))
TODAY = dt.date(2026, 10, 20)

pytestmark = pytest.mark.capability("C27")


def claim(**answers: Any) -> Journey:
    """Walk the form with `answers` by question, "_" for "-"."""
    given = {id.replace("_", "-"): answer for id, answer in answers.items()}
    store = {
        (step.id, ""): StepStore({id: given[id] for id in step.question_ids if id in given})
        for step in FORM.steps
    }
    return walk(FORM, store, TODAY)


def asked(journey: Journey, *steps: str) -> list[str]:
    """Those of `steps` that are on the path."""
    return [each.step.id for each in journey.path if each.step.id in steps]


@pytest.mark.parametrize(
    ("benefit", "day", "pages"),
    [
        pytest.param("benefit-uc", "2026-08-31", ["earnings"], id="before the rules changed"),
        pytest.param("benefit-uc", "2026-09-01", [], id="since the rules changed"),
        pytest.param("benefit-is", "2026-08-31", [], id="a benefit that never had a limit"),
    ],
)
def test_earnings_are_asked_for_only_where_they_had_a_limit(benefit: str, day: str, pages: list[str]) -> None:
    assert asked(claim(benefits=[benefit], claim_from=day), "earnings") == pages


@pytest.mark.parametrize(
    ("month", "three_months", "pages"),
    [
        pytest.param("616.67", "", [], id="at the limit"),
        pytest.param("616.68", "1850", ["earnings-longer"], id="one good month"),
        pytest.param("616.68", "1850.01", ["earnings-longer", "may-be-no"], id="above both limits"),
    ],
)
def test_who_earned_more_in_one_month_is_asked_for_three_before_a_no_is_spoken_of(
    month: str, three_months: str, pages: list[str]
) -> None:
    journey = claim(
        benefits=["benefit-uc"],
        claim_from="2026-08-31",
        earned_month=month,
        earned_three_months=three_months,
    )
    assert asked(journey, "earnings-longer", "may-be-no") == pages


def test_who_may_not_claim_public_funds_is_asked_for_no_number_and_told_that_meals_do_no_harm() -> None:
    assert asked(claim(benefits=["benefit-no-funds"]), "no-funds", "your-number") == ["no-funds"]


def test_who_gets_none_of_the_benefits_can_claim_all_the_same() -> None:
    found = asked(claim(benefits=["benefit-none"]), "may-be-no", "your-number", "check")
    assert found == ["may-be-no", "your-number", "check"]

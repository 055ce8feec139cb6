"""What families tell of danger, and of whom we must not tell: for the team alone that the form comes to."""

import json
from pathlib import Path

import pytest

from forms_engine.definition import build
from tests.forms_engine.answered import answered

FORMS = Path(__file__).parents[2] / "fixtures" / "forms"

pytestmark = [
    pytest.mark.capability("B31"),
    pytest.mark.parametrize(
        ("slug", "question"),
        [
            ("annual-data-check", "risk"),
            ("annual-data-check", "risk-what"),
            ("change-of-contact-details", "safe"),
            ("change-of-contact-details", "safe-why"),
            ("ehc-needs-assessment-request", "ehc-others-why-not"),
            ("ehc-needs-assessment-request", "ehc-others-risk"),
            ("ehc-needs-assessment-request", "ehc-share-not"),
        ],
    ),
]


def test_it_is_for_the_team_alone_says_so_and_stands_on_no_copy(slug: str, question: str) -> None:
    data = json.loads((FORMS / f"{slug}.json").read_text(encoding="utf-8"))
    form, whole = build(data), answered(data)
    assert form.handler == form.question(question).readers == "accounts.team"
    assert question in {row.question_id for row in whole.rows()}

    copy = whole.without(bool)

    assert question not in {row.question_id for row in copy.rows()}
    first = next(each for each in form.questions() if each.readers and each.id[:3] == question[:3])
    assert "Only the team that gets this form can read this answer." in first.why

"""`manage.py deadlines`, on which people and scripts rely."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Site

from core.models import CouncilSettings

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("deadlines", "--timetable=ehc-england", *args, stdout=out)
    return out.getvalue()


def as_json(*args: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in json.loads(run(*args, "--json"))}


@pytest.mark.capability("B20")
def test_a_request_gives_the_councils_dates_with_the_request_day_as_day_one() -> None:
    found = as_json("--on=request-received=2023-01-30")
    dates = {row: found[row]["due"] for row in ("E1", "E3", "E7")}
    assert dates == {"E1": "2023-03-12", "E3": "2023-05-21", "E7": "2023-06-18"}
    assert set(found["E1"]) == {"id", "event", "due", "rule", "working", "citation"}
    assert found["E1"]["rule"] == "beginning-with"
    assert "30 January 2023" in found["E1"]["working"]
    assert "regulation 5" in found["E1"]["citation"]


@pytest.mark.parametrize("name", ["request-received", "request", "Request received", "request_received"])
def test_the_counting_can_be_chosen_and_the_event_called_by_its_short_name(name: str) -> None:
    found = as_json(f"--on={name}=2023-01-30", "--counting=after")
    assert [found[row]["due"] for row in ("E1", "E3", "E7")] == ["2023-03-13", "2023-05-22", "2023-06-19"]
    assert found["E7"]["rule"] == "after"


def test_the_council_may_count_as_the_regulations_are_worded() -> None:
    site = Site.objects.get(is_default_site=True)
    CouncilSettings.objects.create(site=site, display_rule=CouncilSettings.DisplayRule.AFTER)
    assert as_json("--on=request=2023-01-30")["E1"]["due"] == "2023-03-13"


@pytest.mark.parametrize("counting", ["after", "beginning-with"])
@pytest.mark.parametrize("event", ["draft-served", "draft", "E4"])
def test_a_familys_days_are_never_counted_by_the_councils_rule(event: str, counting: str) -> None:
    found = as_json(f"--on={event}=2026-03-02", f"--counting={counting}")
    assert found["E5"]["due"] == "2026-03-16"
    assert found["E5"]["rule"] == "beginning-with"


def test_of_two_days_for_one_event_the_later_counts() -> None:
    assert as_json("--on=draft=2026-03-02", "--on=draft=2026-04-01")["E5"]["due"] == "2026-04-15"


def test_a_date_at_a_weekend_names_the_working_day_before() -> None:
    how = as_json("--on=request=2026-07-06")["E7"]["working"]
    assert "22 November is a Sunday, so we aim for Friday 20 November" in how


def test_without_json_it_reads_as_lines() -> None:
    assert "2023-03-12  E1  Tell the parent whether the council will assess" in run("--on=request=2023-01-30")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param([], "Say what happened", id="nothing"),
        pytest.param(["--on=request"], "EVENT=YYYY-MM-DD", id="no day"),
        pytest.param(["--on=party=2026-01-01"], "no event 'party'", id="unknown event"),
        pytest.param(["--on=request=2026-02-30"], "'2026-02-30' is not a date", id="no such day"),
        pytest.param(
            ["--on=request=2026-01-01", "--counting=backwards"], "not 'backwards'", id="unknown rule"
        ),
        pytest.param(["--on=request=2026-01-01", "--timetable=csp"], "no timetable 'csp'", id="timetable"),
    ],
)
def test_bad_input_gets_one_clear_line(args: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said) as refused:
        run(*args)
    assert "\n" not in str(refused.value)


def test_both_commands_answer_before_there_is_a_database(tmp_path: Path) -> None:
    """The law does not wait for `make run`."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}"}

    def said(*args: str) -> str:
        command = [sys.executable, "manage.py", *args]
        ended = subprocess.run(
            command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=True
        )
        return ended.stdout

    assert "2023-03-12  E1" in said("deadlines", "--timetable=ehc-england", "--on=request=2023-01-30")
    assert said("working-days", "--from=2026-04-02", "--add=5") == "2026-04-13\n"

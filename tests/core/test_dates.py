from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.template import Context, Template

from core import dates


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (time(19, 52), "7:52pm"),
        (time(10, 0), "10am"),
        (time(0, 5), "12:05am"),
        (time(12, 30), "12:30pm"),
        pytest.param(time(12, 0), "midday", id="12pm means either to many"),
        pytest.param(time(0, 0), "midnight", id="and 12am too"),
        pytest.param(datetime(2026, 7, 1, 9, 0, tzinfo=UTC), "10am", id="London is an hour ahead in summer"),
        pytest.param(datetime(2026, 1, 1, 9, 0, tzinfo=UTC), "9am", id="and not in winter"),
    ],
)
def test_a_time_reads_as_people_say_it(moment: time | datetime, text: str) -> None:
    assert dates.clock_text(moment) == text


def test_a_day_reads_as_people_write_it() -> None:
    assert dates.day_text(date(2023, 1, 30)) == "30 January 2023"
    assert dates.weekday_day_text(date(2026, 10, 26)) == "Monday 26 October"


def test_a_moment_falls_on_the_day_that_it_is_in_london() -> None:
    assert dates.day_text(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


@time_machine.travel("2026-06-30 23:30:00+00:00")
def test_today_is_the_day_in_london() -> None:
    assert dates.today() == date(2026, 7, 1)


def test_a_day_with_its_weekday_is_broken_after_the_weekday_at_the_most() -> None:
    template = Template("{% load portal %}{{ day|weekday_day }}{{ nothing|weekday_day }}")
    shown = template.render(Context({"day": date(2023, 1, 30), "nothing": None}))
    assert shown == "Monday 30\N{NO-BREAK SPACE}January"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("day|day", "30 January 2023"),
        ("moment|clock", "7:52pm"),
        ("1258291|file_size", "1.2 MB"),
        ("26214400|file_size", "25 MB"),
        ("348160|file_size", "340 KB"),
        pytest.param("1048575|file_size", "1 MB", id="never 1024 KB"),
        pytest.param("1|file_size", "1 KB", id="never 0 KB"),
        pytest.param("nothing|day", "", id="no day"),
        pytest.param("nothing|clock", "", id="no time"),
        pytest.param("nothing|file_size", "", id="no file"),
    ],
)
def test_pages_show_days_times_and_sizes_in_one_way_on_one_line(expression: str, text: str) -> None:
    template = Template("{% load portal %}{{ " + expression + " }}")
    shown = template.render(Context({"day": date(2023, 1, 30), "moment": time(19, 52), "nothing": None}))
    assert shown == text.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (", 6 days left", ", 6_days left"),
        ("You have 1 day.", "You have 1_day."),
        ("We said yes, 12 days early", "We said yes, 12_days early"),
        ("Sent on 6 November 2026 at 9am", "Sent on 6_November_2026 at 9am"),
        ("27 3 2016", "27 3 2016"),
        ("No last day", "No last day"),
    ],
)
def test_a_number_and_what_it_counts_stand_on_one_line(text: str, shown: str) -> None:
    rendered = Template("{% load portal %}{{ text|counted }}").render(Context({"text": text}))
    assert rendered.replace("\N{NO-BREAK SPACE}", "_") == shown

"""Working days of the three calendars, and the command that counts them."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from core.bank_holidays import shipped
from core.models import BankHoliday
from core.working_days import HolidaysUnknown, WorkingDays

EASTER_2026 = WorkingDays(
    frozenset(day for calendar, day, _ in shipped() if calendar == "england-and-wales" and day.year == 2026)
)
ALL = {
    name: WorkingDays(frozenset(day for calendar, day, _ in shipped() if calendar == name))
    for name in BankHoliday.Calendar.values
}
days = st.dates(dt.date(2019, 1, 1), dt.date(2027, 6, 30))
calendars = st.sampled_from(list(ALL.values()))


@pytest.mark.parametrize(
    ("calendar", "start", "count", "expected"),
    [
        pytest.param(
            "england-and-wales", "2026-04-02", 5, "2026-04-13", id="over Easter in England and Wales"
        ),
        pytest.param(
            "scotland", "2026-04-02", 5, "2026-04-10", id="Easter Monday is a working day in Scotland"
        ),
        pytest.param("scotland", "2026-06-12", 1, "2026-06-16", id="Scotland's day off for the World Cup"),
        pytest.param("england-and-wales", "2026-06-12", 1, "2026-06-15", id="which England does not have"),
        pytest.param("northern-ireland", "2026-07-10", 1, "2026-07-14", id="the Twelfth falls on a Sunday"),
        pytest.param("england-and-wales", "2026-12-24", 1, "2026-12-29", id="Boxing Day on a Saturday"),
        pytest.param("scotland", "2027-12-31", 1, "2028-01-05", id="two days off at New Year in Scotland"),
        pytest.param("england-and-wales", "2026-04-04", 0, "2026-04-04", id="no days at all"),
    ],
)
def test_the_nth_working_day_after_a_day(calendar: str, start: str, count: int, expected: str) -> None:
    assert ALL[calendar].add(dt.date.fromisoformat(start), count).isoformat() == expected


@given(calendars, days, st.integers(0, 60))
def test_adding_counts_exactly_so_many_working_days(
    calendar: WorkingDays, start: dt.date, count: int
) -> None:
    end = calendar.add(start, count)
    between = [start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(day.weekday() < 5 and day not in calendar.holidays for day in between) == count
    assert count == 0 or (end.weekday() < 5 and end not in calendar.holidays)


@given(calendars, days, st.integers(0, 30), st.integers(0, 30))
def test_adding_twice_is_adding_the_sum(calendar: WorkingDays, start: dt.date, one: int, two: int) -> None:
    assert calendar.add(calendar.add(start, one), two) == calendar.add(start, one + two)


@given(calendars, days)
def test_the_last_working_day_by_a_day_is_the_day_or_the_nearest_before(
    calendar: WorkingDays, day: dt.date
) -> None:
    found = calendar.last_by(day)
    assert found <= day
    assert calendar.is_working(found)
    assert not any(
        calendar.is_working(found + dt.timedelta(days=n)) for n in range(1, (day - found).days + 1)
    )


def test_nothing_is_counted_in_years_whose_holidays_are_not_known() -> None:
    with pytest.raises(HolidaysUnknown, match="2027"):
        EASTER_2026.add(dt.date(2026, 12, 30), 5)
    with pytest.raises(HolidaysUnknown, match="2025"):
        EASTER_2026.add(dt.date(2025, 12, 30), 5)
    with pytest.raises(HolidaysUnknown):
        WorkingDays(frozenset()).add(dt.date(2026, 1, 5), 1)


def test_working_days_are_counted_forwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        EASTER_2026.add(dt.date(2026, 4, 2), -1)


@pytest.mark.parametrize(
    ("calendar", "year", "expected"),
    [
        pytest.param("england-and-wales", 2026, "1.1 3.4 6.4 4.5 25.5 31.8 25.12 28.12", id="england 2026"),
        pytest.param("england-and-wales", 2027, "1.1 26.3 29.3 3.5 31.5 30.8 27.12 28.12", id="england 2027"),
        pytest.param("england-and-wales", 2028, "3.1 14.4 17.4 1.5 29.5 28.8 25.12 26.12", id="england 2028"),
        pytest.param("scotland", 2026, "1.1 2.1 3.4 4.5 25.5 15.6 3.8 30.11 25.12 28.12", id="scotland 2026"),
        pytest.param("scotland", 2027, "1.1 4.1 26.3 3.5 31.5 2.8 30.11 27.12 28.12", id="scotland 2027"),
        pytest.param("scotland", 2028, "3.1 4.1 14.4 1.5 29.5 7.8 30.11 25.12 26.12", id="scotland 2028"),
    ],
)
@pytest.mark.django_db
def test_the_table_is_filled_with_the_published_days(calendar: str, year: int, expected: str) -> None:
    found = BankHoliday.objects.filter(calendar=calendar, day__year=year).order_by("day")
    assert " ".join(f"{holiday.day.day}.{holiday.day.month}" for holiday in found) == expected


@pytest.mark.django_db
class TestCommand:
    def run(self, *args: str) -> str:
        out = StringIO()
        call_command("working-days", *args, stdout=out)
        return out.getvalue()

    def test_it_prints_the_day(self) -> None:
        assert self.run("--from=2026-04-02", "--add=5", "--calendar=england-and-wales") == "2026-04-13\n"
        assert self.run("--from=2026-04-02", "--add=5", "--calendar=scotland") == "2026-04-10\n"

    def test_a_day_that_staff_added_counts(self) -> None:
        BankHoliday.objects.create(
            calendar="england-and-wales", day=dt.date(2026, 4, 13), name="A royal wedding"
        )
        assert self.run("--from=2026-04-02", "--add=5") == "2026-04-14\n"

    def test_an_empty_table_does_not_make_every_holiday_a_working_day(self) -> None:
        BankHoliday.objects.all().delete()
        assert self.run("--from=2026-04-02", "--add=5") == "2026-04-13\n"

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["--from=2026-02-30", "--add=5"], "day is out of range"),
            (["--from=soon", "--add=5"], "soon"),
            (["--from=2026-04-02", "--add=five"], "'five' is not a number of days"),
            (["--from=2026-04-02", "--add=5", "--calendar=wales"], "england-and-wales, scotland"),
            (["--from=2026-04-02", "--add=9999"], "No bank holidays are known for 2029"),
        ],
    )
    def test_bad_input_gets_one_clear_line(self, args: list[str], said: str) -> None:
        with pytest.raises(CommandError, match=said) as refused:
            self.run(*args)
        assert "\n" not in str(refused.value)

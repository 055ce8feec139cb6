"""Working days: neither a weekend nor a bank holiday of one part of the UK. Pure."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5
DECEMBER = 12


class HolidaysUnknown(ValueError):
    """The count runs into years whose bank holidays the table does not hold."""


@dataclass(frozen=True)
class WorkingDays:
    """The working days of one calendar, told from its bank holidays."""

    holidays: frozenset[dt.date]

    @cached_property
    def years(self) -> range:
        """The years that the table covers. Empty where it holds no day.

        A year counts once those of its Christmas are in: one day proclaimed long before is not the year's list.
        """
        christmases = [day.year for day in self.holidays if day.month == DECEMBER]
        if not christmases:
            return range(0)
        return range(min(self.holidays).year, max(christmases) + 1)

    @property
    def covered_until(self) -> dt.date:
        """The last day up to which they are known; the first of days where none is."""
        return dt.date(self.years[-1], 12, 31) if self.years else dt.date.min

    def is_working(self, day: dt.date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def add(self, day: dt.date, count: int) -> dt.date:
        """The `count`th working day after `day`; `day` itself for 0. Raises ValueError, HolidaysUnknown."""
        if count < 0:
            raise ValueError("Working days are counted forwards")
        self._check(day)
        while count:
            day += ONE_DAY
            self._check(day)
            count -= self.is_working(day)
        return day

    def last_by(self, day: dt.date) -> dt.date:
        """`day` where it is a working day, else the last one before it.

        Beyond the table's years only weekends are known, which is enough for a hint beside a legal date.
        """
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def through(self, day: dt.date) -> dt.date:
        """`day`, or the last of the days off that follow it: a date on one of those has to be met by `day`."""
        while not self.is_working(day + ONE_DAY):
            day += ONE_DAY
        return day

    def _check(self, day: dt.date) -> None:
        if day.year not in self.years:
            raise HolidaysUnknown(f"No bank holidays are known for {day.year}")

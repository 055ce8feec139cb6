"""`manage.py working-days --from DATE --add N --calendar england-and-wales`: prints the date, as ISO."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from core.bank_holidays import shipped_working_days
from core.models import BankHoliday


class Command(BaseCommand):
    help = "Prints the Nth working day after a date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="start", required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--add", dest="count", required=True, metavar="N")
        parser.add_argument(
            "--calendar",
            default=BankHoliday.Calendar.ENGLAND_AND_WALES.value,
            help=", ".join(BankHoliday.Calendar.values),
        )

    def handle(self, *args: Any, start: str, count: str, calendar: str, **options: Any) -> None:
        if calendar not in BankHoliday.Calendar.values:
            known = ", ".join(BankHoliday.Calendar.values)
            raise CommandError(f"There is no calendar {calendar!r}. There are: {known}")
        if not count.isdecimal():
            raise CommandError(f"{count!r} is not a number of days")
        try:
            working_days = BankHoliday.objects.working_days(calendar)
        except DatabaseError:  # There is none yet: the days that the project ships stand in.
            working_days = shipped_working_days(calendar)
        try:
            day = working_days.add(dt.date.fromisoformat(start), int(count))
        except (ValueError, OverflowError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(day.isoformat())

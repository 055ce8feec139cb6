"""Statements whose SQL is made once. Making it costs Django several times what the database takes to answer.

For the few that every page of a family needs: who is signed in, which draft, what was typed, what she typed now.
Without it, opening a step costs 1.8 times the CPU and saving one 2.75 times (SQLite).
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from functools import update_wrapper
from typing import Any, Generic, NamedTuple, TypeVar, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet, UUIDField
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import UpdateQuery

Row = TypeVar("Row")
Answer = TypeVar("Answer")
_UUID: "UUIDField[UUID, UUID]" = UUIDField()


class Blank(Expression):
    """Where a value goes: the `place`-th of a call."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", [self]


class Update(NamedTuple):
    """What `queryset.update(**values)` would do."""

    queryset: "QuerySet[Any, Any]"
    values: dict[str, Any]


class Ready:
    """A statement's SQL on one connection."""

    def __init__(self, compiler: Any) -> None:
        self.connection = compiler.connection
        self.sql, self.params = compiler.as_sql()

    def given(self, values: Sequence[Any]) -> list[Any]:
        """The values of a call as the database takes them."""
        return [
            _UUID.get_db_prep_value(value, self.connection) if isinstance(value, UUID) else value
            for value in values
        ]

    def execute(self, cursor: Any, values: Sequence[Any]) -> None:
        given = self.given(values)
        cursor.execute(
            self.sql, [given[param.place] if isinstance(param, Blank) else param for param in self.params]
        )


class ReadyRows(Ready):
    """A query, and how a row of it becomes a model or a tuple."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        self.compiler = rows.query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
        super().__init__(self.compiler)
        expressions = [column[0] for column in self.compiler.select or ()]
        self.converters = self.compiler.get_converters(expressions)
        self.to_row = self._model() if rows._iterable_class is ModelIterable else tuple

    def _model(self) -> Callable[[Sequence[Any]], Any]:
        info, select = cast(dict[str, Any], self.compiler.klass_info), self.compiler.select or []
        model, first, last = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column[0].target.attname for column in select[first:last]]
        related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # a later Django's stub

        def made(row: Sequence[Any]) -> Any:
            found = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
            for each in related:
                each.populate(row, found)
            return found

        return made

    def __call__(self, values: Sequence[Any]) -> list[Any]:
        with self.connection.cursor() as cursor:
            self.execute(cursor, values)
            found: Iterable[Any] = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return [self.to_row(row) for row in found]


class ReadyUpdate(Ready):
    """An update, and how the values that it stores are stored."""

    def __init__(self, update: Update) -> None:
        query: Any = update.queryset.query.chain(UpdateQuery)
        query.add_update_values(update.values)
        super().__init__(query.get_compiler(connection=connections[DEFAULT_DB_ALIAS]))
        model = update.queryset.model
        self.stored = {
            value.place: model._meta.get_field(name)
            for name, value in update.values.items()
            if isinstance(value, Blank)
        }

    def given(self, values: Sequence[Any]) -> list[Any]:
        given = super().given(values)
        for place, field in self.stored.items():
            given[place] = field.get_db_prep_save(values[place], self.connection)
        return given

    def __call__(self, values: Sequence[Any]) -> int:
        with self.connection.cursor() as cursor:
            self.execute(cursor, values)
            return cast(int, cursor.rowcount)


class Prepared(Generic[Answer]):
    """See `prepared` and `prepared_update`."""

    def __init__(self, make: Callable[..., Any], kind: "type[ReadyRows | ReadyUpdate]") -> None:
        self._make, self._kind = make, kind
        # Connections belong to threads.
        self._ready = threading.local()
        update_wrapper(self, make)

    def __call__(self, *values: Any) -> Answer:
        ready = getattr(self._ready, "statement", None)
        if ready is None or ready.connection is not connections[DEFAULT_DB_ALIAS]:
            blanks = map(Blank, range(len(values)))
            ready = self._ready.statement = self._kind(self._make(*blanks))
        return cast(Answer, ready(values))


def prepared(make: "Callable[..., QuerySet[Any, Row]]") -> Prepared[list[Row]]:
    """A function that makes a queryset of its arguments becomes one that gives the rows, at a quarter of the cost.

    The arguments stand only as values to compare with, are numbers, texts or UUIDs, and never None. The queryset
    gives models (`select_related` too) or tuples; nothing is prefetched. Nothing else may differ from call to call:
    what the function works out itself (a day, a setting) would stay as it was at the first call.
    """
    return Prepared(make, ReadyRows)


def prepared_update(make: Callable[..., Update]) -> Prepared[int]:
    """The same of a function that makes an `Update`: it becomes one that does it, and says how many rows matched.

    Here an argument may also stand, by itself, as a value to store: then it is whatever its field takes.
    """
    return Prepared(make, ReadyUpdate)

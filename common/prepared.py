"""Queries that are the same each time but for their values: built and compiled once, then only run.

Building a query with a handful of subqueries and compiling it to SQL costs a page more than asking the database; on
pages of a dozen queries that is a third of their time. So the queries of the pages that are opened most are written

    open_rows = Prepared(lambda user, since: StaffRole.objects.filter(user=user, ends_on__gt=since))
    open_rows(user=request.user.pk, since=day)                 # a list

`build` is called once for each length of its list values, with marks in place of values: so it must not look at
them, and what it derives from them (a day less a week) is a value of its own. Values are ids, days, moments, texts,
and lists of these that are not empty. Relations come by select_related; what is prefetched is not for here.

PostgreSQL keeps the plans of these queries as well.
"""

import copy
import datetime
from collections.abc import Callable, Iterable

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from common import planned

_FIRST_ID = 2_000_000_001
_FIRST_DAY = datetime.date(1901, 1, 1)
_FIRST_MOMENT = datetime.datetime(1901, 1, 1, 12, 34, 56, tzinfo=datetime.UTC)

# What PostgreSQL calls each kind of value. A moment is a date too, so it stands first.
_KINDS = {datetime.datetime: "timestamptz", datetime.date: "date", str: "text", int: "bigint"}


class Prepared:
    def __init__(self, build: Callable[..., QuerySet]):
        self._build = build
        self._compiled: dict[tuple, _Compiled] = {}

    def __call__(self, **values) -> list:
        connection = connections[DEFAULT_DB_ALIAS]
        shape = connection.vendor, *map(_shape, values.values())
        compiled = self._compiled.get(shape)
        if compiled is None:
            kind = _Planned if connection.vendor == "postgresql" else _Compiled
            compiled = self._compiled[shape] = kind(self._build, values, connection)
        return compiled.rows(values, connection)


def padded(ids: Iterable[int], to: int = 50) -> list[int]:
    """These ids, the first of them again until their number is a multiple of `to`: for lists of any length, each of
    which would be built, compiled and planned by itself."""
    found = list(ids)
    return found + found[:1] * (-len(found) % to)


def _shape(value) -> tuple:
    return (type(value[0]), len(value)) if isinstance(value, list) else (type(value), None)


class _Compiled:
    """The SQL of one shape, and which of its parameters is which value."""

    def __init__(self, build, values, connection):
        marks, self._count, self._converters = {}, 0, None
        for name, value in values.items():
            marks[name] = [self._mark(one) for one in value] if isinstance(value, list) else self._mark(value)
        self._queryset = build(**marks)
        self._compiler = self._queryset.query.get_compiler(connection=connection)
        self._sql, self._params = self._compiler.as_sql()
        self._places = self._find(marks, connection)

    def _mark(self, value):
        """Something of the same kind that no query has by itself."""
        self._count += 1
        if isinstance(value, datetime.datetime):
            return _FIRST_MOMENT + datetime.timedelta(days=self._count)
        if isinstance(value, datetime.date):
            return _FIRST_DAY + datetime.timedelta(days=self._count)
        if isinstance(value, str):
            return f"mark {self._count} of a prepared query"
        return _FIRST_ID + self._count

    def _find(self, marks, connection) -> list[tuple]:
        """(place among the parameters, name of the value, index in its list) of every mark."""
        of = {}
        for name, mark in marks.items():
            for index, one in enumerate(mark) if isinstance(mark, list) else [(None, mark)]:
                of[_adapted(one, connection)] = name, index
        places = [(place, *of[param]) for place, param in enumerate(self._params) if _is_simple(param) and param in of]
        if {name for _place, name, _index in places} != marks.keys():
            raise ValueError("A prepared query must hand each of its values to the database as it comes.")
        return places

    def rows(self, values, connection) -> list:
        sql, params = self._filled(values, connection)
        compiler = copy.copy(self._compiler)
        compiler.connection, compiler.as_sql = connection, lambda *_args, **_options: (sql, params)
        compiler.get_converters = self._converters_of
        query = copy.copy(self._queryset.query)
        query.get_compiler = lambda *_args, **_options: compiler
        return list(self._queryset._iterable_class(QuerySet(self._queryset.model, query, connection.alias)))

    def _converters_of(self, columns) -> dict:
        """What makes Python's values of the columns, which are always the same: asking each was a tenth of the time."""
        if self._converters is None:
            self._converters = self._compiler.get_converters(columns)
        return self._converters

    def _filled(self, values, connection) -> tuple[str, tuple]:
        params = list(self._params)
        for place, name, index in self._places:
            params[place] = _adapted(_one(values, name, index), connection)
        return self._sql, tuple(params)


class _Planned(_Compiled):
    """One of which PostgreSQL keeps the plan: its values are arguments, and everything else is written out in it."""

    def __init__(self, build, values, connection):
        from psycopg2.extensions import AsIs  # noqa: PLC0415 (4 MiB that a site on SQLite does without)

        super().__init__(build, values, connection)
        self._values = list(dict.fromkeys((name, index) for _place, name, index in self._places))
        self._kinds = tuple(_kind(_one(values, *value)) for value in self._values)
        numbers = {value: number for number, value in enumerate(self._values, 1)}
        params = list(self._params)
        for place, *value in self._places:
            params[place] = AsIs(f"${numbers[tuple(value)]}")
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            self._statement = cursor.mogrify(self._sql, params).decode()
        self._marks = ", ".join(["%s"] * len(numbers))

    def _filled(self, values, connection) -> tuple[str, tuple]:
        name = planned.prepare(connection, self._statement, self._kinds)
        return f"EXECUTE {name} ({self._marks})", tuple(_one(values, *value) for value in self._values)


def _one(values, name, index):
    return values[name] if index is None else values[name][index]


def _kind(value) -> str:
    """What PostgreSQL calls it."""
    return next(kind for python, kind in _KINDS.items() if isinstance(value, python))


def _is_simple(param) -> bool:
    return isinstance(param, (int, str, datetime.date)) and not isinstance(param, bool)


def _adapted(value, connection):
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return value

"""What the live process reads for every batch, written out by hand; PostgreSQL keeps the plans (common.planned)."""

import json
from functools import cached_property

from django.db import connection

from common import planned


class Read:
    """A SELECT whose values have names.

    `{users}` stands in it for "is one of these" where `users` is among the `lists`, and for the value itself where it
    is among the `singles`. Rows of the table `locks` (an alias) are locked until the transaction ends.
    """

    def __init__(self, statement: str, *, lists: tuple[str, ...], singles: tuple[str, ...] = (), locks: str = ""):
        self._statement, self._lists, self._singles, self._locks = statement.strip(), lists, singles, locks

    def rows(self, **values) -> list[tuple]:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                names = self._lists + self._singles
                name, marks = planned.prepare(connection, self._with_numbers), ", ".join(["%s"] * len(names))
                cursor.execute(f"EXECUTE {name} ({marks})", [values[name] for name in names])
            else:
                self._fill(cursor, values)
            return cursor.fetchall()

    @cached_property
    def _with_numbers(self) -> str:
        places = {name: f"${number}" for number, name in enumerate(self._lists + self._singles, 1)}
        places |= {name: f"= ANY ({places[name]})" for name in self._lists}
        lock = f" FOR UPDATE OF {self._locks}" if self._locks else ""
        return self._statement.format(**places) + lock

    def _fill(self, cursor, values):
        # Whoever writes on SQLite holds its one lock anyway.
        places = {name: f"%({name})s" for name in self._singles}
        places |= {name: f"IN (SELECT value FROM json_each(%({name})s))" for name in self._lists}  # noqa: S608
        values = values | {name: json.dumps(values[name]) for name in self._lists}
        cursor.execute(self._statement.format(**places), values)

"""Statements of which PostgreSQL keeps the plan: planning one takes longer than running it.

A plan belongs to a connection, so each statement is prepared where it first runs. SQLite's driver does this by itself.
"""

import json
import weakref
from typing import NamedTuple

from django.db import connection

# The names of what each connection of the driver has prepared.
_prepared: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()


class Prepared(NamedTuple):
    """A query under a name of its own.

    `{users}` stands in it for "is one of these" where `users` is among the `lists`, and for the value itself where it
    is among the `singles`. Rows of the table `locks` (an alias) are locked until the transaction ends.
    """

    name: str
    statement: str
    lists: tuple[str, ...]
    singles: tuple[str, ...] = ()
    locks: str = ""

    def rows(self, **values) -> list[tuple]:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                self._run_prepared(cursor, values)
            else:
                self._run(cursor, values)
            return cursor.fetchall()

    def _run_prepared(self, cursor, values):
        known = _prepared.setdefault(connection.connection, set())
        names = self.lists + self.singles
        if self.name not in known:
            places = {name: f"${number}" for number, name in enumerate(names, 1)}
            places |= {name: f"= ANY ({places[name]})" for name in self.lists}
            lock = f"FOR UPDATE OF {self.locks}" if self.locks else ""
            cursor.execute(f"PREPARE {self.name} AS {self.statement.format(**places)} {lock}")
            known.add(self.name)
        marks = ", ".join(["%s"] * len(names))
        cursor.execute(f"EXECUTE {self.name} ({marks})", [values[name] for name in names])

    def _run(self, cursor, values):
        # Whoever writes on SQLite holds its one lock anyway.
        places = {name: f"%({name})s" for name in self.singles}
        places |= {name: f"IN (SELECT value FROM json_each(%({name})s))" for name in self.lists}  # noqa: S608
        values = values | {name: json.dumps(values[name]) for name in self.lists}
        cursor.execute(self.statement.format(**places), values)

"""Databases of the bench's own on a PostgreSQL server of this machine, and what they use of it."""

import contextlib
from urllib.parse import urlsplit

import psutil
import psycopg2
from psycopg2 import sql


class Refused(ValueError):
    """Said to the person who asked."""


class PostgreSQL:
    """`url` is any database of the server; ours are named by `prefix`."""

    def __init__(self, url: str, prefix: str):
        self._address, self._prefix = urlsplit(url), prefix
        self._connection = psycopg2.connect(self._address._replace(path="/postgres").geturl())
        self._connection.autocommit = True

    def close(self) -> None:
        self._connection.close()

    def url(self, name: str) -> str:
        return self._address._replace(path=f"/{self._named(name)}").geturl()

    def make(self, name: str) -> bool:
        """Whether it is new."""
        if self._ask("SELECT count(*) FROM pg_database WHERE datname = %s", self._named(name)):
            return False
        self._run("CREATE DATABASE {}", name)
        return True

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def settle(self, name: str) -> None:
        """What a night's vacuum does: statistics for the planner, nothing left to tidy while we measure."""
        with contextlib.closing(psycopg2.connect(self.url(name))) as connection:
            connection.autocommit = True
            connection.cursor().execute("VACUUM (ANALYZE)")

    def cpu_seconds(self, name: str) -> float:
        """What the connections to this database have used of the machine so far; they are kept ones."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [self._named(name)])
            pids = [pid for (pid,) in cursor.fetchall()]
        try:
            return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)
        except psutil.NoSuchProcess:
            raise Refused(
                "PostgreSQL does not run on this machine, so nobody can see what a page uses of it."
            ) from None

    def rows_written(self, name: str) -> int:
        """Rows that were added, changed or removed so far; PostgreSQL says so a second late."""
        columns = "tup_inserted + tup_updated + tup_deleted"
        return self._ask(f"SELECT {columns} FROM pg_stat_database WHERE datname = %s", self._named(name))

    def _named(self, name):
        return f"{self._prefix}_{name}"

    def _ask(self, question, *values):
        with self._connection.cursor() as cursor:
            cursor.execute(question, values)
            return cursor.fetchone()[0]

    def _run(self, statement, name):
        with self._connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(self._named(name))))

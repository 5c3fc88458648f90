"""Statements of which PostgreSQL keeps the plan: planning one often takes longer than running it.

A plan belongs to a connection, so each statement is prepared where it first runs. SQLite's driver does this by itself.
"""

import hashlib
import weakref

# The names of what each connection of the driver has prepared.
_known: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()


def prepare(connection, statement: str, kinds: tuple[str, ...] = ()) -> str:
    """The name under which `connection`, to PostgreSQL, runs the SELECT `statement`: `EXECUTE name (values)`.

    `$1`, `$2` stand in it for the values, of the given kinds. This is not counted as a query.
    """
    # An EXECUTE does not say whether it writes; whoever counts the writes of a page must not miss one.
    if not statement.lstrip("( ").startswith("SELECT "):
        raise ValueError("Only a SELECT is prepared here.")
    connection.ensure_connection()
    driver = connection.connection
    # A name says what it does: where a pooler mixes connections, it is missing there, never another's.
    name = "kept_" + hashlib.sha256(f"{kinds} {statement}".encode()).hexdigest()[:24]
    known = _known.setdefault(driver, set())
    if name not in known:
        of_kinds = f"({', '.join(kinds)})" if kinds else ""
        with connection.wrap_database_errors, driver.cursor() as cursor:
            cursor.execute(f"PREPARE {name} {of_kinds} AS {statement}")
        known.add(name)
    return name

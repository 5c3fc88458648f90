"""Periods that must not overlap, held by the database: EXCLUDE on PostgreSQL, triggers on SQLite.

A model says `no_overlap = NoOverlap("student", "user")`; `install` puts the guard in after every migration.
Not in `Meta.constraints`, because an ExclusionConstraint there breaks SQLite's migrations; not in a migration,
because SQLite rebuilds a table on many changes and its triggers are lost with the old one.
"""

from dataclasses import dataclass, field

from django.db import connections


@dataclass(frozen=True)
class NoOverlap:
    """No two rows with equal `fields` may share a day. `where` is SQL on the row's own columns ("kind = 'lead'")."""

    fields: tuple[str, ...] = field(default_factory=tuple)
    where: str = ""

    def __init__(self, *fields: str, where: str = ""):
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "where", where)

    def name(self, model) -> str:
        return f"{model._meta.db_table}_no_overlap"

    def columns(self, model) -> list[str]:
        return [model._meta.get_field(name).column for name in self.fields]


def install(model, using: str) -> None:
    """Put the guard on `model`'s table; safe to run again."""
    connection = connections[using]
    statements = _postgres(model) if connection.vendor == "postgresql" else _sqlite(model)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def is_installed(model, using: str) -> bool:
    connection = connections[using]
    question = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    if connection.vendor == "postgresql":
        question = "SELECT count(*) FROM pg_constraint WHERE conname LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(question, [model.no_overlap.name(model) + "%"])
        return cursor.fetchone()[0] > 0


def _postgres(model):
    name, table = model.no_overlap.name(model), model._meta.db_table
    keys = "".join(f'"{column}" WITH =, ' for column in model.no_overlap.columns(model))
    where = f" WHERE ({model.no_overlap.where})" if model.no_overlap.where else ""
    yield "CREATE EXTENSION IF NOT EXISTS btree_gist"
    yield f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}') THEN
                ALTER TABLE "{table}" ADD CONSTRAINT "{name}"
                EXCLUDE USING gist ({keys}daterange(starts_on, ends_on, '[)') WITH &&){where};
            END IF;
        END $$"""


def _sqlite(model):
    name, table = model.no_overlap.name(model), model._meta.db_table
    same = " AND ".join(f'other."{column}" = NEW."{column}"' for column in model.no_overlap.columns(model))
    guarded = model.no_overlap.where
    here = f" AND {_on('NEW', guarded)} AND {_on('other', guarded)}" if guarded else ""
    for event in ("INSERT", "UPDATE"):
        yield f'DROP TRIGGER IF EXISTS "{name}_{event.lower()}"'
        yield f"""
            CREATE TRIGGER "{name}_{event.lower()}" BEFORE {event} ON "{table}"
            WHEN NEW.ends_on IS NULL OR NEW.ends_on > NEW.starts_on
            BEGIN
                SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
                    SELECT 1 FROM "{table}" other WHERE other.id <> COALESCE(NEW.id, -1) AND {same}{here}
                    AND (other.ends_on IS NULL OR other.ends_on > other.starts_on)
                    AND (other.ends_on IS NULL OR other.ends_on > NEW.starts_on)
                    AND (NEW.ends_on IS NULL OR NEW.ends_on > other.starts_on));
            END"""


def _on(row: str, where: str) -> str:
    """`where` names bare columns; a trigger needs to know whose they are: write it as `{row}.column`."""
    return "(" + where.replace("{row}", row) + ")" if "{row}" in where else f"({row}.{where})"

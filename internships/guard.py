"""No placement begins without the clearances that its school asks for: held by the database as well as by the form.

Triggers, because the rule reads other tables; put in after every migration, because SQLite loses a table's triggers
when it rebuilds it. What runs out later cannot be a constraint: the night suspends (internships/actions/expiry.py).
"""

from django.db import connections

from internships.models.rules import Rules
from mentors.models import Clearance

NAME = "internships_placement_is_cleared"


def install(using: str) -> None:
    """Put the guards on the tables of placements and of their mentors; safe to run again."""
    connection = connections[using]
    if "internships_placementmentor" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        statements = _postgres(cursor) if connection.vendor == "postgresql" else _sqlite()
        for statement in list(statements):
            cursor.execute(statement)


def remove(using: str) -> None:
    """Take SQLite's guards away before tables change: it refuses to rename a table that a trigger elsewhere reads."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in _sqlite_names():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _needs(kind: str, school: str) -> str:
    default = "TRUE" if Rules._meta.get_field(f"needs_{kind}").default else "FALSE"
    return f"COALESCE((SELECT needs_{kind} FROM internships_rules WHERE school_id = {school}), {default})"


def _no_paper(kind: str, of: str, day: str) -> str:
    return f"""NOT EXISTS (
        SELECT 1 FROM mentors_clearance c WHERE c.kind = '{kind}' AND c.withdrawn_at IS NULL
        AND (c.expires_on IS NULL OR c.expires_on > {day}) AND {of})"""


# Every row of the organisation of the placement NEW: what was seen of one that was merged counts for both.
_ITS_ROWS = """(
    SELECT o.id FROM mentors_organisation o, mentors_organisation mine WHERE mine.id = NEW.organisation_id
    AND (o.id = COALESCE(mine.merged_into_id, mine.id) OR o.merged_into_id = COALESCE(mine.merged_into_id, mine.id)))"""
_ITS_MENTORS = """
    FROM internships_placementmentor pm JOIN mentors_mentor m ON m.id = pm.mentor_id
    WHERE pm.placement_id = NEW.id AND (pm.ends_on IS NULL OR pm.ends_on > NEW.starts_on)"""


def _place_lacks() -> str:
    """True where the placement NEW lacks a paper of the place or of a mentor, or has no mentor."""
    lacks = [
        f"({_needs(kind, 'NEW.school_id')} AND {_no_paper(kind, f'c.organisation_id IN {_ITS_ROWS}', 'NEW.starts_on')})"
        for kind in Clearance.OF_ORGANISATIONS
    ]
    unchecked = _no_paper("background", "c.user_id = m.user_id AND c.school_id = NEW.school_id", "NEW.starts_on")
    lacks.append(f"NOT EXISTS (SELECT 1 {_ITS_MENTORS})")
    lacks.append(f"({_needs('background', 'NEW.school_id')} AND EXISTS (SELECT 1 {_ITS_MENTORS} AND {unchecked}))")
    return " OR ".join(lacks)


def _mentor_lacks() -> str:
    """True where NEW puts a mentor without a background check on a placement that has begun."""
    person = "c.user_id = m.user_id AND c.school_id = p.school_id"
    return f"""EXISTS (SELECT 1 FROM internships_placement p, mentors_mentor m
        WHERE p.id = NEW.placement_id AND m.id = NEW.mentor_id AND p.begun_at IS NOT NULL
        AND {_needs("background", "p.school_id")} AND {_no_paper("background", person, "NEW.starts_on")})"""


_BEGINS = """NEW.begun_at IS NOT NULL AND (OLD.begun_at IS NULL OR OLD.starts_on <> NEW.starts_on
    OR OLD.organisation_id <> NEW.organisation_id)"""


def _postgres(cursor):
    """What differs from what is there: a trigger made anew would lock its table, on every flush of a test's tables."""
    for table, lacks in (("placement", _place_lacks()), ("placementmentor", _mentor_lacks())):
        body = f"""BEGIN
                IF {lacks} THEN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'check_violation'; END IF;
                RETURN NEW;
            END"""
        name = f"{NAME}_{table}"
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [name])
        if cursor.fetchone() != (body,):
            yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        for event, when in _postgres_events(table):
            cursor.execute(
                "SELECT 1 FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass",
                [f"{NAME}_{event.lower()}", f"internships_{table}"],
            )
            if cursor.fetchone() is None:
                yield f"""
                    CREATE TRIGGER {NAME}_{event.lower()} BEFORE {event} ON internships_{table} FOR EACH ROW
                    {when} EXECUTE FUNCTION {name}()"""


def _postgres_events(table):
    if table == "placement":
        return [("INSERT", "WHEN (NEW.begun_at IS NOT NULL)"), ("UPDATE", f"WHEN ({_BEGINS})")]
    return [("INSERT", "")]


def _sqlite_rules():
    return [
        ("placement", "INSERT", "NEW.begun_at IS NOT NULL", _place_lacks()),
        ("placement", "UPDATE", _BEGINS, _place_lacks()),
        ("placementmentor", "INSERT", "1", _mentor_lacks()),
    ]


def _sqlite_names() -> list[str]:
    return [f"{NAME}_{table}_{event.lower()}" for table, event, _when, _lacks in _sqlite_rules()]


def _sqlite():
    for name, (table, event, when, lacks) in zip(_sqlite_names(), _sqlite_rules(), strict=True):
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"""
            CREATE TRIGGER {name} BEFORE {event} ON internships_{table} WHEN {when}
            BEGIN SELECT RAISE(ABORT, '{NAME}') WHERE {lacks}; END"""

"""A table of who students are, as a school's own system or a spreadsheet gives it: rows in, what each says out. Knows
no students. What a spreadsheet has mangled is said, never guessed."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common.dates import DateError, parse_day
from common.names import fold
from common.tables import TableError
from common.tables import read as read_table
from outcomes.background_kinds import offered
from outcomes.models import Background
from schools.models import School

Kind = Background.Kind
Meals, Care, Absent, Needs = Background.Meals, Background.Care, Background.Absent, Background.Needs
NUMBER, NAME, GIVEN, FAMILY, SINCE = "number", "name", "given_name", "family_name", "since"


def _spelled(values: dict) -> dict[str, str]:
    return {word.strip(): str(value) for value, words in values.items() for word in words.split(",")}


COLUMNS = _spelled({
    NUMBER: "number, student number, school number, student id, id, local id, admission number, sourcedid, numero, "
    "school s own number",
    NAME: "name, student, student name, full name, pupil, pupil name, nombre completo, estudiante",
    GIVEN: "given name, first name, forename, nombre",
    FAMILY: "family name, last name, surname, apellido, apellidos",
    SINCE: "since, from, date, day, as of, start date, desde, fecha",
    Kind.MEALS: "meals, free meals, school meals, free school meals, free or reduced price meals, fsm, frl, frpl, "
    "lunch, lunch status, meal status, comidas, comedor",
    Kind.CARE: "care, in care, care experience, looked after, looked after child, cla, lac, foster care, acogida",
    Kind.ABSENT: "absent parent, parent absent, mother or father absent",
    Kind.LANGUAGE: "language, home language, language at home, idioma, idioma en casa",
    Kind.NEEDS: "needs, special needs, special educational needs, special education, sen, sen status, send, iep, "
    "necesidades",
})  # fmt: skip
NO = "no, n, none, never, false, not eligible, not applicable, ninguno, ninguna"
YES = "yes, y, true, si"
LEFT_CARE = "left care, left, adopted, post lac, previously looked after, special guardianship"
WORDS = {
    Kind.CARE: {
        Care.LOOKED_AFTER: f"{YES}, looked after, in care, cla, lac, foster", Care.LEFT: LEFT_CARE, Care.NO: NO
    },
    Kind.ABSENT: {
        Absent.FATHER: "father, dad, padre", Absent.MOTHER: "mother, mum, mom, madre", Absent.BOTH: "both, ambos",
        Absent.NO: f"{NO}, neither",
    },
    Kind.LANGUAGE: {
        Background.Language.SCHOOL: "school, school language, same", Background.Language.OTHER: "other, another"
    },
    Kind.NEEDS: {
        Needs.PLAN: "plan, iep, ehcp, ehc plan, ehc, e", Needs.SUPPORT: "support, sen support, k", Needs.NO: NO,
    },
}  # fmt: skip
# In the United States "yes" does not say whether meals are free or cost less.
MEALS = {
    School.System.UNITED_STATES: {
        Meals.FREE: "free, f", Meals.REDUCED: "reduced, r, reduced price", Meals.NO: f"{NO}, paid, full price, p"
    },
    School.System.ENGLAND: {
        Meals.FREE: f"{YES}, free, fsm, eligible", Meals.PAST: "past, ever 6, ever6, fsm6, past six years", Meals.NO: NO
    },
}  # fmt: skip
TONGUES = {"en": "english, ingles", "es": "spanish, espanol, castellano"}
SHORTENED = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.IGNORECASE)
SERIAL_DAY = re.compile(r"[1-9]\d{4}([.,]\d+)?")
BROKEN = re.compile(r"#{2,}|#(n/a|ref!|value!|name\?|div/0!|num!|null!|wert!|valor!)", re.IGNORECASE)


@dataclass
class Line:
    """One row; `number` counts as a spreadsheet does. `problems` say what cannot be read."""

    number: int
    own_number: str = ""
    name: str = ""
    since: datetime.date | None = None
    values: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def who(self) -> str:
        return " · ".join(part for part in (self.name, self.own_number) if part)


@dataclass(frozen=True)
class Read:
    lines: list[Line]
    # Columns that say nothing here, and the kinds among them that the school does not hold.
    unused: list[str]


def read(text: str, *, school: School, kinds: Iterable[str], since: datetime.date, today: datetime.date) -> Read:
    """What each row says; `since` holds for rows that name no day. Raises TableError where the table as a whole cannot
    be read."""
    table = read_table(text)
    places, unused = _places(table.headers, set(kinds))
    spoken = {kind: _words(kind, school) for kind in kinds}
    lines = []
    for record in table.records:
        # A cell too many shifts what is said to another column.
        too_many = [cell for cell in record.cells[len(table.headers) :] if cell]
        line = Line(record.number, since=since)
        if too_many:
            line.problems.append(_("There are more cells than columns: “%(text)s”.") % {"text": too_many[0]})
        _read_line(line, dict(_cells(record, places)), spoken, school, today)
        lines.append(line)
    return Read(lines, unused)


def columns(kinds: Iterable[str]) -> list[str]:
    """The names of an empty table's columns."""
    return [str(name) for name in (_("number"), _("name"), _("since"), *(Kind(kind).label for kind in kinds))]


def _places(headers: list[str], kinds: set[str]) -> tuple[dict[str, int], list[str]]:
    own = {plain(str(Kind(kind).label)): kind for kind in Kind}
    own |= {plain(_("number")): NUMBER, plain(_("name")): NAME, plain(_("since")): SINCE}
    places: dict[str, int] = {}
    unused = []
    for at, header in enumerate(headers):
        key = own.get(plain(header)) or COLUMNS.get(plain(header))
        if key is None or (key in Kind.values and key not in kinds):
            unused.append(header or _("column %(number)s") % {"number": at + 1})
        elif key in places:
            both = {"one": headers[places[key]], "other": header}
            raise TableError(_("“%(one)s” and “%(other)s” are taken for the same. Take one of them out.") % both)
        else:
            places[key] = at
    if not places.keys() & {NUMBER, NAME, GIVEN}:
        raise TableError(_("No column says who it is. Name one of them “number” or “name”."))
    if not places.keys() & kinds:
        names = ", ".join(str(Kind(kind).label) for kind in Kind if kind in kinds)
        raise TableError(_("No column is about what the school holds. Name one of them: %(names)s.") % {"names": names})
    return places, unused


def _cells(record, places):
    for key, at in places.items():
        yield key, record.cells[at] if at < len(record.cells) else ""


def _read_line(line: Line, cells: dict[str, str], spoken, school, today) -> None:
    whole = {key: cell for key, cell in cells.items() if not _is_broken(cell, line.problems)}
    line.own_number = _own_number(whole.get(NUMBER, ""), line.problems)
    line.name = whole.get(NAME) or f"{whole.get(GIVEN, '')} {whole.get(FAMILY, '')}".strip()
    if not line.who and not line.problems:
        line.problems.append(_("Nobody is named in this row."))
    if text := whole.get(SINCE):
        line.since = _day(text, school, line.problems)
    if line.since and line.since > today:
        line.problems.append(_("That day is still to come."))
    for kind, words in spoken.items():
        if text := whole.get(kind):
            _read_value(line, kind, text, words, school)


def _is_broken(cell, problems) -> bool:
    if not BROKEN.fullmatch(cell):
        return False
    problems.append(_("“%(text)s” is what a spreadsheet shows in place of a value.") % {"text": cell})
    return True


def _own_number(text, problems) -> str:
    if not SHORTENED.fullmatch(text):
        # A spreadsheet writes whole numbers with a fraction.
        return re.sub(r"(?<=\d)\.0+$", "", text)
    words = _("The spreadsheet has shortened the number to “%(text)s”. Make its column text, and copy it again.")
    problems.append(words % {"text": text})
    return ""


def _day(text, school, problems) -> datetime.date | None:
    if SERIAL_DAY.fullmatch(text):
        words = _("The spreadsheet wrote the day as the number “%(text)s”. Write it like %(example)s.")
        problems.append(words % {"text": text, "example": "2026-09-01"})
        return None
    # Exports write midnight beside the day.
    day = re.sub(r"[T ]0?0:00(:00)?(\.0+)?$", "", text)
    try:
        return parse_day(day, day_first=school.day_first)
    except DateError as error:
        problems.append(str(error))
        return None


def _read_value(line, kind, text, words: dict[str, str], school: School) -> None:
    value = words.get(plain(text))
    if value is not None:
        line.values[kind] = value
        return
    said = {"text": text, "kind": Kind(kind).label, "words": ", ".join(dict(offered(kind, school.system)).values())}
    line.problems.append(_("“%(text)s” does not say what is meant of %(kind)s. Write one of: %(words)s.") % said)


def _words(kind: str, school: School) -> dict[str, str]:
    """The spellings of a kind's values: what the pages call them, what they are kept as, and what systems export."""
    found = offered(kind, school.system)
    said = {plain(label): value for value, label in found} | {plain(value): value for value, _label in found}
    said |= _spelled(MEALS[school.system] if kind == Kind.MEALS else WORDS[kind])
    return said | _tongues(school) if kind == Kind.LANGUAGE else said


def _tongues(school: School) -> dict[str, str]:
    language = Background.Language
    return {
        word: (language.SCHOOL if school.language.startswith(code) else language.OTHER).value
        for code, words in TONGUES.items()
        for word in words.split(", ")
    }


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text)).strip()

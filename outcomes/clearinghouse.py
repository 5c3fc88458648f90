"""The detail file that the National Student Clearinghouse answers with (StudentTracker): read row by row.

One row is one enrolment or degree of one person, or says that no record was found: which is not that somebody did not
enrol, since colleges need not report and families may block it. Dates are YYYYMMDD. Files arrive as they are, by way of
spreadsheets that change encodings, dates and ids; what cannot be read is said by row, and nothing is guessed. Half a
million rows are not unheard of: no more of a file is held than the row that is read.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from common.decoding import NoText
from common.decoding import lines as lines_of

# As the clearinghouse heads them; the first of each is the one that is asked for in messages.
COLUMNS = {
    "ours": ("Requester Return Field", "Your Unique Identifier"),
    # Files of high schools have their own id here, and a code of the programme in the return field.
    "unique": ("Your Unique Identifier",),
    "found": ("Record Found Y/N",),
    "code": ("College Code/Branch",),
    "college": ("College Name",),
    "level": ("2-year / 4-year", "2-year/4-year"),
    "sector": ("Public / Private", "Public/Private"),
    "begins": ("Enrollment Begin",),
    "ends": ("Enrollment End",),
    "status": ("Enrollment Status",),
    "graduated": ("Graduated?",),
    "graduated_on": ("Graduation Date",),
    "first": ("First Name",),
    "last": ("Last Name",),
    "degree": ("Degree Title",),
    "born": ("Date of Birth", "Birth Date"),
}
NEEDED = ("ours", "found", "college", "level", "begins", "ends", "graduated")
FIRST_AUTUMN = (8, 15), (10, 31)


class FileError(ValueError):
    """Why this is no such file, in the words of whoever chose it."""


@dataclass
class Line:
    """One row; `number` counts as a spreadsheet does. What could not be read is in `problems`, and empty here."""

    number: int
    ours: str = ""
    found: bool | None = None
    code: str = ""
    college: str = ""
    years: int | None = None
    is_public: bool | None = None
    begins: datetime.date | None = None
    ends: datetime.date | None = None
    status: str = ""
    graduated: bool = False
    graduated_on: datetime.date | None = None
    degree: str = ""
    first: str = ""
    last: str = ""
    born: datetime.date | None = None
    problems: list[str] = field(default_factory=list)
    # An id that cannot be read makes the row nobody's yet; a name may still say whose it is.
    is_id_lost: bool = False

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip()

    @property
    def is_broken(self) -> bool:
        return len(self.problems) > self.is_id_lost

    @property
    def is_enrolment(self) -> bool:
        return bool(self.found) and self.begins is not None

    def covers(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether this enrolment touches the days from `first` to `last`; without an end it is its first day."""
        return self.is_enrolment and self.begins <= last and (self.ends or self.begins) >= first


def first_autumn(graduated_on: datetime.date) -> tuple[datetime.date, datetime.date]:
    """15 August to 31 October after somebody left school: an enrolment that touches them is in the first autumn."""
    (month, day), (last_month, last_day) = FIRST_AUTUMN
    year = graduated_on.year + (graduated_on > datetime.date(graduated_on.year, last_month, last_day))
    return datetime.date(year, month, day), datetime.date(year, last_month, last_day)


def read(data: bytes | BinaryIO) -> Iterator[Line]:
    """The rows of a file, one after the other, however many. Raises FileError for what is no such file, at once; and
    where rows stop being rows, when it comes to them."""
    texts = lines_of(io.BytesIO(data) if isinstance(data, bytes) else data)
    try:
        head = next(texts, "")
    except NoText:
        raise FileError(_("This is no text file: it has no lines.")) from None
    separator = max(",\t;", key=head.count)
    heads = next(csv.reader([head], delimiter=separator), [])
    places = _places(heads)
    return _lines(csv.reader(texts, delimiter=separator), places, len(heads))


def _lines(rows, places, width):
    number = 1
    try:
        for number, cells in enumerate(rows, 2):
            if any(cell.strip() for cell in cells):
                line = _line(
                    number, {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
                )
                if any(cell.strip() for cell in cells[width:]):
                    line.problems.append(_("It has more cells than there are columns, so that they may be shifted."))
                yield line
    except (csv.Error, NoText):
        words = _("After row %(number)s no more rows can be told apart: look there for a quotation mark too many.")
        raise FileError(words % {"number": number}) from None


def _places(heads: list[str]) -> dict[str, int]:
    known = {_plain(head): at for at, head in enumerate(heads)}
    places = {
        name: known[_plain(head)]
        for name, spellings in COLUMNS.items()
        for head in reversed(spellings)
        if _plain(head) in known
    }
    lacking = [COLUMNS[name][0] for name in NEEDED if name not in places]
    if len(lacking) == len(NEEDED):
        raise FileError(_("This is no StudentTracker detail file: none of its columns is there."))
    if lacking:
        raise FileError(_("Columns are missing: %(names)s.") % {"names": ", ".join(lacking)})
    return places


def _plain(head: str) -> str:
    return re.sub(r"[^a-z0-9]", "", head.lower())


def _line(number, said) -> Line:
    line = Line(number, code=said.get("code", ""), college=said["college"], status=said.get("status", ""))
    line.degree, line.first, line.last = (said.get(name, "") for name in ("degree", "first", "last"))
    line.ours = _ours(said["ours"] or said.get("unique", ""), line)
    line.found = _yes(said["found"], COLUMNS["found"][0], line.problems)
    line.graduated = bool(_yes(said["graduated"] or "N", COLUMNS["graduated"][0], line.problems))
    line.years = _years(said["level"], line.problems)
    sector = said.get("sector", "").lower()
    line.is_public = {"public": True, "private": False}.get(sector)
    for name in ("begins", "ends", "graduated_on", "born"):
        setattr(line, name, _day(said.get(name, ""), COLUMNS[name][0], line.problems))
    _look_at_the_whole(line, said)
    return line


def _look_at_the_whole(line, said) -> None:
    """What no cell says alone."""
    if line.begins and line.ends and line.ends < line.begins:
        line.problems.append(_("It ends before it begins."))
    if line.found and not said["begins"] and not line.graduated:
        line.problems.append(_("A record is said to be found, and there is neither an enrolment nor a degree."))
    if line.found and not line.college:
        line.problems.append(_("No college is named."))
    if line.found and line.graduated and not said.get("graduated_on"):
        line.problems.append(_("A degree without a date (Graduation Date)."))
    text = "".join(said.values())
    if "\n" in text or "\r" in text:
        line.problems.append(_("One cell goes over several lines: a quotation mark before it has no partner."))
    if "\ufffd" in text:
        line.problems.append(_("A letter in it cannot be read."))


def _ours(typed: str, line) -> str:
    """Our own number of the person. One that a spreadsheet has made a rounded number of is nobody's any more."""
    if re.fullmatch(r"\d+([.,]\d+)?[eE]\+?\d+", typed):
        line.problems.append(_("“%(typed)s” is an id that a spreadsheet has rounded.") % {"typed": typed})
        line.is_id_lost = True
        return ""
    # Some spreadsheets write whole numbers like this.
    return typed.removesuffix(".0") if re.fullmatch(r"\d+\.0", typed) else typed.strip("_'\" ")


def _yes(typed, column, problems) -> bool | None:
    word = typed.upper()
    if word in ("Y", "YES", "N", "NO"):
        return word[0] == "Y"
    problems.append(_("“%(typed)s” is neither Y nor N (%(column)s).") % {"typed": typed, "column": column})
    return None


def _years(typed, problems) -> int | None:
    """2 or 4; a course of less than two years counts as neither."""
    if not typed:
        return None
    if found := re.match(r"\s*([24])", typed):
        return int(found[1])
    if "less" not in typed.lower() and not typed.upper().startswith("L"):
        problems.append(_("“%(typed)s” is no kind of college (2-year / 4-year).") % {"typed": typed})
    return None


def _day(typed, column, problems) -> datetime.date | None:
    """YYYYMMDD; a spreadsheet's 2.02609E+07 has lost its day, and 9/1/2026 may be read two ways: neither is guessed."""
    if not typed:
        return None
    if re.fullmatch(r"[0-9]{8}(\.0+)?", typed):
        year, month, day = int(typed[:4]), int(typed[4:6]), int(typed[6:8])
        if 1950 <= year <= 2100:
            try:
                return datetime.date(year, month, day)
            except ValueError:
                pass
    elif iso := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})([ T].*)?", typed):
        try:
            return datetime.date(*map(int, iso.groups()[:3]))
        except ValueError:
            pass
    problems.append(_("“%(typed)s” is no date as YYYYMMDD (%(column)s).") % {"typed": typed, "column": column})
    return None

"""What one row of a table says, cell by cell, and what is wrong with it in words. Knows no people yet."""

import datetime
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from common.dates import DateError, doubt, is_doubtful, meanings, parse_day
from rosters.tables import words
from rosters.tables.columns import GUARDIANS, STUDENTS

DATES = ("born_on", "starts_on")
NAMES = ("given_name", "family_name", "preferred_name")
LONGEST = {
    "given_name": 200, "family_name": 200, "preferred_name": 200, "phone": 40, "number": 40, "advisory": 100,
    "address": 500, "email": 254, "grade": 20,
}  # fmt: skip
OLDEST, SOONEST, LATEST = 120, datetime.timedelta(days=366 * 15), datetime.timedelta(days=366)
USUAL_AGES = range(4, 26)


@dataclass(frozen=True)
class Remark:
    """A sentence beside the cell of the column `key`. What `stops` keeps the row from being brought in."""

    key: str
    words: str
    stops: bool = True


@dataclass
class Adult:
    """An adult of the family as a row names them; "" and None are not said."""

    slot: int
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    relation: str = ""
    rights: str = ""
    language: str = ""
    address: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def key(self, what: str) -> str:
        """The column that says this of the adult, for remarks beside its cell."""
        return f"g{self.slot}_{what}"


@dataclass
class Facts:
    """One row. "" and None are not said, and what is not said never erases what the school holds."""

    number: int
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    grade: str = ""
    born_on: datetime.date | None = None
    own_number: str = ""
    advisory: str = ""
    starts_on: datetime.date | None = None
    address: str = ""
    roles: list[str] = field(default_factory=list)
    adults: list[Adult] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def remark(self, key, sentence, *, stops=True) -> None:
        self.remarks.append(Remark(key, sentence, stops))

    @property
    def is_wrong(self) -> bool:
        return any(remark.stops for remark in self.remarks)


@dataclass(frozen=True)
class Reader:
    """Reads rows of one kind for a school that writes dates in one order."""

    kind: str
    day_first: bool
    today: datetime.date
    # Columns of dates with a row that is surely written in the other country's order.
    doubtful: frozenset[str] = frozenset()

    def read(self, number: int, cells: dict[str, str]) -> Facts:
        """What the row says; `cells` are by column."""
        facts = Facts(number)
        self._names(facts, facts, cells, "")
        self._common(facts, facts, cells, "")
        if self.kind == STUDENTS:
            self._student(facts, cells)
            for slot in GUARDIANS:
                self._adult(facts, slot, cells)
        else:
            self._roles(facts, cells.get("role", ""))
        facts.starts_on = self._day(facts, "starts_on", cells)
        self._check_start(facts)
        # The school's own number may say who it is: other systems spread one person over several tables.
        if not facts.given_name and not facts.own_number and not facts.is_wrong:
            facts.remark("given_name", _("Who is it? Write a given name."))
        return facts

    def _names(self, facts, person, cells, prefix):
        """The names of `person`, the student or an adult of the row."""
        given, family = words.split_name(cells.get(f"{prefix}name", ""))
        person.given_name = self._short(facts, f"{prefix}given_name", cells) or given
        person.family_name = self._short(facts, f"{prefix}family_name", cells) or family
        if len(given) > LONGEST["given_name"] or len(family) > LONGEST["family_name"]:
            facts.remark(f"{prefix}name", _too_long(LONGEST["given_name"]))
        if not prefix:
            person.preferred_name = self._short(facts, "preferred_name", cells)

    def _common(self, facts, person, cells, prefix):
        person.email = self._email(facts, f"{prefix}email", cells)
        person.phone = self._short(facts, f"{prefix}phone", cells)
        person.language = self._language(facts, f"{prefix}language", cells)

    def _student(self, facts, cells):
        facts.grade = words.grade(self._short(facts, "grade", cells))
        facts.own_number = self._short(facts, "number", cells)
        facts.advisory = self._short(facts, "advisory", cells)
        facts.address = self._short(facts, "address", cells)
        facts.born_on = self._day(facts, "born_on", cells)
        self._check_age(facts)

    def _adult(self, facts, slot, cells):
        said = {key: text for key, text in cells.items() if key.startswith(f"g{slot}_") and text}
        if not said:
            return
        adult = Adult(slot)
        self._names(facts, adult, cells, f"g{slot}_")
        self._common(facts, adult, cells, f"g{slot}_")
        adult.address = self._short(facts, f"g{slot}_address", cells)
        adult.relation = self._relation(facts, slot, cells)
        adult.rights = self._rights(facts, slot, cells)
        if not adult.given_name:
            if adult.email or adult.phone:
                facts.remark(adult.key("name"), _("Whose is this? Write a name."))
            return
        facts.adults.append(adult)

    def _relation(self, facts, slot, cells) -> str:
        text = cells.get(f"g{slot}_relation", "")
        known = words.relation(text) if text else ""
        if known is None:
            facts.remark(
                f"g{slot}_relation", _("We do not know “%(text)s” and write “other”.") % {"text": text}, stops=False
            )
            return words.Relation.OTHER
        return known

    def _rights(self, facts, slot, cells) -> str:
        text = cells.get(f"g{slot}_rights", "")
        known = words.rights(text) if text else ""
        if known is None:
            facts.remark(f"g{slot}_rights", _("Write signs, writes, reads, contact or barred."))
        return known or ""

    def _roles(self, facts, text):
        facts.roles, unknown = words.roles(text)
        if unknown:
            facts.remark(
                "role",
                _("“%(text)s” is no role here. Write adviser, specialist, coordinator, lead or safeguarding.")
                % {"text": ", ".join(unknown)},
            )

    def _short(self, facts, key, cells) -> str:
        text = cells.get(key, "")
        longest = LONGEST[key.partition("_")[2] if key[:1] == "g" and key[1:2].isdecimal() else key]
        if len(text) > longest:
            facts.remark(key, _too_long(longest))
            return ""
        return text

    def _email(self, facts, key, cells) -> str:
        text = self._short(facts, key, cells).lower().removeprefix("mailto:")
        if text:
            try:
                validate_email(text)
            except ValidationError:
                facts.remark(key, _("“%(text)s” is not an e-mail address.") % {"text": text})
                return ""
        return text

    def _language(self, facts, key, cells) -> str:
        text = cells.get(key, "")
        known = words.language(text) if text else ""
        if known is None:
            facts.remark(
                key,
                _("Letters are not yet in “%(text)s”; they go out in the school's language.") % {"text": text},
                stops=False,
            )
        return known or ""

    def _day(self, facts, key, cells) -> datetime.date | None:
        text = _without_time(cells.get(key, ""))
        if not text:
            return None
        if key in self.doubtful and is_doubtful(text):
            facts.remark(key, doubt(text))
            return None
        try:
            return parse_day(text, day_first=self.day_first)
        except DateError as error:
            facts.remark(key, str(error))
            return None

    def _check_age(self, facts):
        if facts.born_on is None:
            return
        age = (self.today - facts.born_on).days // 365.25
        if facts.born_on > self.today:
            facts.remark("born_on", _("That day has not come yet."))
        elif age > OLDEST:
            facts.remark("born_on", _("That was more than %(years)s years ago.") % {"years": OLDEST})
        elif age not in USUAL_AGES:
            facts.remark("born_on", _("That makes them %(age)s years old.") % {"age": int(age)}, stops=False)

    def _check_start(self, facts):
        day = facts.starts_on
        if day is None:
            return
        if day > self.today + LATEST:
            facts.remark("starts_on", _("That is more than a year from now."))
        elif day < self.today - SOONEST:
            facts.remark("starts_on", _("That was more than 15 years ago."))
        elif facts.born_on and day <= facts.born_on:
            facts.remark("starts_on", _("That is before they were born."))


def doubtful_columns(rows, day_first: bool) -> frozenset[str]:
    """The columns of dates in which a row of `rows` can only be read in the other order: none of them is guessed."""
    return frozenset(
        key for key in DATES for cells in rows if list(meanings(_without_time(cells.get(key, "")))) == [not day_first]
    )


def _without_time(text: str) -> str:
    """A date as spreadsheets write it, without the midnight behind it."""
    return text.removesuffix(" 00:00:00").removesuffix(" 00:00")


def _too_long(longest) -> str:
    return _("That is longer than %(count)s letters.") % {"count": longest}

"""The file that asks the clearinghouse (StudentTracker) what became of people: tab-separated text. Pure.

Laid out as the clearinghouse's own lessons say it ("Creating a request file for submission" for colleges; "The
difference between graduates files and request files" for high schools, whose request files have the same rows) and as
public programs write it that schools use for theirs (the R packages NSC and nscprepr): a header H1, a row D1 for each
person, a trailer T1 that counts all rows, itself and the header too. Never a social security number. Tested against
that layout, and not by the clearinghouse: whoever sends the first one looks at its test report.

A high school's *graduates file* (PH3) is another thing, with columns that this project does not hold.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# "Subsequent enrolment": of people who left, each from a day of their own on.
QUERY = "SE"
# Fewer are not loaded, says the lesson.
FEWEST = 11
# Letters that do not come apart into a plain one and an accent.
PLAIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
                       "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "’": "'"})  # fmt: skip


@dataclass(frozen=True)
class Account:
    """What the clearinghouse knows the school as."""

    code: str
    branch: str
    name: str


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked for; `since` is the first day on which they may be enrolled elsewhere."""

    ours: str
    first: str
    last: str
    born_on: datetime.date | None
    since: datetime.date

    @property
    def can_be_asked(self) -> bool:
        """Without a birthday nobody is found, nor without a name in the letters that the clearinghouse takes."""
        return bool(self.born_on and plain(self.first) and plain(self.last))


def plain(name: str) -> str:
    """A name in the letters that a request may have: no accents, nothing that is no letter but - and '."""
    folded = unicodedata.normalize("NFKD", name.translate(PLAIN))
    kept = "".join(sign for sign in folded if sign.isascii() and (sign.isalpha() or sign in " -'"))
    return re.sub(r"\s+", " ", kept).strip(" -'")


def write(account: Account, people: Iterable[Asked], made_on: datetime.date) -> str:
    """The file, of those who can be asked for."""
    rows = list(_rows(account, people, made_on))
    rows.append(["T1", str(len(rows) + 1)])
    return "".join("\t".join(row) + "\r\n" for row in rows)


def _rows(account, people, made_on) -> Iterator[list[str]]:
    yield ["H1", account.code, account.branch, plain(account.name), _day(made_on), QUERY, "I"]
    for one in people:
        if one.can_be_asked:
            # Without number, middle initial and suffix, of which we hold none.
            yield [
                "D1", "", plain(one.first), "", plain(one.last), "", _day(one.born_on), _day(one.since), "",
                account.code, account.branch, one.ours,
            ]  # fmt: skip


def _day(day: datetime.date) -> str:
    return day.strftime("%Y%m%d")

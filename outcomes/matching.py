"""Whose a row of the clearinghouse's file is. Pure: it knows the school's students as they are handed in.

An id of ours decides alone, where the name agrees; a name never does: a person decides then.
"""

import datetime
import difflib
import re
from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from common.names import fold

OURS = re.compile(r"TL([0-9]{1,18})_([0-9]{1,18})_([A-Z2-7]{6})")
SALT = "outcomes.matching"
WORDS = re.compile(r"[\s'’-]+")
# Of difflib: one slip in a name of six letters.
ALIKE = 0.82
MOST_CANDIDATES = 8


def our_id(school_id: int, student_id: int, secret: str | None = None) -> str:
    """What the request file sends for the clearinghouse to return: letters first, so that no spreadsheet makes a number
    or a date of it. Its last part is ours to make: another school's file, from here or elsewhere, meets nobody by
    chance. Of a secret key that was thrown away old files are matched by name."""
    said = salted_hmac(SALT, f"{school_id}:{student_id}", secret=secret, algorithm="sha256").digest()
    return f"TL{school_id}_{student_id}_{b32encode(said).decode()[:6]}"


def student_of(typed: str, school_id: int) -> int | None:
    """The number of the student whom our id names, where it is one of this school."""
    found = OURS.fullmatch(typed.upper())
    if found is None or int(found[1]) != school_id:
        return None
    student_id = int(found[2])
    secrets = [None, *settings.SECRET_KEY_FALLBACKS]
    is_ours = any(constant_time_compare(our_id(school_id, student_id, one), typed.upper()) for one in secrets)
    return student_id if is_ours else None


@dataclass(frozen=True)
class Known:
    """A student of the school, as far as a row can be compared with them."""

    pk: int
    given: str
    family: str
    preferred: str = ""
    number: str = ""
    born_on: datetime.date | None = None


@dataclass(frozen=True)
class Match:
    """`student` where it is certain; else whom it may be of, the likeliest first; neither: nobody of this school."""

    student: int | None = None
    candidates: list[int] = field(default_factory=list)


class Matcher:
    """The students of one school. What a row says of its person is looked up once however many rows say it in turn."""

    def __init__(self, school_id: int, students: Iterable[Known]):
        self.school_id = school_id
        self.students = {one.pk: one for one in students}
        self.by_number = {one.number.casefold(): one for one in self.students.values() if one.number}
        self.by_word = defaultdict(set)
        for one in self.students.values():
            for word in fold(one.family).split():
                self.by_word[word].add(one.pk)
        self._last: tuple | None = None

    def match(self, ours: str, first: str, last: str, born: datetime.date | None = None) -> Match:
        said = ours, first, last, born
        if self._last is None or self._last[0] != said:
            self._last = said, self._match(*said)
        return self._last[1]

    def _match(self, ours, first, last, born) -> Match:
        named = f"{first} {last}".strip()
        by_id = self.students.get(student_of(ours, self.school_id) or 0)
        if by_id is not None:
            if not named or (is_alike(by_id, first, last) and _born_alike(by_id, born)):
                return Match(by_id.pk)
            return Match(candidates=self._first(by_id, first, last, born))
        by_number = self.by_number.get(ours.casefold())
        if by_number is not None:
            # Another school counts from one too: its number is nobody's without the name.
            if named and is_alike(by_number, first, last) and _born_alike(by_number, born):
                return Match(by_number.pk)
            if not named:
                return Match(candidates=[by_number.pk])
        return Match(candidates=self._by_name(first, last, born))

    def _first(self, by_id, *said):
        return [by_id.pk, *(pk for pk in self._by_name(*said) if pk != by_id.pk)][:MOST_CANDIDATES]

    def _by_name(self, first, last, born) -> list[int]:
        near = set().union(*(self.by_word.get(word, ()) for word in fold(last).split()))
        found = [self.students[pk] for pk in near]
        found = [one for one in found if is_alike(one, first, last) and _born_alike(one, born)]
        found.sort(key=lambda one: (one.born_on is None or one.born_on != born, one.pk))
        return [one.pk for one in found[:MOST_CANDIDATES]]


def is_alike(student: Known, first: str, last: str) -> bool:
    """Whether a row's name may be the student's: written shorter, with a slip, or by the name they go by."""
    return _near(last, student.family) and any(_near(first, one) for one in (student.given, student.preferred) if one)


def _near(said: str, known: str) -> bool:
    said, known = fold(said), fold(known)
    if said == known or not said or not known:
        return said == known
    # Words like "de" and "van" say nothing.
    if any(len(word) > 3 for word in set(WORDS.split(said)) & set(WORDS.split(known))):
        return True
    if min(len(said), len(known)) >= 3 and (known.startswith(said) or said.startswith(known)):
        return True
    return difflib.SequenceMatcher(None, said, known).ratio() >= ALIKE


def _born_alike(student, born) -> bool:
    return born is None or student.born_on is None or student.born_on == born

"""Whom the rows of a table are of: found by the school's own number, else by name. Where that is not sure, a person
chooses among those who come close."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common.names import fold
from outcomes.background_table import Line, plain
from students.models import Student

CLOSE = 6
LEAVE_OUT = "out"


@dataclass
class Whose:
    """`student` is whom a row is of; else `candidates` may be, and `words` say why it is not sure."""

    student: Student | None = None
    candidates: list[Student] = field(default_factory=list)
    words: str = ""


class Known:
    """The students of a school, here and gone; one query however long the table."""

    def __init__(self, students):
        self.by_id: dict[int, Student] = {}
        self.by_number: dict[str, Student] = {}
        self.by_name: dict[str, list[Student]] = defaultdict(list)
        self.by_word: dict[str, list[Student]] = defaultdict(list)
        for student in students:
            self._add(student)

    def _add(self, student):
        self.by_id[student.pk] = student
        if student.number:
            self.by_number[fold(student.number)] = student
        names = _names(student)
        for name in names:
            self.by_name[name].append(student)
        for word in {word for name in names for word in name.split()}:
            self.by_word[word].append(student)

    def whose(self, line: Line) -> Whose:
        called = self._called(line.name)
        student = self.by_number.get(fold(line.own_number)) if line.own_number else None
        if student and (not line.name or student in called):
            return Whose(student)
        if student:
            words = _("The number is %(name)s’s. Whose row is it?") % {"name": student.name}
            return Whose(None, [student, *called][:CLOSE], words)
        if line.own_number:
            return self._unknown_number(line, called)
        if len(called) == 1:
            return Whose(called[0])
        if called:
            words = _("%(count)s students have this name. Which of them is it?") % {"count": len(called)}
            return Whose(None, called, words)
        return Whose(None, self._close(line.name), _("Nobody of the school has this name."))

    def _unknown_number(self, line, called) -> Whose:
        # A spreadsheet drops the zeros before a number; whether it did is for a person to say.
        bare = line.own_number.lstrip("0")
        alike = [student for number, student in self.by_number.items() if number.lstrip("0") == fold(bare)]
        close = list(dict.fromkeys([*alike, *called])) or self._close(line.name)
        return Whose(
            None, close[:CLOSE], _("Nobody of the school has the number %(number)s.") % {"number": line.own_number}
        )

    def _called(self, name: str) -> list[Student]:
        """Those of this name, also where it is written "Okafor, Sam"."""
        family, comma, given = name.partition(",")
        turned = f"{given} {family}" if comma else name
        return self.by_name.get(plain(turned), [])

    def _close(self, name: str) -> list[Student]:
        """Those who share most words of the name."""
        shared: dict[Student, int] = defaultdict(int)
        for word in set(plain(name).split()):
            for student in self.by_word.get(word, ()):
                shared[student] += 1
        return sorted(shared, key=lambda student: (-shared[student], student.user.search_name))[:CLOSE]


def _names(student) -> set[str]:
    user = student.user
    given = {user.given_name, user.preferred_name} - {""}
    return {plain(f"{one} {user.family_name}") for one in given}

"""Whether a row is about a student whom the school has: by number, else by name and birthday."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.names import fold
from rosters.preview.known import Known, KnownStudent
from rosters.tables.facts import Facts
from rosters.tables.words import plain


def find_student(known: Known, facts: Facts) -> KnownStudent | None:
    """The student of this row, or None for a new one. Says beside the cell what is doubtful."""
    if facts.own_number and (student := known.students_by_number.get(fold(facts.own_number))):
        return _by_number(student, facts)
    if facts.own_number and not facts.given_name:
        ask_who(facts)
        return None
    called = known.students_by_name.get(plain(facts.name), [])
    possible = [student for student in called if not _differs(student, facts)]
    if called and not possible:
        facts.remark("name", _("Another %(name)s is here; this is somebody else.") % {"name": facts.name}, stops=False)
    return _one_of(possible, facts)


def ask_who(facts: Facts) -> None:
    """A row that says nothing but a number, and the number is nobody's (whom one may know of)."""
    words = _("We find nobody with the number %(number)s. Who is it? Write a given name.")
    facts.remark("given_name", words % {"number": facts.own_number})


def _by_number(student, facts):
    same_birthday = facts.born_on is None or student.born_on in (None, facts.born_on)
    if facts.given_name and not student.person.is_called(facts) and not same_birthday:
        words = _(
            "%(name)s has this number, with another birthday. If it is the same person, correct their record first."
        )
        facts.remark("number", words % {"name": student.person.name})
    return student


def _differs(student, facts) -> bool:
    """Whether name-sakes are surely two people."""
    if student.born_on and facts.born_on:
        return student.born_on != facts.born_on
    return bool(student.number and facts.own_number) and fold(student.number) != fold(facts.own_number)


def _one_of(possible, facts):
    sure = [student for student in possible if student.born_on and student.born_on == facts.born_on]
    found = sure or possible
    if len(found) > 1:
        facts.remark(
            "name", _("%(count)s students have this name. Write the birthday or the number.") % {"count": len(found)}
        )
    if not found:
        return None
    student = found[0]
    if student.number and facts.own_number and fold(student.number) != fold(facts.own_number):
        words = _("%(name)s, born on %(day)s, is here under the number %(number)s.")
        said = {"name": student.person.name, "day": date_format(student.born_on), "number": student.number}
        facts.remark("number", words % said)
    elif not sure and len(found) == 1 and (student.born_on or facts.born_on) and student.row is None:
        words = _("We take them for the %(name)s who is here. If it is somebody else, write number or birthday.")
        facts.remark("name", words % {"name": student.person.name}, stops=False)
    return student

"""Students beyond the cast, for lists that must be long."""

from accounts.models import User
from bpl.tests.cast import LAST_YEAR
from students.actions.enrol import enrol
from students.models import Student


def a_student(cast, given_name: str, family_name: str = "", *, grade="10", on=LAST_YEAR, **record) -> Student:
    """A student of the cast's school, enrolled since last year, on nobody's team but their own."""
    user = User.objects.create(given_name=given_name, family_name=family_name)
    return enrol(school=cast.school, user=user, grade=grade, by=cast.lead, on=on, **record)


def many_students(cast, number: int) -> list[Student]:
    return [a_student(cast, f"Student{n:03}", "Many", grade=str(9 + n % 4)) for n in range(number)]

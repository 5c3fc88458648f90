"""The list of students, read in one query for each page however large the school is."""

import datetime
from collections.abc import Callable

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Window

from common.names import fold
from students.models import Enrolment

A_PAGE = 50


def listed(students, day: datetime.date):
    """`students` as the list shows them: with names, and the `grade` they are in that day."""
    return students.select_related("user").annotate(grade=Subquery(_enrolled(day).values("grade")[:1]))


def narrowed(students, day: datetime.date, *, q="", grade="", who=""):
    """Narrowed to a name or number, to a grade, and to who is here that day ("" ), is not ("left"), or all."""
    if who != "all":
        students = students.filter(~Exists(_enrolled(day)) if who == "left" else Exists(_enrolled(day)))
    if grade:
        students = students.filter(grade=grade)
    if not q:
        return students
    named = Q()
    for word in fold(q).split():
        named &= Q(user__search_name__contains=word)
    return students.filter(named | Q(number__iexact=q))


def page_of(students, number: int) -> Page:
    """One page with the total on it; a page beyond the end is the first."""
    return page_from(lambda number: list(a_page(students, number)), number)


def page_from(read: Callable[[int], list], number: int) -> Page:
    """As page_of; `read` answers the rows of a page, as a_page has them."""
    rows = read(number)
    if not rows and number > 1:
        number, rows = 1, read(1)
    return Page(rows, number, Paginator(range(rows[0].total if rows else 0), A_PAGE))


def grades_of(school, day: datetime.date) -> list[str]:
    """The grades that somebody is in, 9 before 10."""
    grades = Enrolment.objects.on(day).filter(student__school=school).order_by().values_list("grade", flat=True)
    return sorted(grades.distinct(), key=lambda grade: (len(grade), grade))


def _enrolled(day):
    return Enrolment.objects.on(day).filter(student=OuterRef("pk"))


def a_page(students, number: int):
    """The rows of one page, each with the `total` of all."""
    first = (number - 1) * A_PAGE
    return students.annotate(total=Window(Count("pk")))[first : first + A_PAGE]

"""The list of students, read in one query for each page however large the school is."""

import datetime
from collections.abc import Callable

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Window

from common.names import fold
from common.prepared import Prepared
from students.models import Student

A_PAGE = 50


def listed(students, day: datetime.date):
    """`students` as the list shows them: with names, and the `grade` they are in that day."""
    return students.select_related("user").with_grade(day)


def narrowed(students, *, q="", grade="", who=""):
    """`listed` students narrowed to a name or number, to a grade, and to who is here ("" ), is not ("left"), or all."""
    if who != "all":
        students = students.filter(grade__isnull=who == "left")
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
    return sorted(_grades(school=school.pk, day=day), key=lambda grade: (len(grade), grade))


_grades = Prepared(
    lambda school, day: (
        Student.objects.filter(school=school).with_grade(day).filter(grade__isnull=False)
        .order_by().values_list("grade", flat=True).distinct()
    )
)  # fmt: skip


def a_page(students, number: int):
    """The rows of one page, each with the `total` of all."""
    first = (number - 1) * A_PAGE
    return students.annotate(total=Window(Count("pk")))[first : first + A_PAGE]

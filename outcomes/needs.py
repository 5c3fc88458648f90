"""Who needs what now: the lists of outcomes/attention.py, of the students whom the reader may see."""

import datetime
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from common.addresses import address
from common.prepared import Prepared, padded
from outcomes import attention, rows
from outcomes.models import Attention
from outcomes.places import Place
from schools.access import staff_roles
from schools.models import School
from schools.roles import GRANTS, WHOLE_SCHOOL_ROLES, Permission
from students.models import Student

# So many of a list stand on the dashboard; the list has a page of its own.
FIRST, A_PAGE = 5, 50
NAMES = ("given_name", "preferred_name", "family_name")


@dataclass
class Need:
    """One rule, and whom it found: (name, address, why)."""

    key: str
    name: str
    about: str
    # Of the whole list.
    url: str
    count: int = 0
    people: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def lines(self) -> str:
        return rows.people(self.people)


def rules_for(request, school: School) -> dict[str, attention.Rule]:
    """The rules that speak of something that the reader may see of every student of the school, in their order."""
    roles = {row.role for row in staff_roles(request) if row.school_id == school.pk} & set(WHOLE_SCHOOL_ROLES)
    may = frozenset().union(*(GRANTS[role] for role in roles))
    return {key: rule for key, rule in attention.RULES.items() if rule.permission in may}


def rows_of(school, user, day: datetime.date):
    """`school` and `user` as such, or by id."""
    seen = Student.objects.open_to(user, Permission.STUDENT_SEE, day)
    return Attention.objects.filter(school=school, student__in=seen)


_first = Prepared(
    lambda school, user, day, most: (
        rows_of(school, user, day).order_by("rule", "-weight", "pk")
        .annotate(
            place=Window(RowNumber(), partition_by="rule", order_by=[F("weight").desc(), F("pk").asc()]),
            count=Window(Count("pk"), partition_by="rule"),
        )
        .filter(place__lte=most).values_list("rule", "count", "facts", "student")
    )
)  # fmt: skip
_names = Prepared(
    lambda students: (
        Student.objects.filter(pk__in=students).order_by().values_list("pk", *(f"user__{part}" for part in NAMES))
    )
)  # fmt: skip


def first_of_each(school: School, user, day: datetime.date, known: dict[str, attention.Rule]) -> list[Need]:
    """Of these rules, in their order; two queries, since lists are long and few names of them are shown."""
    found: dict[str, Need] = {}
    lists = Place(school=school).url("attention", "rule").removesuffix("rule/")
    first = [row for row in _first(school=school.pk, user=user.pk, day=day, most=FIRST) if row[0] in known]
    students = {student for _rule, _count, _facts, student in first}
    names = {pk: name_of(*parts) for pk, *parts in _names(students=padded(students))} if students else {}
    for rule, count, facts, student in first:
        here = known[rule]
        need = found.setdefault(rule, Need(rule, str(here.name), str(here.about), f"{lists}{rule}/", count))
        need.people.append((names[student], here.address(student, facts), here.sentence(facts)))
    return [found[key] for key in known if key in found]


_of_rule = Prepared(
    lambda school, user, day, rule, after, until: (
        rows_of(school, user, day).filter(rule=rule).order_by("-weight", "pk")
        .annotate(
            place=Window(RowNumber(), order_by=[F("weight").desc(), F("pk").asc()]), count=Window(Count("pk")),
        )
        .filter(place__gt=after, place__lte=until)
        .values_list("count", "facts", "student", *(f"student__user__{part}" for part in NAMES))
    )
)  # fmt: skip


def page_of(school: School, user, day: datetime.date, rule: attention.Rule, number: int) -> Page:
    """A page of everybody on one list, as (name, address, why); one query. A page beyond the end is the first."""

    def read(number):
        until = number * A_PAGE
        return _of_rule(school=school.pk, user=user.pk, day=day, rule=rule.key, after=until - A_PAGE, until=until)

    found = read(number)
    if not found and number > 1:
        number, found = 1, read(1)
    people = [
        (name_of(*names), rule.address(student, facts), rule.sentence(facts)) for _n, facts, student, *names in found
    ]
    return Page(people, number, Paginator(range(found[0][0] if found else 0), A_PAGE))


def name_of(given, preferred, family) -> str:
    return f"{preferred or given} {family}".strip()


def student_url(student_id: int) -> str:
    return address("dashboards:student", student_id)


def destinations_url(student_id: int) -> str:
    """Where what became of somebody is written down."""
    return address("outcomes:destinations", student_id)

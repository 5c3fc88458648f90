"""The cohorts of which figures are published: the terms of a school, and the classes of those who left."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.prepared import Prepared
from outcomes.figure import Stage
from outcomes.models import Leaver
from schools.models import School, Term

# How many terms back figures are worked out again: an older one stays as it was worked out last.
TERMS = 7
CLASSES = 10


@dataclass(frozen=True)
class Cohort:
    """`first` to `last` is its time, both days counted, and `day` the day on which it is looked at: the school's today,
    or the last day of a term that is over. Of a class, the school year in which it left. `passed` is the last day of a
    term that is over: today is not."""

    school: School
    stage: Stage
    key: str
    name: str
    first: datetime.date
    last: datetime.date
    day: datetime.date
    term: Term | None = None
    passed: datetime.date | None = None


def of_school(school: School, today: datetime.date) -> list[Cohort]:
    """The latest first, terms before classes."""
    return [*terms(school, today), *classes(school, today)]


def terms(school: School, today: datetime.date) -> list[Cohort]:
    rows = Term.objects.filter(school=school, starts_on__lte=today).order_by("-starts_on")[:TERMS]
    return [of_term(school, term, today) for term in rows]


def of_term(school: School, term: Term, today: datetime.date) -> Cohort:
    day, passed = min(term.last_day, today), min(term.last_day, today - datetime.timedelta(days=1))
    key = term.starts_on.isoformat()
    return Cohort(school, Stage.HERE, key, term.name, term.starts_on, term.last_day, day, term, passed)


_years = Prepared(
    lambda school, day: (
        Leaver.objects.standing().filter(school=school, left_on__lte=day)
        .order_by("-class_of").values_list("class_of", flat=True).distinct()[:CLASSES]
    )
)  # fmt: skip


def classes(school: School, today: datetime.date) -> list[Cohort]:
    found = _years(school=school.pk, day=today)
    return [of_class(school, year, today) for year in found]


def of_class(school: School, year: int, today: datetime.date) -> Cohort:
    first, last = datetime.date(year - 1, 9, 1), datetime.date(year, 8, 31)
    return Cohort(school, Stage.AFTER, str(year), _("Class of %(year)s") % {"year": year}, first, last, today)


def season(key: str) -> str:
    """The third of a year that a term is in, "2026-3" for autumn: a network puts terms together by it, since their
    first days differ. The day a month after the first says it: a term that begins on 30 March is no winter's."""
    day = datetime.date.fromisoformat(key) + datetime.timedelta(days=31)
    return f"{day.year}-{1 if day.month <= 3 else 2 if day.month <= 7 else 3}"


def too_old(looked_at: list[Cohort]) -> dict[str, str]:
    """By stage, the key before which cohorts are not worked out again and stay as they were; "" where there is none."""
    found = {}
    for stage, most in ((Stage.HERE, TERMS), (Stage.AFTER, CLASSES)):
        keys = sorted(one.key for one in looked_at if one.stage == stage)
        found[stage] = keys[0] if len(keys) == most else ""
    return found

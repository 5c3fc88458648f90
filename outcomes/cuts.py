"""The fixed list of cuts by which every figure is split. There are no others, and none is crossed with another: two
ways to split the same people would let what one of them hides be worked out from the other.

Of what makes somebody disadvantaged only the sum is a cut: beside it, "free meals" alone would tell of the few who are
disadvantaged for another reason.
"""

import datetime
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from advisories.models import Advisory, Seat
from outcomes.figure import Stage
from outcomes.models import Background, Leaver
from schools.models import School
from students.models import Enrolment

Kind = Background.Kind
NOT_HELD = "not_held"


class Cut(models.TextChoices):
    DISADVANTAGED = "disadvantaged", _("Disadvantaged students and peers")
    LANGUAGE = "language", _("Language at home")
    NEEDS = "needs", _("Special educational needs")
    ABSENT = "absent", _("Mother or father absent")
    GRADE = "grade", _("Grade")
    ADVISORY = "advisory", _("Advisory")
    # Of a network alone.
    SCHOOL = "school", _("School")


YES, NO = "yes", "no"
GROUPS = {
    Cut.DISADVANTAGED: {YES: _("disadvantaged"), NO: _("peers"), NOT_HELD: _("not recorded")},
    Cut.LANGUAGE: {
        Background.Language.SCHOOL: _("the school's language"), Background.Language.OTHER: _("another language"),
        NOT_HELD: _("not recorded"),
    },
    Cut.NEEDS: {YES: _("with special needs"), NO: _("none known"), NOT_HELD: _("not recorded")},
    Cut.ABSENT: {YES: _("one or both absent"), NO: _("both there"), NOT_HELD: _("not recorded")},
}  # fmt: skip
NEEDED = {
    Cut.DISADVANTAGED: {Kind.MEALS, Kind.CARE}, Cut.LANGUAGE: {Kind.LANGUAGE}, Cut.NEEDS: {Kind.NEEDS},
    Cut.ABSENT: {Kind.ABSENT},
}  # fmt: skip


def disadvantaged(system: str, meals: str | None, care: str | None) -> str:
    """United States: eligible for free or reduced-price meals. England: eligible for free meals now or in the past six
    years, or looked after for a day or more, or left care by adoption or another order (DfE's definition of
    disadvantaged pupils). `not_held` where what is held does not tell."""
    if system == School.System.ENGLAND:
        if meals in (Background.Meals.FREE, Background.Meals.PAST) or (care and care != Background.Care.NO):
            return YES
        # Somebody without meals may still have been in care: no is known of both or of none.
        return NO if meals and care else NOT_HELD
    if meals is None:
        return NOT_HELD
    return YES if meals in (Background.Meals.FREE, Background.Meals.REDUCED) else NO


def groups_of(school: School, stage: Stage, ids: Iterable[int], day: datetime.date, kinds: Iterable[str]) -> dict:
    """{cut: {student: group}} for students of one cohort as they were on `day`; of leavers, as they left.

    A cut for which the school holds nothing is left out.
    """
    held = background_on(school, ids, day, kinds)
    found = {
        cut: {pk: _group(cut, school.system, held.get(pk, {})) for pk in ids}
        for cut, needed in NEEDED.items() if needed & set(kinds)
    }  # fmt: skip
    places = _leavers(school, ids) if stage == Stage.AFTER else _placed(school, ids, day)
    for cut, at in ((Cut.GRADE, 0), (Cut.ADVISORY, 1)):
        found[cut] = {pk: places.get(pk, (NOT_HELD, NOT_HELD))[at] for pk in ids}
    return found


def _group(cut, system, held: dict[str, str]) -> str:
    if cut == Cut.DISADVANTAGED:
        return disadvantaged(system, held.get(Kind.MEALS), held.get(Kind.CARE))
    if cut == Cut.LANGUAGE:
        return held.get(Kind.LANGUAGE, NOT_HELD)
    value = held.get(Kind.NEEDS if cut == Cut.NEEDS else Kind.ABSENT)
    if value is None:
        return NOT_HELD
    return NO if value == "no" else YES


def background_on(school: School, ids: Iterable[int], day: datetime.date, kinds: Iterable[str]) -> dict:
    """{student: {kind: value}}: what held on `day`, or where nothing was held yet, what was written down first."""
    rows = Background.objects.current().filter(school=school, student__in=ids, kind__in=list(kinds), is_withdrawn=False)
    found: dict[int, dict[str, str]] = {}
    # The earliest first: each that held by the day replaces the one before; a later one fills only what is empty.
    for student, kind, value, since in rows.order_by("since", "pk").values_list("student", "kind", "value", "since"):
        of_student = found.setdefault(student, {})
        if since <= day or kind not in of_student:
            of_student[kind] = value
    return found


def _leavers(school, ids) -> dict[int, tuple[str, str]]:
    rows = Leaver.objects.standing().filter(school=school, student__in=ids)
    return {
        pk: (grade or NOT_HELD, str(advisory) if advisory else NOT_HELD)
        for pk, grade, advisory in rows.values_list("student", "grade", "advisory")
    }


def _placed(school, ids, day) -> dict[int, tuple[str, str]]:
    """Grade and advisory on `day`; of whoever left before, the last ones."""
    enrolments = Enrolment.objects.filter(student__in=ids, starts_on__lte=day).order_by("starts_on")
    grades = dict(enrolments.values_list("student", "grade"))
    rows = Seat.objects.filter(student__in=ids, starts_on__lte=day).order_by("starts_on", "pk")
    seats = dict(rows.values_list("student", "advisory"))
    return {pk: (grades.get(pk) or NOT_HELD, str(seats.get(pk, NOT_HELD))) for pk in ids}


def labels(school: School) -> dict[str, str]:
    """The names of the school's advisories by the group's key."""
    return {str(pk): name for pk, name in Advisory.objects.filter(school=school).values_list("pk", "name")}

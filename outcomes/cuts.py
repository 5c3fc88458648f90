"""The fixed list of cuts by which every figure is split. There are no others, and none is crossed with another: two
ways to split the same people would let what one of them hides be worked out from the other.

Of what makes somebody disadvantaged only the sum is a cut: beside it, "free meals" alone would tell of the few who are
disadvantaged for another reason.
"""

import datetime
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advisories.models import Advisory, Seat
from common.prepared import Prepared
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
# Published instead of NO and NOT_HELD where those of whom it is not recorded are too few to be shown (`all_others`).
OTHERS = "others"
GROUPS = {
    Cut.DISADVANTAGED: {
        YES: _("disadvantaged"), NO: _("peers"), OTHERS: _("peers, with the few not recorded"),
        NOT_HELD: _("not recorded"),
    },
    Cut.LANGUAGE: {
        Background.Language.SCHOOL: _("the school's language"),
        OTHERS: _("the school's language, with the few not recorded"),
        Background.Language.OTHER: _("another language"), NOT_HELD: _("not recorded"),
    },
    Cut.NEEDS: {
        YES: _("with special needs"), NO: _("none known"), OTHERS: _("none known, with the few not recorded"),
        NOT_HELD: _("not recorded"),
    },
    Cut.ABSENT: {
        YES: _("one or both absent"), NO: _("both there"), OTHERS: _("both there, with the few not recorded"),
        NOT_HELD: _("not recorded"),
    },
}  # fmt: skip
# Which group the few of whom it is not recorded are put to.
REFERENCE = {
    Cut.DISADVANTAGED: NO, Cut.LANGUAGE: Background.Language.SCHOOL.value, Cut.NEEDS: NO, Cut.ABSENT: NO,
}  # fmt: skip
NEEDED = {
    Cut.DISADVANTAGED: {Kind.MEALS, Kind.CARE}, Cut.LANGUAGE: {Kind.LANGUAGE}, Cut.NEEDS: {Kind.NEEDS},
    Cut.ABSENT: {Kind.ABSENT},
}  # fmt: skip
# How long free meals count in England after they ended (DfE, "Ever 6").
YEARS_OF_MEALS = 6


def opened_by(kind: str, system: str) -> list[Cut]:
    """The cuts into which a kind enters. Care makes nobody disadvantaged in the definition of the United States."""
    if kind == Kind.CARE and system != School.System.ENGLAND:
        return []
    return [cut for cut, needed in NEEDED.items() if kind in needed]


def opened(kinds: Iterable[str], system: str) -> set[Cut]:
    return {cut for kind in kinds for cut in opened_by(kind, system)}


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
    """{cut: {student: group}} for students of one cohort as they were on `day`; of leavers, as they were on their last
    day at the school.

    A cut for which the school holds nothing is left out.
    """
    left = _leavers(school, ids) if stage == Stage.AFTER else {}
    last_days = {pk: row.last_day for pk, row in left.items()}
    held = background_on(school, ids, day, kinds, last_days)
    cuts = opened(kinds, school.system)
    found = {cut: {pk: _group(cut, school.system, held.get(pk, {})) for pk in ids} for cut in NEEDED if cut in cuts}
    places = _left_from(left) if stage == Stage.AFTER else _placed(ids, day)
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


def background_on(
    school: School,
    ids: Iterable[int],
    day: datetime.date,
    kinds: Iterable[str],
    own_days: Mapping[int, datetime.date] = MappingProxyType({}),
) -> dict:
    """{student: {kind: value}}: what held on `day` (or on a student's own), or where nothing was held yet, what was
    written down first."""
    rows = Background.objects.current().filter(school=school, student__in=ids, kind__in=list(kinds))
    by_student: dict[int, list] = {}
    for row in rows.order_by("since", "pk").values_list("student_id", "kind", "value", "since", named=True):
        by_student.setdefault(row.student_id, []).append(row)
    return {pk: values_on(of_one, own_days.get(pk, day), school.system) for pk, of_one in by_student.items()}


def values_on(rows: Iterable, day: datetime.date, system: str) -> dict[str, str]:
    """{kind: value} of one student's current rows, of which the earliest come first."""
    found: dict[str, str] = {}
    meals_ended = None
    # Each that held by the day replaces the one before; a later one fills only what is empty.
    for row in rows:
        if row.since > day and row.kind in found:
            continue
        if row.kind == Kind.MEALS and found.get(row.kind) == Background.Meals.FREE != row.value:
            meals_ended = row.since
        found[row.kind] = row.value
    # In England whoever had them in the past six years counts, also where the school wrote "not eligible" since.
    is_over = system == School.System.ENGLAND and found.get(Kind.MEALS) == Background.Meals.NO
    if is_over and meals_ended and meals_ended > _years_before(day):
        found[Kind.MEALS] = Background.Meals.PAST
    return found


def _years_before(day) -> datetime.date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - YEARS_OF_MEALS, day=28 if is_leap_day else day.day)


def _leavers(school, ids) -> dict[int, Leaver]:
    rows = Leaver.objects.standing().filter(school=school, student__in=ids)
    return {row.student_id: row for row in rows}


def _left_from(left: dict[int, Leaver]) -> dict[int, tuple[str, str]]:
    return {
        pk: (row.grade or NOT_HELD, str(row.advisory_id) if row.advisory_id else NOT_HELD) for pk, row in left.items()
    }


def _placed(ids, day) -> dict[int, tuple[str, str]]:
    """Grade and advisory on `day`; of whoever left before, the last ones. A period that ended on the day it began was
    a mistake, and held on none."""
    begun = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")))
    enrolments = Enrolment.objects.filter(begun, student__in=ids).order_by("starts_on", "pk")
    grades = dict(enrolments.values_list("student", "grade"))
    seats = dict(
        Seat.objects.filter(begun, student__in=ids).order_by("starts_on", "pk").values_list("student", "advisory")
    )
    return {pk: (grades.get(pk) or NOT_HELD, str(seats.get(pk, NOT_HELD))) for pk in ids}


def labels(school: School) -> dict[str, str]:
    """The names of the school's advisories by the group's key."""
    return {str(pk): name for pk, name in _advisories(school=school.pk)}


_advisories = Prepared(lambda school: Advisory.objects.filter(school=school).values_list("pk", "name"))

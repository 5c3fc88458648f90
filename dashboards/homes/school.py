from collections import Counter

from django.db.models import Count, Exists, OuterRef, Subquery

from advisories.models import Advisory, Charge, Seat
from common.prepared import Prepared
from dashboards.homes.part import Part
from plans.due import MOST_NAMED, first_late
from plans.models import Plan
from schools.models import Term
from schools.roles import WHOLE_SCHOOL_ROLES, Role
from students.models import Concern, Student

_enrolled = Prepared(
    lambda school, day: (
        Student.objects.filter(school=school).with_grade(day).filter(grade__isnull=False)
        .order_by().values("school").annotate(count=Count("pk"))
        .values_list("count", flat=True)
    )
)  # fmt: skip
_term = Prepared(lambda school, day: Term.objects.on(day).filter(school=school)[:1])
_states = Prepared(lambda school, term: Plan.objects.filter(school=school, term=term).values_list("state", flat=True))
_groups = Prepared(
    lambda school, day: (
        Advisory.objects.open(day).filter(school=school).annotate(
            is_in_charge=Exists(Charge.objects.on(day).filter(advisory=OuterRef("pk"))),
            seated=Subquery(
                Seat.objects.on(day).filter(advisory=OuterRef("pk"))
                .order_by().values("advisory").annotate(count=Count("pk")).values("count")
            ),
        )
    )
)  # fmt: skip


def parts(request, hats) -> list[Part]:
    """For coordinators, leads and safeguarding leads: is the school all right, where not, who needs what now."""
    found = {}
    for row in hats.staff:
        if row.role in WHOLE_SCHOOL_ROLES:
            found.setdefault(row.school_id, []).append(row)
    return [_part(rows) for rows in found.values()]


def _part(rows) -> Part:
    school, roles = rows[0].school, {row.role for row in rows}
    day = school.today()
    shows = {
        "school": school,
        "roles": rows,
        "day": day,
        "students": sum(_enrolled(school=school.pk, day=day)),
    }
    if roles & {Role.LEAD, Role.COORDINATOR}:
        shows |= _plans(school, day) | {"advisories": _advisories(school, day)}
    if Role.SAFEGUARDING in roles:
        shows["concerns"] = _concerns(school)
    return Part("dashboards/homes/_school.html", shows)


def _plans(school, day) -> dict:
    term = next(iter(_term(school=school.pk, day=day)), None)
    states = Counter(_states(school=school.pk, term=term.pk)) if term else {}
    late = first_late(school, day, term)
    return {
        "term": term, "states": [(label, states.get(state, 0)) for state, label in Plan.State.choices],
        "late": late[: MOST_NAMED - 1], "more_late": len(late) == MOST_NAMED,
    }  # fmt: skip


def _concerns(school) -> dict:
    """Numbers alone: somebody may look over the reader's shoulder."""
    taken = Concern.objects.filter(school=school, closed_at__isnull=True).values_list("taken_at", flat=True)
    found = Counter(at is not None for at in taken)
    return {"waiting": found[False], "in_hand": found[True]}


def _advisories(school, day):
    """Groups with nobody in charge, or with more students than the school's size."""
    groups = _groups(school=school.pk, day=day)
    return [group for group in groups if not group.is_in_charge or (group.seated or 0) > school.advisory_size]

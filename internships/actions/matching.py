"""Proposing places for many students at once: asked for, worked out by a task, accepted or changed line by line."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from advisories.models import Advisory, Seat
from audit.actions import record
from common.soon import soon
from internships import weekdays
from internships.actions.pursuits import PursuitError, ask
from internships.fit import fit
from internships.matching import Place, Seeker, hindrance, solve, why_not
from internships.models import Matching, MatchLine, Opportunity, Placement, Pursuit, Rules, SiteWeekday, Travel
from mentors.models import Clearance
from students.models import Interest, Student

WISHES = 5


class MatchingError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def propose(
    *, school, by, starts_on: datetime.date, now: datetime.datetime, advisory: Advisory | None = None,
    after: Matching | None = None,
) -> Matching:  # fmt: skip
    """Ask for a proposal for those who have no place then; what is locked or accepted in `after` is taken over."""
    matching = Matching.objects.create(school=school, advisory=advisory, starts_on=starts_on, asked_by=by, asked_at=now)
    for line in after.lines.filter(Q(is_locked=True) | Q(pursuit__isnull=False)) if after else ():
        MatchLine.objects.create(
            matching=matching, student_id=line.student_id, opportunity_id=line.opportunity_id, reason=line.reason,
            why_not=line.why_not, is_locked=True,
        )  # fmt: skip
    _record("asked", matching, by)
    soon("internships.work_out_matching", matching.pk)
    return matching


def work_out(*, matching: Matching, now: datetime.datetime, seconds: float = 50) -> Matching:
    """Solve it, outside a transaction, and write the lines; done twice, the first answer stays."""
    if matching.state != Matching.State.WAITING:
        return matching
    seekers, places, students, opportunities = _problem(matching)
    fixed = {
        line.student_id: line.opportunity_id
        for line in matching.lines.filter(is_locked=True, opportunity__isnull=False)
        if line.student_id in students and line.opportunity_id in opportunities
    }
    answer = solve(seekers, places, fixed=fixed, seconds=seconds)
    with transaction.atomic():
        matching = Matching.objects.select_for_update().get(pk=matching.pk)
        if matching.state != Matching.State.WAITING:
            return matching
        had = set(matching.lines.values_list("student_id", flat=True))
        for seeker in seekers:
            if seeker.key not in had:
                _write(matching, seeker, answer, places, students, opportunities)
        matching.state, matching.solved_at = Matching.State.SOLVED, now
        matching.worth, matching.bound = answer.worth, answer.bound
        matching.save(update_fields=["state", "solved_at", "worth", "bound"])
    return matching


def _write(matching, seeker, answer, places, students, opportunities):
    student, interests = students[seeker.key]
    key = answer.assigned.get(seeker.key)
    if key is None:
        MatchLine.objects.create(matching=matching, student=student, why_not=why_not(seeker, places))
        return
    MatchLine.objects.create(
        matching=matching, student=student, opportunity=opportunities[key],
        reason=get_text_list(fit(interests, opportunities[key]).tags[:3], _("and"))[:300],
    )  # fmt: skip


def _problem(matching):
    """Seekers and places as internships/matching.py takes them, and the rows that they stand for, by key."""
    day = matching.starts_on
    found = _students(matching)
    interests: dict[int, list[Interest]] = {student.pk: [] for student in found}
    for interest in Interest.objects.filter(student__in=found, dropped_at__isnull=True):
        interests[interest.student_id].append(interest)
    offered = Opportunity.objects.filter(school=matching.school).offered(day).with_place()
    opportunities = {one.pk: one for one in offered.with_taken(day)}
    lacks = _lacks(matching.school, opportunities.values(), day)
    rules = Rules.of(matching.school)
    places = [
        Place(
            one.pk, one.weekdays, max(one.places - one.taken, 0), mentor=one.mentor_id, lacks=lacks[one.pk],
            km=rules.km_to(one.place),
        )
        for one in opportunities.values()
    ]  # fmt: skip
    most = dict(Travel.objects.filter(student__in=found).values_list("student_id", "most_km"))
    busy = {student.pk: 0 for student in found}
    for row in SiteWeekday.objects.on(day).filter(student__in=found):
        busy[row.student_id] |= 1 << row.weekday
    seekers = [
        Seeker(
            student.pk, weekdays.ALL & ~busy[student.pk], _wishes(interests[student.pk], opportunities.values()),
            most_km=most.get(student.pk) or rules.furthest_km,
        )
        for student in found
    ]  # fmt: skip
    return seekers, places, {student.pk: (student, interests[student.pk]) for student in found}, opportunities


def _students(matching) -> list[Student]:
    """Enrolled on the day, of the advisory or of all, without a placement on it."""
    day = matching.starts_on
    rows = Student.objects.filter(school=matching.school).enrolled(day).select_related("user")
    if matching.advisory_id:
        rows = rows.filter(pk__in=Seat.objects.on(day).filter(advisory=matching.advisory_id).values("student"))
    placed = Placement.objects.on(day).filter(school=matching.school, ended_at__isnull=True)
    return list(rows.exclude(pk__in=placed.values("student")).order_by("user__search_name", "pk"))


def _wishes(interests, opportunities) -> tuple[int, ...]:
    """What fits the student's own words and tags, best first."""
    scored = [(fit(interests, one).score, one.pk) for one in opportunities]
    return tuple(pk for score, pk in sorted(scored, key=lambda one: (-one[0], one[1])) if score)[:WISHES]


def _lacks(school, opportunities, day) -> dict[int, tuple[str, ...]]:
    """Which papers that the school asks for lack on the day, by opportunity; without a mentor theirs cannot lack."""
    needed = Rules.of(school).needed
    holds = Clearance.objects.standing().filter(school=school, kind__in=needed)
    holds = holds.filter(Q(expires_on__isnull=True) | Q(expires_on__gt=day)).select_related("organisation__merged_into")
    seen = {(row.kind, row.organisation.current.pk if row.organisation else row.user_id) for row in holds}
    return {
        one.pk: tuple(
            kind for kind in needed
            if (kind in Clearance.OF_ORGANISATIONS and (kind, one.place.pk) not in seen)
            or (kind in Clearance.OF_MENTORS and one.mentor and (kind, one.mentor.user_id) not in seen)
        )
        for one in opportunities
    }  # fmt: skip


def choices_for(line: MatchLine) -> list[Opportunity]:
    """What this student could have besides, by name; whether a place is left is looked at when it is accepted."""
    seekers, places, _students_of, opportunities = _problem(line.matching)
    seeker = next((one for one in seekers if one.key == line.student_id), None)
    possible = [opportunities[place.key] for place in places if seeker and hindrance(seeker, place) is None]
    return sorted(possible, key=lambda one: one.title.casefold())


@transaction.atomic
def lock(*, line: MatchLine, is_locked: bool, by) -> MatchLine:
    """The next run leaves a locked line as it is."""
    line.is_locked = is_locked
    line.save(update_fields=["is_locked"])
    _record("locked" if is_locked else "unlocked", line.matching, by, student=line.student_id)
    return line


@transaction.atomic
def change(*, line: MatchLine, opportunity: Opportunity, by) -> MatchLine:
    """Another place for this student; it is locked with it. Raises MatchingError."""
    line = MatchLine.objects.select_for_update(of=("self",)).select_related("matching").get(pk=line.pk)
    if line.pursuit_id:
        raise MatchingError(_("This line is accepted already."))
    line.opportunity, line.why_not, line.reason, line.is_locked = opportunity, "", "", True
    line.save()
    _record("changed", line.matching, by, student=line.student_id, opportunity=opportunity.pk)
    return line


@transaction.atomic
def accept(*, line: MatchLine, by, on: datetime.date, now: datetime.datetime) -> Pursuit:
    """The student pursues the place: it goes its ordinary way from here. Twice is once. Raises MatchingError."""
    rows = MatchLine.objects.select_for_update(of=("self",)).select_related(
        "student__school", "student__user", "opportunity", "matching__school"
    )
    line = rows.get(pk=line.pk)
    if line.pursuit_id:
        return line.pursuit
    if line.opportunity is None:
        raise MatchingError(_("There is no place to accept."))
    why = _("Proposed by the school: %(reason)s") % {"reason": line.reason or line.opportunity.title}
    try:
        line.pursuit = ask(student=line.student, why=why, by=by, on=on, now=now, opportunity=line.opportunity)
    except PursuitError as error:
        raise MatchingError(str(error)) from error
    line.save(update_fields=["pursuit"])
    _record("accepted", line.matching, by, student=line.student_id)
    return line.pursuit


def _record(what, matching, by, **details):
    record(f"internships.matching.{what}", by=by, subject=matching, school_id=matching.school_id, **details)

"""A student's time at the school ends on a day, and everybody's access with it. It can be taken back."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advisories.actions import roster
from advisories.models import Advisory
from audit.actions import record
from mentors.actions.mentorship import end_mentorship, put_on_team
from mentors.models import Mentorship
from outcomes.actions.consent import say as say_consent
from outcomes.actions.leaving import came_back, left
from outcomes.models import Leaver
from rosters.models import Leaving
from students.actions import enrol, family, team
from students.actions.colleagues import CAUSE, add_colleague
from students.models import Enrolment, Guardianship, Student, TeamMember


class LeavingError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def leave_school(
    *, student: Student, by, on: datetime.date, reason: str = "", how: str = Leaver.How.NOT_KNOWN,
    consent: dict | None = None,
) -> Leaving:  # fmt: skip
    """From `on`, the first day without, the student is not at the school: enrolment, seat, family and mentors end, and
    the advisers stay in touch (outcomes/actions/leaving.py).

    `consent` is what was said of being asked later (outcomes/actions/consent.py). The student still reads the own
    record. A bar stays: it gives nobody anything, and must hold if they come back.
    The same day twice is once. Raises LeavingError.
    """
    Student.objects.lock(student)
    if same := student.leavings.filter(on=on, taken_back_at__isnull=True).first():
        return same
    open_enrolments = list(student.enrolments.exclude(ends_on__lte=on))
    _refuse_impossible(student, open_enrolments, on)
    leaving = Leaving(student=student, school_id=student.school_id, on=on, reason=reason, by=by)
    leaving.grade = open_enrolments[0].grade
    for enrolment in open_enrolments:
        enrolment.ends_on = max(on, enrolment.starts_on)
        enrolment.save(update_fields=["ends_on"])
    leaving.ended = {
        "advisory": _end_seats(student, by, on), "guardians": _end_guardians(student, by, on),
        "mentors": _end_mentors(student, by, on),
        "colleagues": _colleagues(student, on),
    }  # fmt: skip
    _end_the_rest(student, by, on)
    leaving.save()
    left(
        student=student, by=by, on=on, at=leaving.at, how=how, grade=leaving.grade,
        advisory=Advisory.objects.filter(pk=leaving.ended["advisory"]).first(),
    )  # fmt: skip
    if consent:
        today = leaving.at.astimezone(student.school.zone).date()
        say_consent(student=student, by=by, on=today, now=leaving.at, **consent)
    record(
        "rosters.student.left", by=by, subject=leaving, school_id=student.school_id, student_id=student.pk,
        on=on.isoformat(), reason=reason,
    )  # fmt: skip
    return leaving


@transaction.atomic
def take_back(*, leaving: Leaving, by, now: datetime.datetime) -> list[str]:
    """It was a mistake: everything that ended goes on from the same day, so that no day is missing.

    Returns a sentence for what could not be put back. Raises LeavingError where the student is here again already.
    """
    Student.objects.lock(leaving.student)
    leaving = Leaving.objects.select_for_update(of=("self",)).select_related("student__school").get(pk=leaving.pk)
    if leaving.taken_back_at is not None:
        return []
    student, on = leaving.student, leaving.on
    try:
        enrol.enrol(school=student.school, user=student.user, grade=leaving.grade, by=by, on=on)
    except enrol.EnrolmentError as error:
        raise LeavingError(str(error)) from error
    came_back(student=student, by=by, now=now)
    said = [
        *_seat_again(leaving, by, on),
        *restore_family(leaving=leaving, by=by, on=on),
        *_mentors_again(leaving, by, on),
        *_colleagues_again(leaving, by, on),
    ]
    leaving.taken_back_by, leaving.taken_back_at = by, now
    leaving.save(update_fields=["taken_back_by", "taken_back_at"])
    record(
        "rosters.student.leaving_taken_back", by=by, subject=leaving, school_id=student.school_id, student_id=student.pk
    )
    return said


def restore_family(*, leaving: Leaving, by, on: datetime.date) -> list[str]:
    """Link the family again as it was on leaving, from `on`. Returns a sentence for each who could not be linked."""
    rows = Guardianship.objects.filter(pk__in=leaving.ended.get("guardians", ())).select_related("user", "home")
    return [
        words for row in rows if (words := _tried(row.user, lambda row=row: _link_again(leaving.student, row, by, on)))
    ]


def _link_again(student, row, by, on):
    family.add_guardian(
        student=student, user=row.user, relation=row.relation, rights=row.rights, by=by, on=on, home=row.home,
        lives_with=row.lives_with, is_emergency_contact=row.is_emergency_contact,
    )  # fmt: skip


def _seat_again(leaving, by, on) -> list[str]:
    advisory = Advisory.objects.open(on).filter(pk=leaving.ended.get("advisory")).first()
    if advisory is None:
        return [_("The advisory is closed: choose another one.")] if leaving.ended.get("advisory") else []
    words = _tried(leaving.student, lambda: roster.seat(student=leaving.student, advisory=advisory, by=by, on=on))
    return [words] if words else []


def _mentors_again(leaving, by, on) -> list[str]:
    rows = Mentorship.objects.filter(pk__in=leaving.ended.get("mentors", ())).select_related("mentor__user")
    return [
        words
        for row in rows
        if (words := _tried(
            row.mentor.user,
            lambda row=row: put_on_team(student=leaving.student, mentor=row.mentor, by=by, on=on),
        ))
    ]  # fmt: skip


def _colleagues_again(leaving, by, on) -> list[str]:
    rows = TeamMember.objects.filter(pk__in=leaving.ended.get("colleagues", ())).select_related("user")
    return [
        words
        for row in rows
        if (words := _tried(
            row.user,
            lambda row=row: add_colleague(student=leaving.student, user=row.user, role=row.role, by=by, on=on),
        ))
    ]  # fmt: skip


def _tried(person, act) -> str:
    """Do it as a whole or not at all; empty when it is done."""
    try:
        with transaction.atomic():
            act()
    except ValueError as error:
        return f"{person.name}: {error}"
    return ""


def _refuse_impossible(student, open_enrolments, on):
    if not open_enrolments:
        raise LeavingError(_("%(name)s is not at the school by then.") % {"name": student.name})
    begun = min(row.starts_on for row in Enrolment.objects.filter(student=student))
    if on < begun:
        raise LeavingError(
            _("%(name)s started on %(day)s; the last day cannot be before that.")
            % {"name": student.name, "day": date_format(begun)}
        )


def _end_seats(student, by, on) -> int | None:
    """Returns the advisory that the student sat in on the last day."""
    seats = list(student.seats.exclude(ends_on__lte=on).select_related("advisory", "student").order_by("starts_on"))
    for seat in seats:
        roster.unseat(seat=seat, by=by, on=on)
    return seats[0].advisory_id if seats else None


def _end_guardians(student, by, on) -> list[int]:
    rows = student.guardianships.exclude(ends_on__lte=on).exclude(rights=Guardianship.Rights.BARRED)
    rows = list(rows.select_related("student__school", "user"))
    for row in rows:
        family.end_guardianship(guardianship=row, by=by, on=on)
    return [row.pk for row in rows if row.starts_on < on]


def _end_mentors(student, by, on) -> list[int]:
    rows = list(student.mentorships.exclude(ends_on__lte=on).select_related("student", "mentor__user"))
    for row in rows:
        end_mentorship(mentorship=row, by=by, on=on)
    return [row.pk for row in rows if row.starts_on < on]


def _colleagues(student, on) -> list[int]:
    """The places on the team that were given by hand."""
    rows = student.team.exclude(ends_on__lte=on).filter(starts_on__lt=on, cause__startswith=f"{CAUSE}:")
    return list(rows.values_list("pk", flat=True))


def _end_the_rest(student, by, on):
    """Whoever else is on the team, for whatever cause, but the student."""
    rows = student.team.exclude(ends_on__lte=on).exclude(user_id=student.user_id)
    for cause in set(rows.values_list("cause", flat=True)):
        team.leave(cause=cause, student=student, by=by, on=on)

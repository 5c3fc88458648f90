"""A placement: arranged, begun, changed, rested and ended. Its mentors' time on the team is written with it."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.actions import record
from common.refusals import SaidAtField
from internships import news, weekdays
from internships.actions.first_tasks import give_first_tasks
from internships.actions.pursuits import close_as_placed
from internships.agreeing import unfinished
from internships.models import (
    AgreementForm,
    Opportunity,
    Placement,
    PlacementMentor,
    Pursuit,
    Rules,
    SiteWeekday,
    Suspension,
)
from internships.papers import lacking
from mentors import standing
from mentors.models import Clearance, Mentor, Organisation
from schools.roles import Role
from students.actions import team
from students.models import Student


class PlacementError(SaidAtField):
    """Said to the person who asked, in their words."""


@dataclass(frozen=True)
class Slot:
    """Hours on one weekday (0 is Monday), in the placement's own time zone."""

    weekday: int
    from_time: datetime.time
    to_time: datetime.time
    break_minutes: int = 0


@transaction.atomic
def arrange(
    *, student: Student, organisation: Organisation, mentor: Mentor, title: str, slots: list[Slot],
    starts_on: datetime.date, by, now: datetime.datetime, ends_on: datetime.date | None = None, review_on=None,
    time_zone="", opportunity: Opportunity | None = None, pursuit: Pursuit | None = None,
) -> Placement:  # fmt: skip
    """Write down what is agreed; nobody is expected on site before `begin`. Raises PlacementError."""
    Student.objects.lock(student)
    if pursuit is not None and (same := Placement.objects.filter(pursuit=pursuit).first()):
        return same
    _refuse_dates(starts_on, ends_on, review_on)
    _refuse_slots(slots)
    _refuse_mentor(organisation, mentor, starts_on, ends_on)
    _refuse_overlap(student, slots, starts_on, ends_on)
    if opportunity is not None:
        _refuse_full(opportunity, starts_on, ends_on)
    placement = Placement.objects.create(
        school_id=student.school_id, student=student, organisation=organisation, opportunity=opportunity,
        pursuit=pursuit, title=title, starts_on=starts_on, ends_on=ends_on, review_on=review_on, time_zone=time_zone,
        arranged_by=by, arranged_at=now,
    )  # fmt: skip
    _add_slots(placement, slots, starts_on)
    PlacementMentor.objects.create(placement=placement, mentor=mentor, starts_on=starts_on, ends_on=ends_on)
    if pursuit is not None:
        close_as_placed(pursuit=pursuit, by=by, now=now)
    _record("arranged", placement, by, days=weekdays.words(weekdays.mask(slot.weekday for slot in slots)))
    return placement


@transaction.atomic
def begin(*, placement: Placement, by, on: datetime.date, now: datetime.datetime) -> Placement:
    """Let the placement begin on its first day: its mentors join the team from then. Twice is once.

    Raises PlacementError, which names the clearances that lack.
    """
    placement = _lock(placement)
    if placement.begun_at is not None:
        return placement
    if placement.is_over:
        raise PlacementError(_("This placement has ended already."))
    rules = Rules.of(placement.school)
    if forms := unfinished(placement, rules, on):
        names = ", ".join(str(AgreementForm.Kind(kind).label) for kind in forms)
        raise PlacementError(_("It cannot begin: the agreement still lacks %(people)s.") % {"people": names})
    if missing := lacking(placement, rules, on):
        raise PlacementError(
            _("It cannot begin: %(papers)s. Write down what you have seen at the organisation or the mentor.")
            % {"papers": ", ".join(f"{paper.label} ({paper.words})" for paper in missing)}
        )
    placement.begun_by, placement.begun_at = by, now
    placement.save(update_fields=["begun_by", "begun_at"])
    for row in placement.mentors.select_related("mentor__user"):
        _join(placement, row, by)
    give_first_tasks(placement)
    _record("begun", placement, by)
    news.placement(placement, "begun", by, on)
    return placement


@transaction.atomic
def change(*, placement: Placement, by, title: str, review_on=None, time_zone="") -> Placement:
    """Correct what the placement is about, its review date or time zone."""
    placement = _lock(placement)
    _refuse_dates(placement.starts_on, placement.ends_on, review_on)
    if review_on != placement.review_on:
        placement.middle_asked_at = None
    placement.title, placement.review_on, placement.time_zone = title, review_on, time_zone
    placement.save(update_fields=["title", "review_on", "time_zone", "middle_asked_at"])
    _record("changed", placement, by)
    return placement


@transaction.atomic
def change_schedule(*, placement: Placement, slots: list[Slot], by, on: datetime.date) -> Placement:
    """Other weekdays or hours from `on`; what was before stays as it was. Raises PlacementError."""
    Student.objects.lock(placement.student)
    placement = _lock(placement)
    on = max(on, placement.starts_on)
    if placement.ends_on is not None and on >= placement.ends_on:
        raise PlacementError(_("The placement has ended by then."), "starts_on")
    _refuse_slots(slots)
    _refuse_overlap(placement.student, slots, on, placement.ends_on, but=placement)
    _end_rows(placement.schedule, on)
    _add_slots(placement, slots, on)
    _record("scheduled", placement, by, days=weekdays.words(weekdays.mask(slot.weekday for slot in slots)))
    return placement


@transaction.atomic
def add_mentor(*, placement: Placement, mentor: Mentor, by, on: datetime.date, is_colleague=True) -> PlacementMentor:
    """Another person on site from `on`; with a placement that has begun they join the team at once."""
    placement = _lock(placement)
    on = max(on, placement.starts_on)
    _refuse_mentor(placement.organisation, mentor, on, placement.ends_on)
    if row := placement.mentors.overlapping(on, placement.ends_on).filter(mentor=mentor).first():
        return row
    rules = Rules.of(placement.school)
    if placement.begun_at is not None and rules.needs_background:
        _refuse_unchecked(placement, mentor, on)
    row = PlacementMentor.objects.create(
        placement=placement, mentor=mentor, is_colleague=is_colleague, starts_on=on, ends_on=placement.ends_on
    )
    if placement.begun_at is not None:
        _join(placement, row, by)
    _record("mentor_added", placement, by, mentor=mentor.pk)
    return row


@transaction.atomic
def drop_mentor(*, row: PlacementMentor, by, on: datetime.date) -> PlacementMentor:
    """`on` is the first day without. The last mentor of a placement cannot be dropped: end it, or add another."""
    placement = _lock(row.placement)
    others = [one for one in placement.mentors_on(max(on, placement.starts_on)) if one.pk != row.pk]
    if not others:
        raise PlacementError(_("Nobody else is there for the student. Add another mentor first, or end the placement."))
    row.ends_on = max(on, row.starts_on)
    row.save(update_fields=["ends_on"])
    team.leave(cause=placement.cause, user=row.mentor.user, by=by, on=on)
    if not row.is_colleague and all(one.is_colleague for one in others):
        others[0].is_colleague = False
        others[0].save(update_fields=["is_colleague"])
    _record("mentor_dropped", placement, by, mentor=row.mentor_id)
    return row


@transaction.atomic
def away(*, row: PlacementMentor, back_on: datetime.date | None, by) -> PlacementMentor:
    """Until `back_on` a colleague is asked in this mentor's place; None: they are here."""
    row.back_on = back_on
    row.save(update_fields=["back_on"])
    _record("mentor_away", row.placement, by, mentor=row.mentor_id)
    return row


@transaction.atomic
def rest(
    *, placement: Placement, by, on: datetime.date, now: datetime.datetime, words="", kinds=(),
    why: str = Suspension.Why.SCHOOL,
) -> Suspension:  # fmt: skip
    """Suspend the placement from `on`: nobody is expected until it goes on. Twice is once. `by` is None at night."""
    placement = _lock(placement)
    if row := placement.suspensions.overlapping(on, None).first():
        return row
    row = Suspension.objects.create(
        placement=placement, why=why, kinds=",".join(kinds), words=words, by=by, at=now, starts_on=on
    )
    _record("suspended", placement, by, why=why, kinds=list(kinds))
    news.placement(placement, "suspended", by, on)
    return row


@transaction.atomic
def go_on(*, placement: Placement, by, on: datetime.date) -> Placement:
    """End the suspension; refused while a clearance still lacks. Raises PlacementError."""
    placement = _lock(placement)
    row = placement.suspensions.overlapping(on, None).first()
    if row is None:
        return placement
    if missing := lacking(placement, Rules.of(placement.school), on):
        raise PlacementError(
            _("It cannot go on: %(papers)s. Write down what you have seen at the organisation or the mentor.")
            % {"papers": ", ".join(f"{paper.label} ({paper.words})" for paper in missing)}
        )
    row.ends_on = max(on, row.starts_on)
    row.save(update_fields=["ends_on"])
    _record("went_on", placement, by)
    news.placement(placement, "went_on", by, on)
    return placement


@transaction.atomic
def end(
    *, placement: Placement, by, on: datetime.date, now: datetime.datetime, reason: str, end_words="", host_again="",
    may_refer=None, job_offered=None,
) -> Placement:  # fmt: skip
    """End it; `on` is the first day without. Its mentors leave the team with it. Twice is once."""
    placement = _lock(placement)
    if placement.is_over:
        return placement
    if on < placement.starts_on and placement.begun_at is None:
        on = placement.starts_on
    if on < placement.starts_on:
        raise PlacementError(
            _("It began on %(day)s; the end cannot be before that.") % {"day": date_format(placement.starts_on)},
            "last_day",
        )
    placement.ends_on, placement.ended_by, placement.ended_at = on, by, now
    placement.reason, placement.end_words, placement.host_again = reason, end_words, host_again
    placement.may_refer, placement.job_offered = may_refer, job_offered
    placement.save()
    for rows in (placement.schedule, placement.mentors, placement.suspensions):
        _end_rows(rows, on)
    team.leave(cause=placement.cause, by=by, on=on)
    _record("ended", placement, by, reason=reason, job_offered=job_offered)
    news.placement(placement, "ended", by, on)
    return placement


def _join(placement, row, by):
    until = row.ends_on or placement.ends_on
    team.join(
        student=placement.student, user=row.mentor.user, role=Role.MENTOR, cause=placement.cause, by=by,
        on=row.starts_on, until=until,
    )  # fmt: skip


def _add_slots(placement, slots, on):
    for slot in slots:
        SiteWeekday.objects.create(
            placement=placement, student_id=placement.student_id, weekday=slot.weekday, from_time=slot.from_time,
            to_time=slot.to_time, break_minutes=slot.break_minutes, starts_on=on, ends_on=placement.ends_on,
        )  # fmt: skip


def _end_rows(rows, on):
    """What holds on `on` or later ends there; what had not begun is emptied."""
    for row in rows.exclude(ends_on__lte=on):
        row.ends_on = max(on, row.starts_on)
        row.save(update_fields=["ends_on"])


def _refuse_dates(starts_on, ends_on, review_on):
    if ends_on is not None and ends_on <= starts_on:
        raise PlacementError(_("The last day is before the first."), "last_day")
    if review_on is not None and (review_on <= starts_on or (ends_on is not None and review_on >= ends_on)):
        raise PlacementError(_("Look at it again between the first day and the last."), "review_on")


def _refuse_slots(slots):
    if not slots:
        raise PlacementError(_("Choose at least one weekday."), "weekdays")
    for slot in slots:
        length = (slot.to_time.hour - slot.from_time.hour) * 60 + slot.to_time.minute - slot.from_time.minute
        if length <= 0:
            raise PlacementError(_("On %(day)s the end is before the start.") % {"day": _day(slot)}, "to_time")
        if slot.break_minutes >= length:
            raise PlacementError(_("The break is as long as the day."), "break_minutes")


def _refuse_mentor(organisation, mentor, starts_on, ends_on):
    if mentor.organisation.current.pk != organisation.current.pk:
        raise PlacementError(_("%(name)s mentors somewhere else.") % {"name": mentor.name}, "mentor")
    if starts_on < mentor.starts_on or (mentor.ends_on is not None and (ends_on is None or ends_on > mentor.ends_on)):
        raise PlacementError(_("%(name)s is not a mentor in all of that time.") % {"name": mentor.name}, "mentor")


def _refuse_overlap(student, slots, starts_on, ends_on, but=None):
    rows = SiteWeekday.objects.filter(student=student, weekday__in=[slot.weekday for slot in slots])
    rows = rows.overlapping(starts_on, ends_on).exclude(placement=but) if but else rows.overlapping(starts_on, ends_on)
    if row := rows.select_related("placement__organisation__merged_into").first():
        raise PlacementError(
            _("On %(day)s %(student)s is at %(place)s already.")
            % {"day": _day(row), "student": student.name, "place": row.placement.place},
            "weekdays",
        )


def _refuse_full(opportunity, starts_on, ends_on):
    opportunity = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    if opportunity.placements.overlapping(starts_on, ends_on).count() >= opportunity.places:
        raise PlacementError(_("All places there are taken in that time."))


def _refuse_unchecked(placement, mentor, on):
    for paper in standing.of_mentor(mentor.user, placement.school, on):
        if paper.state in (Clearance.State.EXPIRED, Clearance.State.MISSING):
            raise PlacementError(
                _("%(name)s cannot begin: %(paper)s (%(state)s).")
                % {"name": mentor.name, "paper": paper.label, "state": paper.words},
                "mentor",
            )


def _day(slot) -> str:
    return weekdays.words(1 << slot.weekday)


def _lock(placement) -> Placement:
    rows = Placement.objects.select_for_update(of=("self",)).select_related(
        "student__user", "school", "organisation__merged_into"
    )
    return rows.get(pk=placement.pk)


def _record(what, placement, by, **details):
    record(
        f"internships.placement.{what}", by=by, subject=placement, school_id=placement.school_id,
        student_id=placement.student_id, organisation=placement.organisation_id, **details,
    )  # fmt: skip

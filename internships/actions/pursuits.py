"""A student's way to one place: asked for, cleared by those whom the school names, and ended."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.actions import record
from common.refusals import SaidAtField
from internships import news
from internships.models import Decision, Opportunity, Pursuit, Rules, Travel
from students.models import Student


class PursuitError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def set_travel(*, student: Student, most_km: int | None, by, now: datetime.datetime) -> Travel:
    """How far this student can travel; None where what the school takes for granted holds."""
    facts = {"most_km": most_km, "by": by, "at": now}
    travel, _is_new = Travel.objects.update_or_create(student=student, defaults=facts)
    record(
        "internships.pursuit.travel", by=by, subject=travel, school_id=student.school_id, student_id=student.pk,
        most_km=most_km,
    )  # fmt: skip
    return travel


@transaction.atomic
def ask(
    *, student: Student, why: str, by, on: datetime.date, now: datetime.datetime,
    opportunity: Opportunity | None = None, site="", site_about="",
) -> Pursuit:  # fmt: skip
    """Ask to pursue an opportunity of the school, or a new `site`. Raises PursuitError."""
    Student.objects.lock(student)
    if opportunity is not None:
        if opportunity.school_id != student.school_id or not opportunity.is_offered(on):
            raise PursuitError(_("It is not offered any more."))
        for other in student.pursuits.open().filter(opportunity=opportunity):
            if other.state(Rules.of(student.school), on) != Pursuit.State.LAPSED:
                raise PursuitError(_("This place is asked for already."))
            _end(other, Pursuit.Ending.LAPSED, "", by, now)
    pursuit = Pursuit.objects.create(
        school_id=student.school_id, student=student, opportunity=opportunity, site=site, site_about=site_about,
        why=why, asked_by=by, asked_at=now,
    )  # fmt: skip
    _record("asked", pursuit, by)
    news.asked(pursuit, pursuit.waits_for(Rules.of(student.school)), by, on)
    return pursuit


@transaction.atomic
def ask_again(*, pursuit: Pursuit, by, on: datetime.date, now: datetime.datetime) -> Pursuit:
    """Once more, with the same words, where nobody called while it was cleared: both say yes or no anew."""
    pursuit = _lock(pursuit)
    if pursuit.state(Rules.of(pursuit.school), on) != Pursuit.State.LAPSED:
        raise PursuitError(_("Somebody has said so meanwhile, or it is another's turn. Look at it again."))
    _end(pursuit, Pursuit.Ending.LAPSED, "", by, now)
    of = {"opportunity": pursuit.opportunity, "site": pursuit.site, "site_about": pursuit.site_about}
    return ask(student=pursuit.student, why=pursuit.why, by=by, on=on, now=now, **of)


@transaction.atomic
def decide(
    *, pursuit: Pursuit, role: str, says_yes: bool, by, on: datetime.date, now: datetime.datetime, words=""
) -> Pursuit:
    """`by` says yes or no as the adviser or the coordinator. The last yes clears the student; a no ends it.

    Raises PursuitError: where it is not that role's turn, a no gives no reason, or all places are taken meanwhile.
    """
    pursuit, rules = _lock(pursuit), Rules.of(pursuit.school)
    if pursuit.ended_at is not None or pursuit.cleared_until is not None or pursuit.waits_for(rules) != role:
        raise PursuitError(_("Somebody has said so meanwhile, or it is another's turn. Look at it again."))
    if not says_yes and not words.strip():
        raise PursuitError(_("Say why not, so that the student can go on."), "words")
    Decision.objects.create(pursuit=pursuit, role=role, says_yes=says_yes, words=words, by=by, at=now)
    _record("decided", pursuit, by, role=role, yes=says_yes)
    # What was read before the new row was there.
    pursuit._prefetched_objects_cache = {}
    if not says_yes:
        _end(pursuit, Pursuit.Ending.REFUSED, words, by, now)
        news.refused(pursuit, by)
    elif waits_for := pursuit.waits_for(rules):
        news.asked(pursuit, waits_for, by, on)
    else:
        _clear(pursuit, rules, by, on, now)
    return pursuit


@transaction.atomic
def end(*, pursuit: Pursuit, ending: str, by, now: datetime.datetime, words="") -> Pursuit:
    """The place said no, or the student gives it up."""
    pursuit = _lock(pursuit)
    if pursuit.ended_at is not None:
        raise PursuitError(_("This has ended already."))
    _end(pursuit, ending, words, by, now)
    return pursuit


def close_as_placed(*, pursuit: Pursuit, by, now: datetime.datetime) -> None:
    """Inside the caller's transaction: what was looked for is found."""
    pursuit = _lock(pursuit)
    if pursuit.ended_at is None:
        _end(pursuit, Pursuit.Ending.PLACED, "", by, now)


def _clear(pursuit, rules, by, on, now):
    until = on + datetime.timedelta(weeks=rules.cleared_weeks)
    if pursuit.opportunity_id:
        _refuse_full(pursuit, on)
    pursuit.cleared_at, pursuit.cleared_until = now, until
    pursuit.save(update_fields=["cleared_at", "cleared_until"])
    _record("cleared", pursuit, by, until=until.isoformat())
    news.cleared(pursuit, by)


def _refuse_full(pursuit, on):
    """Only as many students approach a mentor as there are places: more calls would be in vain, and cost goodwill."""
    opportunity = Opportunity.objects.select_for_update().get(pk=pursuit.opportunity_id)
    others = list(opportunity.pursuits.cleared(on).order_by("cleared_until"))
    if len(others) >= opportunity.places:
        last_day = others[0].cleared_until - datetime.timedelta(days=1)
        raise PursuitError(
            _("Somebody else may call there until %(day)s, and there is no second place. Say yes after that.")
            % {"day": date_format(last_day)}
        )


def _end(pursuit, ending, words, by, now):
    pursuit.ended_at, pursuit.ended_by, pursuit.ending, pursuit.end_words = now, by, ending, words
    pursuit.save(update_fields=["ended_at", "ended_by", "ending", "end_words"])
    _record("ended", pursuit, by, ending=ending)


def _lock(pursuit) -> Pursuit:
    rows = Pursuit.objects.select_for_update(of=("self",)).select_related("student__user", "school")
    return rows.get(pk=pursuit.pk)


def _record(what, pursuit, by, **details):
    record(
        f"internships.pursuit.{what}", by=by, subject=pursuit, school_id=pursuit.school_id,
        student_id=pursuit.student_id, opportunity=pursuit.opportunity_id, **details,
    )  # fmt: skip

"""What is learned on site: the student's journal, the school's visits, the mentor's feedback."""

import datetime
import uuid

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.actions.links import make_link, use
from accounts.models import Link
from audit.actions import record
from common.once import once
from common.refusals import SaidAtField
from internships import emails, news
from internships.actions.photos import put_to
from internships.models import Feedback, JournalEntry, Placement, Visit
from mentors.actions.organisations import log_contact

FEEDBACK = "site_feedback"
ASKED_WITHIN = datetime.timedelta(days=14)


class LearningError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def write_journal(
    *, placement: Placement, date: datetime.date, text: str, by, now: datetime.datetime, key: uuid.UUID | None = None
) -> JournalEntry:
    """Another entry of a day that has begun and lies in the placement, with the photos that came with its form.

    The same form twice is one.
    """
    Placement.objects.select_for_update().get(pk=placement.pk)
    form_key, key = key, once(key, date, text)
    if key and (same := JournalEntry.objects.filter(key=key).first()):
        put_to(same, form_key)
        return same
    if date > now.astimezone(placement.zone).date():
        raise LearningError(_("That day has not begun."), "date")
    if not placement.holds(date) or placement.begun_at is None:
        raise LearningError(_("The placement does not run on that day."), "date")
    entry = JournalEntry.objects.create(
        school_id=placement.school_id, placement=placement, date=date, text=text, by=by, at=now, key=key
    )
    if form_key:
        put_to(entry, form_key)
    _record("journal", placement, by, date=date.isoformat())
    return entry


@transaction.atomic
def log_visit(
    *,
    placement: Placement,
    kind: str,
    at: datetime.datetime,
    by,
    now: datetime.datetime,
    note="",
    mentor=None,
    key=None,
) -> Visit:
    """A visit, call or meeting about this student; it is a contact with the organisation, too."""
    if at > now:
        raise LearningError(_("That is still to come."), "at")
    contact = log_contact(
        organisation=placement.place,
        kind=kind,
        by=by,
        at=at,
        note=note,
        mentor=mentor,
        key=once(key, kind, note, mentor, at.date()),
    )
    visit, is_new = Visit.objects.get_or_create(contact=contact, defaults={"placement": placement})
    if is_new:
        _record("visited", placement, by, kind=kind)
    return visit


@transaction.atomic
def give_feedback(
    *, placement: Placement, stage: str, by, now: datetime.datetime, skills: dict[str, int], goals: dict[str, str],
    strengths="", next_step="", link: Link | None = None,
) -> Feedback:  # fmt: skip
    """The mentor's word; another of the same stage corrects the last and supersedes it. Raises LearningError."""
    Placement.objects.select_for_update().get(pk=placement.pk)
    if link is not None:
        use(link, now)
    said = {"skills": skills, "goals": goals, "strengths": strengths, "next_step": next_step}
    if not any(said.values()):
        raise LearningError(_("Say at least one thing."))
    rows = placement.feedback.filter(stage=stage, by=by, superseded_by__isnull=True)
    last = rows.first()
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return last
    found = Feedback.objects.create(
        school_id=placement.school_id, placement=placement, stage=stage, by=by, at=now, supersedes=last, **said
    )
    _record("feedback", placement, by, stage=stage)
    news.feedback(placement, by)
    return found


@transaction.atomic
def ask_for_feedback(*, placement: Placement, stage: str, by, on: datetime.date, now: datetime.datetime) -> int:
    """Send each mentor of the day a link to the feedback; an earlier one ends. Raises LearningError."""
    # Of one that is over: who was there on its last day.
    day = min(max(on, placement.starts_on), placement.last_day or datetime.date.max)
    asked = [row.mentor.user for row in placement.mentors_on(day) if not row.is_colleague]
    reachable = [user for user in asked if user.can_be_written_to]
    if not reachable:
        raise LearningError(_("The mentor has no e-mail address here. Write down what they say."))
    for user in reachable:
        link, secret = make_link(
            user=user, purpose=FEEDBACK, way=Link.Way.EMAIL, by=by, now=now, school_id=placement.school_id,
            subject=f"{placement.pk}:{stage}",
        )  # fmt: skip
        emails.feedback(link, secret, placement, stage)
    _record("feedback_asked", placement, by, stage=stage)
    _asked(placement, stage, now)
    return len(reachable)


def ask_for_due(*, placements, on: datetime.date, now: datetime.datetime) -> int:
    """Ask for the feedback of each of these placements whose review day or end has come, once. Returns how many.

    Where the mentor has no address, the adviser hears that they are to ask. What came long ago is let be.
    """
    count = 0
    since = on - ASKED_WITHIN
    untold = Q(middle_asked_at__isnull=True) | Q(review_told__isnull=True) | ~Q(review_told=F("review_on"))
    middle = untold & Q(review_on__range=(since, on), ended_at__isnull=True)
    end = Q(ends_on__range=(since, on), end_asked_at__isnull=True)
    for placement in placements.begun().filter(middle | end).with_place():
        is_end = placement.ends_on is not None and placement.ends_on <= on
        count += _ask_once(placement, Feedback.Stage.END if is_end else Feedback.Stage.MIDDLE, on, now)
    return count


@transaction.atomic
def _ask_once(placement, stage, on, now) -> bool:
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    if stage == Feedback.Stage.MIDDLE and locked.review_told != locked.review_on:
        news.review(placement)
        Placement.objects.filter(pk=placement.pk).update(review_told=locked.review_on)
    if getattr(locked, f"{stage}_asked_at") is not None:
        return False
    if not placement.feedback.filter(stage=stage).exists():
        try:
            ask_for_feedback(placement=placement, stage=stage, by=None, on=on, now=now)
        except LearningError:
            news.feedback_to_ask(placement, stage)
    _asked(placement, stage, now)
    return True


def _asked(placement, stage, now):
    Placement.objects.filter(pk=placement.pk).update(**{f"{stage}_asked_at": now})


def _record(what, placement, by, **details):
    record(
        f"internships.learning.{what}", by=by, subject=placement, school_id=placement.school_id,
        student_id=placement.student_id, **details,
    )  # fmt: skip

"""A rehearsal before the advisory, and what fellow students say of it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.refusals import SaidAtField
from exhibitions import news
from exhibitions.models import Exhibition, PeerFeedback, Rehearsal
from exhibitions.peers import fellows


class RehearsalError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def arrange(
    *, exhibition: Exhibition, held_on: datetime.date, by, on: datetime.date, now: datetime.datetime
) -> Rehearsal:
    """A day on which it is tried; the advisory is told. The same day again is the same. Raises RehearsalError."""
    exhibition = Exhibition.objects.lock(exhibition)
    if same := exhibition.rehearsals.filter(held_on=held_on).first():
        return same
    if held_on < on:
        raise RehearsalError(_("That day is over."), "held_on")
    if held_on > exhibition.window.last_on:
        raise RehearsalError(_("The exhibitions are over by then."), "held_on")
    rehearsal = Rehearsal.objects.create(exhibition=exhibition, held_on=held_on, arranged_by=by, arranged_at=now)
    _record("arranged", exhibition, by, held_on=held_on.isoformat())
    news.rehearsal(rehearsal, [one.user for one in fellows(exhibition.student, on)], by, on)
    return rehearsal


@transaction.atomic
def call_off(*, rehearsal: Rehearsal, by) -> None:
    """It does not take place; what was said of it already stays, and so does it. Raises RehearsalError."""
    exhibition = Exhibition.objects.lock(rehearsal.exhibition)
    if rehearsal.feedback.exists():
        raise RehearsalError(_("Somebody has said something of it already; it stays."))
    if exhibition.rehearsals.filter(pk=rehearsal.pk).delete()[0]:
        _record("called_off", exhibition, by, held_on=rehearsal.held_on.isoformat())


@transaction.atomic
def say(*, rehearsal: Rehearsal, good: str, better: str, question: str, by, now: datetime.datetime) -> PeerFeedback:
    """What a fellow student says; they may go on with it until the exhibitions are over. Raises RehearsalError."""
    if rehearsal.exhibition.window.is_over(rehearsal.exhibition.student.school.today()):
        raise RehearsalError(_("The exhibitions are over by then."))
    if not any(words.strip() for words in (good, better, question)):
        raise RehearsalError(_("Write at least one of the three."), "good")
    row, is_new = PeerFeedback.objects.update_or_create(
        rehearsal=rehearsal, by=by, defaults={"good": good, "better": better, "question": question, "at": now}
    )
    if is_new:
        _record("peer_said", rehearsal.exhibition, by)
        news.peer_said(rehearsal, by)
    return row


def _record(what, exhibition, by, **details):
    record(
        f"exhibitions.rehearsal.{what}", by=by, subject=exhibition, school_id=exhibition.school_id,
        student_id=exhibition.student_id, **details,
    )  # fmt: skip

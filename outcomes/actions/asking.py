"""Asking those who have left how they are: by a link, or through whoever stays in touch."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.links import make_link, revoke_all
from accounts.models import Link
from audit.actions import record
from common.refusals import SaidAtField
from outcomes import emails, news
from outcomes.answers import OPEN_FOR, due
from outcomes.consents import consent_of
from outcomes.models import Leaver, Survey
from outcomes.models.leaver import months_after
from schools.models import School
from students.models import Student

ALUMNI = "alumni"
REMIND_AFTER = datetime.timedelta(days=14)


class SurveyError(SaidAtField):
    """Said to the person who asked, in their words."""


def open_for(*, leaver: Leaver) -> None:
    """The questions of the times to come; those that are there stay as they are."""
    for months in Survey.MONTHS:
        Survey.objects.get_or_create(
            leaver=leaver, months=months,
            defaults={
                "student_id": leaver.student_id, "school_id": leaver.school_id,
                "due_on": months_after(leaver.left_on, months),
            },
        )  # fmt: skip


def close(*, leaver: Leaver, by, now: datetime.datetime) -> None:
    """Nobody is asked any more: what was not asked goes, and links that were sent end."""
    leaver.surveys.filter(asked_at__isnull=True, answered_at__isnull=True).delete()
    _revoke(leaver.surveys.filter(answered_at__isnull=True), by, now)


def revoke_links(*, student: Student, by, now: datetime.datetime) -> None:
    _revoke(student.surveys.filter(answered_at__isnull=True), by, now)


def _revoke(surveys, by, now):
    for one in surveys.filter(asked_at__isnull=False).select_related("student__user"):
        revoke_all(user=one.student.user, by=by, now=now, purpose=ALUMNI, subject=str(one.pk))


def ask_due(*, school: School, on: datetime.date, now: datetime.datetime) -> int:
    """Ask whom it is time to ask, and remind once who has not answered. Returns how many were asked.

    Safe to run at any time and twice.
    """
    rows = due(school, on)
    waiting = rows.filter(asked_at__isnull=True) | rows.filter(
        asked_at__lte=now - REMIND_AFTER, reminded_at__isnull=True
    )
    return sum(_ask_due(one, on, now) for one in list(waiting.select_related("student", "school")))


@transaction.atomic
def _ask_due(survey, on, now) -> bool:
    """Where there is no consent that somebody could write to, whoever stays in touch is told to ask; where they have
    said no, nobody."""
    survey = _locked_if_due(survey, on)
    if survey is None:
        return False
    is_first = survey.asked_at is None
    # Another process may have asked in the meantime.
    if not is_first and (survey.reminded_at or survey.asked_at > now - REMIND_AFTER):
        return False
    consent = consent_of(survey.student)
    if consent is not None and not consent.may_ask:
        return False
    if _can_be_sent(survey, consent):
        _send(survey, consent, None, now, again=not is_first)
    else:
        news.to_ask(survey, on)
    name = "asked_at" if is_first else "reminded_at"
    setattr(survey, name, now)
    survey.save(update_fields=[name])
    return True


@transaction.atomic
def send(*, survey: Survey, by, on: datetime.date, now: datetime.datetime) -> None:
    """Send the link at once, as somebody of the school wants it; an earlier one ends. Raises SurveyError."""
    survey = _locked_if_due(survey, on)
    if survey is None:
        raise SurveyError(_("This is not the time to ask, or they have answered already."))
    consent = consent_of(survey.student)
    if not _can_be_sent(survey, consent):
        raise SurveyError(_("They have not said that they may be asked by e-mail, or there is no address."))
    _send(survey, consent, by, now, again=survey.asked_at is not None)
    survey.asked_at = survey.asked_at or now
    survey.save(update_fields=["asked_at"])


def _can_be_sent(survey, consent) -> bool:
    return consent is not None and consent.may_ask and bool(consent.email) and survey.student.user.closed_at is None


def _send(survey, consent, by, now, *, again):
    link, secret = make_link(
        user=survey.student.user, purpose=ALUMNI, way=Link.Way.EMAIL, by=by, now=now, school_id=survey.school_id,
        subject=str(survey.pk), lasts=OPEN_FOR,
    )  # fmt: skip
    emails.survey(link, secret, survey, consent.email, again=again)
    write_down("asked", survey, by, again=again)


def _locked_if_due(survey, on) -> Survey | None:
    Student.objects.lock(survey.student)
    return (
        due(survey.school, on).select_related("student__user", "student__school", "school").filter(pk=survey.pk).first()
    )


def write_down(what: str, survey: Survey, by, **details) -> None:
    record(
        f"outcomes.survey.{what}", by=by, subject=survey, school_id=survey.school_id, student_id=survey.student_id,
        months=survey.months, **details,
    )  # fmt: skip

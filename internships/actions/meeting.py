"""Meeting the place: the interview, the shadow day and the set-up meeting, each with its own record.

A no of either side ends the pursuit, with its words: what was learned is kept, and the place is free for somebody else.
"""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions.links import make_link, use
from accounts.models import Link
from audit.actions import record
from common.refusals import SaidAtField
from internships import emails, news
from internships.actions.pursuits import end
from internships.models import Interview, Pursuit, Rules, SetUpMeeting, ShadowDay
from schools.models import Closure

SHADOW = "shadow_host"
Ending, State = Pursuit.Ending, Pursuit.State


class MeetingError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def arrange_interview(
    *, pursuit: Pursuit, at: datetime.datetime, by, now: datetime.datetime, questions=""
) -> Interview:
    """From now the clearing does not lapse. One that stands already is changed; one that did not happen is followed."""
    pursuit = _open(pursuit, now)
    _refuse_closed(pursuit, at.astimezone(pursuit.school.zone).date(), "date")
    interview = pursuit.interview
    if interview is not None and interview.happened is None:
        interview.at, interview.questions = at, questions
        interview.save(update_fields=["at", "questions"])
    else:
        if at < now:
            raise MeetingError(_("That is in the past. When do you meet?"), "date")
        interview = Interview.objects.create(
            pursuit=pursuit, at=at, questions=questions, arranged_by=by, arranged_at=now
        )
    _record("interview", pursuit, by)
    return interview


@transaction.atomic
def interview_was(
    *, pursuit: Pursuit, happened: bool, by, now: datetime.datetime, notes="", thanked_on=None
) -> Interview:
    """What was heard, and when thanks were said; said again, it is corrected."""
    pursuit = _open(pursuit, now)
    interview = pursuit.interview
    if interview is None:
        raise MeetingError(_("No interview is arranged."))
    if happened and not notes.strip():
        raise MeetingError(_("Write down what you heard: the next step is built on it."), "notes")
    interview.happened, interview.notes, interview.thanked_on, interview.said_at = happened, notes, thanked_on, now
    interview.save()
    _record("interviewed", pursuit, by, happened=happened)
    return interview


@transaction.atomic
def arrange_shadow_day(
    *, pursuit: Pursuit, date: datetime.date, from_time: datetime.time, to_time: datetime.time, by,
    now: datetime.datetime, bring="",
) -> ShadowDay:  # fmt: skip
    """Parent and host are asked to permit it; another day asks them anew. Raises MeetingError."""
    pursuit = _open(pursuit, now)
    if date < now.astimezone(pursuit.school.zone).date():
        raise MeetingError(_("That day is over. Choose one that is still to come."), "date")
    if to_time <= from_time:
        raise MeetingError(_("The end is before the start."), "to_time")
    if pursuit.interview and date < pursuit.interview.at.astimezone(pursuit.school.zone).date():
        raise MeetingError(_("That is before the interview."), "date")
    _refuse_closed(pursuit, date, "date")
    shadow = ShadowDay.objects.create(
        pursuit=pursuit, date=date, from_time=from_time, to_time=to_time, bring=bring, arranged_by=by, arranged_at=now
    )
    _record("shadow_day", pursuit, by, date=date.isoformat())
    news.shadow_day(pursuit, shadow, by)
    ask_host(shadow=shadow, pursuit=pursuit, by=by, now=now)
    return shadow


def ask_host(*, shadow: ShadowDay, pursuit: Pursuit, by, now: datetime.datetime) -> bool:
    """Send the host a link: to permit the day, or after it to say yes or no. False where there is no address."""
    mentor = pursuit.opportunity and pursuit.opportunity.mentor
    if not mentor or not mentor.user.can_be_written_to:
        return False
    link, secret = make_link(
        user=mentor.user, purpose=SHADOW, way=Link.Way.EMAIL, by=by, now=now, school_id=pursuit.school_id,
        subject=f"{shadow.pk}:{'after' if shadow.host_permits else 'before'}",
    )  # fmt: skip
    emails.shadow(link, secret, pursuit, shadow)
    return True


@transaction.atomic
def parent_says(*, pursuit: Pursuit, permits: bool, by, now: datetime.datetime) -> ShadowDay:
    """A parent's word, or what they told the school; a no ends the pursuit."""
    pursuit = _open(pursuit, now)
    shadow = _shadow(pursuit)
    if shadow.parent_permits is not None:
        return shadow
    shadow.parent_permits, shadow.parent_by, shadow.parent_at = permits, by, now
    shadow.save(update_fields=["parent_permits", "parent_by", "parent_at"])
    _record("parent_permits", pursuit, by, yes=permits)
    if not permits:
        end(pursuit=pursuit, ending=Ending.NO_PERMISSION, by=by, now=now)
    return shadow


@transaction.atomic
def host_says(
    *, pursuit: Pursuit, yes: bool, by, now: datetime.datetime, words="", link: Link | None = None
) -> ShadowDay:
    """The host permits the day; said once more after it, the host wants the student, or not. A no ends the pursuit."""
    pursuit = _open(pursuit, now)
    shadow = _shadow(pursuit)
    if link is not None:
        use(link, now)
    if not yes and not words.strip():
        raise MeetingError(_("Say why not, so that the student can go on."), "words")
    if shadow.host_permits is None:
        shadow.host_permits, shadow.host_by, shadow.host_at = yes, by, now
    elif now.astimezone(pursuit.school.zone).date() < shadow.date:
        raise MeetingError(_("The shadow day is still to come."))
    else:
        shadow.host_says, shadow.host_words, shadow.host_said_at = yes, words, now
    shadow.save()
    _record("host_says", pursuit, by, yes=yes)
    if not yes:
        end(pursuit=pursuit, ending=Ending.NO, by=by, now=now, words=words)
    return shadow


@transaction.atomic
def student_says(*, pursuit: Pursuit, yes: bool, reflection: str, by, now: datetime.datetime) -> ShadowDay:
    """How the day was, and whether the student wants to go on. The host is asked next. Raises MeetingError."""
    pursuit = _open(pursuit, now)
    shadow = _shadow(pursuit)
    if not shadow.is_permitted:
        raise MeetingError(_("Parent and host have not both permitted the day."))
    if now.astimezone(pursuit.school.zone).date() < shadow.date:
        raise MeetingError(_("The shadow day is still to come."))
    if not reflection.strip():
        raise MeetingError(_("Write a sentence about the day."), "reflection")
    shadow.student_says, shadow.reflection, shadow.student_at = yes, reflection, now
    shadow.save(update_fields=["student_says", "reflection", "student_at"])
    _record("student_says", pursuit, by, yes=yes)
    if not yes:
        end(pursuit=pursuit, ending=Ending.GIVEN_UP, by=by, now=now, words=reflection)
    elif shadow.host_says is None:
        ask_host(shadow=shadow, pursuit=pursuit, by=by, now=now)
    return shadow


@transaction.atomic
def hold_set_up(*, pursuit: Pursuit, held_on: datetime.date, by, now: datetime.datetime, **said: str) -> SetUpMeeting:
    """`said` are who, goals, expectations, in_touch and days. Raises MeetingError."""
    pursuit = _open(pursuit, now)
    if held_on > now.astimezone(pursuit.school.zone).date():
        raise MeetingError(_("That is still to come."), "held_on")
    meeting = SetUpMeeting.objects.create(pursuit=pursuit, held_on=held_on, by=by, at=now, **said)
    _record("set_up", pursuit, by)
    return meeting


def _open(pursuit, now) -> Pursuit:
    rows = Pursuit.objects.select_for_update(of=("self",)).select_related(
        "student__user", "school", "opportunity__mentor__user", "opportunity__organisation__merged_into"
    )
    pursuit = rows.get(pk=pursuit.pk)
    state = pursuit.state(Rules.of(pursuit.school), now.astimezone(pursuit.school.zone).date())
    if state not in (State.CLEARED, State.INTERVIEW, State.SHADOW, State.SET_UP, State.READY):
        raise MeetingError(_("Somebody has said so meanwhile, or it is another's turn. Look at it again."))
    return pursuit


def _shadow(pursuit) -> ShadowDay:
    if pursuit.shadow_day is None:
        raise MeetingError(_("No shadow day is arranged."))
    return pursuit.shadow_day


def _refuse_closed(pursuit, date, field):
    if closure := Closure.objects.on(date).filter(school=pursuit.school_id).first():
        raise MeetingError(
            _("The school is closed on %(day)s: %(name)s.") % {"day": date_format(date), "name": closure.name}, field
        )


def _record(what, pursuit, by, **details):
    record(
        f"internships.meeting.{what}", by=by, subject=pursuit, school_id=pursuit.school_id,
        student_id=pursuit.student_id, **details,
    )  # fmt: skip

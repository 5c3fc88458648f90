"""Who may open a socket on a text, and until when; asked again when something changed and at the end of each day."""

import datetime
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from coedit.access import may_read, may_write
from coedit.models import Text
from coedit.standings import Place, standings
from coedit.wire import Close
from schools.roles import Role


@dataclass(frozen=True)
class Pass:
    """What a socket may do, until `valid_until`."""

    may_write: bool
    is_guardian: bool
    sees_no_guardians: bool
    student_id: int
    valid_until: datetime.datetime


@dataclass(frozen=True)
class Visitor:
    """Who stands behind a socket: a person in a session, at a text."""

    user_id: int
    session_key: str
    session_hash: str
    text_id: object


def admit(visitor: Visitor) -> Pass | Close:
    """For a newcomer a text that is not theirs to read is a text that is not there."""
    answer = admit_all([visitor])[visitor]
    return Close.GONE if answer is Close.MAY_NOT else answer


def admit_all(visitors: list[Visitor]) -> dict[Visitor, Pass | Close]:
    """Ask for many sockets at once, in a handful of queries."""
    now = timezone.now()
    texts = Text.objects.living().filter(pk__in={visitor.text_id for visitor in visitors})
    texts = {text.pk: text for text in texts.select_related("school").defer("html", "plain")}
    places = {text.pk: Place(text.student_id, text.school_id, text.school.today()) for text in texts.values()}
    found = standings({(one.user_id, places[one.text_id]) for one in visitors if one.text_id in places})
    sessions = _sessions(visitors, now)
    answers = {}
    for one in visitors:
        standing = found.get((one.user_id, places.get(one.text_id)))
        answers[one] = _answer(texts.get(one.text_id), standing, sessions.get(one), now)
    return answers


def _answer(text, standing, session_ends_at, now):
    if session_ends_at is None:
        return Close.SESSION_ENDED
    if text is None:
        return Close.GONE
    if not may_read(text, standing):
        return Close.MAY_NOT
    return Pass(
        may_write=may_write(text, standing),
        is_guardian=Role.PARENT in standing.roles,
        sees_no_guardians=standing.is_guardian_only and not text.school.guardians_see_each_other,
        student_id=text.student_id,
        valid_until=min(session_ends_at, _midnight(text.school, now)),
    )


def _midnight(school, now):
    """When the school's next day begins: memberships begin and end with days."""
    tomorrow = now.astimezone(school.zone).date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time(), tzinfo=school.zone)


def _sessions(visitors, now) -> dict[Visitor, datetime.datetime]:
    """When each session ends; those that have ended, or whose person's password changed, are missing."""
    people = User.objects.filter(pk__in={visitor.user_id for visitor in visitors}, is_active=True)
    hashes = {user.pk: user.get_session_auth_hash() for user in people}
    ends = _session_ends({visitor.session_key for visitor in visitors}, now)
    return {
        visitor: ends[visitor.session_key]
        for visitor in visitors
        if visitor.session_key in ends and hashes.get(visitor.user_id) == visitor.session_hash
    }


def _session_ends(keys, now):
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = store.get_model_class().objects.filter(session_key__in=keys, expire_date__gt=now)
    return dict(rows.values_list("session_key", "expire_date"))

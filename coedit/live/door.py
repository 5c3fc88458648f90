"""Who may open a socket on a text, and until when; asked again when something changed and at the end of each day."""

import datetime
import zoneinfo
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from coedit.access import may_read, may_write
from coedit.standings import place_of, standings
from coedit.statements import read_texts
from coedit.wire import Close
from schools.roles import Role


@dataclass(frozen=True)
class Pass:
    """Who stands behind a socket, and what they may do, until `valid_until`."""

    user_id: int
    name: str
    may_write: bool
    is_guardian: bool
    sees_no_guardians: bool
    student_id: int
    valid_until: datetime.datetime


@dataclass(frozen=True)
class Visitor:
    """Somebody at a text's door: whoever this session is of."""

    session_key: str
    text_id: object


@dataclass(frozen=True)
class _Session:
    user: User
    ends_at: datetime.datetime


def admit(visitor: Visitor) -> Pass | Close:
    """For a newcomer a text that is not theirs to read is a text that is not there."""
    answer = admit_all([visitor])[visitor]
    return Close.GONE if answer is Close.MAY_NOT else answer


def admit_all(visitors: list[Visitor]) -> dict[Visitor, Pass | Close]:
    """Ask for many sockets at once, in a handful of queries."""
    now = timezone.now()
    sessions = _sessions({visitor.session_key for visitor in visitors}, now)
    texts = read_texts({visitor.text_id for visitor in visitors}, locks=False)
    places = {text.pk: place_of(text) for text in texts.values()}
    pairs = {one: (sessions[one.session_key].user.pk, places[one.text_id])
             for one in visitors if one.session_key in sessions and one.text_id in places}  # fmt: skip
    found = standings(set(pairs.values()))
    return {
        one: _answer(texts.get(one.text_id), found.get(pairs.get(one)), sessions.get(one.session_key), now)
        for one in visitors
    }


def _answer(text, standing, session, now):
    if session is None:
        return Close.SESSION_ENDED
    if text is None or text.is_gone:
        return Close.GONE
    if not may_read(text, standing):
        return Close.MAY_NOT
    return Pass(
        user_id=session.user.pk,
        name=session.user.name,
        may_write=may_write(text, standing),
        is_guardian=Role.PARENT in standing.roles,
        sees_no_guardians=standing.is_guardian_only and not text.guardians_see_each_other,
        student_id=text.student_id,
        valid_until=min(session.ends_at, _midnight(text.time_zone, now)),
    )


def _midnight(time_zone, now):
    """When the school's next day begins: memberships begin and end with days."""
    zone = zoneinfo.ZoneInfo(time_zone)
    tomorrow = now.astimezone(zone).date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time(), tzinfo=zone)


def _sessions(keys, now) -> dict[str, _Session]:
    """Whose each session is; those that have ended, or whose person's password changed, are missing."""
    rows = _session_rows().filter(session_key__in=keys, expire_date__gt=now)
    said = {row.session_key: (row.get_decoded(), row.expire_date) for row in rows}
    ids = {data[SESSION_KEY] for data, _ends_at in said.values() if SESSION_KEY in data}
    people = {str(user.pk): user for user in User.objects.filter(pk__in=ids, is_active=True)}
    return {
        key: _Session(user, ends_at)
        for key, (data, ends_at) in said.items()
        if (user := people.get(data.get(SESSION_KEY)))
        and constant_time_compare(data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    }


def _session_rows():
    return import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects

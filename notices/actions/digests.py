"""Digests: one e-mail with what is new, in the morning of the reader's school."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.db.models import Min

from accounts.models import User
from common.soon import soon
from notices import emails
from notices.doors import still_seen_by
from notices.models import Email, Notice, Preference
from notices.rhythm import last_morning, zone_of
from schools.models import School


def write_digests(*, now: datetime.datetime) -> int:
    """Write the digests that are due; safe at any time and twice. Returns how many were written."""
    schools = School.objects.in_bulk()
    due = _due(schools, now)
    written = sum(_write(user_id, mornings, schools, now) for user_id, mornings in due.items())
    if written:
        soon("notices.send_waiting")
    return written


def _due(schools, now) -> dict[int, list[tuple[datetime.datetime, int | None]]]:
    """For each reader to whom something has waited since before their school's morning: those mornings and schools."""
    rhythms = dict(Preference.objects.values_list("user_id", "digest"))
    waiting = Notice.objects.waiting().order_by().values_list("user_id", "school_id").annotate(Min("waits_since"))
    due = defaultdict(list)
    for user_id, school_id, since in waiting:
        rhythm = rhythms.get(user_id, Preference.Digest.DAILY)
        morning = last_morning(now, zone_of(schools.get(school_id)), rhythm)
        if morning and since < morning:
            due[user_id].append((morning, school_id))
    return due


@transaction.atomic
def _write(user_id, mornings, schools, now) -> bool:
    """One e-mail with everything that waits for this reader. Its key says whose morning it is, so it is never two."""
    waiting = list(Notice.objects.waiting().filter(user=user_id).select_for_update())
    user = User.objects.get(pk=user_id)
    morning, school_id = min(mornings, key=lambda found: found[0])
    key = f"digest:{user.pk}:{morning.date().isoformat()}"
    if not waiting or Email.objects.filter(key=key).exists():
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(waits_since=None)
    shown = _still_open(user, waiting)
    if not shown or not user.email or not user.is_active:
        return False
    message = emails.digest(shown, user, schools.get(school_id))
    Email.objects.create(
        person=user, address=user.email, subject=message.subject, text=message.text, html=message.html, key=key,
        created_at=now, held_until=now,
    )  # fmt: skip
    return True


def _still_open(user, notices):
    seen = still_seen_by(user, {notice.student_id for notice in notices if notice.student_id})
    return [notice for notice in notices if notice.student_id is None or notice.student_id in seen]

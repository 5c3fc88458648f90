"""Asking a mentor, or a colleague while the mentor is away, to confirm a week: one link, once."""

import datetime

from django.db import transaction

from accounts.actions.links import make_link
from accounts.models import Link
from internships import emails
from internships.expected import monday_of, week_of
from internships.models import Placement, SiteWeek

WEEK = "site_week"
# A week that is asked for late is still worth asking for; after that staff write it down.
LASTS = datetime.timedelta(days=14)


def subject_of(placement: Placement, monday: datetime.date) -> str:
    return f"{placement.pk}:{monday.isoformat()}"


def ask_for_weeks(*, placements, now: datetime.datetime) -> int:
    """Send a link for this week and the last where their days are over and nobody was asked. Returns how many.

    Safe to run at any time and twice.
    """
    count = 0
    for placement in placements.with_place():
        today = now.astimezone(placement.zone).date()
        for monday in (monday_of(today) - datetime.timedelta(weeks=1), monday_of(today)):
            days = week_of(placement, monday)
            if days and now >= days[-1].ends_at:
                count += _ask(placement, monday, today, now)
    return count


@transaction.atomic
def _ask(placement, monday, today, now) -> int:
    Placement.objects.select_for_update().get(pk=placement.pk)
    subject = subject_of(placement, monday)
    if SiteWeek.objects.filter(placement=placement, monday=monday).exists():
        return 0
    if Link.objects.filter(purpose=WEEK, subject=subject).exists():
        return 0
    asked = [row.mentor.user for row in asked_on(placement, today) if row.mentor.user.can_be_written_to]
    for user in asked:
        link, secret = make_link(
            user=user, purpose=WEEK, way=Link.Way.EMAIL, by=None, now=now, school_id=placement.school_id,
            subject=subject, lasts=LASTS,
        )  # fmt: skip
        emails.week(link, secret, placement, monday)
    return len(asked)


def asked_on(placement, day):
    """The mentors; a colleague in place of one who is away."""
    rows = placement.mentors_on(day)
    here = [row for row in rows if not row.is_colleague and (row.back_on is None or row.back_on <= day)]
    return here or [row for row in rows if row.is_colleague] or rows

"""A plan meeting as a calendar file."""

import datetime

from common.calendar_file import calendar_file as event_file
from plans.models import Meeting


def calendar_file(meeting: Meeting, *, title: str, url: str, at: datetime.datetime) -> bytes:
    """One event; a later download replaces an earlier one. Nobody's name or address is in it but what `title` says."""
    return event_file(
        uid=f"plan-meeting-{meeting.pk}@throughline", title=title, starts_at=meeting.starts_at, minutes=meeting.minutes,
        url=url, at=at, sequence=meeting.version - 1, is_cancelled=meeting.is_called_off, place=meeting.place,
        description=meeting.agenda, about="plan meetings",
    )  # fmt: skip

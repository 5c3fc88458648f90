"""An exhibition as a calendar file, as it was told."""

import datetime

from common.calendar_file import calendar_file as event_file
from exhibitions.models import Exhibition


def calendar_file(exhibition: Exhibition, *, title: str, url: str, at: datetime.datetime) -> bytes:
    """One event; a later file replaces an earlier one. Nobody's name is in it but what `title` says."""
    return event_file(
        uid=f"exhibition-{exhibition.pk}@throughline", title=title, starts_at=exhibition.told_starts_at,
        minutes=exhibition.told_lasts, url=url, at=at, sequence=max(exhibition.told_times - 1, 0),
        place=str(exhibition.told_room or ""), about="exhibitions",
    )  # fmt: skip


def cancelled(exhibition: Exhibition, *, title: str, starts_at: datetime.datetime, at: datetime.datetime) -> bytes:
    """Takes the event of the time that was told out of calendars again."""
    return event_file(
        uid=f"exhibition-{exhibition.pk}@throughline", title=title, starts_at=starts_at,
        minutes=exhibition.told_lasts, url="", at=at, sequence=max(exhibition.told_times - 1, 0),
        is_cancelled=True, about="exhibitions",
    )  # fmt: skip

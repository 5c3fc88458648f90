"""A plan meeting as a calendar file (iCalendar) that phones and computers take in."""

import datetime

from icalendar import Calendar, Event

from plans.models import Meeting


def calendar_file(meeting: Meeting, *, title: str, url: str, at: datetime.datetime) -> bytes:
    """One event; a later download replaces an earlier one. Nobody's name or address is in it but what `title` says."""
    event = Event()
    event.add("uid", f"plan-meeting-{meeting.pk}@throughline")
    event.add("dtstamp", at)
    event.add("dtstart", meeting.starts_at.astimezone(datetime.UTC))
    event.add("dtend", (meeting.starts_at + datetime.timedelta(minutes=meeting.minutes)).astimezone(datetime.UTC))
    event.add("summary", title)
    event.add("url", url)
    event.add("sequence", meeting.version - 1)
    event.add("status", "CANCELLED" if meeting.is_called_off else "CONFIRMED")
    for name, value in (("location", meeting.place), ("description", meeting.agenda)):
        if value:
            event.add(name, value)
    calendar = Calendar()
    calendar.add("prodid", "-//Throughline//plan meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.is_called_off else "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()

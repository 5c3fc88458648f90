"""One event as a calendar file (iCalendar, RFC 5545) that phones and computers take in."""

import datetime

from icalendar import Calendar, Event


def calendar_file(
    *, uid: str, title: str, starts_at: datetime.datetime, minutes: int, url: str, at: datetime.datetime,
    sequence: int = 0, is_cancelled: bool = False, place: str = "", description: str = "", about: str = "events",
) -> bytes:  # fmt: skip
    """A later file with the same `uid` and a higher `sequence` replaces an earlier one; `at` is when it was made."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at)
    event.add("dtstart", starts_at.astimezone(datetime.UTC))
    event.add("dtend", (starts_at + datetime.timedelta(minutes=minutes)).astimezone(datetime.UTC))
    event.add("summary", title)
    event.add("url", url)
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    for name, value in (("location", place), ("description", description)):
        if value:
            event.add(name, value)
    calendar = Calendar()
    calendar.add("prodid", f"-//Throughline//{about}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()

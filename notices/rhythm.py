"""When a digest goes out: at seven in the morning where the school is."""

import datetime
import zoneinfo

from notices.models import Preference

MORNING = datetime.time(7)


def last_morning(now: datetime.datetime, zone: datetime.tzinfo, digest: str) -> datetime.datetime | None:
    """The morning whose digest may go out at `now`: what was new by then is in it. None before seven.

    The day's morning, or for a weekly digest Monday's, so that a worker that was away catches up later.
    """
    here = now.astimezone(zone)
    if here.time() < MORNING:
        return None
    weekly = digest == Preference.Digest.WEEKLY
    day = here.date() - datetime.timedelta(days=here.weekday() if weekly else 0)
    return datetime.datetime.combine(day, MORNING, tzinfo=zone)


def zone_of(school) -> datetime.tzinfo:
    return school.zone if school else zoneinfo.ZoneInfo("UTC")

"""Whether an organisation can be at a coordinate: asked where somebody types one, since digits are easily swapped."""

import datetime
import math
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mentors.models import Organisation
from schools.models import School

# What somebody travels to twice a week at the very most, with room to spare.
FAR_KM = 150
EARTH_KM = 6371.0


@dataclass(frozen=True)
class Point:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float

    def km_to(self, other: "Point") -> float:
        """Along a great circle of a round earth (haversine): half a per cent off at most."""
        first, second = math.radians(self.latitude), math.radians(other.latitude)
        along = math.radians(other.longitude - self.longitude)
        half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(along / 2) ** 2
        return 2 * EARTH_KM * math.asin(math.sqrt(half))


def point_of(place) -> Point | None:
    """Of anything that has a latitude and a longitude; None where they are not known."""
    if place.latitude is None or place.longitude is None:
        return None
    return Point(float(place.latitude), float(place.longitude))


def doubt(point: Point, school: School, others: Iterable[Organisation]) -> str:
    """What speaks against this point, in a sentence; "" where nothing does. `others` are places that the school has."""
    zone = zone_of(point)
    near = [found for found in map(point_of, others) if found]
    is_ours = zone is not None and _same_clock(zone, school.time_zone)
    if not is_ours and (right := _swapped(point, school, near)):
        words = _("That is not near the school. Is this meant: latitude %(latitude)s, longitude %(longitude)s?")
        return words % {"latitude": right.latitude, "longitude": right.longitude}
    if zone is None:
        return _("That is at sea. Look at both numbers again: is a minus missing?")
    if near and (km := min(map(point.km_to, near))) > FAR_KM:
        return _("That is %(km)s km from every other place of the school. Look at both numbers again.") % {
            "km": round(km)
        }
    if not near and not is_ours:
        return _("That is in the time zone %(zone)s, and the school is in %(own)s. Look at both numbers again.") % {
            "zone": zone, "own": school.time_zone,
        }  # fmt: skip
    return ""


def zone_of(point: Point) -> str | None:
    """The name of the time zone on land and in its coastal waters, so that a harbour is land; None on the high seas."""
    from timezonefinder import TimezoneFinder  # noqa: PLC0415 (its shapes are read where one asks, and nowhere else)

    found = TimezoneFinder().timezone_at(lat=point.latitude, lng=point.longitude)
    return None if found is None or found.startswith("Etc/") else found


def _same_clock(one: str, other: str) -> bool:
    """Whether clocks show the same in winter and in summer: Louisville has a zone of its own beside New York's."""
    days = [datetime.datetime(2026, month, 1, tzinfo=datetime.UTC) for month in (1, 7)]
    zones = zoneinfo.ZoneInfo(one), zoneinfo.ZoneInfo(other)
    return all(len({day.astimezone(zone).utcoffset() for zone in zones}) == 1 for day in days)


def _swapped(point, school, near) -> Point | None:
    """The point with its two numbers the other way round, or with the minus put in, where that is near the school."""
    tries = [Point(point.longitude, point.latitude)] if abs(point.longitude) <= 90 else []
    tries += [Point(point.latitude, -point.longitude), Point(-point.latitude, point.longitude)]
    for other in tries:
        zone = zone_of(other)
        if zone and _same_clock(zone, school.time_zone) and (not near or min(map(other.km_to, near)) <= FAR_KM):
            return other
    return None

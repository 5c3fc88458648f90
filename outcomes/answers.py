"""What somebody answers who is asked how they are, and what is known by it."""

import datetime

from outcomes.models import Destination, Leaver, Survey
from outcomes.models.leaver import months_after

Kind = Destination.Kind

YES, NO = "yes", "no"
# Whoever has not answered by then is asked no more until the next time.
OPEN_FOR = datetime.timedelta(days=60)
# Nothing is known of somebody of whom nobody has said anything for so many months.
QUIET_MONTHS = 6


def facts_of(said: dict, on: datetime.date) -> list[dict]:
    """What each of the answers makes known as of `on`, as outcomes/actions/destinations.py takes it. Who is neither in
    education nor in work is not enrolled: one row says both."""
    studies, works = said["studies"], said["works"]
    found = []
    if studies == YES:
        found.append(
            {"kind": Kind.ENROLLED, "level": said["level"], "where": said["school"], "what": said["course"]}
            | {"starts_on": said["studies_since"] or on}
        )
    if works == YES:
        found.append(_job(said, on))
    if studies == NO and works == NO:
        found.append({"kind": Kind.NEITHER, "starts_on": on})
    elif studies == NO:
        found.append({"kind": Kind.NOT_ENROLLED, "starts_on": on})
    if said["finished"] == YES:
        found.append(
            {"kind": Kind.CREDENTIAL, "what": said["credential"], "where": said["given_by"]}
            | {"starts_on": said["finished_on"] or on}
        )
    if found:
        found[0]["words"] = said["words"]
    return found


def _job(said, on) -> dict:
    through = {YES: True, NO: False}.get(said["through"])
    return {
        "kind": Kind.WORK, "where": said["employer"], "what": said["job"], "hours_a_week": said["hours"],
        "through_internship": through, "placement": said["placement"] if through else None,
        "starts_on": said["works_since"] or on,
    }  # fmt: skip


def as_sent(said: dict) -> dict:
    """The answers as they are kept."""
    return {name: _plain(value) for name, value in said.items() if value not in (None, "")}


def _plain(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    return getattr(value, "pk", value)


def due(school, on: datetime.date):
    """The surveys of a school whose time it is, and which nobody has answered."""
    asked = Leaver.objects.asked().filter(school=school, left_on__lte=on).values("pk")
    rows = Survey.objects.filter(school=school, due_on__lte=on, due_on__gt=on - OPEN_FOR, answered_at__isnull=True)
    return rows.filter(leaver__in=asked).order_by("due_on", "pk")


def quiet_since(on: datetime.date) -> datetime.date:
    return months_after(on, -QUIET_MONTHS)

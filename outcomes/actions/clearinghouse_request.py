"""Asking the clearinghouse for people: who is asked for, and that somebody took the file."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction

from accounts.models import User
from audit.actions import record
from audit.models import Event
from outcomes.matching import our_id
from outcomes.models import Leaver
from outcomes.request_file import Account, Asked, write
from schools.models import School

REQUESTED = "outcomes.clearinghouse.requested"


def people_of(school: School, on: datetime.date) -> dict[int, list[tuple[Leaver, Asked]]]:
    """By class, the latest first, who may be asked for: everybody who had left by that day and has not died. Whoever
    moved to another school may still go to college."""
    rows = Leaver.objects.standing().filter(school=school, left_on__lte=on).exclude(how=Leaver.How.DIED)
    found: dict[int, list] = {}
    for leaver in rows.select_related("student__user").order_by("-class_of", "student__user__search_name", "pk"):
        found.setdefault(leaver.class_of, []).append((leaver, _asked(school, leaver)))
    return found


def _asked(school, leaver) -> Asked:
    student = leaver.student
    return Asked(
        our_id(school.pk, student.pk), student.user.given_name, student.user.family_name, student.born_on,
        leaver.left_on,
    )  # fmt: skip


def as_last_time(school: School) -> tuple[Account | None, list[int]]:
    """What the school called itself the last time, and the ids of those who had objected: kept where every file that
    was taken is."""
    event = Event.objects.filter(school_id=school.pk, action=REQUESTED).first()
    return (Account(**event.details["account"]), event.details.get("objected", [])) if event else (None, [])


@transaction.atomic
def request(
    *, school: School, classes: Iterable[int], account: Account, by: User, on: datetime.date,
    objected: Collection[int] = (),
) -> str:  # fmt: skip
    """The file for these classes, without those students who `objected`. That somebody takes names and birthdays out of
    here is written down."""
    found = people_of(school, on)
    people = [
        asked for year in sorted(classes) for leaver, asked in found.get(year, [])
        if asked.can_be_asked and leaver.student_id not in objected
    ]  # fmt: skip
    # Whoever has objected and is not among them for a while (they came back) has not taken it back.
    known = {leaver.student_id for rows in found.values() for leaver, _asked in rows}
    kept = {*objected, *(pk for pk in as_last_time(school)[1] if pk not in known)}
    told = {"code": account.code, "branch": account.branch, "name": account.name}
    record(
        REQUESTED, by=by, subject=school, school_id=school.pk, classes=sorted(classes), people=len(people),
        account=told, objected=sorted(kept),
    )  # fmt: skip
    return write(account, people, on)

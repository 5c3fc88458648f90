"""Which clearances placements lack on a day, of those that their school asks for."""

import datetime
from collections.abc import Iterable

from django.db.models import Q

from internships.models import Placement, Rules
from mentors.models import Clearance
from mentors.standing import Paper

LACKS = (Clearance.State.EXPIRED, Clearance.State.MISSING)


def papers_of_each(placements: Iterable[Placement], rules: Rules, day: datetime.date) -> dict[int, list[Paper]]:
    """Of placements of one school, by id: what is asked for of the place and of each mentor, in one query.

    It is looked at on `day`, or on the first day of a placement that begins later.
    """
    placements = list(placements)
    on = {placement.pk: max(day, placement.starts_on) for placement in placements}
    people = {
        placement.pk: [row.mentor.user_id for row in placement.mentors_on(on[placement.pk])] for placement in placements
    }
    last = _last_seen(placements, people, rules)
    found = {}
    for placement in placements:
        subjects = [("place", placement.place.pk, kind) for kind in Clearance.OF_ORGANISATIONS]
        subjects += [("person", user, kind) for user in people[placement.pk] for kind in Clearance.OF_MENTORS]
        found[placement.pk] = [
            Paper(subject[2], on[placement.pk], last.get(subject)) for subject in subjects if subject[2] in rules.needed
        ]
    return found


def _last_seen(placements, people, rules) -> dict[tuple, Clearance]:
    places = {placement.place.pk for placement in placements}
    users = {user for found in people.values() for user in found}
    seen = Clearance.objects.latest().filter(
        Q(organisation__in=places) | Q(organisation__merged_into__in=places) | Q(user__in=users),
        school__in={placement.school_id for placement in placements}, kind__in=rules.needed,
    )  # fmt: skip
    last: dict[tuple, Clearance] = {}
    for clearance in seen.select_related("organisation__merged_into"):
        place = clearance.organisation
        subject = ("place", place.current.pk) if place else ("person", clearance.user_id)
        last.setdefault((*subject, clearance.kind), clearance)
    return last


def papers(placement: Placement, rules: Rules, day: datetime.date) -> list[Paper]:
    return papers_of_each([placement], rules, day)[placement.pk]


def lacking(placement: Placement, rules: Rules, day: datetime.date) -> list[Paper]:
    """What keeps the placement from beginning or going on that day."""
    return [one for one in papers(placement, rules, day) if one.state in LACKS]

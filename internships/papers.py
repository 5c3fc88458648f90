"""Which clearances a placement lacks on a day, of those that its school asks for."""

import datetime

from internships.models import Placement, Rules
from mentors import standing
from mentors.models import Clearance

State = Clearance.State


def papers(placement: Placement, rules: Rules, day: datetime.date) -> list[standing.Paper]:
    """Those that the school asks for, of the place and of each mentor of `day` or of the start, if that is later."""
    day = max(day, placement.starts_on)
    found = standing.of_organisation(placement.place, day)
    for row in placement.mentors_on(day):
        found += standing.of_mentor(row.mentor.user, placement.school, day)
    return [paper for paper in found if paper.kind in rules.needed]


def lacking(placement: Placement, rules: Rules, day: datetime.date) -> list[standing.Paper]:
    """What keeps the placement from beginning or going on that day."""
    return [one for one in papers(placement, rules, day) if one.state in (State.EXPIRED, State.MISSING)]

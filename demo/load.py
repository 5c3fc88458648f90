"""The demo network: two schools through the rooms' own actions."""

import datetime
from collections.abc import Callable

from demo import events, evidence, exhibitions, life, mentors, network, plans, schools, students
from demo.stories import ENGLAND, UNITED_STATES


def load_school(*, today: datetime.date, tell: Callable[[str], object]) -> list[schools.DemoSchool]:
    """Build both schools as they stand on `today`; `tell` hears how far it is."""
    people = schools.People()
    of_schools = schools.network(people, today)
    america = schools.united_states(people, of_schools, today)
    students.fill(america, people, UNITED_STATES, [15, 14, 13], {"9": 14, "10": 15, "11": 16, "12": 17})
    britain = schools.england(people, of_schools, today)
    students.fill(britain, people, ENGLAND, [12, 12], {"9": 13, "10": 14, "11": 15})
    for made in (america, britain):
        tell(f"{made.school}: {len(made.students)} students in {len(made.advisories)} advisories")
        mentors.find_mentors(made, people, named=made is america)
        plans.write_plans(made)
        life.live(made)
        events.tell_events(made)
        evidence.show(made)
        evidence.prepare(made)
        exhibitions.look_back(made)
        exhibitions.look_ahead(made)
    life.read_notices()
    return [america, britain]


def load_network(*, today: datetime.date, tell: Callable[[str], object]) -> None:
    """The two demo schools and 63 more, for measuring."""
    made = load_school(today=today, tell=tell)
    network.add_schools(made[0].school.network, today=today, tell=tell)

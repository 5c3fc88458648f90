"""The demo network: two schools through the rooms' own actions."""

import datetime
from collections.abc import Callable

from demo import life, schools, students
from demo.stories import ENGLAND, UNITED_STATES


def load_school(*, today: datetime.date, tell: Callable[[str], object]) -> list[schools.DemoSchool]:
    """Build both schools as they stand on `today`; `tell` hears how far it is."""
    people = schools.People()
    network = schools.network()
    america = schools.united_states(people, network, today)
    students.fill(america, people, UNITED_STATES, [15, 14, 13], {"9": 14, "10": 15, "11": 16, "12": 17})
    britain = schools.england(people, network, today)
    students.fill(britain, people, ENGLAND, [12, 12], {"Y9": 13, "Y10": 14, "Y11": 15})
    for made in (america, britain):
        tell(f"{made.school}: {len(made.students)} students in {len(made.advisories)} advisories")
        life.live(made)
    return [america, britain]

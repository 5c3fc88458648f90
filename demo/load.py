"""The demo network: two schools through the rooms' own actions."""

import datetime
from collections.abc import Callable

from django.db import connection
from django.utils import timezone

from demo import backgrounds, events, evidence, exhibitions, life, mentors, network, plans, schools, students
from demo.earlier import Earlier
from demo.leavers import Leavers
from demo.stories import ENGLAND, UNITED_STATES
from internships.models import Placement
from mentors.models import Mentor
from outcomes.actions.refresh import refresh_network, refresh_school
from outcomes.models import Background
from schools.models import Network

# How many left with each class, the latest last.
CLASSES = {"us": [34, 37, 40, 36, 39, 38], "england": [18, 21, 19, 23, 20]}


def load_school(*, today: datetime.date, tell: Callable[[str], object]) -> list[schools.DemoSchool]:
    """Build both schools as they stand on `today`; `tell` hears how far it is."""
    found = _load(today, tell)
    work_out(found[0].school.network, today=today, tell=tell)
    return found


def _load(today, tell) -> list[schools.DemoSchool]:
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
        _remember(made)
    life.read_notices()
    return [america, britain]


def _remember(made: schools.DemoSchool) -> None:
    """Who they are at home, and what became of those who left."""
    backgrounds.hold(made.school)
    england = made.school.system == made.school.System.ENGLAND
    # In the smaller school some are not recorded, so that a gap there is too small a matter to be shown.
    backgrounds.of_families(made.students, made.names.random, made.lead, made.today, without=7 if england else 0)
    begun = Placement.objects.filter(school=made.school).begun()
    found = Mentor.objects.filter(placements__placement__in=begun).select_related("organisation", "user")
    mentors = list(found.order_by("pk").distinct())
    gone = Leavers(
        made.school, made.today, seed=made.names.random.randrange(1000), by=made.lead,
        advisers=[made.staff["adviser"], made.staff["second"]], sizes=CLASSES[made.school.system], mentors=mentors,
    ).write()  # fmt: skip
    latest = [one for one in gone if one.year == max(one.year for one in gone)]
    meals = Background.objects.filter(school=made.school, kind=Background.Kind.MEALS).exclude(value="no")
    Earlier(made, latest, mentors, poor=set(meals.values_list("student", flat=True))).write()


def load_network(
    *, today: datetime.date, tell: Callable[[str], object], more: int = network.SCHOOLS, thin: int = 1
) -> None:
    """The two demo schools and so many `more`, for measuring; `thin`: see demo/network.py."""
    made = _load(today, tell)
    network.add_schools(made[0].school.network, today=today, tell=tell, count=more, thin=thin)
    if connection.vendor == "postgresql":
        # All is one transaction, of which PostgreSQL knows nothing yet: it would read whole tables for each school.
        connection.cursor().execute("ANALYZE")
    work_out(made[0].school.network, today=today, tell=tell)


def work_out(of: Network, *, today: datetime.date, tell: Callable[[str], object]) -> None:
    """The figures of every school and of the network, as the night would, so that a first visit shows them."""
    for school in of.schools.order_by("pk"):
        refresh_school(school=school, now=_moment(today, school.zone))
    refresh_network(network=of, now=_moment(today, datetime.UTC))
    tell(f"Figures of {of.schools.count()} schools and their network")


def _moment(today, zone) -> datetime.datetime:
    """Now; of a day that is only pretended, its evening."""
    now = timezone.now().astimezone(zone)
    return now if now.date() == today else datetime.datetime.combine(today, datetime.time(20), zone)

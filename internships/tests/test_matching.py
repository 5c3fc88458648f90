import itertools
import os
import random
import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.placements import made_up
from bpl.tests.cast import NOW, TODAY
from internships.actions.matching import MatchingError, accept, change, lock, propose, work_out
from internships.actions.pursuits import ask
from internships.matching import Place, Seeker, greedy, hindrance, solve, why_not, worth
from internships.models import Matching, Opportunity, Pursuit
from internships.tests.factories import THURSDAY, TUESDAY, a_begun_placement, a_check, an_opportunity
from students.models import Interest

ALL = 127
TUE, THU = 1 << TUESDAY, 1 << THURSDAY


def best_by_hand(seekers, places):
    """The worth of the best of all assignments, by trying them all; mentors and capacity as the solver has them."""
    best = 0
    for chosen in itertools.product([None, *places], repeat=len(seekers)):
        pairs = [(seeker, place) for seeker, place in zip(seekers, chosen, strict=True) if place]
        if any(hindrance(*pair) for pair in pairs) or not fits(pairs, places):
            continue
        best = max(best, sum(worth(*pair) for pair in pairs))
    return best


def fits(pairs, places):
    if any(sum(taken is place for _seeker, taken in pairs) > place.places for place in places):
        return False
    for mentor, day in itertools.product({place.mentor for place in places} - {None}, range(7)):
        on = [place for place in places if place.mentor == mentor and place.weekdays & 1 << day]
        if sum(taken in on for _seeker, taken in pairs) > max((place.places for place in on), default=0):
            return False
    return True


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_best_there_is(seed):
    dice = random.Random(seed)
    places = [
        Place(
            key, dice.choice([TUE, THU, TUE | THU]), dice.randint(1, 2), mentor=dice.choice([None, 7, 7]),
            lacks=dice.choice([(), (), ("background",)]), km=dice.uniform(0, 15),
        )
        for key in range(4)
    ]  # fmt: skip
    seekers = [
        Seeker(
            key, dice.choice([ALL, ALL & ~TUE]), tuple(dice.sample(range(4), 2)), most_km=dice.choice([None, 10])
        )
        for key in range(4)
    ]  # fmt: skip
    answer = solve(seekers, places)
    assert answer.worth == answer.bound == best_by_hand(seekers, places)
    assert greedy(seekers, places).worth <= answer.worth


def test_what_is_fixed_stands_also_against_the_wishes():
    places = [Place(1, TUE, 1), Place(2, TUE, 1)]
    seekers = [Seeker(1, ALL, (1,)), Seeker(2, ALL, (1,))]
    assert solve(seekers, places, fixed={2: 2}).assigned == {1: 1, 2: 2}
    assert solve(seekers, places, fixed={1: 2}).assigned == {1: 2, 2: 1}


def test_what_is_fixed_stands_where_there_is_no_time_to_look_for_more():
    seekers = [Seeker(1, ALL, (1, 2)), Seeker(2, ALL, (1, 2))]
    places = [Place(1, TUE, 1), Place(2, TUE, 1)]
    answer = solve(seekers, places, fixed={1: 2}, seconds=0)
    assert answer.assigned[1] == 2 and answer.worth <= answer.bound


def test_one_wish_leaves_nobody_without_a_place():
    places = [Place(1, TUE, 1), Place(2, TUE, 1)]
    seekers = [Seeker(1, ALL, (1, 2)), Seeker(2, ALL, (1,), km={2: 30}, most_km=20)]
    assert solve(seekers, places).assigned == {1: 2, 2: 1}


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (Place(1, TUE, 1, lacks=("risk",)), "papers"), (Place(1, THU, 1), "weekdays"),
        (Place(1, TUE, 1, km=30), "travel"), (Place(1, TUE, 1), "full"),
    ],
)  # fmt: skip
def test_who_has_no_place_hears_why(place, reason):
    assert why_not(Seeker(1, TUE, most_km=20), [place]) == reason


def test_the_made_up_school_is_as_it_is_said():
    seekers, places = made_up(300, 400)
    open_places = sum(place.places for place in places if not place.lacks)
    assert (len(seekers), len(places)) == (300, 400)
    assert 300 / open_places == pytest.approx(0.85, abs=0.01)
    assert all(place.weekdays.bit_count() == 2 for place in places)


def test_no_page_loads_the_solver_the_decoders_or_the_shapes():
    code = "import django; django.setup(); import bpl.urls, sys; "
    code += "sys.exit(bool({'highspy', 'numpy', 'pillow_heif', 'timezonefinder'} & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", code], env=environment(), timeout=60)
    assert found.returncode == 0


def environment():
    return os.environ | {"DJANGO_SETTINGS_MODULE": "bpl.settings", "DEBUG": "1"}


@pytest.fixture
def offers(cast):
    """Two checked places with one of each, and one without its papers; Sam and Lena care about boats."""
    mo = cast.mentorships["mo", "sam"].mentor
    a_check(cast, cast.mo)
    found = [
        an_opportunity(cast, "Help to build a skiff", tags="boats", mentor=mo, on=(TUESDAY,)),
        an_opportunity(cast, "Sand a hull", mentor=mo, on=(THURSDAY,)),
        an_opportunity(cast, "Paint", mentor=cast.mentorships["moira", "omar"].mentor),
    ]
    for name in ("sam", "lena"):
        Interest.objects.create(student=cast.student(name), words="boats", tags="boats", by=cast.ada)
    return found


def proposed(cast, **values) -> Matching:
    facts = {"advisory": cast.advisory} | values
    matching = propose(school=cast.school, by=cast.coordinator, starts_on=TODAY, now=NOW, **facts)
    matching.refresh_from_db()
    return work_out(matching=matching, now=NOW)


def test_an_advisory_is_proposed_places_and_everybody_else_a_reason(cast, offers):
    a_begun_placement(cast, "omar", mentor="mo", on=(4,))
    everybody = proposed(cast, advisory=None)
    lines = {line.student.user.username: line for line in everybody.lines.all()}
    assert set(lines) == {"sam", "lena", "kit"}
    assert {line.opportunity for line in lines.values() if line.opportunity} == set(offers[:2])
    assert [line.why_not for line in lines.values() if not line.opportunity] == ["full"]
    assert everybody.is_proven
    assert {line.student.user.username for line in proposed(cast).lines.all()} == {"sam", "lena"}


def test_worked_out_twice_is_once(cast, offers):
    matching = proposed(cast)
    work_out(matching=Matching.objects.get(pk=matching.pk), now=NOW)
    assert matching.lines.count() == 2


def test_what_is_locked_or_accepted_stays_when_it_is_proposed_again(cast, offers):
    first = proposed(cast)
    sam = first.lines.get(student=cast.student("sam"))
    change(line=sam, opportunity=offers[2], by=cast.coordinator)
    second = proposed(cast, after=first)
    assert second.lines.get(student=cast.student("sam")).opportunity == offers[2]
    assert second.lines.get(student=cast.student("lena")).opportunity in offers[:2]
    lock(line=second.lines.get(student=cast.student("sam")), is_locked=False, by=cast.coordinator)
    assert proposed(cast, after=second).lines.get(student=cast.student("sam")).opportunity in offers[:2]


def test_an_accepted_line_goes_the_ordinary_way_once(cast, offers):
    line = proposed(cast).lines.get(student=cast.student("sam"))
    pursuit = accept(line=line, by=cast.coordinator, on=TODAY, now=NOW)
    assert accept(line=line, by=cast.coordinator, on=TODAY, now=NOW) == pursuit
    assert Pursuit.objects.get() == pursuit and pursuit.student == cast.student("sam")
    with pytest.raises(MatchingError, match="accepted already"):
        change(line=line, opportunity=offers[2], by=cast.coordinator)


def test_what_was_asked_for_or_withdrawn_meanwhile_is_said_in_words(cast, offers):
    sam, lena = proposed(cast).lines.order_by("student__user__username")[::-1]
    ask(student=sam.student, why="x", by=cast.sam, on=TODAY, now=NOW, opportunity=sam.opportunity)
    with pytest.raises(MatchingError, match="asked for already"):
        accept(line=sam, by=cast.coordinator, on=TODAY, now=NOW)
    Opportunity.objects.filter(pk=lena.opportunity_id).update(withdrawn_at=NOW, withdrawn_by=cast.lead)
    with pytest.raises(MatchingError, match="not offered any more"):
        accept(line=lena, by=cast.coordinator, on=TODAY, now=NOW)


def test_a_coordinator_asks_looks_changes_and_accepts(cast, client, offers):
    address = f"/schools/{cast.school.pk}/proposed-places/"
    client.force_login(cast.coordinator)
    answer = client.post(address, {"advisory": cast.advisory.pk, "starts_on": TODAY.isoformat()})
    matching = Matching.objects.get()
    if matching.state == "waiting":
        assert "being worked out" in client.get(answer["Location"]).content.decode()
        work_out(matching=matching, now=NOW)
    page = client.get(answer["Location"]).content.decode()
    assert "Sam Okafor" in page and "Nothing better is possible." in page
    line = matching.lines.get(student=cast.student("sam"))
    assert "Help to build a skiff" in client.get(f"{answer['Location']}{line.pk}/change/").content.decode()
    client.post(f"{answer['Location']}{line.pk}/lock/")
    client.post(f"{answer['Location']}{line.pk}/accept/")
    line.refresh_from_db()
    assert line.is_locked and line.pursuit.asked_by == cast.coordinator
    bad = client.post(address, {"starts_on": "soon"}).content.decode()
    assert "soon" in bad and Matching.objects.count() == 1


def test_it_costs_the_same_for_many(cast, client, offers):
    client.force_login(cast.lead)

    def cost(matching):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/schools/{cast.school.pk}/proposed-places/{matching.pk}/")
        return len(asked)

    one, all_of_them = proposed(cast, advisory=cast.other_advisory), proposed(cast, advisory=None)
    cost(one)
    assert cost(one) == cost(all_of_them)

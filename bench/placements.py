"""Placements for a whole school at once: the solver beside first come, first served, on the same made-up school.

300 students, 400 opportunities on weekday pairs, 85 % of the places needed, ranked wishes, travel, clearances; the seed
is fixed. Time is of this machine; what can be compared is the worth, the proven gap and who stays without a place.
"""

import math
import random
import resource
import time

from bench.rows import Row
from internships.matching import Place, Seeker, greedy, hindrance, solve

PAIRS = [(1, 3), (0, 2), (2, 4), (1, 4), (0, 3)]
SEED = 20261127


def add_options(parser):
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--opportunities", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=60, help="the longest that the solver may take")


def run(options) -> list[Row]:
    seekers, places = made_up(options.students, options.opportunities)
    pairs = sum(hindrance(seeker, place) is None for seeker in seekers for place in places)
    open_places = sum(place.places for place in places if not place.lacks)
    rows = [
        Row("students", len(seekers), ""), Row("opportunities", len(places), ""), Row("places", open_places, ""),
        Row("places needed", 100 * len(seekers) / open_places, "%"), Row("possible pairs", pairs, ""),
    ]  # fmt: skip
    answers = {}
    for name, way in (("first come", greedy), ("solver", lambda *of: solve(*of, seconds=options.seconds))):
        before = _peak()
        began = time.perf_counter()
        answer = answers[name] = way(seekers, places)
        took = time.perf_counter() - began
        also = {"way": name}
        first = sum(seeker.wishes[:1] == (answer.assigned.get(seeker.key),) for seeker in seekers)
        rows += [
            Row("time", took, "s", also=also, target=60, met=took < 60),
            Row("memory more", _peak() - before, "MiB", also=also),
            Row("without a place", len(seekers) - len(answer.assigned), "", also=also),
            Row("first wish", first, "", also=also),
        ]  # fmt: skip
    solved, greedily = answers["solver"], answers["first come"]
    rows += [
        Row("objective", greedily.worth, "points", also={"way": "first come"}),
        Row("objective", solved.worth, "points", solved.worth / greedily.worth, "first come", also={"way": "solver"}),
        Row("bound", solved.bound, "points", also={"way": "solver"}),
        Row("proven gap", 100 * solved.gap, "%", also={"way": "solver"}, target=0, met=solved.gap == 0),
    ]
    return rows


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def made_up(students: int, opportunities: int) -> tuple[list[Seeker], list[Place]]:
    """A town of 20 by 20 km; places so many that the students need 85 % of those that are cleared."""
    dice = random.Random(SEED)
    needed = math.ceil(students / 0.85)
    # Nine of ten are cleared; these share the places that are needed.
    cleared = [dice.random() < 0.9 for _ in range(opportunities)]
    capacity = [0] * opportunities
    open_ones = [index for index, is_cleared in enumerate(cleared) if is_cleared]
    while sum(capacity) < needed:
        index = dice.choice(open_ones)
        capacity[index] = min(capacity[index] + 1, 3)
    spots = [(dice.uniform(0, 20), dice.uniform(0, 20)) for _ in range(opportunities)]
    interests = [dice.randrange(12) for _ in range(opportunities)]
    places = [
        Place(
            index, sum(1 << day for day in dice.choice(PAIRS)), max(capacity[index], 0 if cleared[index] else 1),
            mentor=index // 2 if dice.random() < 0.3 else None, lacks=() if cleared[index] else ("background",),
        )
        for index in range(opportunities)
    ]  # fmt: skip
    return [_seeker(dice, number, places, spots, interests) for number in range(students)], places


def _seeker(dice, number, places, spots, interests) -> Seeker:
    home = dice.uniform(0, 20), dice.uniform(0, 20)
    km = {place.key: math.dist(home, spots[place.key]) for place in places}
    busy = dice.choice([(), (), (0,), (1,), (4,)])
    mine = {dice.randrange(12) for _ in range(3)}
    wished = [place.key for place in places if interests[place.key] in mine and place.places]
    dice.shuffle(wished)
    free = 127 & ~sum(1 << day for day in busy)
    return Seeker(number, free, tuple(wished[:5]), most_km=dice.choice([8, 12, 20]), km=km)

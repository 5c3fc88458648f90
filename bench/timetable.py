"""A fortnight of exhibitions at once: the solver beside first come, first served, on the same made-up school.

150 exhibitions over 5 days in 6 rooms, so few slots that nine of ten rooms are needed in each, 300 people who are free
40 % of the time; the seed is fixed. Time is of this machine; what can be compared is who is left out, and the proofs.
"""

import itertools
import math
import random
import resource
import time

from bench.rows import Row
from exhibitions.timetabling import Problem, Sitting, conflicts, greedy, possible, solve

DAYS, FREE, NEEDED = 5, 0.4, 0.9
SEED = 20261204


def add_options(parser):
    parser.add_argument("--exhibitions", type=int, default=150)
    parser.add_argument("--rooms", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=120, help="the longest that the solver may take")


def run(options) -> list[Row]:
    problem = made_up(options.exhibitions, options.rooms)
    pairs = sum(possible(sitting, slot, problem) for sitting in problem.sittings for slot in problem.slots)
    rooms = len(problem.slots) * len(problem.rooms)
    rows = [
        Row("exhibitions", len(problem.sittings), ""), Row("slots", len(problem.slots), ""),
        Row("rooms", len(problem.rooms), ""), Row("people", len(problem.busy), ""),
        Row("rooms needed", 100 * len(problem.sittings) / rooms, "%"), Row("possible pairs", pairs, ""),
    ]  # fmt: skip
    answers = {}
    for name, way in (("first come", greedy), ("solver", lambda of: solve(of, seconds=options.seconds))):
        before = _peak()
        began = time.perf_counter()
        answer = answers[name] = way(problem)
        took = time.perf_counter() - began
        wrong = len(conflicts(problem, answer.placed))
        also = {"way": name}
        rows += [
            Row("time", took, "s", also=also, target=120, met=took < 120),
            Row("memory more", _peak() - before, "MiB", also=also),
            Row("left out", answer.left, "", also=also),
            Row("conflicts", wrong, "", also=also, target=0, met=wrong == 0),
            Row("optional people there", _there(problem, answer), "", also=also),
            Row("room changes", moves(problem, answer), "", also=also),
        ]  # fmt: skip
    solved, greedily = answers["solver"], answers["first come"]
    rows += [
        Row("objective", greedily.worth, "points", also={"way": "first come"}),
        Row("objective", solved.worth, "points", solved.worth / greedily.worth, "first come", also={"way": "solver"}),
        Row("bound", solved.bound, "points", also={"way": "solver"}),
        Row("left out at least", solved.left_at_least, "", also={"way": "solver"}),
        Row("proven gap", 100 * solved.gap, "%", also={"way": "solver"}, target=0, met=solved.gap == 0),
    ]
    return rows


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _there(problem, answer) -> int:
    """Mentors and guests who can be where they are asked for, over all sittings."""
    return sum(
        answer.placed[sitting.key][0] not in problem.busy.get(person, ())
        for sitting in problem.sittings
        if sitting.key in answer.placed
        for person in sitting.people.difference(*sitting.required)
    )


def moves(problem, answer) -> int:
    """How often an advisory is in another room than the last time that day."""
    trails = {}
    for sitting in problem.sittings:
        if sitting.key in answer.placed:
            slot, room = answer.placed[sitting.key]
            trails.setdefault((sitting.group, slot * DAYS // len(problem.slots)), []).append((slot, room))
    steps = (step for trail in trails.values() for step in itertools.pairwise(sorted(trail)))
    return sum(before[1] != after[1] for before, after in steps)


def made_up(exhibitions: int, rooms: int) -> Problem:
    """Two people an exhibition; students are in school, always free, and not counted among them.

    An adviser has seven or eight students. Two families of thirteen have two children, half have two parents, of whom
    one must come; the rest are mentors, and guests, of whom there are fewer. Two days of five are an internship.
    """
    dice = random.Random(SEED)
    slots = list(range(math.ceil(exhibitions / NEEDED / rooms)))
    advisers, siblings = range(round(exhibitions / 7.5)), round(exhibitions * 2 / 15)
    families, first = [], len(advisers)
    for number in range(exhibitions - siblings):
        families.append(frozenset(range(first, first + 1 + number % 2)))
        first += 1 + number % 2
    guests_from = first + (2 * exhibitions - first) * 3 // 5
    panels = zip(
        _dealt(dice, advisers, exhibitions), _dealt(dice, families + families[:siblings], exhibitions),
        _dealt(dice, range(first, guests_from), exhibitions),
        _dealt(dice, range(guests_from, 2 * exhibitions), exhibitions), strict=True,
    )  # fmt: skip
    sittings = []
    for number, (adviser, parents, mentor, guest) in enumerate(panels):
        student = 2 * exhibitions + number
        required = (frozenset({student}), frozenset({adviser}), parents)
        sittings.append(Sitting(number, parents | {student, adviser, mentor, guest}, required, group=adviser))
    free = round(FREE * len(slots))
    busy = {person: frozenset(slots) - frozenset(dice.sample(slots, free)) for person in range(2 * exhibitions)}
    unwanted = {}
    for sitting in sittings:
        away = dice.sample(range(DAYS), 2)
        unwanted[sitting.key] = frozenset(slot for slot in slots if slot * DAYS // len(slots) in away)
    return Problem(sittings, slots, list(range(rooms)), busy, unwanted)


def _dealt(dice, of, count: int) -> list:
    """Each as often as any other, or once more, in no order."""
    cards = list(itertools.islice(itertools.cycle(of), count))
    dice.shuffle(cards)
    return cards

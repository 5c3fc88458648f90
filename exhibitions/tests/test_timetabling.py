"""A proposed timetable: it is the best there is, what is pinned stands, and who is left out hears why."""

import itertools
import random

import pytest

from bench.timetable import made_up, moves
from exhibitions.timetabling import (
    Conflict,
    Problem,
    Reason,
    Sitting,
    conflicts,
    greedy,
    placed_points,
    points,
    possible,
    solve,
    why_not,
)

MORNING, NOON, EVENING = SLOTS = [1, 2, 3]
HALL, ATTIC = 10, 20
ANN, BEN, CAL, ADA, MUM, DAD, GUEST = range(100, 107)


def a_sitting(key, *required, optional=(), **more):
    """Of numbers each must come, of a tuple one of them."""
    groups = tuple(frozenset(one) if isinstance(one, tuple) else frozenset({one}) for one in required)
    return Sitting(key, frozenset(optional).union(*groups), groups, **more)


def a_problem(*sittings, slots=(MORNING, NOON), rooms=(HALL, ATTIC), busy=None, **more):
    busy = {person: frozenset(when) for person, when in (busy or {}).items()}
    return Problem(list(sittings), list(slots), list(rooms), busy, **more)


def slots_of(answer):
    return {key: slot for key, (slot, _room) in answer.placed.items()}


def test_nothing_to_do():
    for problem in (a_problem(), a_problem(slots=(), rooms=())):
        answer = solve(problem)
        assert (answer.placed, answer.worth, answer.bound, answer.left, answer.left_at_least) == ({}, 0, 0, 0, 0)
        assert answer.gap == 0 and conflicts(problem, {}) == []


def test_a_parent_is_not_at_two_childrens_at_once():
    problem = a_problem(a_sitting(1, ANN, (MUM, DAD)), a_sitting(2, BEN, (MUM,)))
    assert set(slots_of(solve(problem)).values()) == {MORNING, NOON}
    assert conflicts(problem, {1: (NOON, HALL), 2: (NOON, ATTIC)}) == [Conflict("twice", (1, 2), (MUM,), NOON)]


def test_who_is_not_free_is_not_there_and_in_nobodys_way():
    sittings = [a_sitting(1, ANN, optional=[GUEST]), a_sitting(2, BEN, optional=[GUEST])]
    assert solve(a_problem(*sittings, slots=[NOON])).left == 1
    assert solve(a_problem(*sittings, slots=[NOON], busy={GUEST: [NOON]})).left == 0


def test_one_of_a_group_is_enough_and_both_are_better():
    problem = a_problem(a_sitting(1, ANN, (MUM, DAD)), slots=SLOTS, busy={MUM: [MORNING, NOON], DAD: [MORNING]})
    assert [possible(problem.sittings[0], slot, problem) for slot in SLOTS] == [False, True, True]
    assert slots_of(solve(problem)) == {1: EVENING}
    assert conflicts(problem, {1: (MORNING, HALL)}) == [Conflict("absent", (1,), (MUM, DAD), MORNING, HALL)]
    assert conflicts(problem, {1: (NOON, HALL)}) == []


def test_a_guest_who_can_come_and_a_day_that_suits_decide_between_slots():
    sitting = a_sitting(1, ANN, optional=[GUEST])
    assert slots_of(solve(a_problem(sitting, busy={GUEST: [MORNING]}))) == {1: NOON}
    elsewhere = a_problem(sitting, busy={GUEST: [MORNING]}, unwanted={1: frozenset({NOON})})
    assert slots_of(solve(elsewhere)) == {1: MORNING}
    assert points(sitting, NOON, elsewhere) == 1 and points(sitting, MORNING, elsewhere) == 2
    assert solve(elsewhere).worth == placed_points(elsewhere) + 2


def test_an_unwanted_slot_is_better_than_none():
    problem = a_problem(a_sitting(1, ANN), slots=[NOON], unwanted={1: frozenset({NOON})})
    assert solve(problem).left == 0


def test_no_wish_leaves_a_student_out():
    guests = range(200, 220)
    first = a_sitting(1, ANN, ADA, optional=guests)
    busy = {BEN: [MORNING]} | {guest: [MORNING] for guest in guests}
    problem = a_problem(first, a_sitting(2, BEN, ADA), busy=busy)
    assert greedy(problem).left == 1
    assert slots_of(solve(problem)) == {1: MORNING, 2: NOON}


def test_what_is_taken_is_not_given_away():
    sittings = [a_sitting(1, ANN), a_sitting(2, BEN), a_sitting(3, CAL)]
    problem = a_problem(*sittings, slots=[NOON], taken=frozenset({(NOON, HALL)}))
    answer = solve(problem)
    assert list(answer.placed.values()) == [(NOON, ATTIC)]
    assert (answer.left, answer.left_at_least) == (2, 2)
    assert conflicts(problem, {2: (NOON, HALL)}) == [Conflict("room", (2,), (), NOON, HALL)]


def test_what_is_pinned_stands_and_its_conflicts_have_names():
    pinned = [a_sitting(1, ANN, MUM, pinned=(NOON, HALL)), a_sitting(2, BEN, DAD, MUM, pinned=(NOON, HALL))]
    problem = a_problem(*pinned, a_sitting(3, CAL, MUM), a_sitting(4, ADA), busy={DAD: [NOON]})
    answer = solve(problem)
    assert answer.placed[1] == answer.placed[2] == (NOON, HALL)
    assert slots_of(answer)[3] == MORNING and answer.left == answer.gap == 0
    assert conflicts(problem, answer.placed) == [
        Conflict("absent", (2,), (DAD,), NOON, HALL),
        Conflict("room", (1, 2), (), NOON, HALL),
        Conflict("twice", (1, 2), (MUM,), NOON),
    ]


def test_a_pin_stands_in_a_slot_and_a_room_that_are_no_longer_there():
    problem = a_problem(a_sitting(1, ANN, pinned=(99, 98), group=7), a_sitting(2, BEN, group=7))
    answer = solve(problem)
    assert answer.placed[1] == (99, 98) and answer.placed[2][0] in (MORNING, NOON) and answer.gap == 0


def test_an_advisory_keeps_its_room():
    sittings = [a_sitting(key, key + 300, key % 2 + 400, group=key % 2) for key in range(6)]
    problem = a_problem(*sittings, slots=SLOTS)
    rooms = {(sitting.group, solve(problem).placed[sitting.key][1]) for sitting in sittings}
    assert len(rooms) == 2
    pinned = [*sittings[:-1], a_sitting(5, 305, 401, group=1, pinned=(EVENING, HALL))]
    placed = solve(a_problem(*pinned, slots=SLOTS)).placed
    assert {placed[key][1] for key in (1, 3, 5)} == {HALL} and {placed[key][1] for key in (0, 2, 4)} == {ATTIC}


def test_who_goes_somewhere_new_leaves_the_room_that_is_wanted_back():
    pins = [
        a_sitting(1, 301, group=1, pinned=(MORNING, HALL)), a_sitting(2, 302, group=2, pinned=(MORNING, ATTIC)),
        a_sitting(4, 304, group=1, pinned=(EVENING, HALL)),
    ]  # fmt: skip
    new = a_sitting(3, 303, group=3)
    problem = a_problem(*pins, new, slots=SLOTS, busy={303: [MORNING, EVENING]})
    assert solve(problem).placed[3] == (NOON, ATTIC)


@pytest.mark.parametrize(
    ("busy", "reason"),
    [
        ({ADA: SLOTS}, Reason("requirement", (ADA,))),
        ({MUM: SLOTS, DAD: SLOTS}, Reason("requirement", (MUM, DAD))),
        ({MUM: SLOTS}, Reason("full", (ADA,))),
        ({ADA: [MORNING], MUM: [NOON, EVENING], DAD: [NOON, EVENING]}, Reason("together", (ADA, MUM, DAD))),
        ({ANN: [MORNING], ADA: [NOON], MUM: [EVENING], DAD: [EVENING]}, Reason("together", (ANN, ADA, MUM, DAD))),
    ],
)
def test_who_is_left_out_hears_why(busy, reason):
    others = [a_sitting(slot, ADA, slot + 200, pinned=(slot, HALL)) for slot in SLOTS]
    sitting = a_sitting(9, ANN, ADA, (MUM, DAD))
    problem = a_problem(*others, sitting, slots=SLOTS, busy=busy)
    answer = solve(problem)
    assert answer.left == answer.left_at_least == 1
    assert why_not(sitting, problem, answer) == reason


def test_full_without_people_means_that_rooms_are_short():
    sitting = a_sitting(2, BEN)
    problem = a_problem(a_sitting(1, ANN, pinned=(NOON, HALL)), sitting, slots=[NOON], rooms=[HALL])
    assert why_not(sitting, problem, solve(problem)) == Reason("full")
    nowhere = a_problem(sitting, slots=[])
    assert why_not(sitting, nowhere, solve(nowhere)) == Reason("full")
    assert why_not(Sitting(3, frozenset(), (frozenset(),)), problem, solve(problem)) == Reason("requirement")


def at_random(seed):
    dice = random.Random(seed)
    slots, rooms, people = list(range(3)), [10, 11], range(6)
    busy = {person: frozenset(dice.sample(slots, dice.choice([0, 0, 1, 1, 2]))) for person in people}
    sittings = []
    for key in range(4):
        some = dice.sample(people, 3)
        required = (frozenset(some[:1]), frozenset(some[1 : dice.choice([1, 2, 3])]) or frozenset(some[:1]))
        pinned = (dice.choice(slots), dice.choice(rooms)) if dice.random() < 0.1 else None
        sittings.append(Sitting(key, frozenset(some), required, group=dice.choice([None, 1, 2]), pinned=pinned))
    taken = frozenset((dice.choice(slots), room) for room in rooms if dice.random() < 0.3)
    return Problem(sittings, slots, rooms, busy, {0: frozenset({dice.choice(slots)})}, taken)


def best_by_hand(problem):
    """The most that can be placed and the best worth, by trying all slots; the judge is `conflicts`."""
    stands = {sitting.key: sitting.pinned for sitting in problem.sittings if sitting.pinned}
    choices = [[stands[one.key][0]] if one.pinned else [None, *problem.slots] for one in problem.sittings]
    most = best = 0
    for chosen in itertools.product(*choices):
        placed = in_rooms(problem, dict(enumerate(chosen)), stands)
        if placed is None or conflicts(problem, placed) != conflicts(problem, stands):
            continue
        most = max(most, len(placed))
        by_key = {one.key: one for one in problem.sittings}
        worth = sum(points(by_key[key], slot, problem) for key, (slot, _room) in placed.items())
        best = max(best, worth + placed_points(problem) * len(placed))
    return most, best


def in_rooms(problem, chosen, stands):
    placed = dict(stands)
    for key, slot in chosen.items():
        if key not in stands and slot is not None:
            used = problem.taken | set(placed.values())
            room = next((room for room in problem.rooms if (slot, room) not in used), None)
            if room is None:
                return None
            placed[key] = slot, room
    return placed


@pytest.mark.parametrize("seed", range(30))
def test_it_is_the_best_there_is(seed):
    problem = at_random(seed)
    answer, first = solve(problem), greedy(problem)
    assert (len(answer.placed), answer.worth) == best_by_hand(problem)
    assert answer.bound == answer.worth >= first.worth and answer.left == answer.left_at_least <= first.left
    stands = {sitting.key: sitting.pinned for sitting in problem.sittings if sitting.pinned}
    for placed in (answer.placed, first.placed):
        assert conflicts(problem, placed) == conflicts(problem, stands)
        assert stands.items() <= placed.items()


def test_equals_get_equal_answers():
    problem = made_up(30, 2)
    assert solve(problem) == solve(made_up(30, 2))


def test_without_time_it_is_the_first_come_one_and_says_how_little_is_proven():
    problem = made_up(30, 2)
    first, answer, best = greedy(problem), solve(problem, seconds=0), solve(problem)
    assert first.left > best.left and answer.worth >= first.worth
    assert answer.bound >= best.worth and 0 <= answer.left_at_least <= best.left and 0 <= answer.gap < 1
    assert conflicts(problem, answer.placed) == []


def test_the_made_up_school_is_as_it_is_said():
    problem = made_up(150, 6)
    assert (len(problem.sittings), len(problem.slots), len(problem.rooms), len(problem.busy)) == (150, 28, 6, 300)
    assert {len(when) for when in problem.busy.values()} == {28 - 11}
    assert set().union(*(sitting.people for sitting in problem.sittings)) >= problem.busy.keys()
    of_parent = {}
    for sitting in problem.sittings:
        for parent in sitting.required[2]:
            of_parent.setdefault(parent, []).append(sitting.key)
    assert {len(children) for children in of_parent.values()} == {1, 2}


def test_the_made_up_school_is_solved_and_rooms_change_seldom():
    problem = made_up(150, 6)
    answer = solve(problem)
    assert conflicts(problem, answer.placed) == [] and answer.gap == 0 and answer.left == 0 < greedy(problem).left
    assert moves(problem, answer) < 15

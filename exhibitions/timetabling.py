"""Who exhibits when and where, for a fortnight at once: the best timetable there is, and first come beside it.

A sitting is one student's exhibition: one slot, one room, and the people who should be there. It can be in a slot only
where each of its requirements has somebody who is free then. A room holds one sitting in a slot, and a person is at one
sitting at a time. Who is not free in a slot is not there, and so keeps nothing from being then; who is free is awaited,
also where nobody requires them: two sittings of one guest are never at once while the guest is free. Worth, in points:

    a person there   1 for each who is free then, except those whom a requirement names alone: they always are
    a wanted slot    2 where the slot is none that is worse for this sitting
    placed           1 more than all of the above can add up to, so that no wish leaves a student out

Solved as an integer program (common/integer_program.py), which also proves how far from the best it can be at most
(`Answer.bound`), and so how many sittings any timetable must leave out (`Answer.left_at_least`). Rooms are alike to the
program: it counts them, and they are given out afterwards.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from common.integer_program import maximise

PRESENT, WANTED = 1, 2
NEVER = -1


@dataclass(frozen=True)
class Sitting:
    """One exhibition: `people` are all who should be there, the student among them.

    Of each group in `required` at least one must be free then: a person who must come is a group of one, parents of
    whom one will do are a group of two; all of them are in `people` too. `group` is the advisory, which likes to keep
    its room. `pinned` is the (slot, room) that somebody has fixed: it stands, whatever it is in conflict with.
    """

    key: int
    people: frozenset[int]
    required: tuple[frozenset[int], ...]
    group: int | None = None
    pinned: tuple[int, int] | None = None


@dataclass(frozen=True)
class Problem:
    """`slots` in order of time; `busy`: the slots when a person cannot, none of who is not in it.

    `unwanted`: by sitting, the slots that are worse though possible; `taken`: (slot, room) that something else holds.
    A sitting `lasts` from its slot on, in the unit of slots; two of `slots` are never so near that they overlap, but
    what is pinned or taken may be at any other time.
    """

    sittings: list[Sitting]
    slots: list[int]
    rooms: list[int]
    busy: dict[int, frozenset[int]] = field(default_factory=dict)
    unwanted: dict[int, frozenset[int]] = field(default_factory=dict)
    taken: frozenset[tuple[int, int]] = frozenset()
    lasts: int = 1


@dataclass(frozen=True)
class Answer:
    """(slot, room) by sitting; `worth` of it, and the `bound` that no timetable can exceed.

    `left` is how many sittings it leaves out, `left_at_least` how many any timetable does, as far as that is proven.
    """

    placed: dict[int, tuple[int, int]]
    worth: int
    bound: int
    left: int
    left_at_least: int = 0

    @property
    def gap(self) -> float:
        """How far below the best it can be at most, as a share of the bound; 0 is proven best."""
        return (self.bound - self.worth) / self.bound if self.bound else 0.0


@dataclass(frozen=True)
class Reason:
    """Why a sitting is in no slot.

    "requirement"   none of `people`, of whom one is required, is free in any slot (nobody, where the group is empty)
    "together"      the requirements of `people` can each be met, but never in the same slot
    "full"          it could be, but where a room is left `people` are at another sitting; no people: no room is left
    """

    kind: str
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """What is wrong in a slot.

    "room"     `sittings` are in one room; one alone where something else holds that room
    "twice"    `people`, who are free then, would be at each of `sittings`
    "absent"   none of `people`, of whom the sitting requires one, is free
    """

    kind: str
    sittings: tuple[int, ...]
    people: tuple[int, ...]
    slot: int
    room: int | None = None


def possible(sitting: Sitting, slot: int, problem: Problem) -> bool:
    """Whether each requirement has somebody who is free then; rooms and other sittings are not looked at."""
    return all(_free(group, slot, problem) for group in sitting.required)


def points(sitting: Sitting, slot: int, problem: Problem) -> int:
    """Worth of this slot to this sitting, beyond that of being placed."""
    always = {person for group in sitting.required if len(group) == 1 for person in group}
    is_wanted = slot not in problem.unwanted.get(sitting.key, ())
    return PRESENT * len(_free(sitting.people - always, slot, problem)) + WANTED * is_wanted


def placed_points(problem: Problem) -> int:
    """Worth of being placed: 1 + the sum over all sittings of the most that a slot can add."""
    return 1 + sum(
        max((points(sitting, slot, problem) for slot in _thinkable(sitting, problem)), default=0)
        for sitting in problem.sittings
    )


def why_not(sitting: Sitting, problem: Problem, answer: Answer) -> Reason:
    """The reason for a sitting without a slot: the fewest requirements that are in the way, else what is full."""
    groups = list(dict.fromkeys(sitting.required))
    # Where there are no slots at all it is nobody's fault.
    for count in range(1, len(groups) + 1 if problem.slots else 1):
        for some in itertools.combinations(groups, count):
            if not any(all(_free(group, slot, problem) for group in some) for slot in problem.slots):
                return Reason("requirement" if count == 1 else "together", tuple(sorted(frozenset().union(*some))))
    held = _held(problem, answer.placed)
    used = problem.taken | set(answer.placed.values())
    elsewhere = {
        person
        for slot in problem.slots
        if possible(sitting, slot, problem) and _rooms_beside(used, slot, problem)
        for person in _free(sitting.people, slot, problem) & held[slot]
    }
    return Reason("full", tuple(sorted(elsewhere)))


def conflicts(problem: Problem, placed: dict[int, tuple[int, int]]) -> list[Conflict]:
    """All that is wrong in any timetable, (slot, room) by sitting, whoever made it; in order of time.

    It shares nothing with the solver, so that it can check it.
    """
    there = [(sitting, *placed[sitting.key]) for sitting in problem.sittings if sitting.key in placed]
    order = {slot: index for index, slot in enumerate(problem.slots)}
    found = [*_absent(problem, there), *_in_one_room(problem, there), *_at_two_at_once(problem, there)]
    return sorted(found, key=lambda one: (order.get(one.slot, len(order)), one.kind, one.sittings, one.people))


def _absent(problem, there) -> Iterator[Conflict]:
    for sitting, slot, room in there:
        for group in sitting.required:
            if all(slot in problem.busy.get(person, ()) for person in group):
                yield Conflict("absent", (sitting.key,), tuple(sorted(group)), slot, room)


def _in_one_room(problem, there) -> Iterator[Conflict]:
    """At each beginning, all that is going on in the room then."""
    by_room = defaultdict(list)
    for sitting, slot, room in there:
        by_room[room].append((sitting.key, slot))
    for room, inside in by_room.items():
        for begins, some in _together(inside, problem.lasts):
            held = any(where == room and abs(at - begins) < problem.lasts for at, where in problem.taken)
            if len(some) > 1 or held:
                yield Conflict("room", some, (), begins, room)


def _at_two_at_once(problem, there) -> Iterator[Conflict]:
    at, people = defaultdict(list), defaultdict(list)
    for sitting, slot, _room in there:
        for person in sitting.people:
            if slot not in problem.busy.get(person, ()):
                at[person].append((sitting.key, slot))
    for person, sittings in at.items():
        for begins, some in _together(sittings, problem.lasts):
            if len(some) > 1:
                people[begins, some].append(person)
    for (begins, some), both in people.items():
        yield Conflict("twice", some, tuple(sorted(both)), begins)


def _together(sittings: list[tuple[int, int]], lasts: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Of (key, slot): at each time at which one begins, the keys of those that are going on."""
    for begins in sorted({slot for _key, slot in sittings}):
        yield begins, tuple(key for key, slot in sittings if slot <= begins < slot + lasts)


def greedy(problem: Problem) -> Answer:
    """First come, first served: each in turn has the best slot of what is left, the earliest of equals."""
    held = _held(problem, _pinned(problem))
    left = {slot: len(rooms_left(slot, problem)) for slot in problem.slots}
    chosen = {}
    for sitting in problem.sittings:
        if sitting.pinned is not None:
            continue
        free = [slot for slot in _open(sitting, problem, held) if left[slot]]
        if free:
            slot = chosen[sitting.key] = max(free, key=lambda slot: points(sitting, slot, problem))
            left[slot] -= 1
            held[slot] |= _free(sitting.people, slot, problem)
    return _answer(problem, chosen)


def solve(problem: Problem, *, seconds: float = 60) -> Answer:
    """The best timetable that leaves what is pinned as it is, or the best found in `seconds`; equals get equals."""
    first = greedy(problem)
    # What is pinned is out of the program: only what it leaves can be had, also where it is in conflict with itself.
    held = _held(problem, _pinned(problem))
    pairs = [
        (sitting, slot)
        for sitting in problem.sittings
        if sitting.pinned is None
        for slot in _open(sitting, problem, held)
    ]
    each, pinned = placed_points(problem), _answer(problem, {}).worth
    gains = [each + points(*pair, problem) for pair in pairs]
    values, most = maximise(gains, _rows(pairs, problem), seconds) if pairs else ([], 0)
    # Before the first relaxation is solved there is no bound but the best slot for each.
    dearest = {
        sitting.key: gain for gain, (sitting, _slot) in sorted(zip(gains, pairs, strict=True), key=itemgetter(0))
    }
    best = _answer(problem, {sitting.key: slot for (sitting, slot), had in zip(pairs, values, strict=True) if had})
    if best.worth < first.worth:
        best = first
    bound = max(pinned + min(most, sum(dearest.values())), best.worth)
    # n placed are worth at least n * each, so no more than this many fit below the bound.
    return Answer(best.placed, best.worth, bound, best.left, len(problem.sittings) - bound // each)


def _rows(pairs, problem) -> list[tuple[list[int], int, int]]:
    """(columns, their fewest, their most), by sitting, by person and slot, by slot and its rooms."""
    sittings, people, rooms = defaultdict(list), defaultdict(list), defaultdict(list)
    for column, (sitting, slot) in enumerate(pairs):
        sittings[sitting.key].append(column)
        rooms[slot].append(column)
        for person in _free(sitting.people, slot, problem):
            people[person, slot].append(column)
    # Two parents of the same two children say the same.
    shared = {tuple(columns) for columns in people.values() if len(columns) > 1}
    rows = [(columns, 0, 1) for columns in [*sittings.values(), *sorted(shared)]]
    return rows + [(columns, 0, len(rooms_left(slot, problem))) for slot, columns in rooms.items()]


def _answer(problem, chosen: dict[int, int]) -> Answer:
    """What is pinned and the chosen slots by sitting, in rooms, with what it is worth."""
    placed = _with_rooms(problem, chosen)
    each = placed_points(problem)
    there = [(sitting, placed[sitting.key][0]) for sitting in problem.sittings if sitting.key in placed]
    worth = sum(each + points(sitting, slot, problem) for sitting, slot in there)
    return Answer(placed, worth, 0, len(problem.sittings) - len(placed))


def _with_rooms(problem, chosen: dict[int, int]) -> dict[int, tuple[int, int]]:
    """A room for each, in order of time: the one that its advisory had last, whoever had it later going first.

    Where that is not free, the room whose advisories stay away the longest, since they will want it back.
    """
    placed, order = _pinned(problem), {slot: index for index, slot in enumerate(problem.slots)}
    slots = chosen | {key: slot for key, (slot, _room) in placed.items()}
    sittings, comes = defaultdict(list), defaultdict(list)
    for sitting in problem.sittings:
        if sitting.key in slots:
            sittings[slots[sitting.key]].append(sitting)
            comes[_advisory(sitting)].append(order.get(slots[sitting.key], NEVER))
    # What is pinned says where an advisory is at home even before its time.
    last = {_advisory(sitting): (NEVER, sitting.pinned[1]) for sitting in reversed(problem.sittings) if sitting.pinned}
    for index, slot in enumerate(problem.slots):
        free = rooms_left(slot, problem)
        latest = sorted(sittings[slot], key=lambda one: -last.get(_advisory(one), (NEVER, None))[0])
        stay = [one for one in latest if one.key not in placed]
        for sitting in stay:
            room = last.get(_advisory(sitting), (NEVER, None))[1]
            if room in free:
                free.remove(room)
                placed[sitting.key] = slot, room
        for sitting in stay:
            if sitting.key not in placed:
                placed[sitting.key] = slot, max(free, key=lambda room: _wanted_back(room, index, last, comes))
                free.remove(placed[sitting.key][1])
        last |= {_advisory(sitting): (index, placed[sitting.key][1]) for sitting in sittings[slot]}
    return placed


def _wanted_back(room, index, last, comes) -> float:
    """When the first comes that had this room last; never where nobody does."""
    return min(
        (at for advisory, (_at, its) in last.items() if its == room for at in comes[advisory] if at > index),
        default=math.inf,
    )


def _advisory(sitting) -> tuple:
    """Who keeps a room together; a sitting of no advisory is alone."""
    return (sitting.group,) if sitting.group is not None else (None, sitting.key)


def _pinned(problem) -> dict[int, tuple[int, int]]:
    return {sitting.key: sitting.pinned for sitting in problem.sittings if sitting.pinned is not None}


def rooms_left(slot: int, problem: Problem) -> list[int]:
    """The rooms of a slot that neither anything else nor a pinned sitting holds."""
    return _rooms_beside(problem.taken | set(_pinned(problem).values()), slot, problem)


def _rooms_beside(used: Iterable[tuple[int, int]], slot, problem) -> list[int]:
    held = {room for at, room in used if abs(at - slot) < problem.lasts}
    return [room for room in problem.rooms if room not in held]


def _held(problem, placed) -> dict[int, set[int]]:
    """By slot, who is at a sitting then."""
    held = defaultdict(set)
    for sitting in problem.sittings:
        if sitting.key in placed:
            at = placed[sitting.key][0]
            there = _free(sitting.people, at, problem)
            for slot in problem.slots:
                if abs(slot - at) < problem.lasts:
                    held[slot] |= there
    return held


def _open(sitting, problem, held) -> list[int]:
    """The slots where its requirements are met and nobody of its people is held elsewhere."""
    return [
        slot
        for slot in problem.slots
        if possible(sitting, slot, problem) and not _free(sitting.people, slot, problem) & held[slot]
    ]


def _thinkable(sitting, problem) -> list[int]:
    if sitting.pinned is not None:
        return [sitting.pinned[0]]
    return [slot for slot in problem.slots if possible(sitting, slot, problem)]


def _free(people: Iterable[int], slot: int, problem: Problem) -> set[int]:
    return {person for person in people if slot not in problem.busy.get(person, ())}

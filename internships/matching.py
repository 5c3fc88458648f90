"""Who could go where, for many students at once: the best assignment there is, and the first-come one beside it.

A student has at most one place; an opportunity no more students than places; and a mentor no more on a weekday than
the largest of their offers on it has, since two offers do not make two people of one. Worth, in points:

    placed           1000   so that no wish of one student leaves another without a place
    n-th wish        100, 80, 60, 40, 20 for the first five, else nothing
    travel           less 1 for each kilometre, at most 50

Solved as an integer program (common/integer_program.py), which also proves how far from the best it can be at most
(`Answer.bound`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from common.integer_program import maximise

PLACED, WISHES, MOST_KM = 1000, (100, 80, 60, 40, 20), 50


@dataclass(frozen=True)
class Place:
    """What can be had: `weekdays` as a mask (internships/weekdays.py), `lacks` the papers that keep it shut."""

    key: int
    weekdays: int
    places: int
    mentor: int | None = None
    lacks: tuple[str, ...] = ()
    km: float | None = None


@dataclass(frozen=True)
class Seeker:
    """A student: the weekdays they are free, the places they wish for, best first; `km` by place where known."""

    key: int
    weekdays: int
    wishes: tuple[int, ...] = ()
    most_km: float | None = None
    km: dict[int, float] = field(default_factory=dict, hash=False, compare=False)

    def distance(self, place: Place) -> float | None:
        return self.km.get(place.key, place.km)


@dataclass(frozen=True)
class Answer:
    """Place by student; `worth` of it, and the `bound` that no assignment can exceed."""

    assigned: dict[int, int]
    worth: int
    bound: int

    @property
    def gap(self) -> float:
        """How far below the best it can be at most, as a share of the bound; 0 is proven best."""
        return (self.bound - self.worth) / self.bound if self.bound else 0.0


def hindrance(seeker: Seeker, place: Place) -> str | None:
    """Why this student cannot have this place: "papers", "weekdays" or "travel"; None where they can."""
    if place.lacks:
        return "papers"
    if place.weekdays & ~seeker.weekdays:
        return "weekdays"
    km = seeker.distance(place)
    if km is not None and seeker.most_km is not None and km > seeker.most_km:
        return "travel"
    return None


def worth(seeker: Seeker, place: Place) -> int:
    """Points of this student at this place."""
    rank = seeker.wishes.index(place.key) if place.key in seeker.wishes else len(WISHES)
    wish = WISHES[rank] if rank < len(WISHES) else 0
    return PLACED + wish - round(min(seeker.distance(place) or 0, MOST_KM))


def why_not(seeker: Seeker, places: Iterable[Place]) -> str:
    """The reason for a student without a place: "full" where some would have done, else the last thing in the way."""
    found = {hindrance(seeker, place) for place in places}
    if None in found:
        return "full"
    return next((reason for reason in ("travel", "weekdays", "papers") if reason in found), "none")


def greedy(seekers: list[Seeker], places: list[Place]) -> Answer:
    """First come, first served: each in turn has what is best for them of what is left."""
    left = {place.key: place.places for place in places}
    busy: dict[tuple[int, int], int] = defaultdict(int)
    room = _room(places)
    assigned, total = {}, 0
    for seeker in seekers:
        free = [
            place for place in places
            if left[place.key] and hindrance(seeker, place) is None
            and all(busy[slot] < room[slot] for slot in _slots(place))
        ]  # fmt: skip
        if free:
            best = max(free, key=lambda place: worth(seeker, place))
            assigned[seeker.key] = best.key
            total += worth(seeker, best)
            left[best.key] -= 1
            for slot in _slots(best):
                busy[slot] += 1
    return Answer(assigned, total, 0)


def solve(
    seekers: list[Seeker], places: list[Place], *, fixed: dict[int, int] | None = None, seconds: float = 60
) -> Answer:
    """The best assignment that leaves `fixed` (place by student) as it is, or the best found in `seconds`."""
    fixed = fixed or {}
    by_key = {place.key: place for place in places}
    pairs = [
        (seeker, place)
        for seeker in seekers
        for place in ([by_key[fixed[seeker.key]]] if seeker.key in fixed else places)
        if seeker.key in fixed or hindrance(seeker, place) is None
    ]
    if not pairs:
        return Answer({}, 0, 0)
    rows: dict[tuple, tuple[list[int], int, int]] = {}
    room = _room(places)
    taken: dict[tuple, int] = defaultdict(int)
    for key in fixed.values():
        for slot in _slots(by_key[key]):
            taken[slot] += 1
    for column, (seeker, place) in enumerate(pairs):
        # What somebody has fixed stands, also where it is one more than there are places.
        most = max(place.places, sum(key == place.key for key in fixed.values()))
        limits = [(("seeker", seeker.key), int(seeker.key in fixed), 1), (("place", place.key), 0, most)]
        limits += [(("mentor", *slot), 0, max(room[slot], taken[slot])) for slot in _slots(place)]
        for name, fewest, most_of_them in limits:
            rows.setdefault(name, ([], fewest, most_of_them))[0].append(column)
    chosen, bound = maximise([worth(*pair) for pair in pairs], list(rows.values()), seconds)
    # What is fixed stands, also where the time was too short for anything else.
    held = [pair for pair, had in zip(pairs, chosen, strict=True) if had or pair[0].key in fixed]
    assigned = {seeker.key: place.key for seeker, place in held}
    total = sum(worth(*pair) for pair in held)
    return Answer(assigned, total, max(bound, total))


def _slots(place: Place) -> list[tuple[int, int]]:
    """(mentor, weekday) that a student there takes of their mentor."""
    if place.mentor is None:
        return []
    return [(place.mentor, day) for day in range(7) if place.weekdays & 1 << day]


def _room(places) -> dict[tuple[int, int], int]:
    room: dict[tuple[int, int], int] = defaultdict(int)
    for place in places:
        for slot in _slots(place):
            room[slot] = max(room[slot], place.places)
    return room

"""A window's timetable as it stands: who is when and where, who can come, and the problem that the solver is given."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import User
from advisories.models import Seat as AdvisorySeat
from exhibitions.models import Exhibition, Room, Seat, Times, Window
from exhibitions.seats import holding
from exhibitions.slots import closures_of, is_shut, slots_of
from exhibitions.timetabling import Problem, Sitting, possible
from internships.models import SiteWeekday
from schools.models import Closure
from students.models import Student

DAY = datetime.timedelta(days=1)
RATED = Seat.objects.filter(exhibition=OuterRef("pk"), handed_in_at__isnull=False).exclude(kind=Seat.As.STUDENT)


def key_of(at: datetime.datetime) -> int:
    """How the solver names a time."""
    return int(at.timestamp())


def is_over(exhibition: Exhibition, now: datetime.datetime) -> bool:
    """Whether its time has come, and people were told of it: it was held, unless somebody says that it was not."""
    return exhibition.starts_at is not None and exhibition.starts_at <= now and not exhibition.is_moved


def is_due(exhibition: Exhibition, now: datetime.datetime) -> bool:
    """Whether people have to be told: a time that is still to come, or that the one they know does not hold."""
    if exhibition.starts_at is None:
        return exhibition.told_starts_at is not None
    return exhibition.is_to_tell and exhibition.starts_at > now


def is_rated(exhibition: Exhibition) -> bool:
    """Whether somebody who judges has handed in: then it was held."""
    return exhibition.seats.filter(handed_in_at__isnull=False).exclude(kind=Seat.As.STUDENT).exists()


@dataclass(frozen=True)
class Beyond:
    """An exhibition of another of the school's windows: when and where it is, and who is at it."""

    exhibition: Exhibition
    begins: int
    ends: int
    room: str
    people: frozenset[int]

    def meets(self, slot: int, lasts: int) -> bool:
        return self.begins < slot + lasts and slot < self.ends


@dataclass
class Fortnight:
    """`exhibitions` have their `panel`: the seats that hold. The `problem` is of those that are still to come.

    `past` are those whose time is over and of whom nobody has handed in a rating: perhaps they did not take place.
    `gone` are of students who have left the school; none but what is pinned keeps its place in the next proposal.
    `said` is when people cannot come; `beyond` what the school's other windows hold.
    """

    window: Window
    now: datetime.datetime
    exhibitions: list[Exhibition]
    slots: list[datetime.datetime]
    rooms: list[Room]
    problem: Problem
    past: dict[int, Sitting] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    said: dict[int, frozenset[int]] = field(default_factory=dict)
    beyond: list[Beyond] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)

    @cached_property
    def by_id(self) -> dict[int, Exhibition]:
        return {one.pk: one for one in self.exhibitions}

    @cached_property
    def sittings(self) -> dict[int, Sitting]:
        return {one.key: one for one in self.problem.sittings}

    @cached_property
    def people(self) -> dict[int, User]:
        found = {one.student.user_id: one.student.user for one in self.exhibitions}
        return found | {seat.user_id: seat.user for one in self.exhibitions for seat in one.panel}

    @cached_property
    def placed(self) -> dict[int, tuple[int, int]]:
        """(slot, room) of those that are still to come, as the solver names them."""
        return {key: place_of(self.by_id[key]) for key in self.sittings if self.by_id[key].starts_at}

    @cached_property
    def alone(self) -> Problem:
        """The same problem as if there were no other window."""
        return replace(self.problem, busy=self.said, taken=_taken(self.exhibitions, {*self.sittings, *self._leaving}))

    @property
    def _leaving(self) -> set[int]:
        return {key for key in self.gone if not self.by_id[key].is_pinned}

    @cached_property
    def at_once(self) -> dict[int, dict[int, list[Exhibition]]]:
        """By time and person, the exhibitions at which they are then."""
        found: dict[int, dict[int, list[Exhibition]]] = defaultdict(lambda: defaultdict(list))
        lasts, slots = self.problem.lasts, [key_of(slot) for slot in self.slots]
        for key, (at, _room) in self.placed.items():
            there = [one for one in self.sittings[key].people if at not in self.said.get(one, ())]
            for slot in (slot for slot in slots if abs(slot - at) < lasts):
                for person in there:
                    found[slot][person].append(self.by_id[key])
        for other in self.beyond:
            for slot in (slot for slot in slots if other.meets(slot, lasts)):
                for person in other.people:
                    found[slot][person].append(other.exhibition)
        return found

    @cached_property
    def holders(self) -> dict[tuple[int, int], Exhibition]:
        return {place_of(one): one for one in self.exhibitions if one.starts_at}

    @cached_property
    def held(self) -> dict[int, dict[int, set[int]]]:
        """By time and room, the exhibitions that are in it then."""
        found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        lasts, slots = self.problem.lasts, [key_of(slot) for slot in self.slots]
        for (at, room), exhibition in self.holders.items():
            for slot in (slot for slot in slots if abs(slot - at) < lasts):
                found[slot][room].add(exhibition.pk)
        named = {room.name: room.pk for room in self.rooms}
        for other in self.beyond:
            for slot in (slot for slot in slots if other.room in named and other.meets(slot, lasts)):
                found[slot][named[other.room]].add(other.exhibition.pk)
        return found

    @property
    def upcoming(self) -> list[datetime.datetime]:
        return [slot for slot in self.slots if slot > self.now]

    @cached_property
    def changes(self) -> list[Exhibition]:
        """Of which people have to be told; of a student who has left, only that it does not take place."""
        return [
            one for one in self.exhibitions
            if is_due(one, self.now) and (one.pk not in self.gone or one.starts_at is None)
        ]  # fmt: skip

    def may_change(self, exhibition: Exhibition) -> bool:
        return exhibition.pk in self.sittings or exhibition.pk in self.past or exhibition.pk in self.gone

    def is_shut(self, at: datetime.datetime) -> bool:
        return is_shut(self.closures, at.astimezone(self.window.school.zone).date())

    def _sitting(self, exhibition) -> Sitting:
        return self.sittings.get(exhibition.pk) or self.past[exhibition.pk]

    def cannot(self, exhibition: Exhibition, slot: datetime.datetime) -> list[User]:
        """Who of its people has said that they cannot come then."""
        people = sorted(self._sitting(exhibition).people)
        return [self.people[one] for one in people if key_of(slot) in self.said.get(one, ())]

    def elsewhere(self, exhibition: Exhibition, slot: datetime.datetime) -> list[tuple[User, Exhibition]]:
        """Who of its people is at another exhibition then."""
        there = self.at_once.get(key_of(slot), {})
        people = sorted(self._sitting(exhibition).people & there.keys())
        return [(self.people[one], other) for one in people for other in there[one] if other != exhibition]

    def rooms_left(self, exhibition: Exhibition, slot: datetime.datetime) -> list[Room]:
        held = self.held.get(key_of(slot), {})
        return [room for room in self.rooms if not held.get(room.pk, set()) - {exhibition.pk}]

    def would_do(self, exhibition: Exhibition, slot: datetime.datetime) -> bool:
        """Whether it could be then without anything being wrong."""
        is_possible = possible(self._sitting(exhibition), key_of(slot), self.problem)
        return bool(is_possible and self.rooms_left(exhibition, slot) and not self.elsewhere(exhibition, slot))

    def lacks(self, kind: str) -> list[Exhibition]:
        """Whose panels have nobody of a kind that the window asks for, of those still to come."""
        here = (one for one in self.exhibitions if one.pk in self.sittings)
        return [one for one in here if all(seat.kind != kind for seat in one.panel)]


def place_of(exhibition: Exhibition) -> tuple[int, int]:
    return key_of(exhibition.starts_at), exhibition.room_id


def read(window: Window, now: datetime.datetime) -> Fortnight:
    """In ten queries at most, however many there are."""
    day = now.astimezone(window.school.zone).date()
    panel = Seat.objects.filter(pk__in=holding(day).values("pk")).select_related("user").order_by("id")
    rows = Exhibition.objects.annotate(is_rated=Exists(RATED)).select_related("student__user", "room", "told_room")
    rows = rows.prefetch_related(Prefetch("seats", queryset=panel, to_attr="panel"))
    exhibitions = list(rows.filter(window=window))
    for exhibition in exhibitions:
        exhibition.window, exhibition.student.school = window, window.school
    closures = closures_of(window.school_id, window.last_on)
    slots, rooms = slots_of(window, closures), list(window.rooms.all())
    enrolled = set(Student.objects.filter(exhibitions__window=window).enrolled(day).values_list("pk", flat=True))
    here = [one for one in exhibitions if one.student_id in enrolled and not is_over(one, now)]
    past = [one for one in exhibitions if is_over(one, now) and not one.is_rated]
    gone = {one.pk for one in exhibitions if one.student_id not in enrolled and not is_over(one, now)}
    leaving = {one.pk for one in exhibitions if one.pk in gone and not one.is_pinned}
    sittings = {one.key: one for one in _sittings(window, [*here, *past], day)}
    lasts = 60 * window.slot_minutes
    times = {key_of(at) for at in [*slots, *(one.starts_at for one in exhibitions if one.starts_at)]}
    said = _said(window, exhibitions, times, lasts)
    beyond = [_beyond(one) for one in rows.filter(_elsewhere(window)).select_related("window").order_by("pk")]
    problem = Problem(
        [sittings[one.pk] for one in here], [key_of(slot) for slot in slots if slot > now], [room.pk for room in rooms],
        _busy(said, beyond, times, lasts), _unwanted(window, here, slots, now),
        _taken(exhibitions, {*(one.pk for one in here), *leaving}) | _taken_beyond(beyond, slots, rooms, lasts), lasts,
    )  # fmt: skip
    past = {one.pk: sittings[one.pk] for one in past}
    return Fortnight(window, now, exhibitions, slots, rooms, problem, past, gone, said, beyond, closures)


def _elsewhere(window) -> Q:
    """Exhibitions of the school's other windows, on the days of this one."""
    zone = window.school.zone
    begins = datetime.datetime.combine(window.starts_on, datetime.time(), zone)
    ends = datetime.datetime.combine(window.last_on + DAY, datetime.time(), zone)
    return Q(school=window.school_id, starts_at__gte=begins, starts_at__lt=ends) & ~Q(window=window)


def _beyond(exhibition) -> Beyond:
    """Who has said that they cannot come is not there."""
    begins = key_of(exhibition.starts_at)
    come = {seat.user_id for seat in exhibition.panel if seat.reply_now != Seat.Reply.NO}
    return Beyond(
        exhibition, begins, begins + 60 * exhibition.window.slot_minutes, exhibition.room.name,
        frozenset({exhibition.student.user_id} | come),
    )  # fmt: skip


def _taken(exhibitions, but) -> frozenset[tuple[int, int]]:
    return frozenset(place_of(one) for one in exhibitions if one.pk not in but and one.starts_at)


def _taken_beyond(beyond, slots, rooms, lasts) -> frozenset[tuple[int, int]]:
    """Rooms of the same name are one room. Only of the window's own times, which do not overlap each other."""
    named = {room.name: room.pk for room in rooms}
    return frozenset(
        (key_of(slot), named[other.room])
        for other in beyond if other.room in named
        for slot in slots if other.meets(key_of(slot), lasts)
    )  # fmt: skip


def _sittings(window, exhibitions, day) -> list[Sitting]:
    seats = AdvisorySeat.objects.on(day).filter(student__in=[one.student_id for one in exhibitions])
    advisories = dict(seats.values_list("student", "advisory"))
    return [
        Sitting(
            one.pk, frozenset({one.student.user_id} | {seat.user_id for seat in one.panel}),
            _required(one, window.needs), advisories.get(one.student_id),
            place_of(one) if one.is_pinned and one.starts_at else None,
        )
        for one in exhibitions
    ]  # fmt: skip


def _required(exhibition, needs) -> tuple[frozenset[int], ...]:
    """The student, whoever must come, and one of each kind that the window asks for and that has a seat: where nobody
    has, the timetable goes on without and says so (exhibitions/problems.py)."""
    alone = {exhibition.student.user_id} | {seat.user_id for seat in exhibition.panel if seat.is_required}
    kinds = [frozenset(seat.user_id for seat in exhibition.panel if seat.kind == kind) for kind in needs]
    return (*(frozenset({one}) for one in sorted(alone)), *(kind for kind in kinds if kind and not kind & alone))


def _said(window, exhibitions, times: set[int], lasts: int) -> dict[int, frozenset[int]]:
    """When people cannot: at each of `times` that overlaps with one that they have named. Who answered yes to a time
    that they were told can come then, whatever they had said of it before."""
    busy: dict[int, set[int]] = defaultdict(set)
    for row in Times.objects.filter(window=window):
        for at in map(key_of, row.busy):
            busy[row.user_id] |= {time for time in times if abs(time - at) < lasts}
    for seat in (seat for one in exhibitions for seat in one.panel):
        if seat.replied_to and seat.reply == Seat.Reply.YES:
            busy[seat.user_id].discard(key_of(seat.replied_to))
    return {person: frozenset(times) for person, times in busy.items()}


def _busy(said, beyond, times: set[int], lasts: int) -> dict[int, frozenset[int]]:
    """When people cannot, or are at an exhibition of another window."""
    busy = defaultdict(set, {person: set(cannot) for person, cannot in said.items()})
    for other in beyond:
        there = {time for time in times if other.meets(time, lasts)}
        for person in other.people:
            busy[person] |= there
    return {person: frozenset(times) for person, times in busy.items()}


def _unwanted(window, exhibitions, slots, now) -> dict[int, frozenset[int]]:
    """Days on an internship; and for those of whom people were told a time, every other time."""
    rows = SiteWeekday.objects.overlapping(window.starts_on, window.last_on + DAY)
    away = defaultdict(list)
    for row in rows.filter(student__in=[one.student_id for one in exhibitions]):
        away[row.student_id].append(row)
    found = {}
    for one in exhibitions:
        if one.told_starts_at and one.told_starts_at > now:
            worse = [slot for slot in slots if slot != one.told_starts_at]
        else:
            worse = [slot for slot in slots if any(_is_on(row, slot.date()) for row in away[one.student_id])]
        found[one.pk] = frozenset(key_of(slot) for slot in worse)
    return found


def _is_on(row, day) -> bool:
    return row.weekday == day.weekday() and row.holds(day)

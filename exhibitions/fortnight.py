"""A window's timetable as it stands: who is when and where, who can come, and the problem that the solver is given."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from accounts.models import User
from advisories.models import Seat as AdvisorySeat
from exhibitions.models import Exhibition, Room, Seat, Times, Window
from exhibitions.seats import holding
from exhibitions.slots import slots_of
from exhibitions.timetabling import Problem, Sitting, possible
from internships.models import SiteWeekday
from students.models import Student

DAY = datetime.timedelta(days=1)


def key_of(at: datetime.datetime) -> int:
    """How the solver names a time."""
    return int(at.timestamp())


def is_over(exhibition: Exhibition, now: datetime.datetime) -> bool:
    """Whether it was held: its time has come, and people were told of it."""
    return exhibition.starts_at is not None and exhibition.starts_at <= now and not exhibition.is_to_tell


def is_due(exhibition: Exhibition, now: datetime.datetime) -> bool:
    """Whether people have to be told; of what is past, nobody is."""
    at = exhibition.starts_at or exhibition.told_starts_at
    return exhibition.is_to_tell and at is not None and at > now


@dataclass
class Fortnight:
    """`exhibitions` have their `panel`: the seats that hold. `gone` are of students who have left the school and keep
    no place."""

    window: Window
    now: datetime.datetime
    exhibitions: list[Exhibition]
    slots: list[datetime.datetime]
    rooms: list[Room]
    problem: Problem
    gone: set[int] = field(default_factory=set)

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
    def at_once(self) -> dict[int, dict[int, Exhibition]]:
        """By time and person, the exhibition at which they are then."""
        found: dict[int, dict[int, Exhibition]] = defaultdict(dict)
        for key, (slot, _room) in self.placed.items():
            for person in self.sittings[key].people:
                if slot not in self.problem.busy.get(person, ()):
                    found[slot][person] = self.by_id[key]
        return found

    @cached_property
    def holders(self) -> dict[tuple[int, int], Exhibition]:
        return {place_of(one): one for one in self.exhibitions if one.starts_at}

    @property
    def upcoming(self) -> list[datetime.datetime]:
        return [slot for slot in self.slots if slot > self.now]

    def cannot(self, exhibition: Exhibition, slot: datetime.datetime) -> list[User]:
        """Who of its people has said that they cannot come then."""
        people = sorted(self.sittings[exhibition.pk].people)
        return [self.people[one] for one in people if key_of(slot) in self.problem.busy.get(one, ())]

    def elsewhere(self, exhibition: Exhibition, slot: datetime.datetime) -> list[tuple[User, Exhibition]]:
        """Who of its people is at another exhibition then."""
        there = self.at_once.get(key_of(slot), {})
        people = sorted(self.sittings[exhibition.pk].people & there.keys())
        return [(self.people[one], there[one]) for one in people if there[one] != exhibition]

    def rooms_left(self, exhibition: Exhibition, slot: datetime.datetime) -> list[Room]:
        return [
            room for room in self.rooms
            if self.holders.get((key_of(slot), room.pk)) in (None, exhibition)
        ]  # fmt: skip

    def would_do(self, exhibition: Exhibition, slot: datetime.datetime) -> bool:
        """Whether it could be then without anything being wrong."""
        is_possible = possible(self.sittings[exhibition.pk], key_of(slot), self.problem)
        return bool(is_possible and self.rooms_left(exhibition, slot) and not self.elsewhere(exhibition, slot))


def place_of(exhibition: Exhibition) -> tuple[int, int]:
    return key_of(exhibition.starts_at), exhibition.room_id


def read(window: Window, now: datetime.datetime) -> Fortnight:
    """In nine queries, however many there are."""
    day = now.astimezone(window.school.zone).date()
    panel = Seat.objects.filter(pk__in=holding(day).values("pk")).select_related("user").order_by("id")
    rows = Exhibition.objects.filter(window=window).select_related("student__user", "room", "told_room")
    exhibitions = list(rows.prefetch_related(Prefetch("seats", queryset=panel, to_attr="panel")))
    for exhibition in exhibitions:
        exhibition.window, exhibition.student.school = window, window.school
    enrolled = set(Student.objects.filter(exhibitions__window=window).enrolled(day).values_list("pk", flat=True))
    here = [one for one in exhibitions if one.student_id in enrolled and not is_over(one, now)]
    left = {one.pk for one in exhibitions if one.student_id not in enrolled and not is_over(one, now)}
    # What somebody has pinned holds its room, also where its student has left.
    gone = {one.pk for one in exhibitions if one.pk in left and not one.is_pinned}
    slots, rooms = slots_of(window), list(window.rooms.all())
    stays = {one.pk for one in exhibitions} - {one.pk for one in here} - gone
    problem = Problem(
        _sittings(window, here, day), [key_of(slot) for slot in slots if slot > now], [room.pk for room in rooms],
        _busy(window, exhibitions), _unwanted(window, here, slots, now),
        frozenset(place_of(one) for one in exhibitions if one.pk in stays and one.starts_at),
    )  # fmt: skip
    return Fortnight(window, now, exhibitions, slots, rooms, problem, gone)


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
    """The student, whoever must come, and one of each kind that the window asks for and that has a seat."""
    alone = {exhibition.student.user_id} | {seat.user_id for seat in exhibition.panel if seat.is_required}
    kinds = [frozenset(seat.user_id for seat in exhibition.panel if seat.kind == kind) for kind in needs]
    return (*(frozenset({one}) for one in sorted(alone)), *(kind for kind in kinds if kind and not kind & alone))


def _busy(window, exhibitions) -> dict[int, frozenset[int]]:
    """When people cannot, as they said before; what they answered to the time that they were told goes before that."""
    busy: dict[int, set[int]] = defaultdict(set)
    for row in Times.objects.filter(window=window):
        busy[row.user_id] |= {key_of(at) for at in row.busy}
    answers = [seat for one in exhibitions for seat in one.panel if seat.replied_to]
    for seat in answers:
        if seat.reply == Seat.Reply.NO:
            busy[seat.user_id].add(key_of(seat.replied_to))
    for seat in answers:
        if seat.reply == Seat.Reply.YES:
            busy[seat.user_id].discard(key_of(seat.replied_to))
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

"""A window's times as they are shown: days, times and rooms; the programme; and what speaks against a time."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from accounts.models import User
from exhibitions.fortnight import Fortnight, is_over, key_of
from exhibitions.models import Exhibition, Room, Seat, Window
from exhibitions.slots import closures_of, is_shut
from students.models import Student

Reply = Seat.Reply


@dataclass(frozen=True)
class Cell:
    """What is in a room at a time: nothing, or an exhibition and how many of its panel come."""

    room: Room
    exhibition: Exhibition | None = None
    may_move: bool = False
    is_over: bool = False
    has_left: bool = False

    @property
    def come(self) -> int:
        return self._count(Reply.YES)

    @property
    def cannot(self) -> int:
        return self._count(Reply.NO)

    def _count(self, reply) -> int:
        """Of the time that holds: what was said of another time says nothing here."""
        return sum(seat.reply_now == reply for seat in self.exhibition.panel if not self.exhibition.is_moved)


def days_of(fortnight: Fortnight) -> list[tuple[datetime.date, list[tuple[datetime.datetime, list[Cell]]]]]:
    """By day, each time with a cell for each room; also times that an exhibition has and the window no longer."""
    zone = fortnight.window.school.zone
    held = {one.starts_at.astimezone(zone) for one in fortnight.exhibitions if one.starts_at}
    slots = sorted({key_of(slot): slot for slot in [*held, *fortnight.slots]}.values())
    lines = [(slot, [_cell(fortnight, slot, room) for room in fortnight.rooms]) for slot in slots]
    return [(day, list(some)) for day, some in groupby(lines, key=lambda line: line[0].date())]


def _cell(fortnight, slot, room) -> Cell:
    exhibition = fortnight.holders.get((key_of(slot), room.pk))
    if exhibition is None:
        return Cell(room)
    return Cell(
        room, exhibition, may_move=fortnight.may_change(exhibition), is_over=is_over(exhibition, fortnight.now),
        has_left=exhibition.pk in fortnight.gone,
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One time, as it would be for one exhibition."""

    slot: datetime.datetime
    cannot: list[User]
    elsewhere: list[tuple[User, Exhibition]]
    rooms: list[Room]
    is_now: bool

    @classmethod
    def of(cls, fortnight: Fortnight, exhibition: Exhibition, slot: datetime.datetime) -> "Line":
        return cls(
            slot, fortnight.cannot(exhibition, slot), fortnight.elsewhere(exhibition, slot),
            fortnight.rooms_left(exhibition, slot), slot == exhibition.starts_at,
        )  # fmt: skip


def programme_of(
    window: Window, today: datetime.date
) -> list[tuple[datetime.date, list[tuple[Room, list[Exhibition]]]]]:
    """What people were told, by day and room, of the students who are here (of a window that is over, were); nothing of
    days on which the school is shut."""
    students = Student.objects.filter(school=window.school_id).enrolled(min(today, window.last_on))
    rows = Exhibition.objects.filter(window=window, told_starts_at__isnull=False, student__in=students)
    closures, zone = closures_of(window.school_id, window.last_on), window.school.zone
    rows = [
        one for one in rows.select_related("student__user", "told_room")
        if not is_shut(closures, one.told_starts_at.astimezone(zone).date())
    ]  # fmt: skip

    def place(one):
        return one.told_starts_at.astimezone(zone).date(), one.told_room.order, one.told_room_id

    rows.sort(key=lambda one: (place(one), one.told_starts_at))
    return [
        (day, [(room, list(some)) for room, some in groupby(there, key=lambda one: one.told_room)])
        for day, there in groupby(rows, key=lambda one: place(one)[0])
    ]

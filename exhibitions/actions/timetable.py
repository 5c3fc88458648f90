"""The timetable of a window: proposed by a task, changed by hand, and told to everybody who is asked."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.refusals import SaidAtField
from common.soon import soon
from exhibitions import emails, news
from exhibitions.actions.panel import ask as ask_by_link
from exhibitions.actions.panel import seat_team
from exhibitions.fortnight import Fortnight, is_due, is_over, is_rated, key_of, read
from exhibitions.models import Exhibition, Room, Seat, Timetabling, Window
from exhibitions.seats import OF_TEAM, SEATED_AT_FIRST, holding
from exhibitions.slots import closures_of, is_shut, slots_of
from exhibitions.timetabling import rooms_left, solve
from schools.models import School
from students.models import Student, TeamMember

DAY = datetime.timedelta(days=1)
LONGEST = datetime.timedelta(hours=3)
State = Timetabling.State


class TimetableError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def ask(*, window: Window, by, now: datetime.datetime) -> Timetabling:
    """Ask for a timetable; while one is being worked out, it is that one. Raises TimetableError."""
    window = _lock_window(window)
    if window.is_over(now.astimezone(window.school.zone).date()):
        raise TimetableError(_("“%(window)s” is over.") % {"window": window})
    if waiting := window.timetablings.filter(state=State.WAITING).first():
        return waiting
    run = Timetabling.objects.create(window=window, asked_by=by, asked_at=now)
    _record("asked", window, by)
    soon("exhibitions.work_out_timetable", run.pk)
    return run


def work_out(*, run: Timetabling, now: datetime.datetime, seconds: float = 50) -> Timetabling:
    """Solve it, outside a transaction, and write it down; done twice, the first answer stays. The panels follow their
    teams first."""
    if run.state != State.WAITING:
        return run
    follow_teams(window=run.window, by=run.asked_by, now=now)
    fortnight = read(run.window, now)
    return _write(run, fortnight, solve(fortnight.problem, seconds=seconds), now)


@transaction.atomic
def _write(run, fortnight, answer, now) -> Timetabling:
    """What somebody has placed or pinned meanwhile stands; what the answer has there is left out."""
    _lock_window(run.window)
    run = Timetabling.objects.select_for_update(of=("self",)).select_related("window__school").get(pk=run.pk)
    if run.state != State.WAITING:
        return run
    asked = {one.key for one in fortnight.problem.sittings}
    rows = list(Exhibition.objects.select_for_update().filter(window=run.window_id).order_by("pk"))
    ours = [row for row in rows if row.pk in asked | fortnight.gone and not row.is_pinned and not is_over(row, now)]
    placed = _in_told_rooms(fortnight, answer.placed)
    held = [(row.starts_at, row.room_id) for row in rows if row not in ours and row.starts_at]
    # Cleared first: two that change places would be in one room for a moment.
    Exhibition.objects.filter(pk__in=[row.pk for row in ours]).update(starts_at=None, room=None)
    # The window may have been changed meanwhile too.
    slots, lasts = {key_of(slot): slot for slot in slots_of(run.window)}, _lasts(run.window)
    rooms = set(run.window.rooms.values_list("pk", flat=True))
    for row in ours:
        slot, room = placed.get(row.pk, (None, None))
        at = slots.get(slot)
        is_free = at and room in rooms and not any(where == room and abs(other - at) < lasts for other, where in held)
        row.starts_at, row.room_id = (at, room) if is_free else (None, None)
    Exhibition.objects.bulk_update(ours, ["starts_at", "room"])
    without = [row.pk for row in rows if row.pk in asked and row.starts_at is None]
    run.state, run.solved_at, run.left_out = State.SOLVED, now, len(without)
    run.left_out_at_least = min(answer.left_at_least, len(without))
    run.save(update_fields=["state", "solved_at", "left_out", "left_out_at_least"])
    _record("worked_out", run.window, run.asked_by, left_out=run.left_out)
    return run


def _in_told_rooms(fortnight: Fortnight, placed: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Who stays at the time that people were told keeps its room too: rooms are alike to the solver, not to guests."""
    by_slot = defaultdict(dict)
    for key, (slot, room) in placed.items():
        by_slot[slot][key] = room
    return {
        key: (slot, room)
        for slot, solved in by_slot.items()
        for key, room in _rooms(fortnight, slot, solved).items()
    }  # fmt: skip


def _rooms(fortnight, slot, solved: dict[int, int]) -> dict[int, int]:
    """Of one time: first what is pinned, then what people were told, then as it was solved, then what is left."""
    rooms = {key: room for key, room in solved.items() if fortnight.sittings[key].pinned}
    free = rooms_left(slot, fortnight.problem)
    told = {key: _told_room(fortnight.by_id[key], slot) for key in solved}
    for wish in (told, solved):
        for key in solved:
            if key not in rooms and wish[key] in free:
                rooms[key] = wish[key]
                free.remove(wish[key])
    return rooms | dict(zip([key for key in solved if key not in rooms], free, strict=False))


def _told_room(exhibition, slot) -> int | None:
    is_told = exhibition.told_starts_at is not None and key_of(exhibition.told_starts_at) == slot
    return exhibition.told_room_id if is_told else None


@transaction.atomic
def move(*, exhibition: Exhibition, slot: datetime.datetime, room: Room, by, now: datetime.datetime) -> Exhibition:
    """Put it at this time into this room, by hand: it is pinned there. Raises TimetableError."""
    exhibition = _lock(exhibition)
    window = exhibition.window
    _require_not_held(exhibition, now)
    if not Student.objects.filter(pk=exhibition.student_id).enrolled(_day(window, now)).exists():
        raise TimetableError(_("%(name)s has left the school.") % {"name": exhibition.student.name})
    if slot not in slots_of(window):
        raise TimetableError(_("There are no exhibitions at that time."), "slot")
    if slot <= now:
        raise TimetableError(_("That time is past."), "slot")
    if room.window_id != window.pk:
        raise TimetableError(_("That is no room of these exhibitions."), "room")
    if other := _who_has(room, exhibition, slot):
        facts = {"room": room, "name": other.student.name}
        raise TimetableError(_("%(name)s has %(room)s at that time.") % facts, "room")
    exhibition.starts_at, exhibition.room, exhibition.is_pinned = slot, room, True
    exhibition.save(update_fields=["starts_at", "room", "is_pinned"])
    _record("moved", exhibition, by, starts_at=slot.astimezone(datetime.UTC).isoformat(), room=room.name)
    return exhibition


def _who_has(room, exhibition, slot) -> Exhibition | None:
    """Who is in a room while the exhibition would be; a room of the same name in another window is the same room."""
    ends = slot + _lasts(exhibition.window)
    rows = Exhibition.objects.filter(school=exhibition.school_id, room__name=room.name, starts_at__lt=ends)
    rows = rows.filter(starts_at__gt=slot - LONGEST).exclude(pk=exhibition.pk).select_related("window", "student__user")
    return next((row for row in rows if row.starts_at + _lasts(row.window) > slot), None)


def _lasts(window) -> datetime.timedelta:
    return datetime.timedelta(minutes=window.slot_minutes)


def _require_not_held(exhibition, now):
    """Once its time is over it may be that it did not take place, but not where somebody has judged it."""
    if is_over(exhibition, now) and is_rated(exhibition):
        raise TimetableError(_("It was held: somebody on the panel has handed in a rating."))


@transaction.atomic
def unplace(*, exhibition: Exhibition, by, now: datetime.datetime) -> Exhibition:
    """It has no time until it gets another: it is taken out, or did not take place. Raises TimetableError."""
    exhibition = _lock(exhibition)
    _require_not_held(exhibition, now)
    if exhibition.starts_at:
        exhibition.starts_at, exhibition.room, exhibition.is_pinned = None, None, False
        exhibition.save(update_fields=["starts_at", "room", "is_pinned"])
        _record("unplaced", exhibition, by)
    return exhibition


@transaction.atomic
def pin(*, exhibition: Exhibition, by) -> Exhibition:
    """The next proposal leaves it where it is. Raises TimetableError."""
    exhibition = _lock(exhibition)
    if exhibition.starts_at is None:
        raise TimetableError(_("It has no time yet."))
    return _pin(exhibition, by, is_pinned=True)


@transaction.atomic
def unpin(*, exhibition: Exhibition, by) -> Exhibition:
    return _pin(_lock(exhibition), by, is_pinned=False)


def _pin(exhibition, by, *, is_pinned):
    if exhibition.is_pinned != is_pinned:
        exhibition.is_pinned = is_pinned
        exhibition.save(update_fields=["is_pinned"])
        _record("pinned" if is_pinned else "unpinned", exhibition, by)
    return exhibition


@transaction.atomic
def ask_to_tell(*, window: Window, by, now: datetime.datetime) -> bool:
    """Have everybody told soon, since that takes a while; whether there is anything to tell. While it is going out, it
    is that one."""
    window = _lock_window(window)
    rows = Exhibition.objects.filter(window=window).select_related("window")
    if not any(is_due(row, now) for row in rows):
        return False
    if window.telling_asked_at is None:
        window.telling_asked_by, window.telling_asked_at = by, now
        window.save(update_fields=["telling_asked_by", "telling_asked_at"])
        _record("telling_asked", window, by)
        soon("exhibitions.tell_window", window.pk)
    return True


def tell_as_asked(*, window: Window, now: datetime.datetime) -> int:
    """Tell everybody where that was asked for. What broke off goes on with what is left."""
    asked = window.telling_asked_at
    if asked is None:
        return 0
    count = tell(window=window, by=window.telling_asked_by, now=now)
    done = Window.objects.filter(pk=window.pk, telling_asked_at=asked)
    done.update(telling_asked_by=None, telling_asked_at=None)
    return count


def tell(*, window: Window, by, now: datetime.datetime) -> int:
    """Tell everybody on the panels what has changed since they were told; how many exhibitions that is.

    Each is a transaction of its own: where one fails, those before it are told, and telling again goes on. The panels
    follow their teams first.
    """
    follow_teams(window=window, by=by, now=now)
    rows = Exhibition.objects.filter(window=window).select_related("window").order_by("starts_at", "pk")
    return sum(_tell(exhibition=row, by=by, now=now) for row in rows if is_due(row, now))


def follow_teams(*, window: Window, by, now: datetime.datetime) -> None:
    """Who joined a student's team since the exhibition was begun is on its panel too. They are told of it with its
    time; where that is told already, now. Who was taken off a panel stays off."""
    day = _day(window, now)
    students = Student.objects.filter(school=window.school_id).enrolled(day)
    rows = Exhibition.objects.filter(window=window, student__in=students)
    rows = [one for one in rows.select_related("window", "student") if not is_over(one, now)]
    team = TeamMember.objects.on(day).filter(
        student__in=[one.student_id for one in rows], user__closed_at__isnull=True,
        role__in=[role for role, kind in OF_TEAM.items() if kind in SEATED_AT_FIRST],
    )  # fmt: skip
    members = defaultdict(set)
    for student, user in team.values_list("student", "user"):
        members[student].add(user)
    seated = set(Seat.objects.filter(exhibition__in=rows).values_list("exhibition", "user"))
    for one in rows:
        if any((one.pk, user) not in seated for user in members[one.student_id]):
            new = seat_team(exhibition=one, by=by, on=day, now=now, but_who_left=True)
            if one.told_starts_at and not one.is_to_tell:
                for seat in new:
                    ask_by_link(seat=seat, by=by, now=now)


@transaction.atomic
def _tell(*, exhibition, by, now) -> bool:
    exhibition = _lock(exhibition)
    day = _day(exhibition.window, now)
    has_left = not Student.objects.filter(pk=exhibition.student_id).enrolled(day).exists()
    # Nobody is invited to what will not be.
    if not is_due(exhibition, now) or (has_left and exhibition.starts_at):
        return False
    was, had_been_told = exhibition.told_starts_at, exhibition.told_times > 0
    exhibition.told_starts_at, exhibition.told_room = exhibition.starts_at, exhibition.room
    exhibition.told_minutes = exhibition.window.slot_minutes
    exhibition.told_times += 1
    exhibition.save(update_fields=["told_starts_at", "told_room", "told_minutes", "told_times"])
    at = exhibition.starts_at and exhibition.starts_at.astimezone(datetime.UTC).isoformat()
    _record("told", exhibition, by, starts_at=at, room=str(exhibition.room or ""))
    seats = list(_seats_of(exhibition, now))
    by_link = [seat for seat in seats if not seat.user.can_sign_in]
    here = [seat for seat in seats if seat.user.can_sign_in]
    if exhibition.told_starts_at:
        news.told(exhibition, here, by, changed=had_been_told)
        for seat in by_link:
            ask_by_link(seat=seat, by=by, now=now, why="changed" if had_been_told else "told")
    else:
        why = "never" if has_left else "past" if was <= now else ""
        news.taken_off(exhibition, here, by, why)
        for seat in by_link:
            if seat.user.can_be_written_to:
                emails.taken_off(seat, was, now, why)
    return True


def _seats_of(exhibition, now):
    return holding(_day(exhibition.window, now)).filter(exhibition=exhibition)


def _day(window, now) -> datetime.date:
    return now.astimezone(window.school.zone).date()


def remind(*, school: School, on: datetime.date, now: datetime.datetime) -> int:
    """Remind of the exhibitions of the day after `on`, each once of each time that they were told. Of none on a day on
    which the school is shut, and of none that has been moved since."""
    if is_shut(closures_of(school.pk, on + DAY), on + DAY):
        return 0
    begins = datetime.datetime.combine(on + DAY, datetime.time(), school.zone)
    ends = datetime.datetime.combine(on + 2 * DAY, datetime.time(), school.zone)
    seats = holding(on).filter(
        exhibition__school=school, exhibition__told_starts_at__gte=begins, exhibition__told_starts_at__lt=ends,
        exhibition__student__in=Student.objects.filter(school=school).enrolled(on + DAY),
    )  # fmt: skip
    return sum(_remind(seat, now) for seat in seats.order_by("pk") if _is_waiting(seat))


@transaction.atomic
def _remind(seat, now) -> bool:
    told = seat.exhibition.told_starts_at
    # Of two processes one finds it reminded already.
    waiting = Seat.objects.filter(pk=seat.pk, left_at=None).exclude(reminded_of=told)
    if not waiting.update(reminded_of=told):
        return False
    if seat.user.can_sign_in:
        news.remind(seat)
        return True
    return ask_by_link(seat=seat, by=None, now=now, why="reminder")


def _is_waiting(seat) -> bool:
    exhibition = seat.exhibition
    is_new = seat.reminded_of != exhibition.told_starts_at
    return is_new and seat.reply_now != Seat.Reply.NO and not exhibition.is_moved


def _lock_window(window) -> Window:
    """Times and rooms of a window are given out by one at a time."""
    return Window.objects.select_for_update(of=("self",)).select_related("school").get(pk=window.pk)


def _lock(exhibition) -> Exhibition:
    window = _lock_window(exhibition.window)
    rows = Exhibition.objects.select_for_update(of=("self",)).select_related("student__user", "student__school", "room")
    found = rows.get(pk=exhibition.pk)
    found.window = window
    return found


def _record(what, subject, by, **details):
    record(
        f"exhibitions.timetable.{what}", by=by, subject=subject, school_id=subject.school_id,
        student_id=getattr(subject, "student_id", None), **details,
    )  # fmt: skip

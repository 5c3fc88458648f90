"""Windows in which exhibitions are held; a student's exhibition: begun, named, filled with evidence in its order."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit.actions import record
from coedit import actions as coedit
from coedit.models import Text
from common.refusals import SaidAtField
from common.soon import soon
from exhibitions.actions.judging import is_frozen
from exhibitions.actions.panel import seat_team
from exhibitions.models import Evidence, Exhibition, Room, Seat, Shown, Window
from exhibitions.slots import check_times, slots_of, usual_times
from schools.actions.rubric import current_rubric
from schools.models import School, Term
from schools.roles import Role
from students.models import Student

READERS = [
    Role.STUDENT, Role.PARENT, Role.MENTOR, Role.ADVISER, Role.SPECIALIST, Role.COORDINATOR, Role.LEAD,
    Role.SAFEGUARDING,
]  # fmt: skip
WRITERS = [Role.STUDENT, Role.ADVISER]


# Who must be there, where the school says nothing else.
NEEDS = [Seat.As.ADVISER.value, Seat.As.PARENT.value]


class ExhibitionError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def open_window(
    *, school: School, term: Term, name: str, starts_on: datetime.date, last_on: datetime.date, slot_minutes: int,
    rooms: list[str], by, now: datetime.datetime, times: list[str] | None = None, needs: list[str] | None = None,
) -> Window:  # fmt: skip
    """Say when and where exhibitions are held; `times` at which they begin on each day ("09:00"), and of which kinds
    (Seat.As) somebody must be there. It keeps the school's rubric of now. The same name again is the same window."""
    School.objects.select_for_update().get(pk=school.pk)
    if same := Window.objects.filter(school=school, name=name).first():
        times, needs = _times(times, slot_minutes), NEEDS if needs is None else needs
        asked = term.pk, starts_on, last_on, slot_minutes, times, needs
        known = same.term_id, same.starts_on, same.last_on, same.slot_minutes, same.times, same.needs
        if asked == known and [room.name for room in same.rooms.all()] == rooms:
            return same
        raise ExhibitionError(_("There is a window of this name already."), "name")
    _check_days(term, starts_on, last_on)
    window = Window.objects.create(
        school=school, term=term, name=name, starts_on=starts_on, last_on=last_on, slot_minutes=slot_minutes,
        times=_times(times, slot_minutes),
        needs=NEEDS if needs is None else needs, rubric=current_rubric(school=school, by=by, now=now),
        opened_by=by, opened_at=now,
    )  # fmt: skip
    Room.objects.bulk_create(Room(window=window, name=room, order=order) for order, room in enumerate(rooms))
    record("exhibitions.window.opened", by=by, subject=window, school_id=school.pk, name=name)
    soon("exhibitions.tell_of_window", window.pk)
    return window


def _times(times, slot_minutes) -> list[str]:
    return usual_times(slot_minutes) if times is None else check_times(times, slot_minutes)


def _check_days(term, starts_on, last_on):
    if last_on < starts_on:
        raise ExhibitionError(_("The last day is before the first."), "last_on")
    if not (term.starts_on <= starts_on and last_on < term.ends_on):
        raise ExhibitionError(_("These days do not all lie in “%(term)s”.") % {"term": term}, "starts_on")


@transaction.atomic
def change_window(
    *, window: Window, name: str, starts_on: datetime.date, last_on: datetime.date, slot_minutes: int,
    rooms: list[str], times: list[str] | None, needs: list[str], by, now: datetime.datetime,
) -> Window:  # fmt: skip
    """Other days, times or rooms. An exhibition of which people were told a time that is no more stays there until
    somebody moves it: the timetable says so. What nobody was told has no time then. Where exhibitions are shorter or
    longer now, people have to be told. A room in which somebody is stays. Raises ExhibitionError."""
    School.objects.select_for_update().get(pk=window.school_id)
    window = Window.objects.select_for_update(of=("self",)).select_related("term", "school").get(pk=window.pk)
    if Window.objects.filter(school=window.school_id, name=name).exclude(pk=window.pk).exists():
        raise ExhibitionError(_("There is a window of this name already."), "name")
    _check_days(window.term, starts_on, last_on)
    gone = window.rooms.exclude(name__in=rooms)
    held = Exhibition.objects.filter(Q(room__in=gone) | Q(told_room__in=gone)).select_related("student__user")
    if held:
        names = ", ".join(sorted({str(one.student.name) for one in held})[:5])
        raise ExhibitionError(
            _("A room that you leave out is needed by %(names)s. Move them first, and tell them.") % {"names": names},
            "rooms",
        )
    gone.delete()
    for order, room in enumerate(rooms):
        Room.objects.update_or_create(window=window, name=room, defaults={"order": order})
    _keep_told_minutes(window)
    window.name, window.starts_on, window.last_on, window.slot_minutes = name, starts_on, last_on, slot_minutes
    window.times = _times(times, slot_minutes)
    window.needs = needs
    window.save()
    _unplace(window, by, now)
    record("exhibitions.window.changed", by=by, subject=window, school_id=window.school_id, name=name)
    return window


def _keep_told_minutes(window):
    """Who was told before it was written down was told what the window said."""
    told = window.exhibitions.filter(told_starts_at__isnull=False, told_minutes=None)
    told.update(told_minutes=window.slot_minutes)


def _unplace(window, by, now):
    """What is at a time that the window does not have, and of which nobody was told, is at no time."""
    slots = slots_of(window)
    for one in window.exhibitions.select_for_update().filter(starts_at__gt=now).order_by("pk"):
        if one.is_moved and one.starts_at not in slots:
            one.starts_at, one.room, one.is_pinned = None, None, False
            one.save(update_fields=["starts_at", "room", "is_pinned"])
            _record("unplaced", one, by)


@transaction.atomic
def remove_window(*, window: Window, by) -> None:
    """A window that was opened by mistake, with exhibitions that nobody has prepared yet. Raises ExhibitionError once
    somebody has, or was told a time."""
    School.objects.select_for_update().get(pk=window.school_id)
    rows = list(window.exhibitions.select_for_update(of=("self",)).select_related("outline", "student__user"))
    for one in rows:
        if one.title or one.told_times or not one.outline.is_empty or one.gateway_id or _is_begun_with(one):
            raise ExhibitionError(_("%(name)s has begun to prepare; the window stays.") % {"name": one.student.name})
    record("exhibitions.window.removed", by=by, subject=window, school_id=window.school_id, name=window.name)
    Seat.objects.filter(exhibition__in=rows).delete()
    outlines = [one.outline_id for one in rows]
    window.exhibitions.all().delete()
    Text.objects.filter(pk__in=outlines, last_update_id=0).delete()
    window.timetablings.all().delete()
    window.times_said.all().delete()
    window.delete()


def _is_begun_with(exhibition) -> bool:
    said = Q(handed_in_at__isnull=False) | Q(kind__in=(Seat.As.GUEST, Seat.As.PEER, Seat.As.STAFF))
    said |= Q(ratings__isnull=False) | Q(remarks__isnull=False)
    return (
        exhibition.shown.exists() or exhibition.rehearsals.exists() or exhibition.narratives.exists()
        or exhibition.seats.filter(said).exists()
    )  # fmt: skip


def begin_all(*, window: Window, students, by, on: datetime.date, now: datetime.datetime) -> int:
    """An exhibition for each of these students who has none, so that all of them can be given a time; each in a
    transaction of its own. How many are new."""
    has = set(window.exhibitions.values_list("student_id", flat=True))
    fresh = [one for one in students if one.pk not in has]
    for student in fresh:
        begin(window=window, student=student, by=by, on=on, now=now)
    return len(fresh)


@transaction.atomic
def begin(*, window: Window, student: Student, by, on: datetime.date, now: datetime.datetime) -> Exhibition:
    """The student's exhibition in this window, with its outline to write; the one that is there already."""
    Student.objects.lock(student)
    if same := Exhibition.objects.filter(window=window, student=student).first():
        return same
    if window.school_id != student.school_id:
        raise ExhibitionError(_("That is no window of this school."))
    if window.is_over(on):
        raise ExhibitionError(_("“%(window)s” is over.") % {"window": window})
    outline = coedit.create(
        student=student, title=str(window), readers=READERS, writers=WRITERS, by=by,
    )  # fmt: skip
    exhibition = Exhibition.objects.create(
        school_id=student.school_id, window=window, student=student, outline=outline, begun_by=by, begun_at=now
    )
    _record("begun", exhibition, by)
    seat_team(exhibition=exhibition, by=by, on=on, now=now)
    return exhibition


@transaction.atomic
def name_it(*, exhibition: Exhibition, title: str, by) -> Exhibition:
    exhibition = _lock_open(exhibition)
    if exhibition.title != title:
        exhibition.title = title
        exhibition.save(update_fields=["title"])
        _record("named", exhibition, by, title=title)
    return exhibition


@transaction.atomic
def put_in(*, exhibition: Exhibition, evidence: Evidence, by) -> Shown:
    """Show this piece, last. Twice is once; a draft is nobody else's to see and cannot be shown."""
    exhibition = _lock_open(exhibition)
    if evidence.student_id != exhibition.student_id or evidence.removed_at:
        raise ExhibitionError(_("That is not among this student's evidence."))
    owner = exhibition.student.user
    if by != owner and owner.can_sign_in:
        # Guests see what is shown: nothing leaves the team without the student's say.
        raise ExhibitionError(_("What is shown, %(name)s chooses.") % {"name": owner.called})
    if evidence.is_draft:
        raise ExhibitionError(_("“%(title)s” is still a draft. Make it ready first.") % {"title": evidence})
    if same := exhibition.shown.filter(evidence=evidence).first():
        return same
    order = 1 + max(exhibition.shown.values_list("order", flat=True), default=-1)
    shown = Shown.objects.create(exhibition=exhibition, evidence=evidence, order=order)
    _record("evidence_put_in", exhibition, by, evidence=evidence.pk)
    return shown


@transaction.atomic
def take_out(*, exhibition: Exhibition, evidence_id: int, by) -> None:
    """It is not shown; the evidence itself stays."""
    exhibition = _lock_open(exhibition)
    if exhibition.shown.filter(evidence=evidence_id).delete()[0]:
        _record("evidence_taken_out", exhibition, by, evidence=evidence_id)


@transaction.atomic
def move(*, exhibition: Exhibition, evidence_id: int, by_places: int, by) -> None:
    """Earlier or later; at an end it stays."""
    exhibition = _lock_open(exhibition)
    rows = list(exhibition.shown.all())
    at = next((n for n, row in enumerate(rows) if row.evidence_id == evidence_id), None)
    if at is None or not 0 <= at + by_places < len(rows):
        return
    rows.insert(at + by_places, rows.pop(at))
    for order, row in enumerate(rows):
        row.order = order
    Shown.objects.bulk_update(rows, ["order"])


def forget_words(*, text: Text, new: Text | None, by, now: datetime.datetime) -> None:
    """Words of an outline had to be erased: the exhibition goes on with what may stay (coedit/erasing.py)."""
    if new is not None:
        Exhibition.objects.filter(outline=text).update(outline=new)


def _lock_open(exhibition) -> Exhibition:
    """Locked, to be changed. Raises ExhibitionError once its narrative is out."""
    found = Exhibition.objects.lock(exhibition)
    if is_frozen(found):
        raise ExhibitionError(_("The narrative is released, and the exhibition stays as it was shown."))
    return found


def _record(what, exhibition, by, **details):
    record(
        f"exhibitions.exhibition.{what}", by=by, subject=exhibition, school_id=exhibition.school_id,
        student_id=exhibition.student_id, **details,
    )  # fmt: skip

"""What is wrong in a window's timetable as it stands, and why an exhibition has no time: in words, with names."""

import datetime

from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitions.fortnight import Fortnight, key_of
from exhibitions.models import Exhibition, Seat
from exhibitions.timetabling import Answer, conflicts, why_not


def when(at: datetime.datetime, zone) -> str:
    """ "Mon 12/07/2026, 9 a.m.", on the school's clock."""
    at = at.astimezone(zone)
    return f"{date_format(at, 'D')} {date_format(at, 'SHORT_DATE_FORMAT')}, {time_format(at.time())}"


def found(fortnight: Fortnight) -> list[str]:
    """Everything that is wrong with the times that exhibitions have; what comes first, first."""
    words = {"absent": _absent, "twice": _twice, "room": _room}
    wrong = [(one.slot, words[one.kind](fortnight, one)) for one in conflicts(fortnight.alone, fortnight.placed)]
    wrong += [*_no_slots(fortnight), *_shut(fortnight), *_beyond(fortnight)]
    return [*_lacking(fortnight), *(sentence for _slot, sentence in sorted(wrong, key=lambda one: one[0]))]


def _lacking(fortnight):
    """The timetable waits for nobody who is not on a panel."""
    for kind in fortnight.window.needs:
        students = [one.student.name for one in fortnight.lacks(kind)]
        words = ngettext(
            "%(whose)s's exhibition: nobody is on the panel as %(kind)s.",
            "The exhibitions of %(whose)s: nobody is on the panel as %(kind)s.",
            len(students),
        )
        if students:
            yield words % {"whose": get_text_list(students, _("and")), "kind": Seat.As(kind).label}


def _no_slots(fortnight):
    """Times that the window does not have (the school was closed since, or has other times), and times that went by
    untold."""
    offered = {key_of(slot) for slot in fortnight.slots}
    for key, (slot, _room) in fortnight.placed.items():
        facts, exhibition = _facts(fortnight, slot, [key]), fortnight.by_id[key]
        if slot in offered:
            if slot <= key_of(fortnight.now):
                yield slot, _("%(whose)s: %(when)s is past, and nobody was told of it.") % facts
        elif not fortnight.is_shut(exhibition.starts_at):
            yield slot, _("%(whose)s: the window has no such time as %(when)s.") % facts
        elif exhibition.is_to_tell:
            yield slot, _("%(whose)s: there are no exhibitions on %(when)s; the school is shut.") % facts


def _shut(fortnight):
    """Who believes that they are expected on a day on which the school is shut."""
    for one in fortnight.exhibitions:
        at, number = one.told_starts_at, len(one.panel)
        if at and at > fortnight.now and fortnight.is_shut(at):
            words = ngettext(
                "%(whose)s: the school is shut on %(when)s, and %(n)d person has not been told.",
                "%(whose)s: the school is shut on %(when)s, and %(n)d people have not been told.",
                number,
            )
            yield key_of(at), words % (_facts(fortnight, key_of(at), [one.pk]) | {"n": number})


def _beyond(fortnight):
    """Who is needed, and which room is used, by an exhibition of another window at the same time."""
    rooms = {room.pk: room.name for room in fortnight.rooms}
    for key, (slot, room) in fortnight.placed.items():
        come = {one for one in fortnight.sittings[key].people if slot not in fortnight.said.get(one, ())}
        for other in (one for one in fortnight.beyond if one.meets(slot, fortnight.problem.lasts)):
            facts = _facts(fortnight, slot, [key])
            both = _("%(whose)s, and %(other)s in “%(window)s”")
            other_facts = {"other": other.exhibition.student.name, "window": other.exhibition.window}
            facts |= {"whose": both % (facts | other_facts)}
            if people := sorted(come & other.people):
                yield slot, _two(len(people)) % (facts | {"names": _names(fortnight, people)})
            if rooms.get(room) == other.room:
                yield slot, _("%(room)s is taken twice on %(when)s: %(whose)s.") % (facts | {"room": other.room})


def _two(number) -> str:
    return ngettext(
        "%(names)s is at two exhibitions at once on %(when)s: %(whose)s.",
        "%(names)s are at two exhibitions at once on %(when)s: %(whose)s.",
        number,
    )


def _absent(fortnight, conflict) -> str:
    [key] = conflict.sittings
    facts = _facts(fortnight, conflict.slot, [key]) | {"names": _names(fortnight, conflict.people)}
    if len(conflict.people) == 1:
        return _("%(whose)s on %(when)s: %(names)s cannot come.") % facts
    if _is_family(fortnight.by_id[key], conflict.people):
        return _("%(whose)s on %(when)s: nobody of the family can come (%(names)s).") % facts
    return _("%(whose)s on %(when)s: none of %(names)s can come.") % facts


def _twice(fortnight, conflict) -> str:
    facts = _facts(fortnight, conflict.slot, conflict.sittings) | {"names": _names(fortnight, conflict.people)}
    return _two(len(conflict.people)) % facts


def _room(fortnight, conflict) -> str:
    facts = _facts(fortnight, conflict.slot, conflict.sittings)
    room = next((room for room in fortnight.rooms if room.pk == conflict.room), "")
    return _("%(room)s is taken twice on %(when)s: %(whose)s.") % (facts | {"room": room})


def _facts(fortnight, slot, keys) -> dict:
    zone = fortnight.window.school.zone
    at = datetime.datetime.fromtimestamp(slot, zone)
    students = [fortnight.by_id[key].student.name for key in keys]
    return {"when": when(at, zone), "whose": get_text_list(students, _("and"))}


def _names(fortnight, people) -> str:
    return get_text_list([fortnight.people[one].name for one in people], _("and"))


def _is_family(exhibition, people) -> bool:
    return {seat.kind for seat in exhibition.panel if seat.user_id in people} == {Seat.As.PARENT.value}


def why_no_time(fortnight: Fortnight, exhibition: Exhibition) -> str:
    """As the timetable stands now: what hinders, or that nothing does."""
    free = sum(fortnight.would_do(exhibition, slot) for slot in fortnight.upcoming)
    if free:
        words = ngettext(
            "One time is free and suits. Set it, or propose a timetable.",
            "%(n)d times are free and suit. Set one, or propose a timetable.",
            free,
        )
        return words % {"n": free}
    sitting = fortnight.sittings[exhibition.pk]
    return _why(fortnight, exhibition, why_not(sitting, fortnight.problem, Answer(fortnight.placed, 0, 0, 0)))


def _why(fortnight, exhibition, reason) -> str:
    facts = {"names": _names(fortnight, reason.people)}
    if reason.kind == "together":
        return _("%(names)s: there is no time at which as many can come as are needed.") % facts
    if reason.kind == "full":
        if not reason.people:
            return _("No room is left at any time that suits.")
        return _("Where a room is left, somebody is at another exhibition: %(names)s.") % facts
    if len(reason.people) == 1:
        return _("%(names)s cannot come at any of the times.") % facts
    if _is_family(exhibition, reason.people):
        return _("Nobody of the family can come at any of the times (%(names)s).") % facts
    return _("None of %(names)s can come at any of the times.") % facts

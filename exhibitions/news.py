"""Whom something about an exhibition concerns, and how it is said to them, in the reader's language.

A seat's notices name no student to the notices' own door: peers and staff on a panel need not be on the team. They
say a first name and lead to the seat, which has its own door.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.links import absolute
from exhibitions.calendar import calendar_file
from exhibitions.emails import title_of
from exhibitions.models import Seat
from notices.actions import notify
from schools.models import StaffRole
from schools.roles import Role
from students.models import TeamMember


def window_open(window, students, by) -> None:
    """To the students: there is a window, and an exhibition to prepare in it."""
    words = _("Exhibitions from %(day)s: begin to prepare yours")
    for student in students:
        notify(
            people=[student.user], kind="exhibitions.window_open", by=by,
            title=lambda: gettext(words) % {"day": date_format(window.starts_on)},
            url=reverse("exhibitions:index", args=[student.pk]), key=f"exhibitions.window_open:{window.pk}",
            school_id=window.school_id, student_id=student.pk,
        )  # fmt: skip


def seated(seat: Seat, by, *, again=False) -> None:
    words = _("You are asked onto the panel of %(name)s's exhibition")
    _to_seats([seat], "seated", words, by, key=seat.pk, again=again)


def told(exhibition, seats, by, *, changed: bool) -> None:
    """When and where it is, to those on the panel who sign in; others have an e-mail (exhibitions/emails.py)."""
    words = _("%(name)s's exhibition: %(when)s, %(room)s")
    if changed:
        words = _("Changed: %(name)s's exhibition is %(when)s, %(room)s")
    # At once, since the calendar file goes with the e-mail.
    _to_seats(seats, "told", words, by, key=exhibition.pk, urgent=True, with_calendar=True)


def taken_off(exhibition, seats, by, why="") -> None:
    """The time that they were told does not hold, and there is no other yet. `why`: it went by ("past"), or the student
    has left ("never")."""
    words = {
        "": _("%(name)s's exhibition is not at the time that you were told. A new one follows"),
        "past": _("%(name)s's exhibition did not take place. A new time follows"),
        "never": _("%(name)s's exhibition does not take place"),
    }[why]
    _to_seats(seats, "taken_off", words, by, key=exhibition.pk, urgent=True)


def remind(seat) -> None:
    """With the day's name, since nobody knows on which day it is read."""
    words = _("Reminder: %(name)s's exhibition is on %(day)s, %(when)s, %(room)s")
    _to_seats([seat], "remind", words, None, key=seat.pk, urgent=True)


def uninvited(seat, by) -> None:
    words = _("You are no longer asked to %(name)s's exhibition")
    exhibition = seat.exhibition
    notify(
        people=[seat.user], kind="exhibitions.uninvited", title=_words(words, exhibition), by=by,
        url=reverse("exhibitions:seats"), key=f"exhibitions.uninvited:{exhibition.pk}",
        school_id=exhibition.school_id,
    )  # fmt: skip


def cannot_come(seat, by, now) -> None:
    """To the adviser, and where the exhibition waits for the person, to the leads too."""
    exhibition = seat.exhibition
    day = exhibition.student.school.today()
    team = TeamMember.objects.on(day).filter(student=exhibition.student, role__in=(Role.ADVISER, Role.COVER))
    people = [row.user for row in team.select_related("user")]
    if seat.is_required or _nobody_left(seat):
        leads = StaffRole.objects.on(day).filter(school=exhibition.school_id, role__in=(Role.LEAD, Role.COORDINATOR))
        people += [row.user for row in leads.select_related("user")]
    words = _("Somebody cannot come to %(name)s's exhibition")
    notify(
        people=people, kind="exhibitions.cannot_come", title=_words(words, exhibition), by=by,
        url=reverse("exhibitions:panel", args=[exhibition.student_id, exhibition.pk]),
        key=f"exhibitions.cannot_come:{exhibition.pk}", school_id=exhibition.school_id,
        student_id=exhibition.student_id, urgent=seat.is_required,
    )  # fmt: skip


def _nobody_left(seat) -> bool:
    """Whether everybody of a kind that the exhibition needs has said no."""
    exhibition = seat.exhibition
    if seat.kind not in exhibition.window.needs:
        return False
    others = exhibition.seats.kept().filter(kind=seat.kind)
    return not others.exclude(reply=Seat.Reply.NO, replied_to=exhibition.told_starts_at).exists()


def rehearsal(rehearsal, people, by, on) -> None:
    """To the advisory: somebody rehearses, and asks for a word; and to the adviser."""
    exhibition = rehearsal.exhibition
    facts = {"name": exhibition.student.user.called}

    def say():
        words = _("%(name)s rehearses on %(day)s, and asks for your word")
        return gettext(words) % (facts | {"day": date_format(rehearsal.held_on)})

    notify(
        people=people, kind="exhibitions.rehearsal", by=by, title=say,
        url=reverse("exhibitions:rehearsal", args=[rehearsal.pk]), key=f"exhibitions.rehearsal:{rehearsal.pk}",
        school_id=exhibition.school_id,
    )  # fmt: skip
    team = TeamMember.objects.on(on).filter(student=exhibition.student, role__in=(Role.ADVISER, Role.COVER))
    notify(
        people=[row.user for row in team.select_related("user")], kind="exhibitions.rehearsal", by=by,
        title=lambda: gettext("%(name)s rehearses on %(day)s") % (facts | {"day": date_format(rehearsal.held_on)}),
        url=reverse("exhibitions:show", args=[exhibition.student_id, exhibition.pk]),
        key=f"exhibitions.rehearsal:{rehearsal.pk}", school_id=exhibition.school_id,
        student_id=exhibition.student_id,
    )  # fmt: skip


def peer_said(rehearsal, by) -> None:
    """To the student: somebody of the advisory has said something."""
    words = _("A word on your rehearsal")
    exhibition = rehearsal.exhibition
    notify(
        people=[exhibition.student.user], kind="exhibitions.peer_said", title=lambda: gettext(words), by=by,
        url=reverse("exhibitions:show", args=[exhibition.student_id, exhibition.pk]),
        key=f"exhibitions.peer_said:{rehearsal.pk}", school_id=exhibition.school_id, student_id=exhibition.student_id,
    )  # fmt: skip


def agreed(exhibition, by) -> None:
    """To the student: the panel's judgement is written down."""
    _to_team(exhibition, [Role.STUDENT], "agreed", _("The panel has agreed on %(name)s's exhibition"), by, "show")


def decided(exhibition, by) -> None:
    words = _("%(name)s's gateway is decided")
    _to_team(exhibition, [Role.STUDENT, Role.PARENT, Role.ADVISER], "decided", words, by, "show")


def proof(narrative, people, kind, by) -> None:
    """A narrative waits for a second reader, or came back from one."""
    words = {
        "asked": _("%(name)s's narrative waits for a second reader"),
        "returned": _("%(name)s's narrative came back from its second reader"),
        "accepted": _("%(name)s's narrative may be released"),
    }[kind]
    exhibition = narrative.exhibition
    notify(
        people=people, kind=f"exhibitions.proof_{kind}", title=_words(words, exhibition), by=by,
        url=reverse("exhibitions:narrative", args=[exhibition.student_id, exhibition.pk]),
        key=f"exhibitions.proof:{narrative.pk}", school_id=exhibition.school_id, student_id=exhibition.student_id,
    )  # fmt: skip


def released(narrative, by) -> None:
    exhibition = narrative.exhibition
    words = _("%(name)s's narrative is there to read")
    if narrative.number > 1:
        words = _("%(name)s's narrative was corrected")
    roles = [Role.STUDENT, Role.PARENT]
    _to_team(exhibition, roles, "released", words, by, "narrative", key=f"{exhibition.pk}:{narrative.number}")


def _to_team(exhibition, roles, kind, words, by, page, key=None):
    day = exhibition.student.school.today()
    team = TeamMember.objects.on(day).filter(student=exhibition.student, role__in=roles).select_related("user")
    notify(
        people=[row.user for row in team], kind=f"exhibitions.{kind}", title=_words(words, exhibition), by=by,
        url=reverse(f"exhibitions:{page}", args=[exhibition.student_id, exhibition.pk]),
        key=f"exhibitions.{kind}:{key or exhibition.pk}", school_id=exhibition.school_id,
        student_id=exhibition.student_id,
    )  # fmt: skip


def _to_seats(seats, kind, words, by, *, key, urgent=False, again=False, with_calendar=False):
    for seat in seats:
        exhibition = seat.exhibition
        notify(
            people=[seat.user], kind=f"exhibitions.{kind}", title=_words(words, exhibition),
            # Told again on purpose, also to somebody who asked themselves onto the panel.
            by=None if again else by, url=reverse("exhibitions:seat", args=[seat.pk]),
            key=f"exhibitions.{kind}:{key}", school_id=exhibition.school_id, urgent=urgent,
            calendar=_calendar(seat) if with_calendar else b"",
        )  # fmt: skip


def _calendar(seat) -> bytes:
    address = absolute(reverse("exhibitions:seat", args=[seat.pk]))
    return calendar_file(seat.exhibition, title=title_of(seat.exhibition), url=address, at=timezone.now())


def _words(words, exhibition):
    def say():
        facts = {"name": exhibition.student.user.called, "when": "", "day": "", "room": str(exhibition.told_room or "")}
        if exhibition.told_starts_at:
            zone = exhibition.student.school.zone
            at, until = exhibition.told_starts_at.astimezone(zone), exhibition.told_ends_at.astimezone(zone)
            facts["when"] = f"{date_format(at)}, {time_format(at.time())} – {time_format(until.time())}"
            facts["day"] = date_format(at, "l")
        return gettext(words) % facts

    return say

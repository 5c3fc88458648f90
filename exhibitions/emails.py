"""What this room writes to people outside the school, each in their own language."""

import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.links import address_of
from accounts.senders import language_for, sender_of
from common import mailbox
from exhibitions.calendar import calendar_file, cancelled


def panel(link, token: str, seat, why: str) -> None:
    """The link to a seat on a panel, and why it comes: "asked" (when can you come?), "told" or "changed" (when it is,
    with the calendar file), "reminder", or "rate" once it is over."""
    exhibition = seat.exhibition
    _post("panel", link, token, seat=seat, exhibition=exhibition, student=exhibition.student, why=why)


def uninvited(seat, now: datetime.datetime) -> None:
    """To who has no account: they are not expected any more."""
    exhibition = seat.exhibition
    _event_gone("uninvited", seat, exhibition.told_starts_at, now, f"exhibitions.uninvited:{seat.pk}")


def taken_off(seat, was: datetime.datetime, now: datetime.datetime, why: str = "") -> None:
    """To who has no account: the time that they were told does not hold, and their link stays good for the next. `why`
    as in exhibitions/news.py."""
    _event_gone("taken_off", seat, was, now, f"exhibitions.taken_off:{seat.pk}:{seat.exhibition.told_times}", why)


def _event_gone(name, seat, was, now, key, why=""):
    """With a calendar file that takes the event out again, where there was one."""
    exhibition, student = seat.exhibition, seat.exhibition.student
    sender = sender_of(exhibition.school_id)
    context = {"user": seat.user, "sender": sender, "seat": seat, "student": student, "was": was, "why": why}
    with translation.override(language_for(seat.user, sender)), timezone.override(student.school.zone):
        subject, text, html = (
            render_to_string(f"exhibitions/email/{name}{part}", context) for part in ("_subject.txt", ".txt", ".html")
        )
        event = title_of(exhibition)
    mailbox.post(
        to=seat.user.email, person=seat.user, subject=" ".join(subject.split()), text=text.strip(), html=html.strip(),
        key=key, calendar=cancelled(exhibition, title=event, starts_at=was, at=now) if was else b"",
    )  # fmt: skip


def narrative(link, token: str, narrative) -> None:
    """The link by which somebody of the family without an account reads a released narrative."""
    exhibition = narrative.exhibition
    _post("narrative", link, token, narrative=narrative, exhibition=exhibition, student=exhibition.student)


def _post(name, link, token, **facts):
    sender = sender_of(link.school_id)
    address = address_of(token)
    exhibition = facts["exhibition"]
    context = {"user": link.user, "sender": sender, "link": link, "address": address, **facts}
    with translation.override(language_for(link.user, sender)), timezone.override(exhibition.student.school.zone):
        subject = render_to_string(f"exhibitions/email/{name}_subject.txt", context)
        text = render_to_string(f"exhibitions/email/{name}.txt", context)
        html = render_to_string(f"exhibitions/email/{name}.html", context)
        event = title_of(exhibition)
    is_set = facts.get("why") in ("told", "changed", "reminder")
    # Without the link's own secret: calendars are shared, and a seat is one person's.
    calendar = calendar_file(exhibition, title=event, url="", at=timezone.now()) if is_set else b""
    mailbox.post(
        to=link.user.email, person=link.user, subject=" ".join(subject.split()), text=text.strip(), html=html.strip(),
        key=f"link:{link.pk}", calendar=calendar,
    )  # fmt: skip


def title_of(exhibition) -> str:
    """What stands in calendars: a first name and no more."""
    return _("Exhibition of %(name)s") % {"name": exhibition.student.user.called}

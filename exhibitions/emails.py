"""What this room writes to people outside the school, each in their own language."""

import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.links import address_of
from accounts.senders import language_for, sender_of
from common import mailbox
from exhibitions.calendar import calendar_file, cancelled


def panel(link, token: str, seat) -> None:
    """The link to a seat on a panel: when can you come, or, once it is set, when it is, with the calendar file."""
    exhibition = seat.exhibition
    _post("panel", link, token, seat=seat, exhibition=exhibition, student=exhibition.student)


def taken_off(seat, was: datetime.datetime, now: datetime.datetime) -> None:
    """To who has no account: the time that they were told does not hold, and their link stays good for the next."""
    exhibition, student = seat.exhibition, seat.exhibition.student
    sender = sender_of(exhibition.school_id)
    context = {"user": seat.user, "sender": sender, "seat": seat, "student": student, "was": was}
    with translation.override(language_for(seat.user, sender)), timezone.override(student.school.zone):
        subject, text, html = (
            render_to_string(f"exhibitions/email/taken_off{name}", context)
            for name in ("_subject.txt", ".txt", ".html")
        )
        event = title_of(exhibition)
    mailbox.post(
        to=seat.user.email, person=seat.user, subject=" ".join(subject.split()), text=text.strip(), html=html.strip(),
        key=f"exhibitions.taken_off:{seat.pk}:{exhibition.told_times}",
        calendar=cancelled(exhibition, title=event, starts_at=was, at=now),
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
    is_set = name == "panel" and exhibition.told_starts_at
    # Without the link's own secret: calendars are shared, and a seat is one person's.
    calendar = calendar_file(exhibition, title=event, url="", at=timezone.now()) if is_set else b""
    mailbox.post(
        to=link.user.email, person=link.user, subject=" ".join(subject.split()), text=text.strip(), html=html.strip(),
        key=f"link:{link.pk}", calendar=calendar,
    )  # fmt: skip


def title_of(exhibition) -> str:
    """What stands in calendars: a first name and no more."""
    return _("Exhibition of %(name)s") % {"name": exhibition.student.user.called}

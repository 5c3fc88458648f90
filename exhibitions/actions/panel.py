"""Who is on a panel: the student's team at first, then whomever adviser or lead add. Guests come by a link."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.links import make_link, revoke_all
from accounts.actions.people import add_person
from accounts.models import Link, User
from audit.actions import record
from common.refusals import SaidAtField
from exhibitions import emails, news
from exhibitions.models import Exhibition, Seat, Times
from exhibitions.seats import OPEN_AFTER, PANEL, holding, team_kinds
from exhibitions.slots import slots_of
from students.models import Student

As = Seat.As


class PanelError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def seat_team(
    *, exhibition: Exhibition, by, on: datetime.date, now: datetime.datetime, but_who_left=False
) -> list[Seat]:
    """Put the student and who is on their team on the panel; who is on it already stays as they are, and where it is
    `but_who_left`, who was taken off it stays off. The new seats."""
    exhibition = Exhibition.objects.lock(exhibition)
    seats = exhibition.seats.all() if but_who_left else exhibition.seats.kept()
    seated = set(seats.values_list("user_id", flat=True))
    return Seat.objects.bulk_create(
        Seat(
            exhibition=exhibition, user_id=user_id, kind=kind, is_required=kind in (As.STUDENT, As.ADVISER),
            added_by=by, added_at=now,
        )
        for user_id, kind in team_kinds(exhibition.student, on).items() if user_id not in seated
    )  # fmt: skip


@transaction.atomic
def add_seat(
    *, exhibition: Exhibition, user: User, kind: str, by, on: datetime.date, now: datetime.datetime, is_required=False
) -> Seat:
    """Put somebody on the panel and tell them; who has a seat keeps it. Raises PanelError."""
    exhibition = Exhibition.objects.lock(exhibition)
    _require_running(exhibition, on)
    if same := exhibition.seats.kept().filter(user=user).first():
        return same
    if user.closed_at:
        raise PanelError(_("%(name)s's account is closed.") % {"name": user.name}, "person")
    if kind == As.PEER and not Student.objects.filter(school=exhibition.school_id, user=user).enrolled(on).exists():
        raise PanelError(_("%(name)s is no student here now.") % {"name": user.name}, "person")
    seat = Seat.objects.create(
        exhibition=exhibition, user=user, kind=kind, is_required=is_required, added_by=by, added_at=now
    )
    _record("seat_added", exhibition, by, user=user.pk, kind=kind)
    ask(seat=seat, by=by, now=now)
    return seat


@transaction.atomic
def add_guest(
    *, exhibition: Exhibition, given_name: str, family_name: str, email: str, by, on: datetime.date,
    now: datetime.datetime, is_required=False,
) -> Seat:  # fmt: skip
    """Somebody from outside the school: who was its guest before under this name and address is the same person (two
    may share an address: decision 0003).

    Raises PanelError, and accounts' PersonError for what is no name or address.
    """
    exhibition = Exhibition.objects.lock(exhibition)
    _require_running(exhibition, on)
    known = _guest_of_before(exhibition, given_name, family_name, email)
    person = known or add_person(
        given_name=given_name, family_name=family_name, email=email, by=by, school_id=exhibition.school_id
    )
    return add_seat(exhibition=exhibition, user=person, kind=As.GUEST, by=by, on=on, now=now, is_required=is_required)


def _guest_of_before(exhibition, given_name, family_name, email) -> User | None:
    if not email.strip():
        return None
    rows = Seat.objects.filter(
        exhibition__school_id=exhibition.school_id, kind=As.GUEST, user__email__iexact=email.strip(),
        user__given_name__iexact=given_name.strip(), user__family_name__iexact=family_name.strip(),
        user__closed_at__isnull=True,
    )  # fmt: skip
    found = rows.select_related("user").order_by("-id").first()
    return found and found.user


@transaction.atomic
def leave(*, seat: Seat, by, now: datetime.datetime) -> None:
    """Take somebody off the panel: their link ends, what they said stays. Raises PanelError for the student."""
    exhibition = Exhibition.objects.lock(seat.exhibition)
    seat = exhibition.seats.select_for_update(of=("self",)).select_related("user").get(pk=seat.pk)
    if seat.left_at:
        return
    if seat.is_student:
        raise PanelError(_("It is the student's own exhibition."))
    seat.left_at = now
    seat.save(update_fields=["left_at"])
    revoke_all(user=seat.user, by=by, now=now, purpose=PANEL, subject=str(seat.pk))
    _record("seat_left", exhibition, by, user=seat.user_id)
    seat.exhibition = exhibition
    if exhibition.told_starts_at and exhibition.told_starts_at <= now:
        return
    if seat.user.can_sign_in:
        news.uninvited(seat, by)
    elif seat.user.can_be_written_to:
        emails.uninvited(seat, now)


@transaction.atomic
def require(*, seat: Seat, is_required: bool, by) -> None:
    """Whether the timetable waits for them."""
    exhibition = Exhibition.objects.lock(seat.exhibition)
    if Seat.objects.filter(pk=seat.pk).exclude(is_required=is_required).update(is_required=is_required):
        _record("seat_required", exhibition, by, user=seat.user_id, is_required=is_required)


@transaction.atomic
def ask(*, seat: Seat, by, now: datetime.datetime, again=False, why="") -> bool:
    """Tell somebody of their seat: in the app, or by a link where they do not sign in. Whether they could be told.
    `why` is for the e-mail (exhibitions/emails.py); left out, it is what the time says.

    An earlier link to the seat ends with a new one.
    """
    seat = Seat.objects.with_all().get(pk=seat.pk)
    # A barred parent and a former mentor are told no day and no room.
    if not holding(seat.exhibition.student.school.today()).filter(pk=seat.pk).exists():
        return False
    if seat.user.can_sign_in:
        news.seated(seat, by, again=again)
        return True
    if not seat.user.can_be_written_to:
        return False
    lasts = _until(seat) - now
    if lasts <= datetime.timedelta():
        return False
    link, secret = make_link(
        user=seat.user, purpose=PANEL, way=Link.Way.EMAIL, by=by, now=now, school_id=seat.exhibition.school_id,
        subject=str(seat.pk), lasts=lasts,
    )  # fmt: skip
    emails.panel(link, secret, seat, why or _why(seat, now))
    return True


def _why(seat, now) -> str:
    if seat.exhibition.told_starts_at is None:
        return "asked"
    return "rate" if seat.exhibition.told_ends_at <= now else "told"


def _until(seat) -> datetime.datetime:
    window = seat.exhibition.window
    last = window.last_on + OPEN_AFTER
    return datetime.datetime.combine(last, datetime.time(), seat.exhibition.student.school.zone)


@transaction.atomic
def reply(*, seat: Seat, answer: str, words: str, by, now: datetime.datetime) -> Seat:
    """Whether somebody comes at the time that they were told. Raises PanelError while there is none."""
    exhibition = Exhibition.objects.lock(seat.exhibition)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("user").get(pk=seat.pk)
    seat.exhibition = exhibition
    if exhibition.told_starts_at is None:
        raise PanelError(_("The time is not set yet."))
    had = seat.reply_now
    seat.reply, seat.reply_words, seat.replied_at, seat.replied_to = answer, words, now, exhibition.told_starts_at
    seat.save(update_fields=["reply", "reply_words", "replied_at", "replied_to"])
    _note_time(exhibition, seat.user, answer, by, now)
    _record("replied", exhibition, by, user=seat.user_id, reply=answer)
    if answer == Seat.Reply.NO and had != answer:
        news.cannot_come(seat, by, now)
    return seat


def _note_time(exhibition, user, answer, by, now):
    """What somebody answers is also said of the time: a no stays one for the next timetable, a yes takes it back."""
    row = Times.objects.filter(window=exhibition.window_id, user=user).first()
    at, busy = exhibition.told_starts_at, row.busy if row else set()
    wanted = busy - {at} if answer == Seat.Reply.YES else busy | {at}
    if wanted != busy:
        _write_times(exhibition.window, user, wanted, by, now)


def _write_times(window, user, cannot, by, now) -> Times:
    row, _is_new = Times.objects.update_or_create(
        window=window, user=user,
        defaults={
            "cannot": sorted(one.astimezone(datetime.UTC).isoformat() for one in cannot), "said_by": by,
            "said_at": now,
        },
    )  # fmt: skip
    return row


@transaction.atomic
def ask_for_times(*, seats, by, now: datetime.datetime) -> int:
    """Ask each person once when they cannot come, over all their exhibitions of a window; how many were reached."""
    first = {}
    for seat in seats:
        first.setdefault(seat.user_id, seat)
    return sum(ask(seat=seat, by=by, now=now, again=True, why="asked") for seat in first.values())


def without_times(window, on: datetime.date):
    """The seats of a window's exhibitions whose people have not said when they cannot come, and know no time yet."""
    rows = holding(on).filter(exhibition__window=window, exhibition__told_starts_at__isnull=True)
    rows = rows.exclude(kind=As.STUDENT).exclude(user__in=Times.objects.filter(window=window).values("user"))
    return rows.order_by("pk")


@transaction.atomic
def say_times(*, exhibition: Exhibition, user: User, cannot: set[datetime.datetime], by, now: datetime.datetime):
    """At which of the window's times somebody cannot come; it holds for every exhibition of the window."""
    offered = set(slots_of(exhibition.window))
    return _write_times(exhibition.window, user, cannot & offered, by, now)


def _require_running(exhibition, on):
    if exhibition.window.is_over(on):
        raise PanelError(_("“%(window)s” is over.") % {"window": exhibition.window})


def _record(what, exhibition, by, **details):
    record(
        f"exhibitions.panel.{what}", by=by, subject=exhibition, school_id=exhibition.school_id,
        student_id=exhibition.student_id, **details,
    )  # fmt: skip

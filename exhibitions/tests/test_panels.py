"""Who is on a panel: the team at first, then whom adviser or lead add; their times and replies; when a seat ends."""

import datetime

import pytest

from accounts.models import Link
from bpl.tests.cast import NOW, TODAY
from exhibitions.actions.panel import PanelError, add_seat, leave, reply, say_times
from exhibitions.models import Exhibition, Seat, Times
from exhibitions.seats import open_seats
from exhibitions.slots import slots_of
from exhibitions.tests.factories import a_guest, an_exhibition, seat_of
from mentors.actions.mentorship import end_mentorship
from notices.models import Email, Notice
from students.actions.family import change_rights

DAY = datetime.timedelta(days=1)


def panel(exhibition, rest=""):
    return f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/panel/{rest}"


def told(exhibition):
    Exhibition.objects.filter(pk=exhibition.pk).update(
        told_starts_at=slots_of(exhibition.window)[0], told_room=exhibition.window.rooms.first(), told_times=1
    )
    return Exhibition.objects.get(pk=exhibition.pk)


def test_the_team_sits_on_it_from_the_beginning(cast):
    exhibition = an_exhibition(cast)
    assert {(seat.user, seat.kind) for seat in exhibition.seats.select_related("user")} == {
        (cast.sam, "student"), (cast.ada, "adviser"), (cast.rosa, "parent"), (cast.grandma, "parent"), (cast.mo, "mentor"),
    }  # fmt: skip


def test_staff_and_fellow_students_are_added_from_a_list(cast, client):
    exhibition = an_exhibition(cast)
    client.force_login(cast.ada)
    page = client.get(panel(exhibition)).content.decode()
    assert "Lena Brandt" in page and "Ben Castillo" in page and "Omar Haddad" not in page and "Dan Okafor" not in page
    for person in (cast.lena, cast.ben):
        for _tap in range(2):
            client.post(panel(exhibition, "person/"), {"person": person.pk, "is_required": "on"})
    assert client.post(panel(exhibition, "person/"), {"person": cast.omar.pk}).status_code == 200
    rows = exhibition.seats.filter(user__in=[cast.lena, cast.ben, cast.omar])
    assert {(seat.user, seat.kind, seat.is_required) for seat in rows} == {
        (cast.lena, "peer", True), (cast.ben, "staff", True),
    }  # fmt: skip


def test_a_guest_of_before_is_the_same_person(cast):
    first, _link = a_guest(an_exhibition(cast), cast)
    second, _link = a_guest(an_exhibition(cast, "lena"), cast, email="GUS@example.org")
    assert first.user == second.user and first.pk != second.pk
    # Who has an address here for another reason is not found by it.
    third, _link = a_guest(an_exhibition(cast, "omar"), cast, email=cast.rosa.email)
    assert third.user != cast.rosa


def test_a_wrong_address_is_said_beside_the_field(cast, client):
    exhibition = an_exhibition(cast)
    client.force_login(cast.ada)
    answer = client.post(panel(exhibition, "guest/"), {"given_name": "Gus", "email": "gus@"}).content.decode()
    assert "Gus" in answer and "gus@" in answer and "invalid-feedback" in answer
    assert not Seat.objects.filter(kind="guest").exists()


def test_who_leaves_the_team_loses_the_seat(cast, client):
    exhibition = an_exhibition(cast)
    mo, rosa = (seat_of(exhibition, user) for user in (cast.mo, cast.rosa))
    end_mentorship(mentorship=cast.mentorships["mo", "sam"], by=cast.lead, on=TODAY)
    guardianship = cast.student("sam").guardianships.get(user=cast.rosa)
    change_rights(guardianship=guardianship, rights="barred", by=cast.lead, on=TODAY)
    for seat in (mo, rosa):
        client.force_login(seat.user)
        for rest in ("", "judge/", "together/"):
            assert client.get(f"/panels/{seat.pk}/{rest}").status_code == 404
        assert not open_seats(seat.user, TODAY).exists()
    client.force_login(cast.ada)
    assert "this place opens nothing" in client.get(panel(exhibition)).content.decode()


def test_a_seat_is_shut_a_fortnight_after_the_window(cast):
    exhibition = an_exhibition(cast)
    last = exhibition.window.last_on
    assert open_seats(cast.ada, last + 14 * DAY).exists()
    assert not open_seats(cast.ada, last + 15 * DAY).exists()
    seat, _address = a_guest(exhibition, cast)
    ends = Link.objects.get(user=seat.user, purpose="panel").expires_at.astimezone(cast.school.zone)
    assert ends.date() == last + 15 * DAY


def test_somebody_says_when_they_cannot_come(cast, client):
    exhibition = an_exhibition(cast)
    seat, slots = seat_of(exhibition, cast.mo), slots_of(exhibition.window)
    client.force_login(cast.mo)
    data = {"cannot": [slots[0].isoformat(), slots[3].isoformat()]}
    assert client.post(f"/panels/{seat.pk}/times/", data).status_code == 302
    assert Times.objects.get(user=cast.mo).busy == {slots[0], slots[3]}
    assert client.get(f"/panels/{seat.pk}/").content.decode().count("checked") == 2
    client.post(f"/panels/{seat.pk}/times/", {})
    assert Times.objects.get().busy == set()
    assert client.post(f"/panels/{seat.pk}/times/", {"cannot": ["yesterday"]}).status_code == 200
    say_times(exhibition=exhibition, user=cast.mo, cannot={NOW}, by=cast.mo, now=NOW)
    assert Times.objects.get().busy == set()


def test_a_reply_reaches_the_adviser_once_and_is_of_its_time(cast):
    exhibition = an_exhibition(cast)
    seat = seat_of(exhibition, cast.mo)
    with pytest.raises(PanelError):
        reply(seat=seat, answer="yes", words="", by=cast.mo, now=NOW)
    told(exhibition)
    for _tap in range(2):
        reply(seat=seat, answer="no", words="At sea", by=cast.mo, now=NOW)
    assert Notice.objects.filter(kind="exhibitions.cannot_come", user=cast.ada).count() == 1
    seat = seat_of(exhibition, cast.mo)
    assert seat.reply_now == "no"
    Exhibition.objects.update(told_starts_at=slots_of(exhibition.window)[1])
    assert seat_of(exhibition, cast.mo).reply_now == ""


def test_who_came_to_the_team_later_is_offered(cast, client):
    exhibition = an_exhibition(cast)
    leave(seat=seat_of(exhibition, cast.grandma), by=cast.ada, now=NOW)
    client.force_login(cast.ada)
    assert "Ngozi" in client.get(panel(exhibition)).content.decode()
    client.post(panel(exhibition, "team/"))
    assert exhibition.seats.kept().filter(user=cast.grandma).count() == 1
    assert exhibition.seats.filter(user=cast.grandma).count() == 2


def test_one_button_a_seat(cast, client):
    exhibition = told(an_exhibition(cast))
    seat, _address = a_guest(exhibition, cast)
    client.force_login(cast.ada)
    mails = Email.objects.filter(person=seat.user).count()
    for what in ("need", "yes", "ask", "nonsense"):
        assert client.post(panel(exhibition, f"{seat.pk}/"), {"do": what}).status_code == 302
    seat.refresh_from_db()
    assert (seat.is_required, seat.reply) == (True, "yes")
    assert Email.objects.filter(person=seat.user).count() == mails + 1
    client.post(panel(exhibition, f"{seat.pk}/"), {"do": "leave"})
    seat.refresh_from_db()
    assert seat.left_at == NOW
    student = seat_of(exhibition, cast.sam)
    assert client.post(panel(exhibition, f"{student.pk}/"), {"do": "leave"}).status_code == 302
    assert not Seat.objects.get(pk=student.pk).left_at
    with pytest.raises(PanelError):
        add_seat(exhibition=exhibition, user=cast.ben, kind="peer", by=cast.ada, on=TODAY, now=NOW)

"""Who is on a panel: the team at first, then whom adviser or lead add; their times and replies; when a seat ends."""

import datetime

import pytest
from django.test import Client

from accounts.models import Link
from bpl.tests.cast import NOW, TODAY
from exhibitions.actions.exhibitions import put_in
from exhibitions.actions.judging import JudgingError, hand_in
from exhibitions.actions.panel import PanelError, add_guest, add_seat, ask, leave, reply, say_times
from exhibitions.models import Exhibition, Seat, Times
from exhibitions.seats import guardians_of, name_for, open_seats
from exhibitions.slots import slots_of
from exhibitions.tests.factories import a_file, a_guest, an_exhibition, rated, seat_of
from exhibitions.together import together
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
        (cast.sam, "student"), (cast.ada, "adviser"), (cast.rosa, "parent"), (cast.grandma, "parent"),
        (cast.mo, "mentor"),
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
    seat, _address = a_guest(exhibition, cast)
    assert open_seats(seat.user, last + 14 * DAY).exists()
    assert not open_seats(seat.user, last + 15 * DAY).exists()
    # The team comes back to read, and to correct.
    assert open_seats(cast.ada, last + 90 * DAY).exists()
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


def test_the_school_writes_down_when_somebody_cannot_come(cast, client):
    exhibition = an_exhibition(cast)
    seat, slot = seat_of(exhibition, cast.grandma), slots_of(exhibition.window)[2]
    client.force_login(cast.ada)
    client.post(panel(exhibition, f"{seat.pk}/times/"), {"cannot": [slot.isoformat()]})
    said = Times.objects.get(user=cast.grandma)
    assert (said.busy, said.said_by) == ({slot}, cast.ada)


def test_a_no_stays_one_for_the_next_timetable(cast):
    exhibition, slots = told(an_exhibition(cast)), slots_of(an_exhibition(cast).window)
    for slot in slots[:2]:
        Exhibition.objects.update(told_starts_at=slot)
        reply(seat=seat_of(exhibition, cast.mo), answer="no", words="", by=cast.mo, now=NOW)
    assert Times.objects.get(user=cast.mo).busy == set(slots[:2])
    reply(seat=seat_of(exhibition, cast.mo), answer="yes", words="", by=cast.mo, now=NOW)
    assert Times.objects.get(user=cast.mo).busy == {slots[0]}


def test_two_guests_may_share_an_address(cast):
    exhibition = an_exhibition(cast)
    first, _link = a_guest(exhibition, cast)
    said = {"given_name": "Ida", "family_name": "Pane", "email": first.user.email}
    second = add_guest(exhibition=exhibition, by=cast.ada, on=TODAY, now=NOW, **said)
    assert second.user != first.user and second.user.given_name == "Ida"


def test_a_guest_who_is_taken_off_is_told(cast):
    exhibition = told(an_exhibition(cast))
    seat, _link = a_guest(exhibition, cast)
    leave(seat=seat, by=cast.ada, now=NOW)
    last = Email.objects.filter(person=seat.user).latest("pk")
    assert "no longer expects you" in last.text and "METHOD:CANCEL" in last.calendar


def test_the_letter_says_why_it_comes(cast):
    exhibition = told(an_exhibition(cast))
    seat, _link = a_guest(exhibition, cast)
    for why, words in (
        ("asked", "when you cannot come"), ("told", "whether you come"), ("changed", "The time has changed"),
        ("reminder", "If something has come up"), ("rate", "your rating is still missing"),
    ):  # fmt: skip
        assert ask(seat=seat, by=cast.ada, now=NOW, why=why)
        last = Email.objects.filter(person=seat.user).latest("pk")
        assert words in last.text and bool(last.calendar) == (why in ("told", "changed", "reminder")), why
    # A student without an account is not asked to look at themselves.
    mine = seat_of(exhibition, cast.sam)
    ask(seat=mine, by=cast.ada, now=NOW)
    assert "you rate yourself" in Email.objects.filter(person=cast.sam).latest("pk").text


def test_who_is_barred_is_told_no_day_and_no_room(cast, client):
    exhibition = told(an_exhibition(cast))
    rosa = seat_of(exhibition, cast.rosa)
    guardianship = cast.student("sam").guardianships.get(user=cast.rosa)
    change_rights(guardianship=guardianship, rights="barred", by=cast.lead, on=TODAY)
    assert not ask(seat=rosa, by=cast.ada, now=NOW)
    assert not Email.objects.filter(person=cast.rosa).exists()
    assert cast.rosa.name not in [seat.user.name for seat in together(exhibition, on=TODAY).waiting]


def test_a_parent_who_also_mentors_is_hidden_from_the_other_parent(cast):
    exhibition = an_exhibition(cast)
    Seat.objects.filter(user=cast.grandma).update(kind="mentor")
    guardians = guardians_of(exhibition.student)
    rosa, grandma, mo = (seat_of(exhibition, user) for user in (cast.rosa, cast.grandma, cast.mo))
    assert (name_for(grandma, rosa, guardians), name_for(rosa, grandma, guardians)) == ("Family", "Family")
    assert name_for(grandma, mo, guardians) == "Ngozi"


def test_a_guest_opens_what_is_shown_and_nothing_else(cast):
    exhibition = an_exhibition(cast)
    shown, other = a_file(cast), a_file(cast, name="other.jpg")
    draft, lenas = a_file(cast, name="draft.jpg", ready=False), a_file(cast, "lena")
    put_in(exhibition=exhibition, evidence=shown, by=cast.sam)
    seat, address = a_guest(exhibition, cast)
    guest = Client()
    base = guest.get(address)["Location"]
    for rest in ("", "file/", "small/"):
        assert guest.get(f"{base}evidence/{shown.pk}/{rest}").status_code == 200
        for hidden in (other, draft, lenas):
            assert guest.get(f"{base}evidence/{hidden.pk}/{rest}").status_code == 404
    leave(seat=seat, by=cast.ada, now=NOW)
    assert guest.get(f"{base}evidence/{shown.pk}/file/").status_code == 410


def test_nothing_is_shown_without_the_students_say(cast, client):
    exhibition, photo = an_exhibition(cast), a_file(cast)
    client.force_login(cast.ada)
    base = f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/"
    cast.sam.username = "sam"
    cast.sam.set_password("x" * 20)
    cast.sam.save()
    answer = client.post(base + "arrange/", {"do": f"in:{photo.pk}"}, follow=True).content.decode()
    assert "Sam chooses" in answer and not exhibition.shown.exists()
    put_in(exhibition=exhibition, evidence=photo, by=cast.sam)
    client.post(base + "arrange/", {"do": f"out:{photo.pk}"})
    assert not exhibition.shown.exists()


def test_nobody_hands_in_before_it_has_begun(cast):
    exhibition = an_exhibition(cast)
    rated(exhibition, cast.sam)
    rated(exhibition, cast.mo, handed_in=False)
    Exhibition.objects.update(told_starts_at=NOW + datetime.timedelta(hours=1))
    seat = seat_of(exhibition, cast.mo)
    with pytest.raises(JudgingError, match="not begun yet"):
        hand_in(seat=seat, now=NOW)
    hand_in(seat=seat, now=NOW + datetime.timedelta(hours=1))

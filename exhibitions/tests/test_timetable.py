"""The fortnight: a timetable is proposed, changed by hand, told, reminded of, and printed."""

import datetime
import re

import pytest
from django.core import mail as post_office
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpl.tests.cast import NOW, TODAY
from exhibitions.actions import timetable as actions
from exhibitions.actions.exhibitions import begin, change_window
from exhibitions.actions.panel import add_seat, leave, reply, require, say_times
from exhibitions.actions.timetable import TimetableError, ask, move, pin, remind, tell, unpin, unplace, work_out
from exhibitions.fortnight import is_over, read
from exhibitions.grid import days_of
from exhibitions.models import Exhibition, Seat, Timetabling, Window
from exhibitions.problems import found, why_no_time
from exhibitions.slots import slots_of, usual_times
from exhibitions.tasks import remind_of_exhibitions, resume_timetables, tell_window, work_out_timetable
from exhibitions.tests.factories import a_guest, a_window, rated, seat_of
from internships.tests.factories import a_begun_placement
from notices.models import Email, Notice
from notices.tasks import send_waiting
from schools.actions.closures import add_closure
from schools.actions.staff import give_role
from schools.roles import Role
from students.actions.family import add_guardian
from students.models import Enrolment

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
PASSWORD = "a-long-word-of-theirs"


@pytest.fixture
def window(cast) -> Window:
    """Two days of two times in two rooms; nobody has to come but the student and the adviser."""
    last = cast.term.last_day
    window = a_window(cast, starts_on=last - DAY, times=["09:00", "13:00"], needs=["adviser", "parent"])
    window.school = cast.school
    return window


def exhibition(cast, window, name) -> Exhibition:
    student = cast.student(name)
    return begin(window=window, student=student, by=student.user, on=TODAY, now=NOW)


@pytest.fixture
def all_four(cast, window) -> dict[str, Exhibition]:
    return {name: exhibition(cast, window, name) for name in ("sam", "kit", "lena", "omar")}


def proposed(window, cast, now=NOW) -> Timetabling:
    run = ask(window=window, by=cast.lead, now=now)
    return work_out(run=Timetabling.objects.select_related("window__school").get(pk=run.pk), now=now)


def now_at(exhibition) -> tuple[datetime.datetime, str]:
    fresh = Exhibition.objects.select_related("room").get(pk=exhibition.pk)
    return fresh.starts_at, str(fresh.room)


def place(exhibition, slot, cast, room=0):
    rooms = list(exhibition.window.rooms.all())
    return move(exhibition=exhibition, slot=slot, room=rooms[room], by=cast.lead, now=NOW)


def page(window, rest=""):
    return f"/schools/{window.school_id}/exhibitions/{window.pk}/timetable/{rest}"


def signs_in(*people):
    for person in people:
        person.set_password(PASSWORD)
        person.save()


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user, kind__startswith="exhibitions.").values_list("kind", flat=True))


def problems(window, now=NOW):
    """But that Lena and Omar, who have no guardians here, have no family on their panels."""
    return [one for one in found(read(window, now)) if "on the panel as" not in one]


def goes_out(window, client):
    client.post(page(window, "tell/"))
    tell_window(window.pk)


# Proposing


def test_everybody_is_placed_and_nobody_is_at_two_at_once(cast, window, all_four):
    run = proposed(window, cast)
    assert (run.state, run.left_out, run.left_out_at_least) == ("solved", 0, 0)
    places = {name: now_at(one) for name, one in all_four.items()}
    assert len(set(places.values())) == 4 and all(at in slots_of(window) for at, _room in places.values())
    # Rosa is mother of both; Ada and Ben each have two students.
    for one, other in (("sam", "kit"), ("sam", "lena"), ("kit", "omar")):
        assert places[one][0] != places[other][0]
    assert problems(window) == []


def test_what_is_pinned_stays_and_what_people_said_is_kept(cast, window, all_four):
    slots = slots_of(window)
    place(all_four["lena"], slots[3], cast, room=1)
    say_times(exhibition=all_four["sam"], user=cast.rosa, cannot=set(slots[:2]), by=cast.rosa, now=NOW)
    require(seat=seat_of(all_four["sam"], cast.rosa), is_required=True, by=cast.ada)
    say_times(exhibition=all_four["omar"], user=cast.ben, cannot=set(slots[:2]), by=cast.ben, now=NOW)
    proposed(window, cast)
    assert now_at(all_four["lena"]) == (slots[3], "Room 4")
    assert now_at(all_four["sam"])[0] == slots[2]
    # Ben is left the last two, and Rosa is at Sam's in the first of them.
    assert (now_at(all_four["omar"])[0], now_at(all_four["kit"])[0]) == (slots[2], slots[3])
    assert problems(window) == []


def test_it_is_not_on_a_day_of_an_internship_where_another_will_do(cast, window):
    slots = slots_of(window)
    a_begun_placement(cast, "sam", on=(slots[0].weekday(),))
    sam = exhibition(cast, window, "sam")
    proposed(window, cast)
    assert now_at(sam)[0].astimezone(cast.school.zone).date() == slots[2].date()


def test_who_cannot_be_placed_is_left_out_with_the_proof_and_why(cast, window, all_four, client):
    slots = slots_of(window)
    say_times(exhibition=all_four["sam"], user=cast.ada, cannot=set(slots), by=cast.ada, now=NOW)
    say_times(exhibition=all_four["kit"], user=cast.rosa, cannot=set(slots), by=cast.rosa, now=NOW)
    say_times(exhibition=all_four["kit"], user=cast.dan, cannot=set(slots), by=cast.dan, now=NOW)
    run = proposed(window, cast)
    assert (run.left_out, run.left_out_at_least) == (3, 3)
    client.force_login(cast.lead)
    shown = client.get(page(window)).content.decode()
    assert "3 had no time. No timetable with these people, times and rooms leaves fewer out" in shown
    assert "Ada Lindqvist cannot come at any of the times." in shown
    assert "Nobody of the family can come at any of the times (Rosa Okafor and Dan Okafor)." in shown


def test_worked_out_twice_is_once_and_a_second_tap_waits_for_the_first(cast, window, all_four, client):
    client.force_login(cast.lead)
    for _tap in range(2):
        client.post(page(window, "propose/"))
    run = Timetabling.objects.select_related("window__school").get()
    waiting = client.get(page(window)).content.decode()
    assert "It is being worked out" in waiting and 'hx-trigger="every 2s"' in waiting
    work_out_timetable(run.pk)
    places = [now_at(one) for one in all_four.values()]
    place(all_four["sam"], slots_of(window)[0], cast, room=1)
    work_out(run=run, now=NOW)
    work_out_timetable(run.pk)
    assert [now_at(one) for one in all_four.values()][1:] == places[1:]
    assert "4 exhibitions have a time." in client.get(page(window)).content.decode()


def test_a_hand_that_moves_meanwhile_wins(cast, window, all_four, monkeypatch):
    slots = slots_of(window)
    solve = actions.solve

    def solve_slowly(problem, **how):
        answer = solve(problem, **how)
        # Where the solver puts another, and one that it has put elsewhere.
        slot, room = answer.placed[all_four["kit"].pk]
        at = next(one for one in slots if int(one.timestamp()) == slot)
        place(all_four["omar"], at, cast, room=[one.pk for one in window.rooms.all()].index(room))
        return answer

    monkeypatch.setattr(actions, "solve", solve_slowly)
    run = proposed(window, cast)
    assert now_at(all_four["kit"])[0] is None and now_at(all_four["omar"])[0] is not None
    assert run.left_out == 1
    fortnight = read(window, NOW)
    assert "free and suit" in why_no_time(fortnight, fortnight.by_id[all_four["kit"].pk])


def test_a_run_that_fails_says_so_and_a_lost_one_goes_on(cast, window, all_four, monkeypatch, client):
    def broken(*_problem, **_how):
        raise RuntimeError("no solver")

    run = ask(window=window, by=cast.lead, now=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "solve", broken)
        with pytest.raises(RuntimeError):
            work_out_timetable(run.pk)
    client.force_login(cast.lead)
    assert "could not be worked out" in client.get(page(window)).content.decode()
    lost = ask(window=window, by=cast.lead, now=NOW - HOUR)
    assert lost != run
    resume_timetables()
    lost.refresh_from_db()
    assert lost.state == "solved" and now_at(all_four["sam"])[0]


def test_who_left_the_school_keeps_no_room(cast, window, all_four):
    slots = slots_of(window)
    place(all_four["omar"], slots[0], cast)
    unpin(exhibition=all_four["omar"], by=cast.lead)
    Enrolment.objects.filter(student=cast.student("omar")).update(ends_on=TODAY)
    proposed(window, cast)
    assert now_at(all_four["omar"])[0] is None and now_at(all_four["sam"])[0]


def test_what_people_were_told_stays_and_what_was_held_is_left_alone(cast, window, all_four):
    slots = slots_of(window)
    sam, lena = all_four["sam"], all_four["lena"]
    for one, slot, room in ((sam, slots[0], 1), (lena, slots[1], 1)):
        place(one, slot, cast, room)
        unpin(exhibition=one, by=cast.lead)
    tell(window=window, by=cast.lead, now=NOW)
    proposed(window, cast)
    assert now_at(sam) == (slots[0], "Room 4") and now_at(lena) == (slots[1], "Room 4")
    # On the day Sam's was held, and Lena was ill.
    unplace(exhibition=lena, by=cast.lead, now=NOW)
    proposed(window, cast, now=slots[1] + HOUR)
    assert now_at(sam) == (slots[0], "Room 4") and now_at(lena)[0] in slots[2:]


def joins(cast, user, name):
    add_guardian(
        student=cast.student(name), user=user, relation="uncle", rights="signs", by=cast.lead, on=TODAY
    )  # fmt: skip


def test_who_joins_the_team_later_is_on_the_panel_and_who_was_taken_off_is_not(cast, window, all_four):
    sam, lena = all_four["sam"], all_four["lena"]
    place(sam, slots_of(window)[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    signs_in(cast.dan, cast.moira)
    leave(seat=seat_of(sam, cast.grandma), by=cast.ada, now=NOW)
    joins(cast, cast.dan, "lena")
    joins(cast, cast.moira, "sam")
    proposed(window, cast)
    assert seat_of(lena, cast.dan).kind == "parent" and told(cast.dan) == []
    # Of a time that everybody knows, who is new is told at once.
    assert told(cast.moira) == ["exhibitions.seated"]
    assert not sam.seats.kept().filter(user=cast.grandma).exists()
    joins(cast, cast.dan, "omar")
    tell(window=window, by=cast.lead, now=NOW)
    assert told(cast.dan).count("exhibitions.told") == 3


def test_a_panel_without_somebody_whom_the_window_asks_for_is_a_problem(cast, window, all_four):
    lacks = found(read(window, NOW))[0]
    assert lacks == "The exhibitions of Lena Brandt and Omar Haddad: nobody is on the panel as family."
    joins(cast, cast.dan, "omar")
    proposed(window, cast)
    assert found(read(window, NOW)) == ["Lena Brandt's exhibition: nobody is on the panel as family."]


# By hand


def test_a_taken_room_is_refused_with_what_was_chosen_still_there(cast, window, all_four, client):
    slot = slots_of(window)[2]
    place(all_four["sam"], slot, cast)
    library, other = window.rooms.all()
    client.force_login(cast.coordinator)
    address = page(window, f"{all_four['lena'].pk}/")
    shown = client.post(address, {"slot": slot.isoformat(), "room": library.pk}).content.decode()
    assert "Sam Okafor has Library at that time." in shown
    assert re.search(rf'value="{re.escape(slot.isoformat())}" selected', shown)
    assert f'value="{library.pk}" selected' in shown
    assert "nothing" in client.post(address, {"slot": "nothing", "room": other.pk}).content.decode()
    assert client.post(address, {"slot": slot.isoformat(), "room": other.pk}).status_code == 302
    assert now_at(all_four["lena"]) == (slot, "Room 4")


def test_the_page_of_one_says_who_cannot_and_who_is_elsewhere(cast, window, all_four, client):
    slots = slots_of(window)
    say_times(exhibition=all_four["sam"], user=cast.mo, cannot={slots[1]}, by=cast.mo, now=NOW)
    place(all_four["kit"], slots[0], cast)
    client.force_login(cast.lead)
    shown = client.get(page(window, f"{all_four['sam'].pk}/")).content.decode()
    assert "without Mo Alvarez" in shown and "without Rosa Okafor" in shown and "Rosa Okafor (with Kit Okafor)" in shown


def test_a_move_into_no_time_no_room_or_the_past_is_refused(cast, window, all_four):
    sam, slots = all_four["sam"], slots_of(window)
    elsewhere = a_window(cast, name="Another", starts_on=window.starts_on)
    facts = {"exhibition": sam, "by": cast.lead}
    room = window.rooms.first()
    for slot, where, now, words in (
        (slots[0] + HOUR, room, NOW, "no exhibitions at that time"),
        (slots[0], room, slots[0], "past"),
        (slots[0], elsewhere.rooms.first(), NOW, "no room of these"),
    ):
        with pytest.raises(TimetableError, match=words):
            move(slot=slot, room=where, now=now, **facts)
    with pytest.raises(TimetableError, match="no time yet"):
        pin(**facts)


def test_pinned_unpinned_and_taken_out_on_its_page(cast, window, all_four, client):
    sam = all_four["sam"]
    place(sam, slots_of(window)[0], cast)
    client.force_login(cast.lead)
    for what, is_pinned in (("unpin", False), ("pin", True), ("out", False)):
        client.post(page(window, f"{sam.pk}/"), {"do": what})
        sam.refresh_from_db()
        assert sam.is_pinned == is_pinned
    assert sam.starts_at is None and sam.room is None
    assert "no time yet" in client.post(page(window, f"{sam.pk}/"), {"do": "pin"}, follow=True).content.decode()
    assert client.get(page(window, "0/")).status_code == 404


def test_what_is_wrong_is_said_with_names(cast, window, all_four, client):
    slots = slots_of(window)
    place(all_four["sam"], slots[0], cast)
    place(all_four["kit"], slots[0], cast, room=1)
    place(all_four["lena"], slots[1], cast)
    place(all_four["omar"], slots[2], cast)
    say_times(exhibition=all_four["lena"], user=cast.ada, cannot={slots[1]}, by=cast.ada, now=NOW)
    add_closure(school=cast.school, name="Snow", starts_on=slots[2].date(), ends_on=slots[2].date() + DAY, by=cast.lead)
    wrong = problems(window)
    assert len(wrong) == 3
    assert wrong[0].startswith("Rosa Okafor is at two exhibitions at once on Thu") and "Kit Okafor" in wrong[0]
    assert wrong[1].startswith("Lena Brandt on Thu") and "Ada Lindqvist cannot come" in wrong[1]
    assert wrong[2].startswith("Omar Haddad: there are no exhibitions on Fri")
    client.force_login(cast.lead)
    shown = client.get(page(window)).content.decode()
    assert "Rosa Okafor is at two exhibitions" in shown and "Omar Haddad" in shown


def test_a_no_to_the_time_that_was_told_is_a_time_at_which_they_cannot(cast, window, all_four):
    kit, slots = all_four["kit"], slots_of(window)
    place(kit, slots[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    for user in (cast.rosa, cast.dan):
        reply(seat=seat_of(kit, user), answer="no", words="", by=user, now=NOW)
    [wrong] = problems(window)
    assert "nobody of the family can come (Rosa Okafor and Dan Okafor)" in wrong
    reply(seat=seat_of(kit, cast.dan), answer="yes", words="", by=cast.dan, now=NOW)
    assert problems(window) == []


def test_a_time_that_went_by_untold_is_said(cast, window, all_four):
    slot = slots_of(window)[0]
    place(all_four["sam"], slot, cast)
    [wrong] = problems(window, now=slot + HOUR)
    assert "is past, and nobody was told" in wrong
    tell(window=window, by=cast.lead, now=slot + HOUR)
    assert Exhibition.objects.get(pk=all_four["sam"].pk).told_times == 0


# Telling


def test_each_is_told_once_and_told_again_what_has_changed(cast, window, all_four, client):
    sam, slots = all_four["sam"], slots_of(window)
    signs_in(cast.rosa, cast.ada)
    place(sam, slots[0], cast)
    client.force_login(cast.lead)
    assert "Tell everybody (1 change)" in client.get(page(window)).content.decode()
    for _tap in range(2):
        goes_out(window, client)
    assert told(cast.rosa) == told(cast.ada) == ["exhibitions.told"]
    notice = Notice.objects.get(user=cast.ada, kind="exhibitions.told")
    assert notice.count == 1 and "Library" in notice.title
    mails = Email.objects.filter(person=cast.ada)
    assert "BEGIN:VCALENDAR" in mails.get().calendar
    reply(seat=seat_of(sam, cast.rosa), answer="yes", words="", by=cast.rosa, now=NOW)
    assert "1 comes" in client.get(page(window)).content.decode()
    place(sam, slots[3], cast, room=1)
    assert seat_of(sam, cast.rosa).reply_now == "yes"
    shown = client.get(page(window)).content.decode()
    assert "changed, not told" in shown and "1 comes" not in shown
    goes_out(window, client)
    notice.refresh_from_db()
    assert (
        notice.count == 2 and notice.is_urgent and notice.title.startswith("Changed: Sam") and "Room 4" in notice.title
    )
    # What she said was of the other time.
    assert seat_of(sam, cast.rosa).reply_now == ""
    unplace(exhibition=sam, by=cast.lead, now=NOW)
    goes_out(window, client)
    assert set(told(cast.ada)) == {"exhibitions.told", "exhibitions.taken_off"}
    assert tell(window=window, by=cast.lead, now=NOW) == 0


def test_a_guest_gets_an_e_mail_with_a_calendar_file(cast, window, all_four):
    sam, slots = all_four["sam"], slots_of(window)
    gus, _address = a_guest(sam, cast)
    send_waiting()
    post_office.outbox.clear()
    sent = []
    for slot in (slots[0], slots[1], None):
        if slot:
            place(sam, slot, cast)
        else:
            unplace(exhibition=sam, by=cast.lead, now=NOW)
        tell(window=window, by=cast.lead, now=NOW)
        send_waiting()
        [letter] = [one for one in post_office.outbox if one.to == ["gus@example.org"]]
        sent.append(letter)
        post_office.outbox.clear()
    files = [letter.attachments[0][1] for letter in sent]
    assert {letter.attachments[0][2] for letter in sent} == {"text/calendar"}
    assert "SEQUENCE:0" in files[0] and f"DTSTART:{slots[0].astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}" in files[0]
    assert "SEQUENCE:1" in files[1] and "METHOD:PUBLISH" in files[1]
    assert "SEQUENCE:2" in files[2] and "METHOD:CANCEL" in files[2]
    assert "/l/" in sent[1].body and "will not be on" in sent[2].body and "Okafor" not in sent[2].body + files[2]
    leave(seat=gus, by=cast.ada, now=NOW)
    send_waiting()
    post_office.outbox.clear()
    place(sam, slots[2], cast)
    tell(window=window, by=cast.lead, now=NOW)
    send_waiting()
    assert [one for one in post_office.outbox if one.to == ["gus@example.org"]] == []


def test_who_has_no_reason_any_more_is_told_nothing(cast, window, all_four):
    sam = all_four["sam"]
    signs_in(cast.dan, cast.specialist)
    # Dan is barred from Sam; a seat of before opens nothing.
    Seat.objects.create(exhibition=sam, user=cast.dan, kind="parent", added_by=cast.ada, added_at=NOW)
    add_seat(exhibition=sam, user=cast.specialist, kind="staff", by=cast.ada, on=TODAY, now=NOW)
    place(sam, slots_of(window)[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    assert told(cast.dan) == [] and "exhibitions.told" in told(cast.specialist)


def test_everybody_is_reminded_once_the_day_before(cast, window, all_four, monkeypatch):
    sam, slots = all_four["sam"], slots_of(window)
    signs_in(cast.rosa, cast.ada)
    place(sam, slots[1], cast)
    tell(window=window, by=cast.lead, now=NOW)
    reply(seat=seat_of(sam, cast.ada), answer="no", words="", by=cast.ada, now=NOW)
    Email.objects.all().delete()
    eve = slots[1].date() - DAY
    for on in (eve - DAY, eve, eve, slots[1].date()):
        remind(school=cast.school, on=on, now=NOW)
    assert "exhibitions.remind" not in told(cast.ada)
    notice = Notice.objects.get(user=cast.rosa, kind="exhibitions.remind")
    assert notice.count == 1 and notice.is_urgent and "jueves" in notice.title
    # By e-mail where somebody does not sign in.
    assert Email.objects.filter(person=cast.mo).count() == 1
    # At another time once more, and at night not.
    place(sam, slots[2], cast)
    tell(window=window, by=cast.lead, now=NOW)
    for hour, count in ((6, 0), (9, 1), (10, 1)):
        at = datetime.datetime.combine(slots[2].date() - DAY, datetime.time(hour), cast.school.zone)
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        Email.objects.filter(person=cast.mo, key__startswith="link:").exclude(created_at=at).delete()
        remind_of_exhibitions()
        reminded = Seat.objects.get(exhibition=sam, user=cast.mo).reminded_of == slots[2]
        assert reminded == bool(count)
    assert Notice.objects.get(user=cast.rosa, kind="exhibitions.remind").count == 2


def later(monkeypatch, client, person, at):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    client.force_login(person)


def test_what_did_not_take_place_is_taken_out_told_and_gets_another_time(cast, window, all_four, client, monkeypatch):
    sam, slots = all_four["sam"], slots_of(window)
    signs_in(cast.ada)
    place(sam, slots[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    later(monkeypatch, client, cast.lead, slots[0] + HOUR)
    address = page(window, f"{sam.pk}/")
    assert address in client.get(page(window)).content.decode()
    assert "It did not take place" in client.get(address).content.decode()
    client.post(address, {"do": "out"})
    assert now_at(sam)[0] is None and "Tell everybody (1 change)" in client.get(page(window)).content.decode()
    goes_out(window, client)
    assert "did not take place" in Notice.objects.get(user=cast.ada, kind="exhibitions.taken_off").title
    letter = Email.objects.filter(person=cast.mo).latest("pk")
    assert "did not take place. A new time follows" in " ".join(letter.text.split())
    proposed(window, cast, now=slots[0] + HOUR)
    assert now_at(sam)[0] in slots[1:]


def test_what_was_held_stays_once_somebody_has_rated_it(cast, window, all_four, client, monkeypatch):
    sam, slots = all_four["sam"], slots_of(window)
    place(sam, slots[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    rated(sam, cast.sam)
    facts = {"exhibition": sam, "by": cast.lead, "now": slots[0] + HOUR}
    move(slot=slots[2], room=window.rooms.first(), **facts)
    tell(window=window, by=cast.lead, now=slots[0] + HOUR)
    facts["now"] = slots[2] + HOUR
    rated(sam, cast.ada, at=facts["now"])
    for held in (unplace, lambda **facts: move(slot=slots[3], room=window.rooms.first(), **facts)):
        with pytest.raises(TimetableError, match="It was held"):
            held(**facts)
    later(monkeypatch, client, cast.lead, facts["now"])
    assert client.get(page(window, f"{sam.pk}/")).status_code == 404


def test_of_who_has_left_there_is_only_to_say_that_it_does_not_take_place(cast, window, all_four, client):
    omar, lena, slots = all_four["omar"], all_four["lena"], slots_of(window)
    place(omar, slots[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    place(lena, slots[0], cast, room=1)
    for name in ("omar", "lena"):
        Enrolment.objects.filter(student=cast.student(name)).update(ends_on=TODAY)
    gus, _address = a_guest(omar, cast)
    # Nobody is invited to what will not be.
    assert tell(window=window, by=cast.lead, now=NOW) == 0
    client.force_login(cast.lead)
    address = page(window, f"{omar.pk}/")
    shown = client.get(page(window)).content.decode()
    assert "has left the school" in shown and address in shown
    library = window.rooms.first()
    assert client.post(address, {"slot": slots[1].isoformat(), "room": library.pk}).status_code == 404
    with pytest.raises(TimetableError, match="has left the school"):
        move(exhibition=omar, slot=slots[1], room=library, by=cast.lead, now=NOW)
    assert "has left the school" in client.get(address).content.decode()
    for what in ("unpin", "out"):
        assert client.post(address, {"do": what}).status_code == 302
    assert client.get(address).status_code == 200 and now_at(omar)[0] is None
    goes_out(window, client)
    letter = " ".join(Email.objects.filter(person=gus.user).latest("pk").text.split())
    assert "does not take place" in letter and "A new time" not in letter


def test_nobody_is_reminded_of_a_day_on_which_the_school_is_shut_or_of_what_has_moved(cast, window, all_four, client):
    slots = slots_of(window)
    for name, slot in (("sam", slots[0]), ("omar", slots[2])):
        place(all_four[name], slot, cast)
    tell(window=window, by=cast.lead, now=NOW)
    place(all_four["sam"], slots[1], cast)
    day = slots[2].date()
    add_closure(school=cast.school, name="Snow", starts_on=day, ends_on=day + DAY, by=cast.lead)
    for slot in (slots[0], slots[2]):
        assert remind(school=cast.school, on=slot.date() - DAY, now=NOW) == 0
    [wrong] = problems(window)
    assert wrong.startswith("Omar Haddad: the school is shut on Fri") and wrong.endswith("3 people have not been told.")
    client.force_login(cast.lead)
    shown = client.get(page(window).replace("timetable", "programme")).content.decode()
    assert "Sam Okafor" in shown and "Omar Haddad" not in shown


def test_a_telling_that_was_lost_with_a_process_goes_on(cast, window, all_four, client):
    place(all_four["sam"], slots_of(window)[0], cast)
    client.force_login(cast.lead)
    for _tap in range(2):
        client.post(page(window, "tell/"))
    assert "It is going out; 1 exhibition is left." in client.get(page(window)).content.decode()
    resume_timetables()
    assert Exhibition.objects.get(pk=all_four["sam"].pk).told_times == 0
    Window.objects.update(telling_asked_at=NOW - HOUR)
    resume_timetables()
    assert Exhibition.objects.get(pk=all_four["sam"].pk).told_times == 1
    shown = client.post(page(window, "tell/"), follow=True).content.decode()
    assert "Everybody knows already." in shown and "It is going out" not in shown
    assert tell_window(window.pk) == 0


# The programme


def test_the_programme_shows_what_was_told_and_nothing_of_the_panels(cast, window, all_four, client):
    slots = slots_of(window)
    client.force_login(cast.coordinator)
    address = f"/schools/{cast.school.pk}/exhibitions/{window.pk}/programme/"
    assert "Nobody has been told a time" in client.get(address).content.decode()
    Exhibition.objects.filter(pk=all_four["sam"].pk).update(title="A bench that lasts")
    place(all_four["sam"], slots[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    place(all_four["sam"], slots[1], cast, room=1)
    place(all_four["kit"], slots[0], cast)
    shown = client.get(address).content.decode()
    assert "Sam Okafor" in shown and "A bench that lasts" in shown and "9 a.m." in shown and "Library" in shown
    assert "Kit Okafor" not in shown and "Room 4" not in shown and "Rosa" not in shown and "Ada" not in shown
    answer = client.get(address.removesuffix("/") + ".pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


# The window


def said(cast, **changes):
    last = cast.term.last_day
    facts = {
        "name": "Spring", "term": cast.term.pk, "starts_on": (last - DAY).isoformat(), "last_on": last.isoformat(),
        "slot_minutes": "45", "rooms": "Library", "times": "9:00, 10.00 13:00", "needs": ["parent", "mentor"],
    }  # fmt: skip
    return facts | changes


def test_a_window_has_its_times_and_who_must_be_there(cast, client):
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/exhibitions/"
    for times, words in (
        ("soon, 10:00", "“soon” is not a time"),
        ("13 pm", "“13 pm” is not a time"),
        ("9:00 9:30", "less than 45 minutes apart"),
    ):
        shown = client.post(address, said(cast, times=times)).content.decode()
        assert words in shown and f'value="{times}"' in shown
    assert client.post(address, said(cast, times="9:00", slot_minutes="900")).status_code == 200
    client.post(address, said(cast))
    window = Window.objects.get()
    assert (window.times, window.needs) == (["09:00", "10:00", "13:00"], ["parent", "mentor"])
    client.post(address, said(cast, name="Fair", slot_minutes="60", times=""))
    assert Window.objects.get(name="Fair").times[:2] == ["09:00", "10:15"]


def test_a_window_that_is_over_is_not_proposed_again(cast, window, client):
    after = datetime.datetime.combine(window.last_on + DAY, datetime.time(12), cast.school.zone)
    with pytest.raises(TimetableError, match="is over"):
        ask(window=window, by=cast.lead, now=after)


def changed(window, cast, **changes) -> Window:
    facts = {
        "name": window.name, "starts_on": window.starts_on, "last_on": window.last_on, "needs": window.needs,
        "slot_minutes": window.slot_minutes, "rooms": [room.name for room in window.rooms.all()], "times": window.times,
    }  # fmt: skip
    return change_window(window=window, by=cast.lead, now=NOW, **(facts | changes))


def test_other_times_unplace_what_nobody_was_told_and_hold_the_room_of_what_was_told(cast, window, all_four):
    sam, kit, slots = all_four["sam"], all_four["kit"], slots_of(window)
    place(sam, slots[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    place(kit, slots[2], cast)
    place(all_four["lena"], slots[1], cast)
    window = changed(window, cast, times=["09:15", "13:00"])
    assert now_at(kit)[0] is None and now_at(all_four["lena"])[0] == slots[1] and now_at(sam) == (slots[0], "Library")
    [wrong] = problems(window)
    assert wrong.startswith("Sam Okafor: the window has no such time as Thu")
    quarter = slots_of(window)[0]
    library, other = window.rooms.all()
    facts = {"exhibition": kit, "slot": quarter, "by": cast.lead, "now": NOW}
    with pytest.raises(TimetableError, match="Sam Okafor has Library at that time"):
        move(room=library, **facts)
    fortnight = read(window, NOW)
    assert fortnight.rooms_left(fortnight.by_id[kit.pk], quarter) == [other]
    assert cast.rosa in [user for user, _other in fortnight.elsewhere(fortnight.by_id[kit.pk], quarter)]
    move(room=other, **facts)
    assert "Rosa Okafor is at two exhibitions at once" in " ".join(problems(window))


def test_a_proposal_keeps_clear_of_a_pinned_time_that_overlaps(cast, window, all_four):
    sam, slots = all_four["sam"], slots_of(window)
    place(sam, slots[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    window = changed(window, cast, times=["09:15"], rooms=["Library", "Room 4"])
    proposed(window, cast)
    quarter, library = slots_of(window)[0], window.rooms.first()
    assert now_at(sam)[0] == slots[0]
    assert not Exhibition.objects.filter(starts_at=quarter, room=library).exists()
    # Rosa is at Sam's, and so is Ada.
    assert now_at(all_four["kit"])[0] != quarter and now_at(all_four["lena"])[0] != quarter


def test_longer_exhibitions_are_told_again(cast, window, all_four):
    sam, slots = all_four["sam"], slots_of(window)
    gus, _address = a_guest(sam, cast)
    place(sam, slots[0], cast)
    tell(window=window, by=cast.lead, now=NOW)
    assert tell(window=window, by=cast.lead, now=NOW) == 0
    Exhibition.objects.update(told_minutes=None)
    window = changed(window, cast, slot_minutes=60)
    sam.refresh_from_db()
    assert sam.told_ends_at == slots[0] + datetime.timedelta(minutes=45)
    assert is_over(Exhibition.objects.get(pk=sam.pk), slots[0] + HOUR)
    # Its time still holds.
    assert remind(school=cast.school, on=slots[0].date() - DAY, now=NOW) > 0
    assert [tell(window=window, by=cast.lead, now=NOW) for _tap in range(2)] == [1, 0]
    post_office.outbox.clear()
    send_waiting()
    letter = [one for one in post_office.outbox if one.to == [gus.user.email]][-1]
    ends = (slots[0] + HOUR).astimezone(datetime.UTC)
    assert "SEQUENCE:1" in letter.attachments[0][1] and f"DTEND:{ends:%Y%m%dT%H%M%SZ}" in letter.attachments[0][1]


def test_what_people_said_counts_for_a_time_that_overlaps_and_a_yes_goes_before_it(cast, window, all_four):
    sam, slots = all_four["sam"], slots_of(window)
    say_times(exhibition=sam, user=cast.rosa, cannot={slots[0]}, by=cast.rosa, now=NOW)
    window = changed(window, cast, times=["09:15", "13:00"])
    quarter, _one = slots_of(window)[:2]

    def who_cannot():
        fortnight = read(window, NOW)
        return fortnight.cannot(fortnight.by_id[sam.pk], quarter)

    assert who_cannot() == [cast.rosa]
    place(sam, quarter, cast)
    tell(window=window, by=cast.lead, now=NOW)
    reply(seat=seat_of(sam, cast.rosa), answer="yes", words="", by=cast.rosa, now=NOW)
    assert who_cannot() == []


def test_a_second_no_does_not_forget_the_first(cast, window, all_four):
    sam, slots = all_four["sam"], slots_of(window)
    for slot in (slots[0], slots[2]):
        place(sam, slot, cast)
        tell(window=window, by=cast.lead, now=NOW)
        reply(seat=seat_of(sam, cast.rosa), answer="no", words="", by=cast.rosa, now=NOW)
    fortnight = read(window, NOW)
    said = [cast.rosa in fortnight.cannot(fortnight.by_id[sam.pk], slot) for slot in slots]
    assert said == [True, False, True, False]


def test_another_window_at_the_same_time_holds_people_and_rooms(cast, window, all_four):
    sam, slots = all_four["sam"], slots_of(window)
    fair = a_window(cast, name="Fair", starts_on=slots[0].date(), times=["09:30"], slot_minutes=20, rooms=["Library"])
    place(exhibition(cast, fair, "kit"), slots[0] + HOUR / 2, cast)
    fortnight = read(window, NOW)
    ours, (library, other) = fortnight.by_id[sam.pk], window.rooms.all()
    assert fortnight.rooms_left(ours, slots[0]) == [other] and fortnight.rooms_left(ours, slots[1]) == [library, other]
    assert cast.rosa in [user for user, _other in fortnight.elsewhere(ours, slots[0])]
    assert not fortnight.would_do(ours, slots[0])
    with pytest.raises(TimetableError, match="Kit Okafor has Library at that time"):
        place(sam, slots[0], cast)
    Exhibition.objects.filter(pk=sam.pk).update(starts_at=slots[0], room=library)
    people, room = problems(window)
    assert people.startswith("Rosa Okafor is at two exhibitions at once on Thu")
    assert people.endswith("Sam Okafor, and Kit Okafor in “Fair”.")
    assert room.startswith("Library is taken twice on Thu") and room.endswith("and Kit Okafor in “Fair”.")
    proposed(window, cast)
    assert now_at(sam)[0] != slots[0] and now_at(all_four["kit"])[0] != slots[0] and problems(window) == []


@pytest.mark.parametrize(
    ("minutes", "times"),
    [
        (50, "09:00 10:05 11:10 13:00 14:05 15:10"), (180, "09:00 13:00"), (120, "09:00 13:00"),
        (45, "09:00 10:00 11:00 13:00 14:00 15:00"),
    ],
)  # fmt: skip
def test_the_usual_times_leave_midday_free(minutes, times):
    assert " ".join(usual_times(minutes)) == times


def test_a_fair_has_short_pauses():
    times = usual_times(15)
    assert times[:2] == ["09:00", "09:20"] and times[times.index("13:00") - 1] == "11:40" and len(times) == 18


def test_a_weekend_counts_where_the_window_begins_or_ends_on_it(cast):
    friday = cast.term.last_day - 7 * DAY

    def days(first, last):
        window = a_window(cast, name=f"{first} {last}", starts_on=friday + first * DAY, last_on=friday + last * DAY)
        return [(day.date() - friday).days for day in slots_of(window) if day.hour == 9]

    assert days(0, 1) == [0, 1] and days(1, 1) == [1] and days(1, 2) == [1, 2]
    assert days(-1, 4) == [-1, 0, 3, 4]


def test_the_pages_cost_the_same_for_more_exhibitions(cast, window, client):
    give_role(user=cast.mo, role=Role.ADVISER, school=cast.school, by=cast.lead, on=TODAY)
    place(exhibition(cast, window, "sam"), slots_of(window)[0], cast)
    exhibition(cast, window, "lena")
    fair = a_window(cast, name="Fair", starts_on=window.starts_on, times=["09:00", "10:00"], slot_minutes=15)
    place(exhibition(cast, fair, "sam"), slots_of(fair)[0], cast, room=1)
    client.force_login(cast.lead)

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    first = Exhibition.objects.get(student=cast.student("sam"), window=window)
    addresses = [page(window), page(window, f"{first.pk}/"), page(window).replace("timetable", "programme")]
    few = [cost(address) for address in addresses]
    place(exhibition(cast, fair, "lena"), slots_of(fair)[1], cast)
    place(exhibition(cast, window, "kit"), slots_of(window)[1], cast)
    exhibition(cast, window, "omar")
    tell(window=window, by=cast.lead, now=NOW)
    assert [cost(address) for address in addresses] == few
    assert len(days_of(read(window, NOW))) == 2

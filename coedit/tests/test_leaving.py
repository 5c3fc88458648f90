"""Sockets close when the right to them ends: on leaving, at the end of a day, with the session."""

import datetime

import pytest
from django.test import Client

from accounts.actions.closing import close_account, sign_out_everywhere
from bpl.tests.cast import NOW, TODAY
from coedit.actions import open_to
from coedit.live import limits
from coedit.tests.callers import Caller, soon, wait_for_news
from coedit.tests.factories import EVERYONE, a_text, take_off_team
from coedit.tests.peers import session_of
from schools.actions.staff import end_role
from schools.roles import Role
from students.actions import team

pytestmark = pytest.mark.django_db(transaction=True)


def test_leaving_the_team_closes_the_socket(peer, cast):
    mo, sam = peer(cast.mo, a_text(cast)).sync(), peer(cast.sam, a_text(cast)).sync()
    take_off_team(cast, cast.mo)
    assert mo.closed_with() == 4403
    sam.write("still here")
    sam.all_saved()


def test_leaving_one_of_two_places_closes_nothing(peer, cast):
    text = a_text(cast)
    place = {"student": cast.student("sam"), "user": cast.mo, "by": cast.lead, "on": TODAY}
    team.join(role=Role.MENTOR, cause="placement:9", **place)
    mo = peer(cast.mo, text).sync()
    team.leave(cause="placement:9", **place)
    mo.write("still mentoring")
    mo.all_saved()


def test_the_writer_asks_again_when_no_hint_came(peer, cast):
    text = a_text(cast)
    mo = peer(cast.mo, text).sync()
    cast.mo.teams.update(ends_on=TODAY)
    mo.write("too late")
    assert mo.closed_with() == 4403
    assert peer(cast.sam, text).sync().text == ""


def test_cover_ends_with_its_last_day(peer, cast, monkeypatch):
    cover = peer(cast.cover, a_text(cast)).sync()
    later = NOW + datetime.timedelta(days=5)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert cover.closed_with() == 4403


def test_signing_out_closes_the_socket(peer, cast):
    text, client = a_text(cast), Client()
    client.force_login(cast.sam)
    sam = peer(cast.sam, text, session=client.cookies["sessionid"].value).sync()
    client.logout()
    client.post("/accounts/logout/")
    elsewhere = peer(cast.sam, text).sync()
    assert sam.closed_with() == 4401
    elsewhere.write("on the other computer")
    elsewhere.all_saved()


@pytest.mark.parametrize("end", ["close", "sign_out"])
def test_the_end_of_an_account_closes_its_sockets_at_once(peer, cast, end):
    text = a_text(cast)
    mo, sam = peer(cast.mo, text).sync(), peer(cast.sam, text).sync()
    _ends(end, cast)
    assert mo.closed_with() == 4401
    sam.write("still here")
    sam.all_saved()


def _ends(how, cast):
    if how == "close":
        close_account(user=cast.mo, by=cast.lead, now=NOW)
    else:
        sign_out_everywhere(user=cast.mo, by=cast.mo)


def test_the_end_of_a_role_closes_its_sockets_at_once(peer, cast):
    cora = peer(cast.coordinator, a_text(cast, readers=[*EVERYONE, Role.COORDINATOR])).sync()
    end_role(row=cast.coordinator.staff_roles.get(), by=cast.lead, on=TODAY)
    assert cora.closed_with() == 4403


def test_a_new_password_ends_the_session(peer, cast, monkeypatch):
    monkeypatch.setattr(limits, "RECHECK_EVERY", 0)
    sam = peer(cast.sam, a_text(cast)).sync()
    cast.sam.set_password("something else entirely")
    cast.sam.save()
    assert sam.closed_with() == 4401


def test_a_session_that_was_ended_by_force_is_noticed(peer, cast, monkeypatch):
    monkeypatch.setattr(limits, "RECHECK_EVERY", 0)
    key = session_of(cast.sam)
    sam = peer(cast.sam, a_text(cast), session=key).sync()
    from django.contrib.sessions.models import Session

    Session.objects.filter(session_key=key).delete()
    assert sam.closed_with() == 4401


def test_closing_a_text_to_a_role_closes_its_sockets(peer, cast):
    text = a_text(cast)
    mo, sam = peer(cast.mo, text).sync(), peer(cast.sam, text).sync()
    open_to(text=text, readers=["student"], writers=["student"], by=cast.ada, on=TODAY)
    assert mo.closed_with() == 4403
    sam.write("alone")
    sam.all_saved()


def test_a_text_closes_to_whoever_is_no_longer_named(peer, cast):
    text = a_text(cast, people={"parent": [cast.rosa], "mentor": [cast.mo]})
    rosa, mo = peer(cast.rosa, text).sync(), peer(cast.mo, text).sync()
    assert peer(cast.grandma, text).closed_with() == 4404
    people = {"parent": [], "mentor": [cast.mo]}
    open_to(text=text, readers=EVERYONE, writers=EVERYONE, people=people, by=cast.ada, on=TODAY)
    assert rosa.closed_with() == 4403
    mo.write("between us")
    mo.all_saved()


def test_each_batch_asks_for_the_people_again(peer, cast):
    text = a_text(cast)
    rosa = peer(cast.rosa, text).sync()
    type(text).objects.filter(pk=text.pk).update(people={"parent": {}})
    rosa.write("too late")
    assert rosa.closed_with() == 4403
    assert peer(cast.sam, text).sync().text == ""


def test_a_writer_who_may_only_read_now_is_told_to_come_back(peer, cast):
    text = a_text(cast)
    mo = peer(cast.mo, text).sync()
    open_to(text=text, readers=EVERYONE, writers=["student"], by=cast.ada, on=TODAY)
    assert mo.closed_with() == 4403
    assert peer(cast.mo, text).sync().text == ""


def test_whoever_leaves_while_waiting_is_shown_nothing_more(server, peer, cast):
    text = a_text(cast, "Hello")
    mo, sam = Caller(cast.mo, text), peer(cast.sam, text).sync()
    mo.take(mo.get())
    with soon(lambda: (take_off_team(cast, cast.mo), sam.write("private"))):
        status, answer = wait_for_news(server, mo)
    assert status == 404
    assert b"private" not in answer


@pytest.mark.parametrize("end", ["close", "sign_out"])
def test_an_account_that_ends_is_shown_nothing_more_while_it_waits(server, peer, cast, end):
    text = a_text(cast, "Hello")
    mo, sam = Caller(cast.mo, text), peer(cast.sam, text).sync()
    mo.take(mo.get())
    with soon(lambda: (_ends(end, cast), sam.write("private"))):
        status, answer = wait_for_news(server, mo)
    assert status == 401
    assert b"private" not in answer


def test_a_role_that_ends_is_shown_nothing_more_while_it_waits(server, peer, cast):
    text = a_text(cast, "Hello", readers=[*EVERYONE, Role.COORDINATOR])
    cora, sam = Caller(cast.coordinator, text), peer(cast.sam, text).sync()
    cora.take(cora.get())
    role = cast.coordinator.staff_roles.get()
    with soon(lambda: (end_role(row=role, by=cast.lead, on=TODAY), sam.write("private"))):
        status, answer = wait_for_news(server, cora)
    assert status == 404
    assert b"private" not in answer


def test_guardians_see_each_other_where_the_school_says_so(peer, cast):
    cast.school.guardians_see_each_other = True
    cast.school.save()
    text = a_text(cast)
    rosa, grandma = peer(cast.rosa, text).sync(), peer(cast.grandma, text).sync()
    rosa.caret({}, clock=1)
    grandma.pump(until=lambda: rosa.doc.client_id in grandma.carets)

"""The file that asks the clearinghouse for leavers."""

import datetime

from audit.models import Event
from bpl.tests.cast import TODAY
from outcomes.models import Leaver
from outcomes.request_file import Account, Asked, plain, write
from outcomes.tests.clearinghouse_files import a_leaver, an_id

FACTS = {"classes": ["2026"], "code": "100234", "branch": "00", "name": "Riverside High"}


def ask(client, cast, by, **changes):
    client.force_login(by)
    return client.post(f"/schools/{cast.school.pk}/outcomes/clearinghouse/request/", FACTS | changes)


def test_the_rows_are_as_the_clearinghouse_has_them(cast, client):
    a_leaver(cast, "omar")
    response = ask(client, cast, cast.coordinator)
    assert response["Content-Disposition"] == 'attachment; filename="studenttracker_request_20261124.txt"'
    head, row, tail, end = response.content.decode("ascii").split("\r\n")
    assert head.split("\t") == ["H1", "100234", "00", "Riverside High", "20261124", "SE", "I"]
    assert row.split("\t") == [
        "D1", "", "Omar", "", "Haddad", "", "20080809", "20260701", "", "100234", "00", an_id(cast, "omar")
    ]  # fmt: skip
    assert (tail, end) == ("T1\t3", "")


def test_what_is_sent_comes_back_as_somebody(cast):
    asked = Asked("TL1_2_X", "Zoë-Ann", "O’Neill Ørsted", datetime.date(2008, 1, 2), TODAY)
    text = write(Account("1", "00", "Séan's"), [asked], TODAY)
    assert "Zoe-Ann\t\tO'Neill Orsted" in text and "Sean's" in text


def test_names_in_other_letters_cannot_be_asked_for():
    assert plain("علي") == "" and plain("李 Wei") == "Wei" and plain("Straße\t1") == "Strasse"


def test_who_cannot_be_asked_for_is_named(cast, client):
    a_leaver(cast, "omar")
    a_leaver(cast, "lena")
    cast.student("lena").__class__.objects.filter(pk=cast.student("lena").pk).update(born_on=None)
    client.force_login(cast.lead)
    page = client.get(f"/schools/{cast.school.pk}/outcomes/clearinghouse/request/").content.decode()
    assert "2026: 1 of 2 can be asked for" in page and "Lena Brandt" in page and "Omar Haddad" not in page
    assert ask(client, cast, cast.lead).content.decode().count("D1") == 1


def test_nobody_is_asked_for_who_has_died_or_has_not_left_yet(cast, client):
    a_leaver(cast, "omar", how=Leaver.How.DIED)
    a_leaver(cast, "lena", left_on=TODAY + datetime.timedelta(days=1))
    a_leaver(cast, "kit", how=Leaver.How.MOVED)
    rows = ask(client, cast, cast.lead).content.decode()
    assert "Kit" in rows and "Omar" not in rows and "Lena" not in rows


def test_it_is_written_down_and_remembered(cast, client):
    a_leaver(cast, "omar")
    ask(client, cast, cast.coordinator)
    event = Event.objects.get(action="outcomes.clearinghouse.requested")
    assert (event.actor, event.details["people"], event.details["classes"]) == (cast.coordinator, 1, [2026])
    page = client.get(f"/schools/{cast.school.pk}/outcomes/clearinghouse/request/").content.decode()
    assert 'value="100234"' in page


def test_what_is_missing_is_said_and_nothing_is_sent(cast, client):
    a_leaver(cast, "omar")
    page = ask(client, cast, cast.lead, classes=[], branch="x").content.decode()
    assert "Choose at least one class." in page and "Write two figures." in page and 'value="100234"' in page
    assert not Event.objects.filter(action="outcomes.clearinghouse.requested").exists()


def test_who_has_objected_is_not_in_the_file_and_stands_there_the_next_time(cast, client):
    for name in ("omar", "lena", "kit"):
        a_leaver(cast, name)
    kit = cast.student("kit")
    kit.number = "77"
    kit.save()
    rows = ask(client, cast, cast.lead, objected="  omar  HADDAD \r\n\r\n77").content.decode()
    assert "Lena" in rows and "Omar" not in rows and "Kit" not in rows and "T1\t3" in rows
    event = Event.objects.get(action="outcomes.clearinghouse.requested")
    assert event.details["people"] == 1 and event.details["objected"] == sorted([cast.student("omar").pk, kit.pk])
    page = client.get(f"/schools/{cast.school.pk}/outcomes/clearinghouse/request/").content.decode()
    written = page.split('name="objected"')[1].split("</textarea>")[0]
    assert cast.student("kit").user.full_name in written and "Omar Haddad" in written


def test_an_objection_that_is_nobodys_or_of_two_is_not_passed_over(cast, client):
    for name in ("omar", "lena"):
        a_leaver(cast, name)
    cast.student("lena").user.__class__.objects.filter(pk=cast.student("lena").user_id).update(
        given_name="Omar", family_name="Haddad"
    )
    page = ask(client, cast, cast.lead, objected="Omar Haddad\r\nSam Okafor").content.decode()
    ids = ", ".join(sorted(an_id(cast, name) for name in ("omar", "lena")))
    assert f"“Omar Haddad” is more than one: write one of {ids} instead." in page
    assert "“Sam Okafor” is nobody of those who left." in page and "Omar Haddad\r\nSam Okafor" in page
    assert not Event.objects.filter(action="outcomes.clearinghouse.requested").exists()


def test_what_stands_there_the_next_time_can_be_sent_as_it_stands(cast, client):
    a_leaver(cast, "omar")
    ask(client, cast, cast.lead, objected="Omar Haddad")
    a_leaver(cast, "lena")
    lena = cast.student("lena").user
    lena.given_name, lena.family_name = "Omar", "Haddad"
    lena.save()
    page = client.get(f"/schools/{cast.school.pk}/outcomes/clearinghouse/request/").content.decode()
    written = page.split('name="objected"')[1].split("</textarea>")[0].split(">")[1].strip()
    assert written == an_id(cast, "omar")
    rows = ask(client, cast, cast.lead, objected=written).content.decode()
    assert an_id(cast, "lena") in rows and an_id(cast, "omar") not in rows


def test_an_objection_outlasts_a_time_in_which_they_are_here_again(cast, client):
    leaver = a_leaver(cast, "omar")
    a_leaver(cast, "lena")
    ask(client, cast, cast.lead, objected="Omar Haddad")
    Leaver.objects.filter(pk=leaver.pk).update(taken_back_at=leaver.at)
    ask(client, cast, cast.lead)
    Leaver.objects.filter(pk=leaver.pk).update(taken_back_at=None)
    page = client.get(f"/schools/{cast.school.pk}/outcomes/clearinghouse/request/").content.decode()
    assert "Omar Haddad" in page.split('name="objected"')[1].split("</textarea>")[0]

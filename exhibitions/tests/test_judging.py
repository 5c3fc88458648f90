"""A panel rates: kept tap by tap, on two devices, through a link; handed in, side by side, agreed, corrected."""

import datetime
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bpl.tests.cast import NOW, TODAY, person
from exhibitions.actions.judging import (
    NOT_ENOUGH,
    JudgingError,
    Lacking,
    Saying,
    agree,
    consent,
    correct,
    hand_in,
    keep,
)
from exhibitions.actions.panel import add_seat, leave
from exhibitions.models import Agreed, Rating, Remark, Seat
from exhibitions.tests.factories import a_guest, an_exhibition, begun_now, criteria, levels, rated, seat_of
from exhibitions.together import together

SECOND = datetime.timedelta(seconds=1)


def one(exhibition, key="communication"):
    return f"c{criteria(exhibition)[key].pk}"


def level(exhibition, rank):
    return str(levels(exhibition)[rank - 1].pk)


def standing(seat):
    return {row.criterion.key: (row.level and row.level.rank, row.words) for row in seat.ratings.standing()}


def opened(address) -> tuple[Client, str]:
    """A browser that has followed a guest's link, and the seat's address in it."""
    client = Client()
    return client, client.get(address)["Location"]


def test_everything_is_kept_as_it_is_tapped(cast, client):
    exhibition = an_exhibition(cast)
    seat = seat_of(exhibition, cast.ada)
    client.force_login(cast.ada)
    said = {"device": "a", "sayings": [{"topic": one(exhibition), "level": level(exhibition, 3), "words": "Clear."}]}
    for _sent_twice in range(2):
        answer = client.post(f"/panels/{seat.pk}/save/", said, content_type="application/json")
        assert answer.json() == {"kept": [one(exhibition)]}
    assert standing(seat) == {"communication": (3, "Clear.")}
    assert Rating.objects.count() == 1
    page = client.get(f"/panels/{seat.pk}/judge/").content.decode()
    assert "Clear." in page
    # The tab is closed and opened again: another device id, which has seen what stood there.
    base = seat.ratings.get().mark
    keep(
        seat=seat, sayings=[Saying(one(exhibition), None, "Clear, and short.", base=base)], device="b", now=NOW + SECOND
    )
    assert standing(seat) == {"communication": (3, "Clear, and short.")}
    assert Rating.objects.count() == 1
    # A page that was opened before that has not seen it: both are kept.
    keep(seat=seat, sayings=[Saying(one(exhibition), None, "Long.", base=base)], device="c", now=NOW + 2 * SECOND)
    assert standing(seat) == {"communication": (3, "Long.")}
    assert set(Rating.objects.values_list("words", flat=True)) == {"Clear, and short.", "Long."}


def test_two_devices_at_once_lose_nothing(cast, client):
    exhibition = an_exhibition(cast)
    seat = seat_of(exhibition, cast.ada)
    topic = one(exhibition)
    keep(seat=seat, sayings=[Saying(topic, level(exhibition, 2), "On the phone")], device="phone", now=NOW)
    keep(seat=seat, sayings=[Saying(topic, level(exhibition, 4), "On the desk")], device="desk", now=NOW + SECOND)
    assert standing(seat) == {"communication": (4, "On the desk")}
    # What the phone said earlier and could send only now does not win; it is kept.
    late = Saying(topic, level(exhibition, 1), "From the dead zone", age=60_000)
    keep(seat=seat, sayings=[late], device="phone", now=NOW + 2 * SECOND)
    assert standing(seat) == {"communication": (4, "On the desk")}
    assert set(Rating.objects.values_list("words", flat=True)) == {"On the phone", "On the desk", "From the dead zone"}
    client.force_login(cast.ada)
    page = client.get(f"/panels/{seat.pk}/judge/").content.decode()
    assert "Written on another device" in page and "From the dead zone" in page


def test_handing_in_needs_an_answer_to_each(cast, client):
    exhibition = an_exhibition(cast)
    seat = rated(exhibition, cast.ada, handed_in=False)
    Rating.objects.filter(criterion__key="motivation").delete()
    with pytest.raises(Lacking) as error:
        hand_in(seat=seat, now=NOW)
    assert error.value.criteria == [criteria(exhibition)["motivation"].pk]
    client.force_login(cast.ada)
    answer = client.post(f"/panels/{seat.pk}/judge/", {"suggestion-words": "Build a second boat"})
    assert answer.status_code == 422
    assert "Still without an answer: Motivation." in answer.content.decode()
    assert Remark.objects.get().words == "Build a second boat"
    topic = one(exhibition, "motivation")
    answer = client.post(f"/panels/{seat.pk}/judge/", {f"{topic}-level": NOT_ENOUGH, f"{topic}-words": ""})
    assert answer.status_code == 302
    seat.refresh_from_db()
    assert seat.handed_in_at == NOW


def test_two_submissions_at_once_are_one(cast, client):
    exhibition = an_exhibition(cast)
    seat = rated(exhibition, cast.ada, handed_in=False)
    client.force_login(cast.ada)
    for _tap in range(2):
        assert client.post(f"/panels/{seat.pk}/judge/", {"device": "x"}).status_code == 302
    assert Rating.objects.count() == len(criteria(exhibition))
    hand_in(seat=seat, now=NOW + SECOND)
    seat.refresh_from_db()
    assert seat.handed_in_at == NOW


def test_a_correction_is_a_new_row(cast, client):
    exhibition = an_exhibition(cast)
    seat = rated(exhibition, cast.ada, rank=2)
    with pytest.raises(JudgingError):
        keep(seat=seat, sayings=[Saying(one(exhibition), level(exhibition, 4))], device="a", now=NOW)
    changed = correct(
        seat=seat, sayings=[Saying(one(exhibition), level(exhibition, 4), "I misheard")], device="a", now=NOW + SECOND
    )
    assert changed == [one(exhibition)]
    rows = Rating.objects.filter(criterion__key="communication").order_by("pk")
    assert [(row.level.rank, row.replaced_at is None) for row in rows] == [(2, False), (4, True)]
    client.force_login(cast.ada)
    topic = one(exhibition)
    data = {f"{topic}-level": level(exhibition, 3), f"{topic}-words": "I misheard"}
    assert client.post(f"/panels/{seat.pk}/judge/", data).status_code == 302
    assert rows.all().count() == 3


def test_nobody_sees_others_before_handing_in(cast, client):
    exhibition = an_exhibition(cast)
    rated(exhibition, cast.ada, words="Ada was here")
    mo = rated(exhibition, cast.mo, handed_in=False, words="Mo was here")
    client.force_login(cast.mo)
    assert client.get(f"/panels/{mo.pk}/together/")["Location"] == f"/panels/{mo.pk}/judge/"
    assert "Ada was here" not in client.get(f"/panels/{mo.pk}/judge/").content.decode()
    # The adviser has handed in, and sees nothing of who has not.
    client.force_login(cast.ada)
    page = client.get(f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/together/").content.decode()
    assert "Ada was here" in page
    assert "Mo was here" not in page and "1 of the panel has not handed in yet" not in page
    assert "Mo Alvarez" in page
    hand_in(seat=mo, now=NOW)
    client.force_login(cast.mo)
    assert "Ada was here" in client.get(f"/panels/{mo.pk}/together/").content.decode()


def test_an_adviser_on_the_panel_rates_before_leading(cast, client):
    exhibition = an_exhibition(cast)
    seat = seat_of(exhibition, cast.ada)
    client.force_login(cast.ada)
    answer = client.get(f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/together/")
    assert answer["Location"] == f"/panels/{seat.pk}/judge/"


def test_side_by_side_has_the_largest_differences_first(cast):
    exhibition = an_exhibition(cast)
    rated(exhibition, cast.ada, rank=3, motivation=1, social=None)
    rated(exhibition, cast.mo, rank=3, motivation=4, social=2)
    rated(exhibition, cast.rosa, rank=3, motivation=None, social=4)
    rated(exhibition, cast.sam, rank=4)
    found = together(exhibition)
    assert [(line.criterion.key, line.spread) for line in found.lines[:2]] == [("motivation", 3), ("social", 2)]
    motivation, social = found.lines[:2]
    assert (motivation.mean, motivation.without_evidence) == (2.5, 1)
    assert (social.mean, social.without_evidence) == (3.0, 1)
    assert motivation.own.level.rank == 4
    assert {line.mean for line in found.lines[2:]} == {3.0}
    assert {seat.user for seat in found.seats} == {cast.ada, cast.mo, cast.rosa}


def test_it_costs_the_same_for_eight(cast, client):
    exhibition = an_exhibition(cast)
    for user in (cast.ada, cast.mo):
        rated(exhibition, user, words="Good")
    agree(
        exhibition=exhibition, judgements={row.pk: NOT_ENOUGH for row in criteria(exhibition).values()}, words={},
        seats=[seat_of(exhibition, cast.ada).pk], by=cast.ada, now=NOW,
    )  # fmt: skip
    lead = f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/together/"
    on_phone = f"/panels/{seat_of(exhibition, cast.mo).pk}/together/"

    def cost():
        found = []
        for user, address in ((cast.ada, lead), (cast.mo, on_phone)):
            client.force_login(user)
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    with_two = cost()
    for number in range(6):
        user = person(f"guest{number}", "Guest", str(number))
        add_seat(exhibition=exhibition, user=user, kind=Seat.As.GUEST, by=cast.ada, on=TODAY, now=NOW)
        rated(exhibition, user, words="Good")
    seats = [seat.pk for seat in exhibition.seats.all()]
    agree(
        exhibition=exhibition, judgements={row.pk: NOT_ENOUGH for row in criteria(exhibition).values()}, words={},
        seats=seats, by=cast.ada, now=NOW,
    )  # fmt: skip
    assert cost() == with_two


def test_the_panel_agrees_on_one_judgement(cast, client):
    exhibition = an_exhibition(cast)
    for user in (cast.ada, cast.mo, cast.sam):
        rated(exhibition, user)
    ada, mo = (seat_of(exhibition, user) for user in (cast.ada, cast.mo))
    client.force_login(cast.ada)
    address = f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/together/"
    data = {f"{one(exhibition)}-level": level(exhibition, 3), f"{one(exhibition)}-words": "Both saw it"}
    answer = client.post(address, data)
    assert "Say who agreed." in answer.content.decode() and "Both saw it" in answer.content.decode()
    for _tap in range(2):
        assert client.post(address, data | {"seats": [ada.pk, seat_of(exhibition, cast.sam).pk]}).status_code == 302
    agreed = Agreed.objects.get()
    assert (agreed.level.rank, agreed.words, agreed.by, agreed.received_at) == (3, "Both saw it", cast.ada, NOW)
    assert [row.seat for row in agreed.consents.all()] == [ada]
    for seen, new in (({agreed.pk}, 1), ({agreed.pk}, 0)):
        assert consent(seat=mo, agreed=seen, by=cast.mo, now=NOW) == new
    assert {row.seat for row in agreed.consents.all()} == {ada, mo}
    client.post(address, data | {f"{one(exhibition)}-level": NOT_ENOUGH, "seats": [ada.pk]})
    rows = Agreed.objects.order_by("pk")
    assert [(row.level and row.level.rank, row.replaced_at is None) for row in rows] == [(3, False), (None, True)]
    with pytest.raises(JudgingError):
        consent(seat=seat_of(exhibition, cast.sam), agreed=set(), by=cast.sam, now=NOW)
    # What was changed meanwhile is not agreed to unseen, and nobody agrees before they have rated.
    with pytest.raises(JudgingError, match="changed meanwhile"):
        consent(seat=mo, agreed={agreed.pk}, by=cast.mo, now=NOW)
    with pytest.raises(JudgingError, match="Hand in first"):
        consent(seat=seat_of(exhibition, cast.rosa), agreed={rows.last().pk}, by=cast.rosa, now=NOW)


def test_a_guest_without_an_account_rates_by_the_link(cast):
    exhibition = an_exhibition(cast)
    seat, address = a_guest(exhibition, cast)
    begun_now(exhibition)
    guest, base = opened(address)
    again, same = opened(address)
    assert same == base
    assert guest.get(base).status_code == 200
    for browser, rank in ((guest, 2), (again, 3)):
        told = {"device": str(rank), "sayings": [{"topic": one(exhibition), "level": level(exhibition, rank)}]}
        answer = browser.post(base + "save/", json.dumps(told), content_type="application/json")
        assert answer.json() == {"kept": [one(exhibition)]}
    assert standing(seat) == {"communication": (3, "")}
    full = {f"c{row.pk}-level": level(exhibition, 3) for row in criteria(exhibition).values()}
    assert guest.post(base + "judge/", full)["Location"] == base + "together/"
    assert guest.get(base + "together/").status_code == 200
    # Off the panel: the link opens nothing more, and what was said stays.
    leave(seat=seat, by=cast.ada, now=NOW)
    assert guest.get(base).status_code == 410
    assert seat.ratings.standing().count() == len(criteria(exhibition))


def test_a_link_opens_nobody_elses_seat(cast):
    exhibition = an_exhibition(cast)
    seat, address = a_guest(exhibition, cast)
    other, other_address = a_guest(an_exhibition(cast, "lena"), cast, email="gil@example.org")
    guest, base = opened(address)
    _other_browser, other_base = opened(other_address)
    assert seat.user != other.user
    assert guest.get(other_base)["Location"] == reverse("accounts:lost")
    assert guest.get(f"/panels/{seat.pk}/").status_code == 302
    assert Client().get(base)["Location"] == reverse("accounts:lost")


def test_old_words_and_unknown_topics_are_refused_in_words(cast, client):
    seat = seat_of(an_exhibition(cast), cast.ada)
    client.force_login(cast.ada)
    for told in ("[]", "{", '{"sayings": [{}]}', '{"sayings": [{"topic": "c1", "age": "x"}]}'):
        assert client.post(f"/panels/{seat.pk}/save/", told, content_type="application/json").status_code == 400
    for saying in ({"topic": "c0", "level": "1"}, {"topic": one(seat.exhibition), "level": "999999"}):
        told = {"device": "a", "sayings": [saying]}
        answer = client.post(f"/panels/{seat.pk}/save/", told, content_type="application/json")
        assert (answer.status_code, "rubric has changed" in answer.json()["words"]) == (422, True)


def test_the_student_rates_first_and_is_not_of_the_panel(cast, client):
    exhibition = an_exhibition(cast)
    rated(exhibition, cast.sam, rank=1)
    rated(exhibition, cast.ada, rank=4)
    found = together(exhibition)
    assert {line.mean for line in found.lines} == {4.0}
    assert {line.spread for line in found.lines} == {0}
    # The student sees the panel's ratings once all of them are there.
    client.force_login(cast.sam)
    address = f"/panels/{found.own.pk}/together/"
    assert client.get(address)["Location"] == f"/panels/{found.own.pk}/"
    for user in (cast.mo, cast.rosa, cast.grandma):
        rated(exhibition, user)
    assert client.get(address).status_code == 200


def test_what_is_agreed_is_shown_to_nobody_who_still_has_to_rate(cast, client):
    exhibition = an_exhibition(cast)
    rated(exhibition, cast.ada)
    topic = criteria(exhibition)["communication"].pk
    said = {"judgements": {topic: NOT_ENOUGH}, "words": {topic: "Hardly a word"}, "by": cast.ada, "now": NOW}
    agree(exhibition=exhibition, seats=[seat_of(exhibition, cast.ada).pk], **said)
    address = f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/"
    for user in (cast.sam, cast.rosa):
        client.force_login(user)
        for where in (address, f"{address}narrative/", f"/students/{exhibition.student_id}/profile/"):
            assert "Hardly a word" not in client.get(where).content.decode(), user
        rated(exhibition, user)
    client.force_login(cast.sam)
    assert "Hardly a word" in client.get(address).content.decode()
    # Who was on the panel and has rated knows it; at home it is read once it is released.
    for user, knows in ((cast.rosa, True), (cast.grandma, False)):
        client.force_login(user)
        assert ("Hardly a word" in client.get(address).content.decode()) == knows


def test_a_level_and_words_that_were_not_touched_stay(cast):
    exhibition = an_exhibition(cast)
    seat, topic = seat_of(exhibition, cast.ada), one(exhibition)
    keep(seat=seat, sayings=[Saying(topic, level(exhibition, 3))], device="first", now=NOW)
    keep(seat=seat, sayings=[Saying(topic, "", "hi")], device="second", now=NOW + SECOND)
    keep(seat=seat, sayings=[Saying(topic, level(exhibition, 4), None)], device="third", now=NOW + 2 * SECOND)
    assert standing(seat) == {"communication": (4, "hi")}


def test_a_request_that_was_long_on_its_way_is_not_newer(cast):
    exhibition = an_exhibition(cast)
    seat, topic = seat_of(exhibition, cast.ada), one(exhibition)
    keep(seat=seat, sayings=[Saying(topic, None, "long words", number=2)], device="phone", now=NOW)
    keep(seat=seat, sayings=[Saying(topic, None, "lo", number=1)], device="phone", now=NOW + SECOND)
    assert standing(seat) == {"communication": (None, "long words")}


def test_a_correction_reverts_no_other(cast, client):
    exhibition = an_exhibition(cast)
    seat = rated(exhibition, cast.ada, rank=3)
    marks = {f"c{row.criterion_id}-base": row.mark for row in seat.ratings.standing()}
    page = {f"c{row.criterion_id}-level": str(row.level_id) for row in seat.ratings.standing()} | marks
    first, second = one(exhibition, "communication"), one(exhibition, "motivation")
    client.force_login(cast.ada)
    for topic in (first, second):
        client.post(f"/panels/{seat.pk}/judge/", page | {f"{topic}-level": level(exhibition, 4)})
    found = standing(seat)
    assert (found["communication"][0], found["motivation"][0], found["social"][0]) == (4, 4, 3)

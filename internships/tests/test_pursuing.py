"""From a wish to a cleared call: asked for, said yes or no to in turn, told, limited to the places there are."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bpl.tests.cast import LAST_YEAR, NOW, TODAY
from internships.actions.pursuits import PursuitError, ask, end
from internships.models import Pursuit, Rules
from internships.pipeline import stage_of
from internships.tests.factories import (
    a_begun_placement,
    a_cleared_pursuit,
    a_placement,
    a_pursuit,
    an_opportunity,
    says,
)
from notices.models import Notice
from schools.roles import Role

State = Pursuit.State


def days(number):
    return TODAY + datetime.timedelta(days=number)


def stage(cast, pursuit, on=TODAY):
    return stage_of(Pursuit.objects.with_place().get(pk=pursuit.pk), Rules.of(cast.school), on)


def page(client, who, pursuit):
    client.force_login(who)
    return client.get(f"/students/{pursuit.student_id}/places/{pursuit.pk}/").content.decode()


def told(user):
    return list(Notice.objects.filter(user=user, kind__startswith="internships.").values_list("title", flat=True))


def test_every_state_has_one_owner_an_age_and_a_next_step(cast):
    pursuit = a_pursuit(cast)
    seen = [stage(cast, pursuit, days(4))]
    says(pursuit, cast.ada, Role.ADVISER)
    seen.append(stage(cast, pursuit, days(2)))
    says(pursuit, cast.coordinator, Role.COORDINATOR)
    seen += [stage(cast, pursuit, days(20)), stage(cast, pursuit, days(25))]
    assert [(one.state, one.owner, one.days) for one in seen] == [
        (State.WITH_ADVISER, Role.ADVISER, 4), (State.WITH_COORDINATOR, Role.COORDINATOR, 2),
        (State.CLEARED, Role.STUDENT, 20), (State.LAPSED, Role.STUDENT, 4),
    ]  # fmt: skip
    assert all(one.next_step for one in seen)


def test_each_is_told_when_it_is_their_turn(cast):
    pursuit = a_pursuit(cast)
    assert told(cast.ada) == ["Sam asks to pursue a place"] and told(cast.coordinator) == []
    says(pursuit, cast.ada, Role.ADVISER)
    assert told(cast.coordinator) == ["Sam asks to pursue a place"] and told(cast.sam) == []
    says(pursuit, cast.coordinator, Role.COORDINATOR)
    assert told(cast.sam) == ["You may call a place"]


def test_whom_to_call_shows_only_while_it_is_cleared(cast, client):
    cast.boatyard.phone = "401 555 0177"
    cast.boatyard.save()
    pursuit = a_pursuit(cast, opportunity=an_opportunity(cast, mentor=cast.mentorships["mo", "sam"].mentor))
    assert "401 555 0177" not in page(client, cast.sam, pursuit)
    says(pursuit, cast.ada, Role.ADVISER)
    assert "401 555 0177" not in page(client, cast.sam, pursuit)
    says(pursuit, cast.coordinator, Role.COORDINATOR)
    shown = page(client, cast.sam, pursuit)
    assert "401 555 0177" in shown and "Mo Alvarez" in shown and cast.mo.email in shown
    assert "401 555 0177" not in page(client, cast.rosa, pursuit)
    Pursuit.objects.filter(pk=pursuit.pk).update(cleared_until=TODAY)
    assert "401 555 0177" not in page(client, cast.sam, pursuit)


def test_where_there_is_one_place_one_student_calls_at_a_time(cast):
    opportunity = an_opportunity(cast, places=1)
    first = a_cleared_pursuit(cast, opportunity=opportunity)
    second = says(a_pursuit(cast, "lena", opportunity=opportunity), cast.ada, Role.ADVISER)
    with pytest.raises(PursuitError, match="Somebody else may call there until Dec. 14, 2026"):
        says(second, cast.coordinator, Role.COORDINATOR)
    assert stage(cast, second).state == State.WITH_COORDINATOR
    end(pursuit=first, ending="no", by=cast.sam, now=NOW)
    assert stage(cast, says(second, cast.coordinator, Role.COORDINATOR)).state == State.CLEARED


def test_a_call_that_was_never_made_frees_the_place(cast):
    opportunity = an_opportunity(cast, places=1)
    a_cleared_pursuit(cast, opportunity=opportunity)
    second = says(a_pursuit(cast, "lena", opportunity=opportunity), cast.ada, Role.ADVISER)
    says(second, cast.coordinator, Role.COORDINATOR, on=days(21))
    assert stage(cast, second, days(21)).state == State.CLEARED


def test_a_no_needs_a_reason_ends_it_and_is_told(cast, client):
    pursuit = a_pursuit(cast)
    with pytest.raises(PursuitError) as refused:
        says(pursuit, cast.ada, Role.ADVISER, yes=False, words=" ")
    assert refused.value.field == "words"
    says(pursuit, cast.ada, Role.ADVISER, yes=False, words="Two buses each way; let us look nearer.")
    assert stage(cast, pursuit).state == State.ENDED
    assert told(cast.sam) == ["A place that you asked for is not cleared"]
    assert "Two buses each way" in page(client, cast.sam, pursuit)


def test_nobody_speaks_out_of_turn_or_twice(cast):
    pursuit = a_pursuit(cast)
    with pytest.raises(PursuitError):
        says(pursuit, cast.coordinator, Role.COORDINATOR)
    says(pursuit, cast.ada, Role.ADVISER)
    with pytest.raises(PursuitError):
        says(pursuit, cast.ada, Role.ADVISER)


@pytest.mark.parametrize("left_out", ["adviser_clears", "coordinator_clears"])
def test_a_small_school_leaves_one_of_the_two_out(cast, left_out):
    Rules.objects.create(school=cast.school, **{left_out: False}, cleared_weeks=1)
    pursuit = a_pursuit(cast)
    role, who = (Role.COORDINATOR, cast.coordinator) if left_out == "adviser_clears" else (Role.ADVISER, cast.ada)
    assert stage(cast, pursuit).owner == role and told(who) == ["Sam asks to pursue a place"]
    says(pursuit, who, role)
    assert (stage(cast, pursuit).state, stage(cast, pursuit, days(7)).state) == (State.CLEARED, State.LAPSED)


def test_nobody_at_all_cannot_be(cast, client):
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/internship-rules/"
    numbers = {"late_after_minutes": 15, "no_show_after_minutes": 60, "hours_a_term": 100, "contact_days": 30}
    answer = client.post(address, {"cleared_weeks": "4"} | numbers).content.decode()
    assert "One of the two must say yes." in answer
    client.post(address, {"coordinator_clears": "on", "cleared_weeks": "4"} | numbers)
    assert Rules.of(cast.school).cleared_weeks == 4 and not Rules.of(cast.school).adviser_clears


def test_the_same_place_is_asked_for_once_at_a_time(cast):
    opportunity = an_opportunity(cast)
    pursuit = a_pursuit(cast, opportunity=opportunity)
    with pytest.raises(PursuitError, match="asked for already"):
        a_pursuit(cast, opportunity=opportunity)
    end(pursuit=pursuit, ending="given_up", by=cast.sam, now=NOW)
    assert a_pursuit(cast, opportunity=opportunity).pk != pursuit.pk


@pytest.mark.parametrize("of", [{"site": "Uncle Ray's garage"}, {}])
def test_what_lapsed_is_asked_for_once_more_and_cleared_anew(cast, client, of):
    pursuit = a_cleared_pursuit(cast, **of)
    address = f"/students/{pursuit.student_id}/places/{pursuit.pk}/again/"
    client.force_login(cast.sam)
    client.post(address)
    assert Pursuit.objects.count() == 1
    Pursuit.objects.filter(pk=pursuit.pk).update(cleared_until=TODAY)
    assert "Ask once more" in page(client, cast.sam, pursuit)
    client.post(address)
    client.post(address)
    new = Pursuit.objects.open().get()
    assert (new.title, new.why) == (pursuit.title, pursuit.why) and stage(cast, new).state == State.WITH_ADVISER
    assert Pursuit.objects.get(pk=pursuit.pk).ending == "lapsed"


def test_what_lapsed_does_not_stand_in_the_way_of_asking_anew(cast):
    opportunity = an_opportunity(cast)
    pursuit = a_cleared_pursuit(cast, opportunity=opportunity)
    Pursuit.objects.filter(pk=pursuit.pk).update(cleared_until=TODAY)
    assert stage(cast, a_pursuit(cast, opportunity=opportunity)).state == State.WITH_ADVISER


def test_another_schools_offer_or_one_that_is_over_cannot_be_asked_for(cast):
    over = an_opportunity(cast, "Over", ends_on=TODAY)
    facts = {"why": "x", "by": cast.sam, "on": TODAY, "now": NOW, "opportunity": over}
    with pytest.raises(PursuitError, match="not offered any more"):
        ask(student=cast.student("sam"), **facts)


def test_a_student_asks_on_the_page_of_the_offer(cast, client):
    opportunity = an_opportunity(cast)
    address = f"/students/{cast.student('sam').pk}/opportunities/{opportunity.pk}/"
    client.force_login(cast.sam)
    assert "This field is required" in client.post(address, {"why": ""}).content.decode()
    shown = client.post(address, {"why": "I like things that float."}, follow=True).content.decode()
    assert "with the adviser" in shown and "I like things that float." in shown
    assert "This place is asked for." in client.get(address).content.decode()


def test_a_student_proposes_a_place_of_their_own(cast, client):
    client.force_login(cast.sam)
    address = f"/students/{cast.student('sam').pk}/places/new/"
    facts = {"site": "Uncle Ray's garage", "site_about": "Ray, my mother's brother", "why": "Engines"}
    assert "Uncle Ray" in client.post(address, facts | {"why": ""}).content.decode()
    assert "a new place" in client.post(address, facts, follow=True).content.decode()
    assert Pursuit.objects.get().site == "Uncle Ray's garage"


def test_adviser_and_coordinator_say_it_on_the_page(cast, client):
    pursuit = a_pursuit(cast)
    address = f"/students/{pursuit.student_id}/places/{pursuit.pk}/say/"
    assert "Yours to say" in page(client, cast.ada, pursuit)
    client.post(address, {"says_yes": "yes", "words": "Good idea."})
    assert "Yours to say" not in page(client, cast.ada, pursuit)
    client.force_login(cast.coordinator)
    kept = client.post(address, {"says_yes": "no", "words": ""}).content.decode()
    assert "Say why not" in kept
    client.post(address, {"says_yes": "yes"})
    assert "You may call there" in page(client, cast.sam, pursuit)


def test_what_was_said_meanwhile_is_not_said_over(cast, client):
    pursuit = a_pursuit(cast)
    says(pursuit, cast.cover, Role.ADVISER)
    client.force_login(cast.ada)
    address = f"/students/{pursuit.student_id}/places/{pursuit.pk}/say/"
    assert "Somebody has said so meanwhile" in client.post(address, {"says_yes": "yes"}, follow=True).content.decode()


def test_the_board_shows_the_longest_first_and_only_those_one_sees(cast, client):
    Pursuit.objects.filter(pk=a_pursuit(cast, site="An old wish").pk).update(asked_at=NOW - datetime.timedelta(days=9))
    a_pursuit(cast, "lena", site="A new wish")
    a_pursuit(cast, "omar", site="Elsewhere")
    address = f"/schools/{cast.school.pk}/pipeline/"
    client.force_login(cast.ada)
    shown = client.get(address).content.decode()
    assert shown.index("An old wish") < shown.index("A new wish") and "Elsewhere" not in shown
    client.force_login(cast.coordinator)
    assert "Elsewhere" in client.get(address).content.decode()


def test_the_board_costs_the_same_for_many(cast, client):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/schools/{cast.school.pk}/pipeline/")
        return len(asked)

    client.force_login(cast.coordinator)
    a_pursuit(cast, site="A place")
    a_begun_placement(cast, "omar", mentor="moira")
    few = cost()
    for n in range(30):
        a_pursuit(cast, site=f"Place {n}")
    for on in (0, 2, 4):
        a_placement(cast, "omar", mentor="moira", on=(on,))
    assert cost() == few


def test_the_board_names_who_searches_and_who_is_placed(cast, client):
    a_begun_placement(cast, "omar", mentor="moira")
    client.force_login(cast.coordinator)
    shown = client.get(f"/schools/{cast.school.pk}/pipeline/").content.decode()
    assert shown.index("Lena Brandt") < shown.index("Omar Haddad")
    assert f"has waited longest: {(TODAY - LAST_YEAR).days} days" in shown


def test_the_database_holds_what_a_pursuit_is(cast):
    good = {"school": cast.school, "student": cast.student("sam"), "why": "x", "asked_by": cast.sam, "asked_at": NOW}
    for wrong in ({}, {"site": "A", "opportunity": an_opportunity(cast)}, {"site": "A", "ending": "no"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pursuit.objects.create(**good, **wrong)

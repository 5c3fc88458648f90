"""At the school's age the student decides who of the family stays on the team."""

import datetime

import pytest

from bpl.tests.cast import TODAY
from notices.models import Notice
from schools.roles import Permission
from students.access import permissions_on
from students.actions import family
from students.actions.decision import DecisionError, decide_parents, family_to_decide_on
from students.models import Guardianship

Rights = Guardianship.Rights


@pytest.fixture
def grown(cast):
    """Sam is of age today."""
    sam = cast.student("sam")
    sam.born_on = datetime.date(2008, 11, 24)
    sam.save()
    return sam


def open_link(student, user):
    return Guardianship.objects.on(TODAY).get(student=student, user=user)


def decide(client, student, **stays):
    names = {f"stays_{open_link(student, user).pk}": answer for user, answer in stays.values()}
    return client.post(f"/students/{student.pk}/parents/", names)


def sees(user, student):
    return Permission.STUDENT_SEE in permissions_on(student, user, TODAY)


def test_who_does_not_stay_sees_nothing_and_can_be_called(cast, grown, client):
    client.force_login(cast.sam)
    decide(client, grown, rosa=(cast.rosa, "yes"), grandma=(cast.grandma, "no"))
    assert sees(cast.rosa, grown) and not sees(cast.grandma, grown)
    assert open_link(grown, cast.grandma).rights == Rights.CONTACT


def test_nobody_else_undoes_it(cast, grown):
    decide_parents(student=grown, stays={open_link(grown, cast.rosa): False}, by=cast.sam, on=TODAY)
    with pytest.raises(family.GuardianshipError, match="Only Sam can change that"):
        family.change_rights(guardianship=open_link(grown, cast.rosa), rights=Rights.SIGNS, by=cast.ada, on=TODAY)


def test_the_student_may_bring_back_with_the_rights_of_before(cast, grown):
    decide_parents(student=grown, stays={open_link(grown, cast.rosa): False}, by=cast.sam, on=TODAY)
    again = next(row for row in family_to_decide_on(grown, TODAY) if row.user == cast.rosa)
    decide_parents(student=grown, stays={again: True}, by=cast.sam, on=TODAY)
    assert Permission.PLAN_SIGN in permissions_on(grown, cast.rosa, TODAY)


def test_the_adviser_is_told_and_sees_it(cast, grown, client):
    decide_parents(student=grown, stays={open_link(grown, cast.rosa): False}, by=cast.sam, on=TODAY)
    assert Notice.objects.get(user=cast.ada).title == "Sam decided who of the family is on the team"
    client.force_login(cast.ada)
    assert "What Sam decided" in client.get(f"/students/{grown.pk}/guardians/").content.decode()


def test_the_same_answer_twice_is_one_decision(cast, grown):
    for _tap in range(2):
        decide_parents(student=grown, stays={open_link(grown, cast.rosa): True}, by=cast.sam, on=TODAY)
    assert grown.family_decisions.count() == 1


def test_before_the_age_it_is_refused(cast, client):
    sam = cast.student("sam")
    client.force_login(cast.sam)
    assert "from the age of 18" in client.get(f"/students/{sam.pk}/parents/").content.decode()
    with pytest.raises(DecisionError, match="from the age of 18"):
        decide_parents(student=sam, stays={open_link(sam, cast.rosa): False}, by=cast.sam, on=TODAY)


def test_somebody_barred_is_not_among_the_choices(cast, grown):
    assert cast.dan not in {row.user for row in family_to_decide_on(grown, TODAY)}

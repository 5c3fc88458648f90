"""What somebody of the school has seen of a place or a person, until when it holds, and what runs out."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from bpl.tests.cast import TODAY
from mentors.actions.clearances import ClearanceError, verify, withdraw
from mentors.actions.organisations import merge
from mentors.models import Clearance
from mentors.standing import due, of_mentor, of_organisation
from mentors.tests.factories import a_mentor

NOW = datetime.datetime(2026, 11, 24, 15, tzinfo=datetime.UTC)


def days(number):
    return TODAY + datetime.timedelta(days=number)


def seen(cast, kind="liability", *, expires=None, on=TODAY, **of):
    subject = {} if "user" in of else {"organisation": cast.boatyard}
    facts = {"kind": kind, "verified_on": on, "expires_on": expires} | subject | of
    return verify(school=cast.school, by=cast.coordinator, on=TODAY, **facts)


def states(papers):
    return {paper.kind: paper.state for paper in papers}


def papers_page(cast):
    return f"/schools/{cast.school.pk}/organisations/{cast.boatyard.pk}/clearances/"


@pytest.mark.parametrize(
    ("expires", "state"),
    [(None, "holds"), (43, "holds"), (42, "runs_out"), (1, "runs_out"), (0, "expired"), (-30, "expired")],
)
def test_a_paper_holds_until_the_day_before_it_expires(cast, expires, state):
    end = None if expires is None else days(expires)
    seen(cast, expires=end, on=days(-300))
    assert states(of_organisation(cast.boatyard, TODAY)) == {"liability": state, "safety": "missing", "risk": "missing"}


def test_a_renewed_one_follows_the_old_one_and_a_withdrawn_one_counts_no_more(cast):
    seen(cast, expires=days(-10), on=days(-375))
    renewed = seen(cast, expires=days(355))
    assert states(of_organisation(cast.boatyard, TODAY))["liability"] == "holds"
    withdraw(clearance=renewed, by=cast.lead, now=NOW)
    assert states(of_organisation(cast.boatyard, TODAY))["liability"] == "expired"


def test_a_check_belongs_to_the_person_wherever_they_mentor(cast):
    seen(cast, "background", user=cast.mo)
    assert states(of_mentor(cast.mo, cast.school, TODAY)) == {"background": "holds"}
    assert states(of_mentor(cast.mo, cast.other_school, TODAY)) == {"background": "missing"}


def test_the_papers_of_a_merged_row_are_its_own(cast):
    other = a_mentor(cast, "Ruth", "Blackstone Boat Works").organisation
    seen(cast, organisation=other)
    merge(organisation=other, into=cast.boatyard, by=cast.lead)
    assert states(of_organisation(cast.boatyard, TODAY))["liability"] == "holds"


def test_what_runs_out_is_named_the_first_to_go_first_and_with_whom(cast):
    seen(cast, "safety", expires=days(30))
    seen(cast, "risk", expires=days(-1), on=days(-90))
    seen(cast, "liability", expires=days(200))
    seen(cast, "background", expires=days(3), user=cast.mo)
    seen(cast, "background", expires=days(2), user=cast.ada)  # no mentor here
    assert [one.paper.kind for one in due(cast.school, TODAY)] == ["risk", "background", "safety"]
    assert due(cast.school, TODAY)[1].mentor.user == cast.mo


def test_the_list_of_mentors_says_that_something_runs_out(cast, client):
    seen(cast, "safety", expires=days(30))
    client.force_login(cast.ada)
    page = client.get(f"/schools/{cast.school.pk}/mentors/").content.decode()
    assert "1 clearance runs out or has run out." in page
    page = client.get(f"/schools/{cast.school.pk}/clearances/").content.decode()
    assert "Blackstone Boats" in page and "Health and safety" in page


def test_a_coordinator_writes_down_what_they_saw(cast, client):
    client.force_login(cast.coordinator)
    facts = {"kind": "liability", "verified_on": "2026-11-23", "last_day": "2027-06-30", "reference": "ELC 4411"}
    page = client.post(papers_page(cast), facts, follow=True).content.decode()
    [clearance] = Clearance.objects.all()
    assert (clearance.expires_on, clearance.verified_by) == (datetime.date(2027, 7, 1), cast.coordinator)
    assert "until June 30, 2027" in page and "ELC 4411" in page


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"verified_on": "2026-11-25"}, "a day that has not come yet"),
        ({"verified_on": "2026-11-20", "last_day": "2026-11-19"}, "longer than the day on which it was seen"),
        ({"verified_on": "31/10/2026"}, "“31/10/2026” has no such month"),
        ({"kind": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(cast, client, facts, words):
    client.force_login(cast.lead)
    page = client.post(papers_page(cast), {"kind": "risk", "verified_on": "2026-11-20", "reference": "R-7"} | facts)
    assert words in page.content.decode() and "R-7" in page.content.decode()
    assert not Clearance.objects.exists()


def test_the_database_keeps_it_to_one_subject_and_to_an_end_after_the_start(cast):
    good = {"school": cast.school, "kind": "risk", "organisation": cast.boatyard, "verified_on": TODAY}
    for wrong in ({"user": cast.mo}, {"organisation": None}, {"kind": "background"}, {"expires_on": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Clearance.objects.create(**good | wrong, verified_by=cast.lead)


def test_an_action_refuses_what_a_form_would(cast):
    with pytest.raises(ClearanceError) as refused:
        seen(cast, on=days(1))
    assert refused.value.field == "verified_on"


def test_an_adviser_reads_them_and_does_not_vouch(cast, client):
    seen(cast, reference="ELC 4411")
    client.force_login(cast.ada)
    page = client.get(f"/schools/{cast.school.pk}/organisations/{cast.boatyard.pk}/").content.decode()
    assert "ELC 4411" in page and "Add or look up" not in page
    assert client.get(papers_page(cast)).status_code == 403


def test_another_schools_paper_is_not_found(cast, client):
    elsewhere = verify(
        school=cast.other_school, kind="background", user=cast.mo, by=cast.lead, verified_on=TODAY, on=TODAY
    )
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/clearances/{elsewhere.pk}/withdraw/"
    assert client.post(address).status_code == 404

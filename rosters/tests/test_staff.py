import datetime

import pytest

from accounts.models import User
from bpl.tests.cast import TODAY
from rosters.actions import staff
from rosters.actions.staff import StaffError
from schools.models import StaffRole
from students.models import TeamMember

DAY = datetime.timedelta(days=1)


def post(client, cast, page, **facts):
    client.force_login(cast.lead)
    return client.post(f"/schools/{cast.school.pk}/staff/{page}", facts, follow=True)


def roles(user, day=TODAY):
    return set(StaffRole.objects.on(day).filter(user=user).values_list("role", flat=True))


def test_somebody_new_begins_with_a_role(cast, client):
    post(client, cast, "new/", given_name="Nia", family_name="Frost", role="specialist", starts_on="2026-11-24")
    assert roles(User.objects.get(given_name="Nia")) == {"specialist"}


def test_a_mother_who_begins_to_work_here_stays_one_person(cast, client):
    facts = {"given_name": "Rosa", "family_name": "Okafor", "role": "specialist", "starts_on": "2026-11-24"}
    assert "We may know this person" in post(client, cast, "new/", **facts).content.decode()
    post(client, cast, "new/", **facts, same_as=cast.rosa.pk)
    assert roles(cast.rosa) == {"specialist"}


def test_a_barred_parent_gets_no_role_over_the_whole_school(cast):
    with pytest.raises(StaffError, match="is barred from a student here"):
        staff.give(user=cast.dan, school=cast.school, role="coordinator", by=cast.lead, on=TODAY)


def test_an_advisory_is_handed_over_first(cast, client):
    page = post(client, cast, f"{cast.ada.pk}/leave/", last_day="2026-11-30").content.decode()
    assert "has Ada&#x27;s advisory in charge. Hand over first." in page
    assert "hand it over" in page and roles(cast.ada) == {"adviser"}


def test_a_handover_on_the_day_after_is_enough(cast, client):
    charge = cast.advisory.charges.get(user=cast.ada)
    charge.ends_on = TODAY + DAY
    charge.save()
    post(client, cast, f"{cast.ada.pk}/leave/", last_day="2026-11-24")
    assert roles(cast.ada) == {"adviser"} and roles(cast.ada, TODAY + DAY) == set()


def test_places_that_were_given_by_hand_end_with_the_work(cast):
    staff.leave(user=cast.specialist, school=cast.school, by=cast.lead, on=TODAY)
    assert not TeamMember.objects.on(TODAY).filter(user=cast.specialist).exists()


def test_the_only_lead_is_kept(cast, client):
    page = post(client, cast, f"{cast.lead.pk}/leave/", last_day="2026-11-24").content.decode()
    assert "only lead" in page and roles(cast.lead) == {"lead"}


def test_one_of_two_roles_ends(cast, client):
    post(client, cast, f"{cast.coordinator.pk}/", role="specialist", starts_on="2026-11-24")
    assert roles(cast.coordinator) == {"coordinator", "specialist"}
    row = StaffRole.objects.get(user=cast.coordinator, role="coordinator")
    post(client, cast, f"{cast.coordinator.pk}/roles/{row.pk}/end/")
    assert roles(cast.coordinator) == {"specialist"}


def test_names_are_corrected_and_nothing_typed_is_lost(cast, client):
    address = f"{cast.ben.pk}/details/"
    page = post(client, cast, address, given_name="Benjamín", family_name="Castillo", email="ben@").content.decode()
    assert 'value="Benjamín"' in page and "valid email" in page
    post(client, cast, address, given_name="Benjamín", family_name="Castillo", email="b@example.org")
    cast.ben.refresh_from_db()
    assert (cast.ben.given_name, cast.ben.email) == ("Benjamín", "b@example.org")


def test_the_address_of_who_signs_in_stays_their_own(cast, client):
    cast.ben.set_password("river-and-stone")
    cast.ben.save()
    post(client, cast, f"{cast.ben.pk}/details/", given_name="Ben", family_name="Castillo", email="taken@example.org")
    cast.ben.refresh_from_db()
    assert cast.ben.email == "ben@example.org"


def test_a_person_who_never_worked_here_is_not_found(cast, client):
    assert post(client, cast, f"{cast.rosa.pk}/").status_code == 404

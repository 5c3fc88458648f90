"""Guardians: one person for all children, dated rights, homes that other adults never see."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from audit.models import Event
from bpl.tests.cast import TODAY
from schools.roles import Permission
from students.access import permissions_on
from students.actions import family
from students.actions.homes import add_home
from students.models import Guardianship

DAY = datetime.timedelta(days=1)
Rights = Guardianship.Rights


def link(cast, guardian, student="sam") -> Guardianship:
    return Guardianship.objects.get(user=getattr(cast, guardian), student=cast.student(student), ends_on=None)


def add(client, cast, student="lena", **changes):
    facts = {"given_name": "Maya", "relation": "mother", "rights": "signs", "starts_on": "2026-11-24"}
    return client.post(f"/students/{cast.student(student).pk}/guardians/new/", facts | changes, follow=True)


def sees(user, student, on=TODAY):
    return Permission.STUDENT_SEE in permissions_on(student, user, on)


def test_a_new_parent_is_on_the_team_from_the_day(cast, client):
    client.force_login(cast.ada)
    add(client, cast, family_name="Brandt", email="maya@example.org")
    maya = User.objects.get(given_name="Maya")
    assert sees(maya, cast.student("lena")) and not sees(maya, cast.student("lena"), TODAY - DAY)


def test_a_second_child_reuses_the_person(cast, client):
    client.force_login(cast.ada)
    page = add(client, cast, given_name="Rosa", family_name="Okafor").content.decode()
    assert "We may know this person" in page and "the home that we have" not in page
    people = User.objects.count()
    add(client, cast, given_name="Rosa", family_name="Okafor", same_as=str(cast.rosa.pk))
    assert sees(cast.rosa, cast.student("lena")) and User.objects.count() == people


def test_an_address_is_not_handed_out_while_asking(cast, client):
    client.force_login(cast.ada)
    page = add(client, cast, given_name="Rosa", family_name="Okafor").content.decode()
    assert "r…@example.org" in page and "rosa@example.org" not in page


def test_two_parents_may_share_an_address(cast, client):
    client.force_login(cast.ada)
    shared = {"given_name": "Tom", "family_name": "Okafor", "email": "rosa@example.org"}
    assert "We may know this person" in add(client, cast, "sam", **shared).content.decode()
    add(client, cast, "sam", **shared, same_as="new")
    assert User.objects.filter(email="rosa@example.org").count() == 2


def test_a_parent_needs_no_address(cast, client):
    client.force_login(cast.ada)
    page = add(client, cast, phone="401 555 0100").content.decode()
    assert "no e-mail: reach them by phone or letter" in page


def test_an_overlapping_link_is_refused_and_nothing_is_lost(cast, client):
    client.force_login(cast.ada)
    page = add(client, cast, "sam", given_name="Rosa", same_as=str(cast.rosa.pk), phone="401 555 0199").content.decode()
    assert "Rosa Okafor is already linked to Sam Okafor in that time" in page
    assert "401 555 0199" in page


def test_an_end_before_the_start_is_refused(cast, client):
    client.force_login(cast.ada)
    page = add(client, cast, last_day="2026-11-20").content.decode()
    assert "The end is before the start." in page and not User.objects.filter(given_name="Maya").exists()


def test_the_database_refuses_two_links_on_one_day(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Guardianship.objects.create(student=cast.student("sam"), user=cast.rosa, relation="mother", starts_on=TODAY)


def test_barring_takes_one_child_on_the_day_and_leaves_the_other(cast):
    family.change_rights(guardianship=link(cast, "dan", "kit"), rights=Rights.READS, by=cast.lead, on=TODAY)
    family.change_rights(guardianship=link(cast, "rosa"), rights=Rights.BARRED, by=cast.lead, on=TODAY)
    sam, kit = cast.student("sam"), cast.student("kit")
    assert sees(cast.rosa, sam, TODAY - DAY) and not sees(cast.rosa, sam)
    assert sees(cast.rosa, kit) and sees(cast.dan, kit)


def test_who_is_a_contact_only_can_be_called_and_sees_nothing(cast):
    row = family.change_rights(guardianship=link(cast, "grandma"), rights=Rights.CONTACT, by=cast.ada, on=TODAY)
    family.change_details(
        guardianship=row, by=cast.ada, relation="grandparent", home=None, lives_with=False, is_emergency_contact=True
    )
    assert not sees(cast.grandma, cast.student("sam"))
    assert Guardianship.objects.on(TODAY).get(is_emergency_contact=True).user == cast.grandma


def test_nobody_barred_is_called(cast):
    with pytest.raises(family.GuardianshipError, match="cannot be the emergency contact"):
        family.change_details(
            guardianship=link(cast, "dan"), by=cast.ada, relation="father", home=None, lives_with=False,
            is_emergency_contact=True,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Guardianship.objects.filter(pk=link(cast, "dan").pk).update(is_emergency_contact=True)


def test_a_barred_parent_is_shown_to_staff_alone(cast, client):
    sam = cast.student("sam").pk
    client.force_login(cast.cover)
    assert "Dan Okafor (father) is barred" in client.get(f"/students/{sam}/guardians/").content.decode()
    for person in (cast.sam, cast.rosa, cast.grandma):
        client.force_login(person)
        for page in ("", "team/", "interests/", "enrolment/"):
            assert "Dan Okafor" not in client.get(f"/students/{sam}/{page}").content.decode()


def test_one_home_is_never_shown_to_the_adults_of_another(cast, client):
    row = link(cast, "rosa")
    row.home = add_home(student=row.student, by=cast.ada, address="12 Quiet Street", phone="401 555 0123")
    row.save()
    client.force_login(cast.grandma)
    for page in ("", "team/", "interests/", "enrolment/", "attendance/"):
        content = client.get(f"/students/{row.student_id}/{page}").content.decode()
        assert "Quiet Street" not in content and "555 0123" not in content and "rosa@example.org" not in content


def test_a_new_home_is_kept_with_the_link(cast, client):
    client.force_login(cast.ada)
    add(client, cast, home="new", home_name="Weekdays", home_address="5 Mill Lane", lives_with="on")
    row = Guardianship.objects.get(user__given_name="Maya")
    assert (row.home.name, row.home.address, row.lives_with) == ("Weekdays", "5 Mill Lane", True)


def test_a_described_home_that_is_not_chosen_is_asked_about(cast, client):
    client.force_login(cast.ada)
    page = add(client, cast, home_address="5 Mill Lane").content.decode()
    assert "You described a new home" in page and "5 Mill Lane" in page


def test_a_likely_mother_shows_neither_her_other_children_nor_where_they_live(cast, client):
    """Ben has Kit, her brother Sam is Ada's."""
    for name, address in [("sam", "12 Quiet Street"), ("kit", "5 Mill Lane")]:
        row = link(cast, "rosa", name)
        row.home = add_home(student=row.student, by=cast.lead, address=address)
        row.save()
    client.force_login(cast.ben)
    page = add(client, cast, "omar", given_name="Rosa", family_name="Okafor").content.decode()
    assert "mother: Kit Okafor" in page and "5 Mill Lane" in page
    assert "Sam Okafor" not in page and "Quiet Street" not in page
    assert "the home that we have of Rosa Okafor" in page


def test_a_shared_home_says_that_others_live_there(cast, client):
    kits, sams = link(cast, "rosa", "kit"), link(cast, "rosa", "sam")
    home = add_home(student=kits.student, by=cast.lead, address="5 Mill Lane")
    Guardianship.objects.filter(pk__in=[kits.pk, sams.pk]).update(home=home)
    address = f"/students/{kits.student_id}/homes/{home.pk}/"
    client.force_login(cast.ben)
    page = client.get(address).content.decode()
    assert "A student of another advisory lives here too" in page and "Sam Okafor" not in page
    client.force_login(cast.lead)
    assert "Sam Okafor" in client.get(address).content.decode()


def test_reading_the_family_is_written_down(cast, client):
    client.force_login(cast.cover)
    client.get(f"/students/{cast.student('sam').pk}/guardians/")
    event = Event.objects.reads().get(action="students.guardians.read")
    assert (event.actor, event.student_id) == (cast.cover, cast.student("sam").pk)


def test_ending_a_link_ends_access_that_day(cast, client):
    client.force_login(cast.ada)
    row = link(cast, "grandma")
    client.post(f"/students/{row.student_id}/guardians/{row.pk}/end/", {"on": "2026-12-01"})
    first = datetime.date(2026, 12, 1)
    assert sees(cast.grandma, row.student, first - DAY) and not sees(cast.grandma, row.student, first)


def test_a_link_that_has_ended_is_not_ended_later(cast):
    row = family.end_guardianship(guardianship=link(cast, "grandma"), by=cast.ada, on=TODAY)
    with pytest.raises(family.GuardianshipError, match="ended by then"):
        family.end_guardianship(guardianship=row, by=cast.ada, on=TODAY + DAY)


def test_who_signs_in_keeps_the_key_to_the_account(cast, client):
    cast.rosa.set_password("a password of her own")
    cast.rosa.save()
    client.force_login(cast.ada)
    row = link(cast, "rosa")
    address = f"/students/{row.student_id}/guardians/{row.pk}/"
    client.post(f"{address}reach/", {"email": "ada@example.org"})
    cast.rosa.refresh_from_db()
    assert cast.rosa.email == "rosa@example.org"


def test_who_does_not_sign_in_is_reached_as_the_school_writes(cast, client):
    client.force_login(cast.ada)
    row = link(cast, "grandma")
    client.post(f"/students/{row.student_id}/guardians/{row.pk}/reach/", {"phone": "401 555 0177"})
    cast.grandma.refresh_from_db()
    assert cast.grandma.phone == "401 555 0177"


def test_no_other_place_lifts_a_bar(cast, client):
    client.force_login(cast.ada)
    facts = {"given_name": "Dan", "family_name": "Okafor", "same_as": str(cast.dan.pk), "role": "specialist"}
    address = f"/students/{cast.student('sam').pk}/team/new/"
    page = client.post(address, facts | {"starts_on": "2026-11-24"}).content.decode()
    assert "Dan Okafor is barred from Sam Okafor in that time" in page
    assert not sees(cast.dan, cast.student("sam"))


def test_a_bar_that_would_not_hold_is_refused(cast):
    sam = cast.student("sam")
    for person, role in [(cast.mo, "mentor"), (cast.coordinator, "coordinator")]:
        with pytest.raises(family.GuardianshipError, match=f"would still see Sam as {role}"):
            family.add_guardian(
                student=sam, user=person, relation="father", rights=Rights.BARRED, by=cast.lead, on=TODAY
            )


def test_a_name_of_one_letter_is_not_everybodys(cast, client):
    client.force_login(cast.ada)
    add(client, cast, given_name="O")
    assert User.objects.filter(given_name="O").exists()

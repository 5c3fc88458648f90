"""Nobody is given a key to an account that opens what is not theirs (docs/decisions/0010)."""

from accounts.models import Link, User
from audit.models import Event
from bpl.tests.cast import NOW, TODAY
from mentors.actions.mentorship import put_on_team
from mentors.models import Mentor
from notices.models import Notice
from rosters.actions.invitations import new_code
from rosters.tests.factories import brought_in, pasted, remarks
from schools.actions.staff import give_role
from students.access import keys_beyond
from students.actions import enrol, family
from students.models import Guardianship


def beyond(cast, by, *names):
    people = [getattr(cast, name) for name in names]
    found = keys_beyond(people, getattr(cast, by), cast.school, TODAY)
    return {person.given_name for person in people if person.pk in found}


def signs_in(user, email=""):
    user.email = email
    user.set_password("river-and-stone")
    user.save()


def do(client, cast, by, user, what):
    client.force_login(by)
    return client.post(f"/schools/{cast.school.pk}/people/{user.pk}/invite/", {"do": what}, follow=True)


def at_the_other_school(cast, user):
    """A child of `user` at Kestrel House."""
    child = User.objects.create(given_name="Nia", username="nia")
    student = enrol.enrol(school=cast.other_school, user=child, grade="9", by=cast.stranger, on=TODAY)
    family.add_guardian(student=student, user=user, relation="mother", by=cast.stranger, on=TODAY)
    return student


def test_a_mother_of_two_advisories_is_a_coordinators_to_let_in(cast):
    assert beyond(cast, "ada", "rosa", "grandma", "sam", "mo") == {"Rosa"}
    assert beyond(cast, "coordinator", "rosa", "grandma", "sam", "mo") == set()
    assert beyond(cast, "cover", "sam", "grandma") == {"Samuel", "Ngozi"}


def test_staff_are_for_who_adds_staff_at_all_their_schools(cast):
    give_role(user=cast.ben, role="adviser", school=cast.other_school, by=cast.stranger, on=TODAY)
    assert beyond(cast, "lead", "ada", "ben", "network_lead") == {"Ben", "Nadia"}
    assert "Lee" in beyond(cast, "coordinator", "lead")


def test_no_code_is_printed_that_opens_a_sibling_elsewhere(cast, client):
    signs_in(cast.rosa)
    page = do(client, cast, cast.ada, cast.rosa, "letter").content.decode()
    assert "a letter would open those too. Ask a lead." in page and "print a new code" not in page
    assert "Kit" not in page and not Link.objects.exists()


def test_nor_does_a_table_of_letters(cast, client):
    client.force_login(cast.ada)
    facts = {"who": [cast.rosa.pk, cast.grandma.pk], "way": "letter"}
    client.post(f"/schools/{cast.school.pk}/people/invitations/", facts)
    assert Link.objects.get().user == cast.grandma


def test_a_leads_letter_is_not_an_advisers_to_read(cast, client):
    do(client, cast, cast.lead, cast.rosa, "letter")
    client.force_login(cast.ada)
    page = client.get(f"/schools/{cast.school.pk}/people/letters/?people={cast.rosa.pk}").content.decode()
    assert Link.objects.get().code[:4] not in page and "No letter to print" in page


def test_an_invitation_still_goes_to_the_address_that_is_held(cast, client):
    do(client, cast, cast.ada, cast.rosa, "email")
    assert Link.objects.get().way == Link.Way.EMAIL


def test_who_signs_in_is_told_of_a_code_that_holds_a_week(cast, client):
    signs_in(cast.sam)
    do(client, cast, cast.ada, cast.sam, "letter")
    link = Link.objects.get()
    assert (link.expires_at - NOW).days == 7
    assert Notice.objects.get(user=cast.sam).title == "Ada Lindqvist printed a code for a new password of yours."


def test_who_comes_in_for_the_first_time_has_no_notice_of_it(cast, client):
    do(client, cast, cast.ada, cast.sam, "letter")
    assert not Notice.objects.exists()


def test_the_other_schools_leads_hear_of_a_letter(cast):
    at_the_other_school(cast, cast.rosa)
    assert beyond(cast, "coordinator", "rosa") == {"Rosa"}
    new_code(user=cast.rosa, by=cast.lead, school=cast.school, now=NOW)
    notice = Notice.objects.get(user=cast.stranger)
    assert notice.title.startswith("Lee Whitfield of another school printed a letter for Rosa Okafor")
    assert Event.objects.get(action="rosters.letter.made_elsewhere").school_id == cast.other_school.pk


def test_an_address_that_opens_a_sibling_is_not_an_advisers_to_write(cast, client):
    client.force_login(cast.ada)
    row = Guardianship.objects.get(user=cast.rosa, student=cast.student("sam"))
    address = f"/students/{row.student_id}/guardians/{row.pk}/reach/"
    page = client.post(address, {"email": "ada@example.net", "phone": "401 555 0100"}).content.decode()
    cast.rosa.refresh_from_db()
    assert "Ask a lead to write the e-mail address." in page and "401 555 0100" in page
    assert cast.rosa.email == "rosa@example.org"
    client.post(address, {"email": "rosa@example.org", "phone": "401 555 0100"})
    cast.rosa.refresh_from_db()
    assert cast.rosa.phone == "401 555 0100"


def test_nor_is_a_mentors(cast, client):
    mentor = Mentor.objects.get(user=cast.mo)
    put_on_team(student=cast.student("omar"), mentor=mentor, by=cast.lead, on=TODAY)
    client.force_login(cast.ada)
    address = f"/schools/{cast.school.pk}/mentors/{mentor.pk}/"
    page = client.post(address, {"email": "ada@example.net", "job_title": "boss"}).content.decode()
    assert "Ask a lead to write the e-mail address." in page
    client.force_login(cast.lead)
    client.post(address, {"email": "mo@example.net"})
    cast.mo.refresh_from_db()
    assert cast.mo.email == "mo@example.net"


def test_a_table_writes_no_such_address_and_says_so(cast):
    User.objects.filter(pk=cast.rosa.pk).update(email="")
    text = "Name,Grade,Mother name,Mother email,Mother phone\nSam Okafor,10,Rosa Okafor,ada@example.net,401 555 0100"
    imported = pasted(cast, text, by=cast.ada)
    assert "Ask a lead" in remarks(imported, cast.ada)["g1_email"]
    brought_in(imported, cast.ada)
    cast.rosa.refresh_from_db()
    assert (cast.rosa.email, cast.rosa.phone) == ("", "401 555 0100")


def test_a_school_closes_no_account_that_another_school_has_too(cast, client):
    at_the_other_school(cast, cast.rosa)
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/people/{cast.rosa.pk}/"
    assert "does not close the account" in client.get(address).content.decode()
    client.post(f"{address}account/", {"do": "close"})
    cast.rosa.refresh_from_db()
    assert cast.rosa.closed_at is None

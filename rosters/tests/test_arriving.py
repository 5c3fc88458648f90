from accounts.models import User
from advisories.actions import roster
from advisories.actions.charge import take_charge
from bpl.tests.cast import TODAY
from rosters.actions.leaving import leave_school
from schools.actions.staff import give_role
from students.access import permissions_on
from students.models import Student


def add(client, cast, by, **changes):
    client.force_login(by)
    facts = {"given_name": "Jo", "family_name": "Rivers", "grade": "9", "on": "2026-11-24", "advisory": ""}
    return client.post(f"/schools/{cast.school.pk}/people/students/new/", facts | changes, follow=True)


def test_a_lead_adds_a_student_to_any_advisory(cast, client):
    add(client, cast, cast.lead, advisory=cast.other_advisory.pk, born_on="5/4/2011", number="J-1")
    jo = Student.objects.get(user__given_name="Jo")
    assert (jo.number, jo.started_on, jo.seats.get().advisory) == ("J-1", TODAY, cast.other_advisory)


def test_an_adviser_adds_to_the_own_advisory_and_sees_the_student(cast, client):
    add(client, cast, cast.ada, advisory=cast.advisory.pk)
    jo = Student.objects.get(user__given_name="Jo")
    assert permissions_on(jo, cast.ada, TODAY).student_edit


def test_an_adviser_has_no_other_advisory_to_choose(cast, client):
    page = add(client, cast, cast.ada, advisory=cast.other_advisory.pk).content.decode()
    assert "Select a valid choice" in page and not User.objects.filter(given_name="Jo").exists()


def test_a_double_tap_is_one_student(cast, client):
    for _tap in range(2):
        add(client, cast, cast.lead, same_as="new")
    assert Student.objects.filter(user__given_name="Jo").count() == 1


def test_somebody_of_this_name_is_offered_first(cast, client):
    page = add(client, cast, cast.lead, given_name="Sam", family_name="Okafor").content.decode()
    assert "Samuel Okafor · born May 4, 2010 · here, grade 10" in page
    assert Student.objects.filter(user__family_name="Okafor").count() == 2


def test_somebody_who_is_here_is_not_enrolled_twice(cast, client):
    page = add(client, cast, cast.lead, given_name="Sam", family_name="Okafor", same_as=cast.sam.pk).content.decode()
    assert "Sam Okafor is already enrolled on that day." in page


def test_who_left_comes_back_with_the_family(cast, client):
    sam = cast.student("sam")
    leave_school(student=sam, by=cast.lead, on=TODAY)
    add(
        client,
        cast,
        cast.lead,
        given_name="Sam",
        family_name="Okafor",
        same_as=cast.sam.pk,
        with_family="on",
        grade="11",
    )
    sam.refresh_from_db()
    assert sam.enrolments.on(TODAY).get().grade == "11" and sam.started_on < TODAY
    assert set(sam.guardianships.on(TODAY).values_list("user__given_name", "rights")) == {
        ("Rosa", "signs"), ("Ngozi", "reads"), ("Dan", "barred"),
    }  # fmt: skip


def test_an_adviser_takes_up_no_student_who_was_somebody_elses(cast, client):
    """With the seat the whole record would open: notes, family, plans."""
    omar = cast.student("omar")
    leave_school(student=omar, by=cast.lead, on=TODAY)
    facts = {"given_name": "Omar", "family_name": "Haddad", "advisory": cast.advisory.pk}
    page = add(client, cast, cast.ada, **facts).content.decode()
    assert "Omar Haddad, who is or was here with somebody else" in page and "2008" not in page
    page = add(client, cast, cast.ada, **facts, same_as=cast.omar.pk).content.decode()
    assert "is not yours to change. Ask a lead." in page and not permissions_on(omar, cast.ada, TODAY)
    add(client, cast, cast.coordinator, **facts | {"advisory": ""}, same_as=cast.omar.pk)
    assert omar.enrolments.on(TODAY).exists()


def test_a_bar_outlasts_a_time_away(cast, client):
    sam = cast.student("sam")
    leave_school(student=sam, by=cast.lead, on=TODAY)
    give_role(user=cast.dan, role="adviser", school=cast.school, by=cast.lead, on=TODAY)
    advisory = roster.open_advisory(school=cast.school, name="Dan's", by=cast.lead, on=TODAY)
    take_charge(advisory=advisory, user=cast.dan, by=cast.lead, on=TODAY)
    facts = {"given_name": "Sam", "family_name": "Okafor", "same_as": cast.sam.pk, "with_family": "on"}
    page = add(client, cast, cast.lead, **facts, advisory=advisory.pk).content.decode()
    assert "Dan Okafor is barred from Sam Okafor in that time" in page
    assert not permissions_on(sam, cast.dan, TODAY) and not sam.enrolments.on(TODAY).exists()


def test_a_number_that_is_taken_is_said_beside_it(cast, client):
    Student.objects.filter(user=cast.lena).update(number="L-7")
    page = add(client, cast, cast.lead, number="L-7").content.decode()
    assert "Lena Brandt has this number." in page and 'value="Jo"' in page
    assert not User.objects.filter(given_name="Jo").exists()


def test_a_sixteenth_student_is_added_with_a_warning(cast, client):
    cast.school.advisory_size = 2
    cast.school.save()
    page = add(client, cast, cast.lead, advisory=cast.advisory.pk).content.decode()
    assert "has 3 students; your school" in page


def test_to_add_to_a_family_the_student_comes_first(cast, client):
    client.force_login(cast.ada)
    address = f"/schools/{cast.school.pk}/people/guardians/new/"
    page = client.get(f"{address}?q=oka").content.decode()
    assert f"/students/{cast.student('sam').pk}/guardians/new/" in page and "Kit Okafor" not in page

"""Guardians in a table: one person over all children, and two people with one address."""

from rosters.tests.factories import brought_in, pasted, remarks, says, verdicts
from students.models import Guardianship, Home, Student

HEAD = "Name\tGrade\tGuardian 1 name\tGuardian 1 e-mail\tGuardian 1 relation\tGuardian 1 phone\tHome address\n"


def guardians(name):
    rows = Guardianship.objects.filter(student__user__given_name=name).select_related("user", "home")
    return {row.user.name: row for row in rows}


def test_brothers_and_sisters_share_their_mother(cast):
    imported = pasted(cast, HEAD + "Jo Rivers\t9\tMia Rivers\tmia@example.org\tmother\t\t1 Elm St\n"
                                   "Al Rivers\t10\tMia Rivers\tMIA@example.org\tmum\t\t1 Elm St")  # fmt: skip
    brought_in(imported, cast.lead)
    jo, al = guardians("Jo")["Mia Rivers"], guardians("Al")["Mia Rivers"]
    assert jo.user == al.user and jo.home == al.home
    assert (jo.relation, jo.rights, jo.lives_with) == ("mother", "signs", True)


def test_a_mother_without_address_is_shared_by_her_phone(cast):
    imported = pasted(cast, HEAD + "Jo Rivers\t9\tMia Rivers\t\tmother\t(401) 555-0100\t\n"
                                   "Al Rivers\t10\tMia Rivers\t\tmother\t401 5550100\t")  # fmt: skip
    brought_in(imported, cast.lead)
    assert guardians("Jo")["Mia Rivers"].user == guardians("Al")["Mia Rivers"].user


def test_two_parents_with_one_address_are_two_people(cast):
    text = (
        "Name\tGrade\tMother\tMother email\tFather\tFather email\n"
        "Jo Rivers\t9\tMia Rivers\thome@example.org\tTom Rivers\thome@example.org"
    )
    imported = pasted(cast, text)
    assert remarks(imported, cast.lead)["g2_email"] == "Mia Rivers has this address too. They stay two people."
    brought_in(imported, cast.lead)
    found = guardians("Jo")
    assert {name: row.relation for name, row in found.items()} == {"Mia Rivers": "mother", "Tom Rivers": "father"}
    assert found["Mia Rivers"].user != found["Tom Rivers"].user


def test_a_parent_who_is_known_gets_no_second_account(cast):
    imported = pasted(cast, HEAD + "Jo Okafor\t9\tRosa Okafor\trosa@example.org\tmother\t\t")
    brought_in(imported, cast.lead)
    assert guardians("Jo")["Rosa Okafor"].user == cast.rosa


def test_a_name_sake_without_proof_stays_somebody_else(cast):
    imported = pasted(cast, HEAD + "Jo Okafor\t9\tRosa Okafor\t\tmother\t\t")
    assert "Another Rosa Okafor is known here." in remarks(imported, cast.lead)["g1_name"]
    brought_in(imported, cast.lead)
    assert guardians("Jo")["Rosa Okafor"].user != cast.rosa


def test_a_students_own_mother_needs_no_proof(cast):
    assert verdicts(pasted(cast, HEAD + "Sam Okafor\t\tRosa Okafor\t\t\t\t"), cast.lead) == {2: "same"}


def test_a_bar_is_never_lifted_by_a_table(cast):
    text = "Name\tGuardian 1 name\tGuardian 1 rights\nSam Okafor\tDan Okafor\tsigns"
    assert "is barred from this student" in remarks(pasted(cast, text), cast.lead)["g1_rights"]
    assert verdicts(pasted(cast, "Name\tGuardian 1 name\nSam Okafor\tDan Okafor"), cast.lead) == {2: "same"}


def test_rights_change_from_the_day_of_the_table(cast):
    text = "Name\tGuardian 1 name\tGuardian 1 rights\nSam Okafor\tNgozi\twrites"
    imported = pasted(cast, text)
    assert says(imported, cast.lead) == ["Ngozi: takes part, does not sign"]
    brought_in(imported, cast.lead)
    now = Guardianship.objects.on(imported.day).get(user=cast.grandma)
    assert (now.rights, now.starts_on) == ("writes", imported.day)


def test_an_address_is_the_own_of_who_signs_in(cast):
    cast.rosa.set_password("river-and-stone")
    cast.rosa.save()
    imported = pasted(cast, "Name\tGuardian 1 name\tGuardian 1 e-mail\nSam Okafor\tRosa Okafor\tother@example.org")
    assert "changes this themself" in remarks(imported, cast.lead)["g1_email"]
    assert verdicts(imported, cast.lead) == {2: "same"}


def test_a_parent_in_another_home_does_not_live_with_the_student(cast):
    text = (
        "Name\tGrade\tHome address\tMother\tFather\tFather address\n"
        "Jo Rivers\t9\t1 Elm St\tMia Rivers\tTom Rivers\t9 Oak St"
    )
    brought_in(pasted(cast, text), cast.lead)
    found = guardians("Jo")
    assert (found["Mia Rivers"].lives_with, found["Tom Rivers"].lives_with) == (True, False)
    assert Home.objects.count() == 2


def test_a_link_that_had_ended_begins_again_with_a_warning(cast):
    row = Guardianship.objects.get(user=cast.grandma)
    row.ends_on = row.starts_on.replace(month=12)
    row.save()
    imported = pasted(cast, "Name\tGuardian 1 name\nSam Okafor\tNgozi")
    assert "had ended" in remarks(imported, cast.lead)["g1_name"]
    assert verdicts(imported, cast.lead) == {2: "changes"}


def test_the_same_table_again_changes_nothing(cast):
    text = HEAD + "Jo Rivers\t9\tMia Rivers\t\tmother\t\t1 Elm St\nAl Rivers\t10\tTom\t\tdad\t401\t\n"
    brought_in(pasted(cast, text), cast.lead)
    assert set(verdicts(pasted(cast, text), cast.lead).values()) == {"same"}
    assert Student.objects.filter(user__family_name="Rivers").count() == 2

"""Other systems spread one person over several tables; the school's own number holds them together."""

from rosters.tests.factories import brought_in, pasted, remarks, says, verdicts
from students.models import Student

BIRTHDAYS = "userSourcedId,birthDate\n114001,7/2/2010\n999,3/2/2011"


def numbered(cast, name, number):
    Student.objects.filter(pk=cast.student(name).pk).update(number=number)


def test_a_number_alone_says_who_it_is(cast):
    numbered(cast, "sam", "114001")
    imported = pasted(cast, BIRTHDAYS)
    assert says(imported, cast.lead) == ["Birthday becomes July 2, 2010"]
    brought_in(imported, cast.lead)
    cast.sam.refresh_from_db()
    assert (Student.objects.get(number="114001").born_on.isoformat(), cast.sam.given_name) == ("2010-07-02", "Samuel")


def test_a_number_that_is_nobodys_asks_for_a_name(cast):
    imported = pasted(cast, BIRTHDAYS)
    assert "We find nobody with the number 999" in remarks(imported, cast.lead, 3)["given_name"]


def test_a_number_of_somebody_elses_student_tells_no_name(cast):
    numbered(cast, "omar", "114001")
    imported = pasted(cast, BIRTHDAYS, by=cast.ada)
    assert "We find nobody with the number 114001" in remarks(imported, cast.ada)["given_name"]
    assert verdicts(imported, cast.ada)[2] == "wrong"

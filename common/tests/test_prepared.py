"""A prepared query answers what the query itself would, and is compiled once."""

import datetime

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef

from advisories.models import Seat
from bpl.tests.cast import TODAY
from common import planned
from common.prepared import Prepared, padded
from students.models import Student, TeamMember

DAY = datetime.timedelta(days=1)


def seated(advisory, day):
    seats = Seat.objects.on(day).filter(student=OuterRef("pk"), advisory=advisory)
    return Student.objects.filter(Exists(seats)).select_related("user", "school").order_by("pk")


def test_it_answers_as_the_query_does_for_each_value(cast):
    prepared = Prepared(seated)
    for day in (TODAY, TODAY - 400 * DAY):
        for advisory in Seat.objects.values_list("advisory", flat=True).distinct():
            assert prepared(advisory=advisory, day=day) == list(seated(advisory, day))


def test_relations_and_columns_come_with_it(cast, django_assert_num_queries):
    prepared = Prepared(seated)
    advisory = Seat.objects.on(TODAY).first().advisory_id
    prepared(advisory=advisory, day=TODAY)
    with django_assert_num_queries(1):
        assert {student.user.name for student in prepared(advisory=advisory, day=TODAY)}


def test_it_is_built_once_for_each_length_of_a_list(cast):
    built = []

    def of_students(students):
        built.append(len(students))
        return TeamMember.objects.filter(student__in=students).values_list("student", flat=True)

    prepared, ids = Prepared(of_students), list(Student.objects.values_list("pk", flat=True))
    for wanted in (ids[:2], ids[1:3], ids[:1], ids[2:4]):
        assert set(prepared(students=wanted)) == set(wanted)
    assert built == [2, 1]


def test_a_value_that_never_reaches_the_database_is_refused(cast):
    prepared = Prepared(lambda day, user: TeamMember.objects.on(day - DAY).filter(user=user))
    with pytest.raises(ValueError, match="as it comes"):
        prepared(day=TODAY, user=cast.sam.pk)


def test_postgresql_keeps_the_plan_and_is_asked_for_it_once(cast):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's driver keeps plans by itself")
    prepared = Prepared(lambda user: TeamMember.objects.filter(user=user, cause="no other query holds this"))

    def kept():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_prepared_statements WHERE position('no other query holds' IN statement) > 0"
            )
            return cursor.fetchone()[0]

    for user in (cast.sam.pk, cast.sam.pk + 1, cast.sam.pk):
        prepared(user=user)
        assert kept() == 1


def test_what_writes_is_never_hidden_behind_a_name(db):
    with pytest.raises(ValueError, match="SELECT"):
        planned.prepare(connection, "DELETE FROM students_student WHERE id = $1", ("bigint",))


@pytest.mark.parametrize(("number", "length"), [(0, 0), (1, 50), (49, 50), (50, 50), (51, 100)])
def test_lists_of_any_length_have_few_lengths_and_the_same_ids(number, length):
    found = padded(range(1, number + 1))
    assert len(found) == length and set(found) == set(range(1, number + 1))

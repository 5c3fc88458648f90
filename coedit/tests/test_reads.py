from django.db import connection

from coedit.statements import read_texts
from coedit.tests.factories import a_text


def test_a_connection_that_was_lost_takes_its_plans_with_it(transactional_db, cast):
    text = a_text(cast)
    before = read_texts([text.pk], locks=False)
    connection.close()

    assert read_texts([text.pk], locks=False) == before
    assert before[text.pk].student_id == text.student_id

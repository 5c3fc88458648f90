"""How far a school's plans are, for leads and coordinators."""

import datetime

from bpl.tests.cast import TODAY
from plans.progress import SIGNING, page_of, row_of
from plans.tests.factories import a_plan, a_ready_plan, say, signs
from plans.tests.test_asking_again import new_version


def rows(cast, show=""):
    found = page_of(cast.school, cast.term, TODAY, show, 1)
    return {student.user.username: row_of(student, cast.school, TODAY) for student in found}


def test_each_row_says_how_far_the_plan_is_and_who_is_to_sign(cast):
    plan = a_ready_plan(cast)
    signs(plan, cast.sam)
    a_plan(cast, "lena")
    found = rows(cast)
    assert (found["sam"].state, found["sam"].number) == ("in_review", 1)
    assert found["sam"].missing == "parent, mentor, adviser"
    assert (found["lena"].state, found["lena"].missing, found["kit"].state) == ("draft", "", "")


def test_signatures_that_still_hold_are_not_missing(cast):
    plan = a_ready_plan(cast)
    for person in (cast.sam, cast.rosa, cast.mo, cast.ada):
        signs(plan, person)
    say(plan, "family", "We moved house.", cast.rosa)
    new_version(plan, cast)
    assert rows(cast)["sam"].missing == "student, parent, adviser"


def test_it_narrows_to_what_waits_for_signatures(cast):
    a_ready_plan(cast)
    a_plan(cast, "lena")
    assert set(rows(cast, SIGNING)) == {"sam"}
    assert set(rows(cast, "draft")) == {"lena"}
    assert set(rows(cast, "none")) == {"kit", "omar"}


def test_who_left_before_the_term_is_not_on_its_list(cast):
    cast.student("kit").enrolments.update(ends_on=datetime.date(2026, 7, 1))
    assert "kit" not in rows(cast)


def test_another_schools_lead_sees_none_of_it(cast, client):
    client.force_login(cast.stranger)
    assert client.get(f"/schools/{cast.school.pk}/plans/").status_code == 404

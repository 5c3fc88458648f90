"""Four weeks from the student's own start without a signed plan: who is late, and since when."""

import datetime

from bpl.tests.cast import NOW, TERM_START, TODAY
from plans.actions.activate import activate
from plans.cards import cards_for
from plans.due import overdue
from plans.models import Step
from plans.tests.factories import a_plan, a_ready_plan
from students.models import Enrolment, Student

WEEK = datetime.timedelta(weeks=1)


def late(cast, on):
    return {student.user.username for student in overdue(cast.school, on)}


def sign(plan, cast):
    activate(plan=plan, by=cast.ada, on=TODAY, at=NOW, reason="Signed on paper.")


def starts(cast, name, day):
    Student.objects.filter(pk=cast.student(name).pk).update(started_on=day)
    Enrolment.objects.filter(student=cast.student(name)).update(starts_on=day)


def test_who_had_a_plan_before_has_four_weeks_of_the_new_term(cast):
    plan = a_ready_plan(cast)
    Step.objects.create(
        plan=a_plan(cast, term=cast.last_term), school=cast.school, kind="activated", by=cast.ada, at=NOW,
        version=plan.version,
    )  # fmt: skip
    assert "sam" not in late(cast, TERM_START + 4 * WEEK - datetime.timedelta(days=1))
    assert "sam" in late(cast, TERM_START + 4 * WEEK)


def test_who_came_later_has_four_weeks_of_their_own(cast):
    starts(cast, "lena", datetime.date(2026, 11, 2))
    assert "lena" not in late(cast, datetime.date(2026, 11, 29))
    assert "lena" in late(cast, datetime.date(2026, 11, 30))


def test_the_weeks_of_a_new_student_run_on_over_the_holidays(cast):
    starts(cast, "lena", datetime.date(2026, 12, 14))
    assert "lena" in late(cast, datetime.date(2027, 1, 11))


def test_moving_up_a_grade_starts_nothing_anew(cast):
    Enrolment.objects.filter(student=cast.student("lena")).update(ends_on=TODAY - WEEK)
    Enrolment.objects.create(student=cast.student("lena"), grade="12", starts_on=TODAY - WEEK)
    assert "lena" in late(cast, TODAY)


def test_coming_back_after_a_year_does(cast):
    Enrolment.objects.filter(student=cast.student("lena")).update(ends_on=TODAY - 30 * WEEK)
    Enrolment.objects.create(student=cast.student("lena"), grade="12", starts_on=TODAY - WEEK)
    assert "lena" not in late(cast, TODAY)


def test_a_signed_plan_ends_it(cast):
    assert "sam" in late(cast, TODAY)
    sign(a_ready_plan(cast), cast)
    assert "sam" not in late(cast, TODAY)


def test_a_draft_does_not(cast):
    a_plan(cast)
    assert "sam" in late(cast, TODAY)


def test_who_has_left_is_not_late(cast):
    Enrolment.objects.filter(student=cast.student("lena")).update(ends_on=TODAY)
    assert "lena" not in late(cast, TODAY)


def test_the_school_sets_the_weeks(cast):
    starts(cast, "lena", datetime.date(2026, 11, 2))
    cast.school.plan_due_weeks = 3
    assert "lena" in late(cast, TODAY)


def test_the_advisers_home_and_the_list_agree(cast):
    starts(cast, "lena", datetime.date(2026, 11, 2))
    students = list(Student.objects.filter(school=cast.school).select_related("school"))
    cards = cards_for(students, TODAY)
    assert {cards[pk].student.user.username for pk in cards if cards[pk].is_overdue} == late(cast, TODAY)


def test_it_shows_on_the_students_own_page_and_to_the_lead(cast, client):
    client.force_login(cast.ada)
    assert "weeks are over" in client.get(f"/students/{cast.student('sam').pk}/plans/").content.decode()
    client.force_login(cast.lead)
    page = client.get(f"/schools/{cast.school.pk}/plans/?show=overdue").content.decode()
    assert "Sam Okafor" in page and "overdue" in page

"""Who is on which list, with which sentence, and who is on none."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from internships.models import Pursuit
from outcomes import attention
from outcomes.models import Attention, ContactConsent, Survey
from outcomes.tests.making import Making, day, says
from outcomes.tests.test_figures_here import a_generated_school
from plans.due import overdue
from schools.roles import STUDENT_PERMISSIONS

TODAY = "11-24"


@pytest.fixture
def us(db):
    return Making()


def lists(making, today=TODAY) -> dict[str, list[int]]:
    """The students of each rule, in their order."""
    found: dict[str, list[int]] = {}
    for row in attention.of_school(making.school, making.at(today)):
        found.setdefault(row.rule, []).append(row.student_id)
    return found


def sentence(making, rule, student, today=TODAY) -> str:
    rows = attention.of_school(making.school, making.at(today))
    (row,) = [one for one in rows if (one.rule, one.student_id) == (rule, student.pk)]
    return attention.RULES[rule].sentence(row.facts)


def all_is_well(making, starts="2025-9-1", **facts):
    """A student who is on no list: planned, placed, met, shown."""
    student = making.student(starts, **facts)
    making.plan(student, making.at("9-10"))
    making.talk(student, "11-20")
    placement = making.placement(student, "11-24")
    return student, placement


def test_nobody_is_on_a_list_of_whom_nothing_is_wanted(us):
    all_is_well(us)
    assert lists(us) == {}


def test_who_was_not_met_the_longest_first(us):
    one, other, never = (all_is_well(us)[0] for _one in range(3))
    for student, on in ((one, "11-9"), (other, "10-1"), (never, None)):
        student.one_to_ones.all().delete()
        if on:
            us.talk(student, on)
    assert lists(us) == {"one_to_one": [never.pk, other.pk, one.pk]}
    assert sentence(us, "one_to_one", one) == "The last one-to-one was 15 days ago."
    assert sentence(us, "one_to_one", never) == "No one-to-one since the student started, 449 days ago."


def test_plans_that_are_late_are_those_of_the_plans_own_list(us):
    student, _placement = all_is_well(us)
    student.plans.get().steps.all().delete()
    late_start, _placement = all_is_well(us, "10-20")
    late_start.plans.get().steps.all().delete()
    all_is_well(us, "11-20")[0].plans.get().steps.all().delete()
    assert lists(us) == {"plan": [student.pk, late_start.pk]}
    assert set(overdue(us.school, day(TODAY)).values_list("pk", flat=True)) == {student.pk, late_start.pk}
    assert sentence(us, "plan", student) == "The plan was due on Sept. 29, 2026."
    assert sentence(us, "plan", late_start) == "The plan was due on Nov. 17, 2026."


def test_early_in_a_term_who_never_had_a_plan_is_late_by_their_own_start(us):
    student = us.student("8-10")
    assert lists(us, "9-10")["plan"] == [student.pk]
    assert sentence(us, "plan", student, "9-10") == "The plan was due on Sept. 7, 2026."


def test_no_placement_and_none_under_way(us):
    without, pursues, arranged, coming, ended, new = (
        us.student(starts) for starts in ("2025-9-1",) * 5 + ("11-10",)
    )  # fmt: skip
    pursuit = {"school": us.school, "site": "Boats", "why": "I like them", "asked_by": us.adult}
    Pursuit.objects.create(student=pursues, asked_at=us.at("11-1"), **pursuit)
    Pursuit.objects.create(
        student=without, asked_at=us.at("10-1"), ended_at=us.at("10-2"), ending="no", ended_by=us.adult, **pursuit
    )
    us.placement(arranged, "11-1", begun=False)
    us.placement(coming, "12-1")
    us.placement(ended, "9-1", "11-14")
    assert lists(us)["placement"] == [without.pk, ended.pk]
    assert sentence(us, "placement", ended) == "No placement since Nov. 14, 2026, and no place is pursued."
    assert new.pk not in lists(us)["placement"]


def test_two_days_missed_in_a_fortnight(us):
    """Tuesdays and Thursdays: 10, 12, 17 and 19 November are in the last fourteen days."""
    two, one, long_ago, gone = (all_is_well(us)[0] for _one in range(4))
    for student, heard in ((two, ("11-10", "11-17")), (one, ("11-10", "11-12", "11-17")), (long_ago, ()), (gone, ())):
        student.placements.get().schedule.all().delete()
        student.placements.all().update(starts_on=day("11-10"))
        placement = student.placements.get()
        for weekday in (1, 3):
            placement.schedule.create(
                student=student, weekday=weekday, from_time=datetime.time(9), to_time=datetime.time(15),
                starts_on=day("11-10"),
            )  # fmt: skip
        for on in heard:
            us.on_site(placement, on, came=True)
    us.rests(long_ago.placements.get(), "11-12")
    gone.enrolments.update(ends_on=day("11-24"))
    found = lists(us)
    assert found["no_show"] == [two.pk]
    assert sentence(us, "no_show", two) == "Did not come on site and nobody heard why: Thu 12 Nov, Thu 19 Nov."
    # A fortnight later these days are long ago.
    us.rests(two.placements.get(), "11-20")
    assert "no_show" not in {
        rule for rule, pks in lists(us, "12-4").items() if two.pk in pks
    }  # fmt: skip


def test_a_mentor_whom_nobody_spoke_with(us):
    student = us.student()
    us.plan(student, us.at("9-10"))
    us.talk(student, "11-20")
    placement = us.placement(student, weekdays=())
    us.contact(placement, "10-1")
    assert lists(us) == {"mentor": [student.pk]}
    assert sentence(us, "mentor", student) == "The adviser has not spoken with the mentor for 54 days."
    (row,) = attention.of_school(us.school, us.at(TODAY))
    address = attention.RULES["mentor"].address(row.student_id, row.facts)
    assert address == reverse("internships:visit", args=[student.pk, placement.pk])


def test_on_the_last_day_of_a_term_the_placements_that_run_are_looked_at(us):
    student = us.student()
    us.contact(us.placement(student, "9-1", "12-11", weekdays=()), "9-2")
    running = us.placement(student, "10-20", weekdays=())
    us.contact(running, "10-21")
    assert lists(us, "12-18")["mentor"] == [student.pk]
    assert says("mentor_met", us.here("12-18")) == {student.pk: False}
    assert sentence(us, "mentor", student, "12-18") == "The adviser has not spoken with the mentor for 58 days."


def test_no_exhibition_once_a_window_is_over(us):
    student, _placement = all_is_well(us)
    shown, _placement = all_is_well(us)
    window = us.window("11-9", "11-20")
    us.exhibition(shown, window, us.at("11-10"))
    all_is_well(us, "11-21")
    assert lists(us) == {"exhibition": [student.pk]}
    assert "exhibition" not in lists(us, "11-20")
    assert sentence(us, "exhibition", student) == "The window ended on Nov. 20, 2026."


def test_attendance_below_the_plans_target(us):
    far, near, reached = (us.student() for _one in range(3))
    for student, present in ((far, 2), (near, 3), (reached, 4)):
        us.plan(student, us.at("9-10"), target="Our target is 90.5 %")
        for number in range(1, 5):
            us.mark(student, f"9-{number}", "present" if number <= present else "absent")
    assert lists(us)["attendance"] == [far.pk, near.pk]
    assert sentence(us, "attendance", far) == "Attendance is 50.0 %; the plan says 90.5 %."


def test_between_terms_only_those_who_left_are_asked_about(us):
    us.student()
    left = us.left()
    assert lists(us, "2026-8-20") == {"leaver": [left.pk]}


def test_leavers_of_whom_nothing_is_known(us):
    silent, told, moved, died, long_ago, recent, coming = (
        us.left("2026-6-20"), us.left("2026-6-20"), us.left("2026-6-20", "moved"), us.left("2026-6-20", "died"),
        us.left("2024-6-20"), us.left("2025-6-20"), us.left("2026-11-25"),
    )  # fmt: skip
    us.became(told, "work", "2026-7-1")
    assert lists(us)["leaver"] == [recent.pk, silent.pk]
    assert sentence(us, "leaver", silent) == "Nothing is known since the student left on June 20, 2026."
    assert says("not_known", us.after())[silent.pk] is True
    assert {moved.pk, died.pk, long_ago.pk, coming.pk}.isdisjoint(lists(us)["leaver"])


def a_survey(us, student, months, due_on, **facts):
    return Survey.objects.create(
        leaver=student.leavers.get(), student=student, school=us.school, months=months, due_on=day(due_on), **facts
    )


def test_surveys_that_nobody_answered(us):
    waits, answered, died, twice = (us.left("2026-1-20", how) for how in ("graduated", "graduated", "died", "stopped"))
    for student in (waits, answered, died, twice):
        us.became(student, "work", "2026-7-1")
    a_survey(us, waits, 6, "2026-11-10", asked_at=us.at("2026-11-10"))
    a_survey(us, answered, 6, "2026-11-10", asked_at=us.at("2026-11-10"), answered_at=us.at("2026-11-12"))
    a_survey(us, died, 6, "2026-11-10")
    a_survey(us, twice, 6, "2026-7-20")
    a_survey(us, twice, 12, "2026-10-20")
    assert lists(us, "11-23") == {"survey": [twice.pk]}
    assert lists(us) == {"survey": [twice.pk, waits.pk]}
    assert sentence(us, "survey", waits) == "The survey after 6 months, due on Nov. 10, 2026, is not answered."
    assert sentence(us, "survey", twice) == "The survey after 12 months, due on Oct. 20, 2026, was not sent."
    # Who has said no is asked by nobody.
    ContactConsent.objects.create(student=twice, school=us.school, may_ask=False, said_on=day("10-1"), by=us.adult)
    assert lists(us) == {"survey": [waits.pk]}
    # When they are closed nobody can answer any more.
    assert lists(us, "12-20") == {"survey": [waits.pk]}
    assert lists(us, "2027-1-9") == {}


def test_who_left_is_on_no_list_of_those_who_are_here(us):
    student = us.student("2025-9-1", TODAY)
    us.placement(student)
    us.leaver(student, TODAY)
    assert lists(us) == {"leaver": [student.pk]}
    assert set(lists(us, "11-23")) == {"one_to_one", "plan", "no_show", "mentor"}


def test_another_schools_students_are_on_none(us):
    Making().student()
    assert lists(us) == {}


def test_each_rule_has_a_page_a_permission_and_words():
    keys = {field.max_length for field in Attention._meta.fields if field.name == "rule"}
    assert all(len(key) <= min(keys) for key in attention.RULES)
    for rule in attention.RULES.values():
        assert rule.permission in STUDENT_PERMISSIONS and str(rule.name) and str(rule.about)
        if not rule.page.startswith("outcomes:"):
            row = Attention(student_id=1, facts={"placement_id": 2} if rule.key == "mentor" else {})
            assert rule.address(row.student_id, row.facts).startswith("/students/1/")


def test_the_sentence_is_in_the_readers_language(us):
    student, _placement = all_is_well(us)
    student.plans.get().steps.all().delete()
    (row,) = attention.of_school(us.school, us.at(TODAY))
    with translation.override("es"):
        assert "29 de septiembre de 2026" in attention.RULES["plan"].sentence(row.facts)


@pytest.mark.django_db
def test_a_school_of_fifty_asks_no_more_than_one_of_five():
    counts = []
    for size in (5, 50):
        making, _truths = a_generated_school(7, size)
        for _one in range(size):
            making.left()
        with CaptureQueriesContext(connection) as queries:
            rows = attention.of_school(making.school, making.at(TODAY))
        counts.append(len(queries))
    assert {row.rule for row in rows} == set(attention.RULES) - {"survey"}
    assert counts[0] == counts[1] <= 32

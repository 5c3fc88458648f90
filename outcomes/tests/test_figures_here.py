"""A term in figures: hand-made students with known answers, a generated school, and the rooms' own pages beside."""

import datetime
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from internships.contact import days_quiet, with_last_contact
from internships.expected import Status, expected_between
from internships.hours import in_term
from internships.models import Placement
from outcomes import cohorts, figures
from outcomes.here import expecting
from outcomes.here.present import percent_in
from outcomes.tests.making import Making, day, measures, says
from plans.due import late_among
from schools.models import Term
from schools.roles import Role

KEYS = [one.key for one in figures.FIGURES.values() if one.stage == "here"]
# The term is from 1 September to 18 December 2026; today is Tuesday, 24 November.
TODAY = "11-24"
AFTER_TERM = "2027-1-10"


@pytest.fixture
def us(db):
    return Making()


# Who belongs to a term ---------------------------------------------------------------------------------------------


def test_who_was_enrolled_on_a_day_of_the_term_belongs_to_it(us):
    there = us.student()
    last_day, first_day = us.student("2025-9-1", "9-2"), us.student("11-24")
    us.student("2025-9-1", "9-1")
    us.student("11-25")
    us.student("10-1", "10-1")
    facts = us.here()
    assert facts.ids == sorted([there.pk, last_day.pk, first_day.pk])
    assert set(facts.here) == {there.pk, first_day.pk}
    assert (facts.day, facts.passed) == (day("11-24"), day("11-23"))
    over = us.here(AFTER_TERM)
    assert (over.day, over.passed) == (day("12-18"), day("12-18"))


def test_moving_up_begins_nothing_anew_and_coming_back_does(us):
    moved, back = us.student("2024-9-1", "9-15", grade="9"), us.student("2024-9-1", "2025-6-20")
    us.enrolled(moved, "9-15", grade="10")
    us.enrolled(back, "10-5")
    facts = us.here()
    assert facts.stays[moved.pk].starts_on == day("2024-9-1")
    assert facts.stays[back.pk].starts_on == day("10-5")


def test_another_schools_students_are_nobody_here(us):
    other = Making()
    other.student()
    mine = us.student()
    assert us.here().ids == [mine.pk]


# Plans -------------------------------------------------------------------------------------------------------------


def test_a_plan_is_signed_in_time_by_the_students_own_start(us):
    """Four weeks: due on 29 September, or on 2 November for who started on 5 October."""
    on_the_day, too_late, never = us.student(), us.student(), us.student()
    late_start, new, gone = us.student("10-5"), us.student("11-10"), us.student("2025-9-1", "9-29")
    us.plan(on_the_day, us.at("9-29", 23, 59), us.at("11-1"))
    us.plan(too_late, us.at("9-30", 0, 1))
    us.plan(late_start, us.at("11-2"))
    us.plan(never)
    # Of another term, and made ready without becoming active, are no signed plans.
    spring = Term.objects.create(
        school=us.school, name="Spring", starts_on=day("2026-1-5"), ends_on=day("2026-6-20")
    )  # fmt: skip
    us.plan(never, us.at("9-10"), term=spring)
    expected = {on_the_day.pk: True, too_late.pk: False, never.pk: False, late_start.pk: True}
    assert says("plan_signed", us.here()) == expected
    assert says("plan_signed", us.here("9-28")) == {}
    # On the day it is due who has not signed is late, as the plans' own list has it.
    assert says("plan_signed", us.here("9-29")) == {on_the_day.pk: True, too_late.pk: False, never.pk: False}
    assert new.pk not in expected and gone.pk not in expected
    # Who has signed before it is due is counted once it is: until then all of those who belong would have signed.
    signed_early = us.student("10-28")
    us.plan(signed_early, us.at("10-29"))
    assert says("plan_signed", us.here()) == expected
    assert says("plan_signed", us.here("11-25")) == expected | {signed_early.pk: True}


def test_the_figure_and_the_plans_list_name_the_same(us):
    students = [us.student(starts) for starts in ("2025-9-1", "2025-9-1", "9-20", "10-20", "11-20")]
    us.plan(students[1], us.at("9-20"))
    us.plan(students[2], us.at("11-20"))
    facts = us.here()
    late = late_among(facts.here, us.school, facts.day, us.term)
    never = {pk for pk in facts.ids if says("plan_signed", facts).get(pk) is False} - {students[2].pk}
    assert late == never == {students[0].pk, students[3].pk}


def test_weeks_are_the_schools_own(us):
    us.school.plan_due_weeks = 10
    student = us.student()
    us.plan(student, us.at("11-10"))
    assert says("plan_signed", us.here()) == {student.pk: True}


def test_meetings_that_took_place(us):
    called_off, two, nobody, noted, today, none, coming = (us.student() for _one in range(7))
    us.meeting(us.plan(called_off), us.at("10-1"), off=True)
    plan = us.plan(two)
    us.meeting(plan, us.at("9-1", 0, 30))
    us.meeting(plan, us.at("11-23", 23, 30), came=[None, None])
    # The evening before the term is another day, whatever it is in UTC.
    us.meeting(plan, us.at("8-31", 23, 30))
    us.meeting(us.plan(nobody), us.at("10-1"), came=[False, False, None])
    us.meeting(us.plan(noted), us.at("10-1"), came=[False, True])
    plan = us.plan(today)
    us.meeting(plan, us.at(TODAY, 9))
    us.meeting(us.plan(coming), us.at("11-25"), came=[None])
    expected = {called_off.pk: 0, two.pk: 2, nobody.pk: 0, noted.pk: 1, today.pk: 0, none.pk: 0, coming.pk: 0}
    assert measures("meetings_held", us.here()) == {pk: (number, 1) for pk, number in expected.items()}
    assert says("meetings_held", us.here()) == {pk: number > 0 for pk, number in expected.items()}
    us.meeting(plan, us.at(TODAY, 10), came=[True])
    assert measures("meetings_held", us.here())[today.pk] == (1, 1)
    assert measures("meetings_held", us.here("11-25"))[today.pk] == (2, 1)


# Internships -------------------------------------------------------------------------------------------------------


def test_placed(us):
    runs, rests, arranged, ended, second, last, gone = (us.student() for _one in range(7))
    us.placement(runs)
    us.rests(us.placement(rests), "11-1")
    us.placement(arranged, begun=False)
    us.placement(ended, "9-1", TODAY)
    us.placement(second, "9-1", "10-1")
    us.placement(second, "11-24")
    us.placement(last, "9-1", "11-25")
    us.placement(gone)
    gone.enrolments.update(ends_on=day("11-20"))
    expected = {one.pk: one in (runs, rests, second, last) for one in (runs, rests, arranged, ended, second, last)}
    assert says("placed", us.here()) == expected
    assert says("placed", us.here("9-30"))[second.pk] is True
    assert says("placed", us.here("10-15"))[second.pk] is False


def test_of_a_term_that_is_over_its_last_four_weeks_count(us):
    """Internships end before the exhibitions do."""
    last = us.term.last_day
    ended, long_ago = us.student(), us.student()
    us.placement(ended, "9-1", str(last - datetime.timedelta(days=14)))
    us.placement(long_ago, "9-1", str(last - datetime.timedelta(days=28)))
    assert says("placed", us.here(str(last))) == {ended.pk: True, long_ago.pk: False}
    assert says("placed", us.here(str(last + datetime.timedelta(days=30)))) == {ended.pk: True, long_ago.pk: False}
    assert says("placed", us.here(str(last - datetime.timedelta(days=1)))) == {ended.pk: False, long_ago.pk: False}


def site_days(facts) -> dict:
    """By the rooms' own pages, week by week: expected, attended and missed days of each student."""
    found = {}
    rows = Placement.objects.filter(school=facts.school)
    for n in range((facts.passed - facts.first).days + 1):
        date = facts.first + datetime.timedelta(days=n)
        now = facts.start_of(date + datetime.timedelta(days=1))
        for one in expected_between(rows, date, date):
            status = one.status(now, facts.rules)
            here = found.setdefault(one.placement.student_id, [0, 0, 0])
            here[0] += 1
            here[1] += status in (Status.IN, Status.LATE, Status.OUT)
            here[2] += status == Status.NOT_HEARD
    return {pk: tuple(days) for pk, days in found.items()}


def counted(facts) -> dict:
    return {pk: (one.expected, one.attended, len(one.missed)) for pk, one in facts.ask(expecting.days).items()}


def test_days_of_a_term_are_those_of_the_internships_pages(us):
    dice = random.Random(11)
    us.closed("11-25", "11-28")
    us.closed("10-12", "10-13")
    for _one in range(12):
        student = us.student()
        first = us.placement(student, dice.choice(["2026-3-1", "9-1", "9-16"]), dice.choice([None, "10-20", "12-1"]))
        if first.ends_on == day("10-20"):
            us.placement(student, "10-20", None, weekdays=(0, 4))
        if dice.random() < 0.5:
            us.rests(first, dice.choice(["9-20", "10-1"]), dice.choice([None, "10-8"]))
        for n in range(100):
            date = day("9-1") + datetime.timedelta(days=n)
            if date.weekday() in (1, 3) and dice.random() < 0.8:
                said = dice.choice(
                    [{"came": True}, {"minutes": 330}, {"absent": "excused"}, {"absent": "absent", "source": "mentor"}]
                )
                us.on_site(first, date.isoformat(), **said)
        us.on_site(first, "9-19", make_up=True, came=True)
        us.on_site(first, "10-12", make_up=True)
    for today in (TODAY, "9-1", "9-2", AFTER_TERM):
        facts = us.here(today)
        assert counted(facts) == site_days(facts)
    assert len(counted(us.here())) == 12


def test_days_on_site_counted_by_hand(us):
    """Tuesdays and Thursdays from 1 September to Thursday, 24 September: eight days."""
    today = "9-25"
    all_but_one, mentor_says_no, mixed, new = (us.student() for _one in range(4))
    dates = ["9-1", "9-3", "9-8", "9-10", "9-15", "9-17", "9-22", "9-24"]
    first = us.placement(all_but_one)
    for date in dates[:7]:
        us.on_site(first, date, came=True)
    us.on_site(first, dates[7], absent="excused")
    second = us.placement(mentor_says_no)
    for date in dates:
        us.on_site(second, date, came=True, minutes=0 if date == "9-3" else 330)
    third = us.placement(mixed)
    us.on_site(third, "9-1", absent="absent", source="staff")
    us.on_site(third, "9-3", absent="absent", source="parent")
    us.on_site(third, "9-8", minutes=0)
    for date in dates[3:]:
        us.on_site(third, date, minutes=330)
    us.placement(new, "9-25")
    facts = us.here(today)
    assert measures("days_on_site", facts) == {all_but_one.pk: (7, 8), mentor_says_no.pk: (7, 8), mixed.pk: (5, 8)}
    assert set(says("days_on_site", facts).values()) == {False}
    # What the school wrote down as not excused is no word; a mentor's nought of whom nobody heard is none either.
    assert measures("no_show", facts) == {all_but_one.pk: (0, 8), mentor_says_no.pk: (0, 8), mixed.pk: (2, 8)}
    assert says("no_show", facts) == {all_but_one.pk: False, mentor_says_no.pk: False, mixed.pk: True}
    # A made-up day makes nine of ten.
    us.on_site(first, "9-19", make_up=True, came=True)
    us.on_site(first, "9-20", make_up=True, came=True)
    assert says("days_on_site", us.here(today))[all_but_one.pk] is True


def test_a_day_that_is_not_over_is_no_no_show(us):
    student = us.student()
    us.placement(student, "11-24")
    assert says("no_show", us.here()) == {}
    assert says("no_show", us.here("11-25")) == {student.pk: True}


def test_days_end_with_the_students_own_time(us):
    student = us.student("2025-9-1", "9-10")
    us.placement(student)
    assert measures("no_show", us.here()) == {student.pk: (3, 3)}


def test_hours_against_the_target_that_is_due(us):
    """109 days of term, 84 of them over: of 109 hours 84 are due, and 90 % of them are 75:36."""
    us.rules.hours_a_term = 109
    us.rules.save()
    enough, short, late, none, unplaced, gone = (
        us.student(starts, ends)
        for starts, ends in [("2025-9-1", None)] * 2
        + [("11-14", None), ("2025-9-1", None), ("2025-9-1", None), ("2025-9-1", "9-21")]
    )
    # Over two placements, and one of the days confirmed on a day on which nobody was expected.
    us.on_site(us.placement(enough, "9-1", "10-1"), "9-5", minutes=1260)
    hull = us.placement(enough, "10-1")
    for date in ("10-1", "10-6"):
        us.on_site(hull, date, minutes=1440)
    us.on_site(hull, "11-23", minutes=396)
    hull = us.placement(short)
    for date, minutes in (("9-1", 1440), ("9-3", 1440), ("9-8", 1440), ("11-23", 215)):
        us.on_site(hull, date, minutes=minutes)
    us.on_site(hull, "11-19", came=True)
    # Confirmed already today: that is tomorrow's.
    us.on_site(hull, TODAY, minutes=600)
    us.on_site(us.placement(late, "11-20"), "11-20", minutes=540)
    us.placement(none)
    us.on_site(us.placement(gone), "9-1", minutes=1080)
    facts = us.here()
    found = measures("hours_on_site", facts)
    hours = {enough.pk: 75.6, short.pk: 75 + 35 / 60, late.pk: 9, none.pk: 0, gone.pk: 18}
    due = {enough.pk: 84, short.pk: 84, late.pk: 10, none.pk: 84, gone.pk: 20}
    assert {pk: part for pk, (part, _of) in found.items()} == pytest.approx(hours)
    assert {pk: of for pk, (_part, of) in found.items()} == pytest.approx(due)
    assert says("hours_on_site", facts) == {
        enough.pk: True, short.pk: False, late.pk: True, none.pk: False, gone.pk: True
    }  # fmt: skip
    assert unplaced.pk not in found
    # As the student's own page adds them up, but for those of today.
    assert in_term(short, us.rules, day(TODAY)).confirmed == 75 * 60 + 35 + 600
    assert says("hours_on_site", us.here("9-1")) == {}


def test_a_school_without_a_target_measures_no_hours(us):
    us.rules.hours_a_term = 0
    us.rules.save()
    us.placement(us.student())
    assert says("hours_on_site", us.here()) == {}


def test_when_the_adviser_spoke_with_the_mentor(us):
    """Thirty days before 24 November are 25 October."""
    last_day, too_long, no_answer, new, new_and_met, met_before, mentor_alone, never = (
        us.student() for _one in range(8)
    )
    us.contact(us.placement(last_day), "10-25", hour=0)
    us.contact(us.placement(too_long), "10-24", hour=23)
    us.contact(us.placement(no_answer), "11-20", kind="no_answer")
    us.placement(new, "10-25")
    us.contact(us.placement(new_and_met, "11-20"), "11-18")
    us.contact(us.placement(met_before, "10-20"), "10-19")
    us.contact(us.placement(mentor_alone), "11-24", about_student=False, hour=20)
    us.placement(never, "10-24")
    us.student()
    facts = us.here()
    assert says("mentor_met", facts) == {
        last_day.pk: True, too_long.pk: False, no_answer.pk: False, met_before.pk: False, mentor_alone.pk: True,
        never.pk: False,
    }  # fmt: skip
    days = {pk: part for pk, (part, _of) in measures("mentor_met", facts).items()}
    shown = {one.student_id: one for one in with_last_contact(Placement.objects.filter(school=us.school))}
    assert days == {pk: days_quiet(shown[pk], us.school.zone, facts.day) for pk in days}
    assert not {new.pk, new_and_met.pk} & set(days)
    # Of a term that is over, what came later says nothing.
    us.contact(Placement.objects.get(student=too_long), "2027-1-4")
    assert says("mentor_met", us.here(AFTER_TERM))[too_long.pk] is False


def test_only_a_word_of_the_adviser_counts(us):
    of_coordinator, of_another, of_former = (us.student() for _one in range(3))
    us.contact(us.placement(of_coordinator), "11-20", by=us.adult)
    us.adviser_of(of_coordinator)
    both = us.placement(of_another)
    us.contact(both, "11-20", about_student=False, by=us.adult)
    us.contact(us.placement(of_former), "11-20")
    of_former.team.update(ends_on=day("11-22"))
    found = says("mentor_met", us.here())
    assert found == {of_coordinator.pk: False, of_another.pk: False, of_former.pk: True}
    # Not before they were the adviser, nor after.
    of_former.team.update(ends_on=day("11-20"))
    assert says("mentor_met", us.here())[of_former.pk] is False
    of_former.team.update(starts_on=day("11-21"), ends_on=None)
    assert says("mentor_met", us.here())[of_former.pk] is False


def test_who_stands_in_for_the_adviser_may_speak_for_them(us):
    student = us.student()
    us.contact(us.placement(student), "11-20")
    student.team.update(role=Role.COVER)
    assert says("mentor_met", us.here()) == {student.pk: True}


def test_a_placement_that_has_only_begun_does_not_hide_one_of_which_it_is_due(us):
    met, quiet = us.student(), us.student()
    for student, on in ((met, "11-20"), (quiet, "10-20")):
        us.contact(us.placement(student, "9-1"), on)
        us.placement(student, "11-10", weekdays=(0,))
    assert says("mentor_met", us.here()) == {met.pk: True, quiet.pk: False}


def test_holidays_are_not_held_against_the_adviser(us):
    """The term begins on 1 September; the placement goes on from the one before."""
    student = us.student()
    us.contact(us.placement(student, "2026-5-1"), "2026-6-1")
    assert says("mentor_met", us.here("10-1")) == {}
    assert says("mentor_met", us.here("10-2")) == {student.pk: False}


def test_of_a_term_that_is_over_placements_of_its_last_weeks_count(us):
    """The term ends on 18 December; the placements on the 4th."""
    met, quiet, ended, gone = (us.student(ends=ends) for ends in (None, None, None, "12-10"))
    for student, on in ((met, "11-10"), (quiet, "10-20"), (ended, "11-10"), (gone, "11-10")):
        us.contact(us.placement(student, "9-1", "11-10" if student == ended else "12-5"), on)
    us.contact(met.placements.get(), "12-8")
    facts = us.here(AFTER_TERM)
    assert says("mentor_met", facts) == {met.pk: True, quiet.pk: False}
    assert measures("mentor_met", facts) == {met.pk: (24, 1), quiet.pk: (45, 1)}


def test_of_two_placements_the_quieter_counts(us):
    student = us.student()
    us.contact(us.placement(student), "11-20")
    us.placement(student, "9-1", weekdays=(0,))
    assert measures("mentor_met", us.here()) == {student.pk: (84, 1)}
    assert says("mentor_met", us.here()) == {student.pk: False}


# Exhibitions and goals ---------------------------------------------------------------------------------------------


def test_exhibitions_that_were_held(us):
    window = us.window("11-9", "11-20")
    told, today, rated, own, closed, untold, none, new, gone = (
        us.student(starts, ends) for starts, ends in [("2025-9-1", None)] * 7 + [("11-21", None), ("2025-9-1", "11-10")]
    )
    us.closed("11-11", "11-12")
    us.exhibition(told, window, us.at("11-23", 23))
    us.exhibition(today, window, us.at(TODAY, 9))
    us.exhibition(rated, window, rated_by="adviser")
    us.exhibition(own, window, rated_by="student")
    us.exhibition(closed, window, us.at("11-11"))
    us.exhibition(untold, window)
    expected = {told: True, today: False, rated: True, own: False, closed: False, untold: False, none: False}
    assert says("exhibition_held", us.here()) == {one.pk: counts for one, counts in expected.items()}
    # While the window is not over nobody's is late.
    assert says("exhibition_held", us.here("11-20")) == {}
    assert new.pk not in expected and gone.pk not in expected
    us.exhibition(gone, window, us.at("11-9"))
    assert gone.pk not in says("exhibition_held", us.here())
    # Who was there on the last day belongs, also after some time away.
    back = us.student("2025-9-1", "11-21")
    us.enrolled(back, "11-23")
    assert says("exhibition_held", us.here())[back.pk] is False


def test_a_term_without_a_window_had_no_exhibitions(us):
    student = us.student()
    assert says("exhibition_held", us.here()) == {}
    assert says("exhibition_held", us.here("12-18")) == {}
    assert says("exhibition_held", us.here("12-19")) == {student.pk: False}


def test_levels_of_the_goals(us):
    spring = Term.objects.create(school=us.school, name="Spring", starts_on=day("2026-1-5"), ends_on=day("2026-6-20"))
    before, now = us.window("2026-6-1", "2026-6-12", spring), us.window("11-9", "11-20")
    five = us.a_rubric(5)
    wide = us.window("10-1", "10-5", rubric=five)
    cases = {
        # (rank before, rank now, reached, moved); "-" is not judged then.
        "up": (2, 3, True, True), "down": (3, 2, False, False), "same": (3, 3, True, False),
        "open": (3, None, None, None), "was_open": (None, 4, True, None), "once": ("-", 2, False, "out"),
        "long_ago": (4, "-", True, "out"), "never": ("-", "-", None, "out"),
    }  # fmt: skip
    students = {}
    for name, (first, second, _reached, _moved) in cases.items():
        students[name] = us.student()
        for window, rank in ((before, first), (now, second)):
            if rank != "-":
                us.agreed(us.exhibition(students[name], window), "social", rank)
    corrected = us.student()
    exhibition = us.exhibition(corrected, now)
    us.agreed(exhibition, "social", 4, replaced=True)
    us.agreed(exhibition, "social", 1)
    # Third of five is the upper half; whether that is more than second of four nobody can say.
    changed = us.student()
    us.agreed(us.exhibition(changed, before), "social", 2)
    us.agreed(us.exhibition(changed, wide), "social", 3)
    gone = us.student("2025-9-1", "11-23")
    us.agreed(us.exhibition(gone, now), "social", 4)
    facts = us.here()
    reached = {students[name].pk: case[2] for name, case in cases.items()}
    assert says("goal_social", facts) == reached | {corrected.pk: False, changed.pk: True}
    moved = {students[name].pk: case[3] for name, case in cases.items() if case[3] != "out"}
    assert says("goal_social_moved", facts) == moved | {changed.pk: None}
    assert set(says("goal_empirical", facts).values()) == {None}
    assert says("goal_empirical_moved", facts) == {}
    # What was judged later is not in the figures of an earlier day.
    earlier = says("goal_social", us.here("10-30"))
    assert earlier[students["up"].pk] is False and earlier[students["once"].pk] is None
    assert earlier[changed.pk] is True


@pytest.mark.parametrize(("levels", "upper"), [(2, {2}), (3, {2, 3}), (4, {3, 4}), (5, {3, 4, 5}), (6, {4, 5, 6})])
def test_the_upper_half_of_a_rubric(us, levels, upper):
    window = us.window("11-9", "11-20", rubric=us.a_rubric(levels))
    students = {rank: us.student() for rank in range(1, levels + 1)}
    for rank, student in students.items():
        us.agreed(us.exhibition(student, window), "quantitative", rank)
    found = says("goal_quantitative", us.here())
    assert {rank for rank, student in students.items() if found[student.pk]} == upper


# Being here --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("Attendance shall be 92 %.", 92), ("92%", 92), ("Ninety", None), ("", None), ("92 per cent", 92),
        ("At least 92.5 percent by Easter", 92.5), ("92,5 %", 92.5), ("El objetivo es 92 por ciento", 92),
        ("Attendance last term was 81 per cent. Our target is 92 per cent.\n\n- Mornings are hard", 92),
        ("Our target is 92 %. We began at 81 %.", 92), ("81 % now, 92 % in June", None),
        ("Our target is 92 %, from 81 %", None), ("92 %, yes, 92 %", 92), ("120 %", None), ("0 %", None),
        ("12 days, 3 lessons", None), ("Room 92. %", None), ("1.234.567 %", None),
    ],
)  # fmt: skip
def test_a_target_is_read_and_not_guessed(text, percent):
    assert percent_in(text) == percent


def test_attendance_against_the_plans_target(us):
    exact, below, no_target, unsigned, not_required, unmarked = (us.student() for _one in range(6))
    for student in (exact, below, not_required):
        us.plan(student, us.at("9-10"), target="We want 75 per cent.")
    us.plan(no_target, us.at("9-10"))
    us.plan(unsigned, target="We want 75 per cent.")
    us.plan(unmarked, us.at("9-10"), target="We want 75 per cent.")
    for student in (exact, below, no_target, unsigned):
        for on, counts in (("9-1", "present"), ("9-2", "late"), ("9-3", "elsewhere"), (TODAY, "absent")):
            us.mark(student, on, counts)
    us.mark(below, "9-4", "excused")
    us.mark(exact, "9-4", "not_required")
    us.mark(not_required, "9-4", "not_required")
    us.mark(exact, "8-31", "absent")
    us.mark(exact, "11-25", "absent")
    facts = us.here()
    assert says("attendance", facts) == {exact.pk: True, below.pk: False, no_target.pk: None, unsigned.pk: None}
    assert measures("attendance", facts) == {
        exact.pk: (3, 4), below.pk: (3, 5), no_target.pk: (3, 4), unsigned.pk: (3, 4)
    }  # fmt: skip


def test_the_last_word_on_a_session_counts(us):
    student = us.student()
    us.plan(student, us.at("9-10"), target="We want 75 per cent.")
    first = us.mark(student, "9-1", "absent")
    us.mark(student, "9-1", "present", supersedes=first)
    # Two who mark beside each other: the later word.
    us.mark(student, "9-2", "present")
    us.mark(student, "9-2", "absent", source="office")
    us.mark(student, "9-2", "present", session="pm")
    assert measures("attendance", us.here()) == {student.pk: (2, 3)}


def test_where_no_plan_names_a_target_there_is_no_such_figure(us):
    us.mark(us.student(), "9-1", "present")
    assert says("attendance", us.here()) == {}


def test_who_was_met_one_to_one(us):
    """Fourteen days before 24 November are the 10th."""
    last_day, too_long, never, new, new_and_met, back, coming = (
        us.student(starts) for starts in ("2025-9-1",) * 3 + ("11-10",) + ("11-20",) + ("11-9",) + ("2025-9-1",)
    )
    us.talk(last_day, "10-1")
    us.talk(last_day, "11-10")
    us.talk(too_long, "11-9")
    us.talk(new_and_met, "11-23")
    us.talk(back, "2025-3-1")
    us.talk(coming, "11-25")
    gone = us.student("2025-9-1", TODAY)
    us.talk(gone, "11-23")
    facts = us.here()
    assert says("one_to_one", facts) == {
        last_day.pk: True, too_long.pk: False, never.pk: False, back.pk: False, coming.pk: False
    }  # fmt: skip
    assert measures("one_to_one", facts)[too_long.pk] == (15, 1)
    assert measures("one_to_one", facts)[back.pk] == (15, 1)
    # Nobody had to meet them yet, and that somebody did says nothing of the others.
    assert not {new.pk, new_and_met.pk} & set(measures("one_to_one", facts))
    us.talk(last_day, "9-2")
    assert says("one_to_one", us.here("9-15")) == {}
    assert says("one_to_one", us.here("9-16"))[never.pk] is False


def test_days_are_the_schools_own(us):
    us.school.one_to_one_days = 30
    student = us.student()
    us.talk(student, "10-25")
    assert says("one_to_one", us.here()) == {student.pk: True}


# A generated school ------------------------------------------------------------------------------------------------


class Truth:
    """One student: how the term was for them is drawn first, and rows written that tell just that."""

    def __init__(self, dice):
        self.plan = dice.choice(["in time", "late", "never"])
        self.meetings = dice.randint(0, 3)
        # Of the days that were expected on site: came, excused, not heard.
        self.site = dice.choice([None, (24, 0, 0), (22, 2, 0), (20, 2, 2), (0, 0, 24)])
        self.hours_a_day = dice.choice([0, 6, 7])
        self.contact = dice.choice([3, 30, 31, None])
        self.exhibition = dice.choice([True, False])
        self.level = dice.choice([1, 2, 3, 4, None])
        self.before = dice.choice([1, 2, 3, None, "-"])
        self.target = dice.choice([None, 80, 90])
        self.sessions = dice.choice([(9, 1), (8, 2), (5, 5)])
        self.talk = dice.choice([1, 14, 15, None])

    def write(self, making, before, now):
        student = making.student()
        on = {"in time": "9-20", "late": "10-20"}.get(self.plan)
        target = self.target and f"Our target is {self.target} %."
        plan = making.plan(student, *([making.at(on)] if on else []), target=target)
        for number in range(self.meetings):
            making.meeting(plan, making.at(f"10-{number + 1}"))
        if self.site:
            self.write_site(making, student)
        exhibition = making.exhibition(student, now, making.at("11-10") if self.exhibition else None)
        if self.exhibition:
            making.agreed(exhibition, "social", self.level)
        if self.before != "-":
            making.agreed(making.exhibition(student, before), "social", self.before)
        for number, counts in enumerate(["present"] * self.sessions[0] + ["absent"] * self.sessions[1], 1):
            making.mark(student, f"9-{number}", counts)
        if self.talk:
            making.talk(student, ago(self.talk))
        return student

    def write_site(self, making, student):
        placement = making.placement(student)
        dates = [day("9-1") + datetime.timedelta(days=n) for n in range(84)]
        dates = iter([date.isoformat() for date in dates if date.weekday() in (1, 3)])
        came, excused, _missed = self.site
        for number, date in zip(range(came + excused), dates, strict=False):
            if number < came:
                making.on_site(placement, date, came=True, minutes=self.hours_a_day * 60 or None)
            else:
                making.on_site(placement, date, absent="excused")
        if self.contact:
            making.contact(placement, ago(self.contact))

    def answers(self) -> dict:
        found = {
            "plan_signed": self.plan == "in time", "meetings_held": self.meetings > 0, "placed": bool(self.site),
            "exhibition_held": self.exhibition, "one_to_one": self.talk in (1, 14), "attendance": self.attendance(),
            "goal_social": self.reached(),
        }  # fmt: skip
        if self.site:
            came, _excused, missed = self.site
            found["days_on_site"] = came >= 0.9 * 24
            found["no_show"] = missed > 0
            # Of 100 hours in 109 days, for 84.
            found["hours_on_site"] = came * self.hours_a_day >= 0.9 * 100 * 84 / 109
            found["mentor_met"] = self.contact in (3, 30)
        if self.exhibition and self.before != "-":
            is_known = self.level is not None and self.before is not None
            found["goal_social_moved"] = self.level > self.before if is_known else None
        return found

    def attendance(self):
        # Only of a signed plan the target is one.
        is_agreed = self.target and self.plan != "never"
        return 10 * self.sessions[0] >= self.target if is_agreed else None

    def reached(self):
        level = self.level if self.exhibition else None if self.before == "-" else self.before
        return None if level is None else level >= 3


def ago(days) -> str:
    return (day(TODAY) - datetime.timedelta(days=days)).isoformat()


def a_generated_school(seed, size) -> tuple[Making, dict]:
    dice, making = random.Random(seed), Making()
    spring = Term.objects.create(school=making.school, name="S", starts_on=day("2026-1-5"), ends_on=day("2026-6-20"))
    before, now = making.window("2026-6-1", "2026-6-12", spring), making.window("11-9", "11-20")
    truths = {}
    for _one in range(size):
        truth = Truth(dice)
        truths[truth.write(making, before, now).pk] = truth.answers()
    return making, truths


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_a_generated_school_is_counted_as_it_was_drawn(seed):
    making, truths = a_generated_school(seed, 40)
    facts = making.here()
    asked = {key for answers in truths.values() for key in answers}
    assert len(asked) == 12
    for key in asked:
        expected = {pk: answers[key] for pk, answers in truths.items() if key in answers}
        assert says(key, facts) == expected, key
        assert set(expected.values()) >= {True, False}, "the school is too much alike to test"


@pytest.mark.django_db
def test_a_school_of_fifty_asks_no_more_than_one_of_five():
    counts = []
    for size in (5, 50):
        making, _truths = a_generated_school(7, size)
        with CaptureQueriesContext(connection) as queries:
            facts = figures.FACTS["here"](cohorts.of_term(making.school, making.term, day(TODAY)))
            for key in KEYS:
                figures.FIGURES[key].say(facts)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 24

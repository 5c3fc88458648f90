"""By which groups figures are split: who counts as disadvantaged, and what held of whom on a day."""

import datetime
import itertools

import pytest

from advisories.actions import roster
from bpl.tests.cast import LAST_YEAR, TODAY
from outcomes.cuts import Cut, background_on, disadvantaged, groups_of, opened_by
from outcomes.figure import Stage
from outcomes.models import Background
from outcomes.tests.factories import a_background, a_leaver_row
from students.models import Enrolment
from students.tests.factories import a_student

day = datetime.date
ALL = Background.Kind.values


def england(cast):
    cast.school.system = "england"
    cast.school.save()
    return cast.school


def on(cast, when=TODAY, kinds=ALL, student="sam"):
    pk = cast.student(student).pk
    return background_on(cast.school, [pk], when, kinds).get(pk, {})


# Who counts as disadvantaged ------------------------------------------------------------------------------------

# Written down from the definitions, each line by hand: meals, care, and how the United States and England count it.
COUNTED = [
    (None, None, "not_held", "not_held"),
    (None, "no", "not_held", "not_held"),
    (None, "looked_after", "not_held", "yes"),
    (None, "left", "not_held", "yes"),
    ("free", None, "yes", "yes"),
    ("free", "no", "yes", "yes"),
    ("free", "looked_after", "yes", "yes"),
    ("free", "left", "yes", "yes"),
    ("no", None, "no", "not_held"),
    ("no", "no", "no", "no"),
    ("no", "looked_after", "no", "yes"),
    ("no", "left", "no", "yes"),
]


@pytest.mark.parametrize(("meals", "care", "us", "in_england"), COUNTED)
def test_each_system_counts_by_its_own_definition(meals, care, us, in_england):
    assert (disadvantaged("us", meals, care), disadvantaged("england", meals, care)) == (us, in_england)


def test_the_table_above_leaves_nothing_out():
    assert {line[:2] for line in COUNTED} == set(
        itertools.product([None, "free", "no"], [None, "no", "looked_after", "left"])
    )


@pytest.mark.parametrize(("system", "meals"), [("us", "reduced"), ("england", "past")])
@pytest.mark.parametrize("care", [None, "no", "looked_after", "left"])
def test_reduced_and_past_meals_count_like_free_ones(system, meals, care):
    assert disadvantaged(system, meals, care) == "yes"


def test_care_opens_nothing_in_the_united_states():
    assert opened_by("care", "us") == [] and opened_by("care", "england") == [Cut.DISADVANTAGED]


# What held on a day ---------------------------------------------------------------------------------------------


def test_the_latest_that_had_begun_holds(cast):
    for value, since in [("free", day(2025, 9, 1)), ("reduced", day(2026, 1, 5)), ("no", day(2026, 9, 1))]:
        a_background(cast, value=value, since=since)
    seen = [on(cast, when)["meals"] for when in (day(2025, 12, 31), day(2026, 1, 5), day(2026, 8, 31), TODAY)]
    assert seen == ["free", "reduced", "reduced", "no"]


def test_before_anything_held_the_first_that_was_written_counts(cast):
    a_background(cast, value="no", since=day(2026, 3, 1))
    a_background(cast, value="free", since=day(2026, 2, 1))
    assert on(cast, day(2025, 10, 1)) == {"meals": "free"}


def test_what_was_corrected_or_taken_back_holds_no_more(cast):
    wrong = a_background(cast, value="free", since=day(2026, 9, 1))
    right = a_background(cast, value="no", since=day(2026, 9, 2), supersedes=wrong)
    assert on(cast) == {"meals": "no"}
    a_background(cast, value="no", since=day(2026, 9, 2), supersedes=right, is_withdrawn=True)
    assert on(cast) == {}


def test_what_was_taken_back_lets_the_one_before_hold_again(cast):
    a_background(cast, value="free", since=day(2025, 9, 1))
    later = a_background(cast, value="no", since=day(2026, 9, 1))
    a_background(cast, value="no", since=day(2026, 9, 1), supersedes=later, is_withdrawn=True)
    assert on(cast) == {"meals": "free"}


def test_kinds_that_are_not_held_are_not_read(cast):
    a_background(cast)
    a_background(cast, kind="language", value="other")
    assert on(cast, kinds=["language"]) == {"language": "other"}
    assert on(cast, kinds=[]) == {}


def test_nobody_elses_rows_are_read(cast):
    a_background(cast, "lena")
    a_background(cast, "kit", school_id=cast.other_school.pk)
    ids = [cast.student(name).pk for name in ("sam", "kit")]
    assert background_on(cast.school, ids, TODAY, ALL) == {}


# Meals in England: "Ever 6" -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "meals"),
    [
        # Free meals until 30 June 2020: in the six years before each of these days, or no more.
        (day(2020, 6, 30), "free"),
        (day(2020, 7, 1), "past"),
        (day(2026, 6, 30), "past"),
        (day(2026, 7, 1), "no"),
        (day(2024, 2, 29), "past"),
    ],
)
def test_free_meals_count_for_six_years_after_they_ended(cast, when, meals):
    england(cast)
    a_background(cast, value="free", since=day(2018, 9, 1))
    a_background(cast, value="no", since=day(2020, 7, 1))
    assert on(cast, when) == {"meals": meals}


def test_in_the_united_states_they_end_when_they_end(cast):
    a_background(cast, value="free", since=day(2025, 9, 1))
    a_background(cast, value="no", since=day(2026, 9, 1))
    assert on(cast) == {"meals": "no"}


def test_free_meals_that_were_a_mistake_do_not_count_on(cast):
    england(cast)
    wrong = a_background(cast, value="free", since=day(2025, 9, 1))
    a_background(cast, value="no", since=day(2025, 9, 1), supersedes=wrong)
    assert on(cast) == {"meals": "no"}


# The groups of a cohort -----------------------------------------------------------------------------------------


def groups(cast, names, stage=Stage.HERE, when=TODAY, kinds=ALL):
    ids = {cast.student(name).pk: name for name in names}
    found = groups_of(cast.school, stage, list(ids), when, kinds)
    return {cut: {ids[pk]: group for pk, group in of.items()} for cut, of in found.items()}


def test_everybody_is_in_one_group_of_each_cut(cast):
    a_background(cast, "sam", "meals", "reduced")
    a_background(cast, "lena", "meals", "no")
    a_background(cast, "sam", "language", "other")
    a_background(cast, "lena", "needs", "support")
    a_background(cast, "kit", "needs", "no")
    a_background(cast, "sam", "absent", "father")
    a_background(cast, "kit", "absent", "no")
    ada, ben = str(cast.advisory.pk), str(cast.other_advisory.pk)
    assert groups(cast, ["sam", "lena", "kit"]) == {
        "disadvantaged": {"sam": "yes", "lena": "no", "kit": "not_held"},
        "language": {"sam": "other", "lena": "not_held", "kit": "not_held"},
        "needs": {"sam": "not_held", "lena": "yes", "kit": "no"},
        "absent": {"sam": "yes", "lena": "not_held", "kit": "no"},
        "grade": {"sam": "10", "lena": "11", "kit": "9"},
        "advisory": {"sam": ada, "lena": ada, "kit": ben},
    }


@pytest.mark.parametrize(
    ("system", "kinds", "cuts"),
    [
        ("us", [], set()),
        ("us", ["care"], set()),
        ("us", ["meals"], {"disadvantaged"}),
        ("england", ["care"], {"disadvantaged"}),
        ("us", ["language", "needs", "absent"], {"language", "needs", "absent"}),
    ],
)
def test_only_what_is_held_is_a_cut(cast, system, kinds, cuts):
    cast.school.system = system
    for kind, value in [("meals", "free"), ("care", "no"), ("language", "other")]:
        a_background(cast, "sam", kind, value)
    assert set(groups(cast, ["sam"], kinds=kinds)) == cuts | {"grade", "advisory"}


def test_grade_and_advisory_are_those_of_the_day(cast):
    sam = cast.student("sam")
    Enrolment.objects.filter(student=sam).update(ends_on=day(2026, 9, 1))
    Enrolment.objects.create(student=sam, grade="11", starts_on=day(2026, 9, 1))
    roster.seat(student=sam, advisory=cast.other_advisory, by=cast.lead, on=day(2026, 10, 1))
    seen = [groups(cast, ["sam"], when=when) for when in (day(2026, 8, 31), day(2026, 9, 30), TODAY)]
    assert [found["grade"]["sam"] for found in seen] == ["10", "11", "11"]
    ada, ben = str(cast.advisory.pk), str(cast.other_advisory.pk)
    assert [found["advisory"]["sam"] for found in seen] == [ada, ada, ben]


def test_a_grade_that_was_a_mistake_and_held_no_day_is_not_theirs(cast):
    Enrolment.objects.filter(student=cast.student("sam")).update(ends_on=day(2026, 9, 1))
    Enrolment.objects.create(
        student=cast.student("sam"), grade="12", starts_on=day(2026, 9, 1), ends_on=day(2026, 9, 1)
    )
    assert groups(cast, ["sam"])["grade"] == {"sam": "10"}


def test_whoever_left_in_the_term_keeps_the_last_grade(cast):
    Enrolment.objects.filter(student=cast.student("sam")).update(ends_on=day(2026, 10, 1))
    assert groups(cast, ["sam"])["grade"] == {"sam": "10"}


def test_before_anybody_was_seated_nothing_is_recorded(cast):
    newcomer = a_student(cast, "Nia", on=TODAY)
    found = groups_of(cast.school, Stage.HERE, [newcomer.pk], TODAY, [])
    assert (found["grade"], found["advisory"]) == ({newcomer.pk: "10"}, {newcomer.pk: "not_held"})
    earlier = groups_of(cast.school, Stage.HERE, [newcomer.pk], LAST_YEAR, [])
    assert earlier["grade"] == {newcomer.pk: "not_held"}


def test_leavers_are_as_they_left(cast):
    """Omar's last day was 30 June; what was written of a later day says nothing of the class he left in."""
    a_leaver_row(cast, "omar", day(2026, 7, 1), grade="12", advisory=cast.advisory)
    a_background(cast, "omar", "meals", "free", day(2025, 9, 1))
    a_background(cast, "omar", "meals", "no", day(2026, 7, 1))
    a_background(cast, "omar", "language", "other", day(2026, 8, 1))
    found = groups(cast, ["omar"], Stage.AFTER)
    assert found["disadvantaged"] == {"omar": "yes"} and groups(cast, ["omar"])["disadvantaged"] == {"omar": "no"}
    # Where nothing was written while he was here, the first that was written later counts.
    assert found["language"] == {"omar": "other"}
    # What rosters wrote down as he left, not where he sits by his seat.
    assert (found["grade"], found["advisory"]) == ({"omar": "12"}, {"omar": str(cast.advisory.pk)})


def test_a_leaver_of_whom_nothing_was_written_down_is_not_recorded(cast):
    a_leaver_row(cast, "omar")
    found = groups(cast, ["omar"], Stage.AFTER)
    assert {of["omar"] for of in found.values()} == {"not_held"}


def test_the_same_few_questions_for_many(cast, django_assert_num_queries):
    ids = [a_student(cast, f"N{n}").pk for n in range(30)]
    for stage, number in ((Stage.HERE, 3), (Stage.AFTER, 2)):
        with django_assert_num_queries(number):
            groups_of(cast.school, stage, ids, TODAY, ALL)

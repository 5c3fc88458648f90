"""What became of a class: hand-made people with known answers, generated classes, and rows drawn at random."""

import datetime
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes import cohorts, figures
from outcomes.after import known
from outcomes.models import Destination
from outcomes.models.leaver import class_of
from outcomes.tests.making import Making, day, says

US_KEYS = [one.key for one in figures.FIGURES.values() if one.stage == "after" and "us" in one.systems]
NOW = "2028-12-1"


@pytest.fixture
def us(db):
    return Making()


@pytest.fixture
def england(db):
    return Making(system="england", zone="Europe/London")


def one(making, key, *rows, left="2026-6-20", how="graduated", today=NOW, **facts):
    """What a figure says of one leaver of whom these rows are known; "out" where they do not belong to it."""
    student = making.left(left, how, **facts)
    for row in rows:
        *args, more = row if isinstance(row[-1], dict) else (*row, {})
        making.became(student, *args, **more)
    return says(key, making.after(class_of(day(left)), today)).get(student.pk, "out")


# How they left -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "counts"),
    [("graduated", True), ("stopped", False), ("not_known", None), ("moved", "out"), ("died", "out")],
)
def test_graduated(us, how, counts):
    assert one(us, "graduated", how=how) == counts
    assert one(us, "accepted", how=how) == ("out" if how in ("moved", "died", "stopped") else None)
    # What became of all is asked of those, too, who left without finishing.
    assert one(us, "not_known", how=how) == ("out" if how in ("moved", "died") else True)


def test_in_england_everybody_is_asked_about(england):
    assert one(england, "completed", how="stopped") is False
    assert one(england, "accepted_place", how="stopped") is None
    assert one(england, "accepted_place", how="moved") == "out"
    names = {figure.key for figure in figures.of_school(england.school)}
    assert {"completed", "accepted_apprenticeship"} <= names
    assert not {"graduated", "accepted", "accepted_two_year"} & names


def test_a_leaving_that_was_taken_back_or_is_to_come_is_none(us):
    back = us.student("2022-9-1")
    us.leaver(back, "2026-6-20", taken_back_at=us.at("2026-7-1"))
    coming = us.left("2027-6-20", "graduated")
    gone = us.left("2026-10-2", "stopped")
    assert says("graduated", us.after(2026)) == {}
    assert says("graduated", us.after(2027, "2026-11-24")) == {gone.pk: False}
    assert coming.pk in says("graduated", us.after(2027, "2027-6-20"))


def test_somebody_left_twice_and_came_back_between(us):
    student = us.student("2022-9-1", "2026-1-10")
    us.leaver(student, "2026-1-10", "moved", taken_back_at=us.at("2026-2-1"))
    us.enrolled(student, "2026-2-1", "2026-6-20")
    us.leaver(student, "2026-6-20", "graduated")
    assert says("graduated", us.after()) == {student.pk: True}


def test_a_class_ends_with_august(us):
    august, september = us.left("2026-9-1"), us.left("2026-9-2")
    assert list(says("graduated", us.after(2026))) == [august.pk]
    assert list(says("graduated", us.after(2027))) == [september.pk]


# Offers ------------------------------------------------------------------------------------------------------------


OFFER = ("accepted", "2026-4-1")
DEFERRED = ("accepted", "2027-9-1", {"said": "2026-5-1", "level": "four_year"})


@pytest.mark.parametrize(
    ("rows", "anywhere", "two", "four"),
    [
        ([], None, None, None),
        ([(*OFFER, {"level": "two_year"})], True, True, False),
        ([(*OFFER, {"level": "four_year"}), ("not_accepted", "2026-4-2", {"level": "two_year"})], True, False, True),
        ([("not_accepted", "2026-4-1")], False, False, False),
        ([("not_accepted", "2026-4-1", {"level": "four_year"})], None, None, False),
        # An offer whose level nobody said.
        ([OFFER], True, None, None),
        # Who enrolled had an offer.
        ([("enrolled", "2026-9-3", {"level": "two_year"})], True, True, False),
        ([("enrolled", "2026-10-31", {"level": "two_year"})], True, True, False),
        ([("enrolled", "2026-9-3", {"level": "two_year", "said": "2026-6-20"})], True, True, False),
        # A year later is another story; a place that was put off is this one.
        ([("enrolled", "2027-9-3", {"level": "two_year"})], None, None, None),
        ([DEFERRED], True, False, True),
        ([("accepted", "2027-9-1", {"said": "2027-5-1", "level": "four_year"})], None, None, None),
        # College courses while at school.
        ([("enrolled", "2026-1-10", {"until": "2026-5-20", "level": "two_year"})], None, None, None),
        ([("enrolled", "2026-1-10", {"until": "2026-7-20", "level": "two_year"})], True, True, False),
        # Other training is no college.
        ([(*OFFER, {"level": "training"})], None, None, None),
    ],
)
def test_offers(us, rows, anywhere, two, four):
    found = [one(us, key, *rows) for key in ("accepted", "accepted_two_year", "accepted_four_year")]
    assert found == [anywhere, two, four]


def test_an_apprenticeship_is_a_place_in_england(england, us):
    row = (*OFFER, {"level": "apprenticeship"})
    assert one(england, "accepted_place", row) is True and one(england, "accepted_apprenticeship", row) is True
    assert one(england, "accepted_university", row) is False
    assert one(us, "accepted", row) is None
    autumn = ("enrolled", "2026-9-3", {"level": "apprenticeship"})
    assert one(england, "enrolled_first_autumn", autumn) is True
    assert one(us, "enrolled_first_autumn", autumn) is False


# The first autumn --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ([], None),
        ([("enrolled", "2026-9-3", {"until": "2026-12-18"})], True),
        ([("enrolled", "2026-6-1", {"until": "2026-8-15"})], True),
        ([("enrolled", "2026-6-1", {"until": "2026-8-14"})], None),
        ([("enrolled", "2026-10-31")], True),
        ([("enrolled", "2026-11-1")], None),
        # Without an end it is known until it was said.
        ([("enrolled", "2026-7-1", {"said": "2026-8-14"})], None),
        ([("enrolled", "2026-7-1", {"said": "2026-8-15"})], True),
        ([("work", "2026-7-1", {"said": "2026-9-10"})], False),
        ([("work", "2026-7-1", {"said": "2026-8-14"})], None),
        ([("neither", "2026-9-10")], False),
        ([("not_enrolled", "2026-10-1")], False),
        ([("work", "2026-9-10"), ("enrolled", "2026-10-1")], True),
        ([("accepted", "2026-9-10"), ("credential", "2026-9-10")], None),
        ([("enrolled", "2026-9-10", {"level": "training"})], False),
        # What somebody means to do in autumn is not what they did.
        ([("enrolled", "2026-9-3", {"said": "2026-6-20"})], None),
        ([("enrolled", "2026-9-3", {"said": "2026-6-20"}), ("work", "2026-9-3")], False),
    ],
)
def test_enrolled_in_the_first_autumn(us, rows, counts):
    assert one(us, "enrolled_first_autumn", *rows) == counts


def test_nobody_belongs_to_an_autumn_that_has_not_begun(us):
    early = ("enrolled", "2026-8-1", {"said": "2026-8-15"})
    assert one(us, "enrolled_first_autumn", early, today="2026-8-14") == "out"
    assert one(us, "straight_to_work", today="2026-8-14") == "out"
    assert one(us, "enrolled_first_autumn", early, today="2026-8-15") is True
    # Who leaves after October begins the next year's autumn.
    late = ("enrolled", "2027-9-3")
    assert one(us, "enrolled_first_autumn", late, left="2026-11-20", today="2027-8-14") == "out"
    assert one(us, "enrolled_first_autumn", late, left="2026-11-20", today="2027-9-10") is True


def test_what_was_superseded_or_withdrawn_says_nothing(us):
    student = us.left()
    first = us.became(student, "work", "2026-9-3")
    us.became(student, "enrolled", "2026-9-3", supersedes=first)
    us.became(student, "neither", "2026-11-1", withdrawn_at=us.at("2026-11-2"), withdrawn_by=us.adult)
    facts = us.after()
    assert says("enrolled_first_autumn", facts) == {student.pk: True}
    assert says("straight_to_work", facts) == {student.pk: False}
    assert says("neither", facts) == {student.pk: False}


FALL = ("enrolled", "2026-9-3", {"until": "2026-12-18"})


@pytest.mark.parametrize(
    ("rows", "today", "counts"),
    [
        ([FALL], "2027-8-14", "out"),
        ([FALL], "2027-8-15", None),
        ([FALL, ("enrolled", "2027-10-31")], NOW, True),
        ([FALL, ("enrolled", "2027-11-1")], NOW, None),
        ([FALL, ("work", "2027-9-1")], NOW, False),
        ([FALL, ("work", "2027-1-1", {"said": "2027-8-14"})], NOW, None),
        # Who was not enrolled in the first autumn is asked nothing of the second.
        ([("work", "2026-9-3"), ("enrolled", "2027-9-3")], NOW, "out"),
    ],
)
def test_still_enrolled_a_year_later(us, rows, today, counts):
    assert one(us, "enrolled_next_year", *rows, today=today) == counts


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ([FALL], None),
        ([FALL, ("credential", "2028-5-20")], True),
        ([FALL, ("credential", "2026-5-20")], None),
        ([FALL, ("work", "2028-6-1", {"said": "2028-6-19"})], None),
        ([FALL, ("work", "2028-6-1", {"said": "2028-6-20"})], False),
        ([FALL, ("work", "2028-7-1"), ("credential", "2028-5-20")], True),
        ([("credential", "2028-5-20")], "out"),
    ],
)
def test_credentials(us, rows, counts):
    assert one(us, "credential", *rows) == counts


def test_two_years_after_a_leap_day():
    leap = datetime.date(2028, 2, 29)
    assert known.years_after(leap, 2) == datetime.date(2030, 3, 1)
    assert known.years_after(leap, 4) == datetime.date(2032, 2, 29)


# Work --------------------------------------------------------------------------------------------------------------


JOB = ("work", "2026-7-1", {"said": "2026-9-1"})


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ([], None),
        ([JOB], True),
        ([JOB, FALL], False),
        ([JOB, ("enrolled", "2026-9-1", {"level": "training"})], False),
        ([JOB, ("enrolled", "2026-11-1")], True),
        ([("work", "2026-11-1")], None),
        ([("neither", "2026-9-1")], False),
        ([("not_enrolled", "2026-9-1")], None),
        ([("not_enrolled", "2026-9-1"), JOB], True),
    ],
)
def test_straight_to_work(us, rows, counts):
    assert one(us, "straight_to_work", *rows) == counts


def a_job(through, starts="2026-9-1"):
    return ("work", starts, {"through_internship": through})


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ([a_job(True)], True),
        ([a_job(False)], False),
        ([a_job(None)], None),
        ([a_job(False), a_job(True)], True),
        ([a_job(False), a_job(None)], None),
        # A later job came through one: that is not how they began.
        ([a_job(False), a_job(True, "2027-3-1")], False),
        ([a_job(True), FALL], "out"),
        ([], "out"),
    ],
)
def test_a_job_through_an_internship(us, rows, counts):
    assert one(us, "job_through_internship", *rows) == counts


def test_which_placement_a_job_came_through(us):
    student = us.left()
    placement = us.placement(student, "2025-9-1", "2026-6-1")
    job = us.became(student, "work", "2026-9-1", through_internship=True, placement=placement)
    assert [(one.pk, one.placement_id) for one in us.after().jobs(student.pk)] == [(job.pk, placement.pk)]


@pytest.mark.parametrize(
    ("rows", "working", "neither", "not_known"),
    [
        ([], None, None, True),
        ([("work", "2027-1-1")], True, False, False),
        ([("work", "2027-1-1"), ("neither", "2027-6-1")], False, True, False),
        ([("neither", "2027-6-1"), ("work", "2027-1-1", {"said": "2027-9-1"})], True, False, False),
        # Two things at once.
        ([("work", "2027-1-1"), ("enrolled", "2027-1-1")], True, False, False),
        # A semester that ends after today is no later than what is said today.
        (
            [("enrolled", "2028-9-1", {"until": "2028-12-18"}), ("work", "2028-9-1", {"said": NOW})],
            True, False, False,
        ),
        ([("not_enrolled", "2027-1-1")], None, None, False),
        ([("credential", "2027-1-1")], None, None, False),
        # From before they left, or to come.
        ([("work", "2026-1-1", {"until": "2026-6-19"})], None, None, True),
        ([("work", "2026-1-1", {"until": "2026-6-20"})], True, False, False),
        ([("accepted", "2026-4-1")], None, None, True),
        ([("credential", "2026-6-19")], None, None, True),
        ([("work", "2029-1-1", {"said": "2028-11-1"})], None, None, True),
    ],
)  # fmt: skip
def test_what_they_do_now(us, rows, working, neither, not_known):
    assert [one(us, key, *rows) for key in ("working", "neither", "not_known")] == [working, neither, not_known]


# Generated classes -------------------------------------------------------------------------------------------------


class Truth:
    """One leaver: what happened to them and how much of it was told. The answers are drawn first, and rows written so
    that they tell just that."""

    def __init__(self, dice):
        self.how = dice.choice(["graduated"] * 6 + ["stopped", "not_known", "moved", "died"])
        self.offer = dice.choice(["two_year", "four_year", "both", "none", None])
        self.autumn = dice.choice(["college", "work", "neither", "not_enrolled", None, None])
        if self.offer == "none" and self.autumn == "college":
            self.autumn = None
        self.second = dice.choice(["college", "work", None, None])
        self.through = dice.choice([True, False, None])
        self.degree = dice.choice([True, False])
        self.noise = dice.random() < 0.5

    def write(self, making):
        student = making.left("2026-6-20", self.how)
        tell = lambda *args, **facts: making.became(student, *args, **facts)  # noqa: E731
        for level in {"both": ("two_year", "four_year")}.get(self.offer, (self.offer,)):
            if level in ("two_year", "four_year"):
                tell("accepted", "2026-4-1", level=level)
        if self.offer == "none":
            tell("not_accepted", "2026-4-1")
        if self.autumn == "college":
            level = {"both": "four_year", None: "two_year"}.get(self.offer, self.offer)
            tell("enrolled", "2026-9-3", until="2026-12-18", level=level)
        elif self.autumn == "work":
            tell("work", "2026-7-1", said="2026-9-20", through_internship=self.through)
        elif self.autumn:
            tell(self.autumn, "2026-9-20")
        if self.second:
            tell("enrolled" if self.second == "college" else "work", "2027-9-5", until="2027-9-30")
        if self.degree:
            tell("credential", "2028-5-20", level="two_year")
        if self.noise:
            wrong = tell("neither", "2028-11-20")
            making.became(
                student, "neither", "2028-11-20", supersedes=wrong, withdrawn_at=making.at(NOW),
                withdrawn_by=making.adult,
            )  # fmt: skip
        return student

    def answers(self) -> dict:
        """Key to what counts; a figure that is not here does not ask about them."""
        found = {}
        if self.how in ("moved", "died"):
            return found
        found["graduated"] = {"graduated": True, "stopped": False, "not_known": None}[self.how]
        doing = self.second or self.autumn
        found["working"] = {"work": True, "college": False, "neither": False}.get(doing)
        found["neither"] = {"work": False, "college": False, "neither": True}.get(doing)
        found["not_known"] = doing is None and not self.degree
        if self.how == "stopped":
            return found
        has = {"two_year": {"two_year"}, "four_year": {"four_year"}, "both": {"two_year", "four_year"}}.get(
            self.offer, set()
        )
        if self.offer is None and self.autumn == "college":
            has = {"two_year"}
        found["accepted"] = True if has else False if self.offer == "none" else None
        for level in ("two_year", "four_year"):
            found[f"accepted_{level}"] = level in has if (has or self.offer == "none") else None
        found["enrolled_first_autumn"] = None if self.autumn is None else self.autumn == "college"
        found["straight_to_work"] = {"work": True, "college": False, "neither": False}.get(self.autumn)
        if self.autumn == "college":
            found["enrolled_next_year"] = None if self.second is None else self.second == "college"
            found["credential"] = True if self.degree else None
        if self.autumn == "work":
            found["job_through_internship"] = self.through
        return found


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_generated_class_is_counted_as_it_was_drawn(seed):
    dice, making = random.Random(seed), Making()
    truths = {}
    for _one in range(120):
        truth = Truth(dice)
        truths[truth.write(making).pk] = truth.answers()
    facts = making.after(2026, NOW)
    for key in US_KEYS:
        expected = {pk: answers[key] for pk, answers in truths.items() if key in answers}
        assert says(key, facts) == expected, key
        assert set(expected.values()) >= {True, False} or key == "credential", "the class is too much alike to test"


@pytest.mark.django_db
def test_a_class_of_fifty_asks_no_more_than_one_of_five():
    counts = []
    for size in (5, 50):
        making, dice = Making(), random.Random(4)
        for _one in range(size):
            Truth(dice).write(making)
        with CaptureQueriesContext(connection) as queries:
            facts = making.after(2026, NOW)
            for key in US_KEYS:
                figures.FIGURES[key].say(facts)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


# Rows drawn at random ----------------------------------------------------------------------------------------------

LEFT = datetime.date(2026, 6, 20)
WINDOW = datetime.date(2026, 8, 15), datetime.date(2026, 10, 31)
days = st.dates(datetime.date(2026, 1, 1), datetime.date(2029, 1, 1))


@st.composite
def destinations(draw):
    kind = draw(st.sampled_from(list(Destination.Kind)))
    starts = draw(days)
    ends = draw(st.none() | st.integers(0, 400))
    return Destination(
        kind=kind, starts_on=starts, ends_on=None if ends is None else starts + datetime.timedelta(days=ends),
        said_on=draw(days), level=draw(st.sampled_from(["", *Destination.Level])), pk=draw(st.integers(1, 10**9)),
        through_internship=draw(st.sampled_from([None, True, False])) if kind == "work" else None,
    )  # fmt: skip


def days_of(row) -> set:
    """Every day of which a row speaks, written out; before it began nobody could tell of it."""
    if row.said_on < row.starts_on:
        return set()
    last = row.ends_on or max(row.said_on, row.starts_on)
    return {row.starts_on + datetime.timedelta(days=n) for n in range((last - row.starts_on).days + 1)}


WINDOW_DAYS = {WINDOW[0] + datetime.timedelta(days=n) for n in range(78)}


@settings(max_examples=300, deadline=None)
@given(st.lists(destinations(), max_size=5, unique_by=lambda row: row.pk))
def test_the_autumn_is_read_day_by_day(rows):
    doing = [row for row in rows if row.kind in ("enrolled", "work", "neither", "not_enrolled")]
    there = [row for row in doing if days_of(row) & WINDOW_DAYS]
    college = any(row.kind == "enrolled" and row.level not in ("apprenticeship", "training") for row in there)
    expected = True if college else False if there else None
    assert known.enrolled(rows, WINDOW, known.PLACES["us"]) == expected
    learns = any(row.kind == "enrolled" for row in there)
    works = any(row.kind == "work" for row in there) and not learns
    idle = learns or any(row.kind == "neither" for row in there)
    assert known.to_work(rows, WINDOW) == (True if works else False if idle else None)
    # Of one day, nobody went to work and to college.
    assert not (known.enrolled(rows, WINDOW, known.PLACES["england"]) and known.to_work(rows, WINDOW))
    if known.through_internship(rows, WINDOW) is not None:
        assert known.to_work(rows, WINDOW)


@settings(max_examples=300, deadline=None)
@given(st.lists(destinations(), max_size=5, unique_by=lambda row: row.pk), st.randoms())
def test_the_order_in_which_rows_come_says_nothing(rows, dice):
    mixed = list(rows)
    dice.shuffle(mixed)
    today = datetime.date(2028, 12, 1)
    for ask in (
        lambda some: known.now(some, LEFT, today), lambda some: known.nothing(some, LEFT, today),
        lambda some: known.credential(some, LEFT), lambda some: known.through_internship(some, WINDOW),
        lambda some: [known.accepted(some, LEFT, WINDOW[1], known.COLLEGE, level) for level in (None, "two_year")],
    ):  # fmt: skip
        assert ask(rows) == ask(mixed)
    kinds = known.now(rows, LEFT, today)
    assert not (known.working(kinds) and known.neither(kinds))
    if known.nothing(rows, LEFT, today):
        assert known.working(kinds) is None and known.neither(kinds) is None
    for level in ("two_year", "four_year"):
        # An offer of one kind is an offer.
        if known.accepted(rows, LEFT, WINDOW[1], known.COLLEGE, level):
            assert known.accepted(rows, LEFT, WINDOW[1], known.COLLEGE) is True


@pytest.mark.django_db
def test_classes_are_those_of_whom_somebody_left():
    making = Making()
    making.left("2024-6-20")
    making.left("2026-6-20")
    making.left("2027-6-20")
    making.leaver(making.student(), "2025-6-20", taken_back_at=making.at("2025-7-1"))
    found = cohorts.classes(making.school, datetime.date(2026, 11, 24))
    assert [cohort.key for cohort in found] == ["2026", "2024"]
    assert (found[0].first, found[0].last) == (datetime.date(2025, 9, 1), datetime.date(2026, 8, 31))

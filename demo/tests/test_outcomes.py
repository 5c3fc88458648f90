"""What became of those who left the demo schools is there, alike for the same day, and as uneven as in the field."""

import datetime
import random
from collections import Counter

import pytest

from bpl.tests.cast import NOW, TODAY
from demo.backgrounds import draw_poor
from demo.fates import of_class, tell
from internships.models import SiteDay
from outcomes import cuts
from outcomes.models import (
    Attention,
    Background,
    ContactConsent,
    Destination,
    FigureTable,
    Held,
    Leaver,
    Refresh,
    Survey,
)
from outcomes.suppression import THRESHOLD
from plans.models import Plan
from rosters.drift import differences
from schools.models import School, Term
from schools.roles import Role
from students.models import Student, TeamMember

pytestmark = pytest.mark.slow

Kind, Source = Destination.Kind, Destination.Source


@pytest.fixture
def school(demo):
    return School.objects.get(name="Harbor Street School")


def shares(school, kind, year) -> dict[str, float]:
    """Of those who graduated in `year`, on each side, how many have a destination of this kind."""
    leavers = Leaver.objects.standing().filter(school=school, class_of=year, how=Leaver.How.GRADUATED)
    ids = list(leavers.values_list("student", flat=True))
    held = cuts.background_on(school, ids, TODAY, Held.of(school).kinds)
    known = set(Destination.objects.filter(student__in=ids, kind=kind).values_list("student", flat=True))
    sides = Counter(cuts.disadvantaged(school.system, held[pk].get("meals"), None) for pk in ids)
    counted = Counter(cuts.disadvantaged(school.system, held[pk].get("meals"), None) for pk in ids if pk in known)
    return {side: counted[side] / count for side, count in sides.items()}


def test_six_classes_have_left_large_enough_to_be_shown_with_their_gap(school):
    classes = Counter(Leaver.objects.filter(school=school).values_list("class_of", flat=True))
    assert sorted(classes) == [2021, 2022, 2023, 2024, 2025, 2026] and min(classes.values()) >= 30
    for year in classes:
        ids = Leaver.objects.filter(school=school, class_of=year).values("student")
        meals = Counter(Background.objects.filter(kind="meals", student__in=ids).values_list("value", flat=True))
        assert meals["no"] >= THRESHOLD and meals["free"] + meals["reduced"] >= THRESHOLD


def test_the_gap_is_there_and_honest(school):
    for year in range(2021, 2027):
        accepted, enrolled = shares(school, Kind.ACCEPTED, year), shares(school, Kind.ENROLLED, year)
        assert accepted["no"] > accepted["yes"] > 0.8
        assert enrolled["no"] - enrolled["yes"] > 0.1 and enrolled["no"] < accepted["no"]


def test_who_they_are_is_as_in_the_field_and_not_known_of_all(school):
    rows = Background.objects.filter(school=school)
    meals = Counter(rows.filter(kind="meals").values_list("value", flat=True))
    assert 0.6 < 1 - meals["no"] / meals.total() < 0.75
    absent = Counter(rows.filter(kind="absent").values_list("value", flat=True))
    assert (absent["father"] + absent["both"]) / absent.total() > 1 / 3
    assert absent.total() < meals.total() == Student.objects.filter(school=school).count()
    assert set(rows.values_list("kind", flat=True)) == set(Held.of(school).kinds)


def test_destinations_come_from_many_and_some_are_not_known(school):
    found = Destination.objects.filter(school=school)
    assert set(found.values_list("source", flat=True)) >= {
        Source.SELF, Source.ADVISER, Source.CLEARINGHOUSE, Source.FAMILY,
    }  # fmt: skip
    assert set(found.values_list("kind", flat=True)) == set(Kind.values)
    assert not found.filter(said_on__gt=TODAY).exists()
    assert Leaver.objects.filter(school=school, how="graduated").exclude(student__destinations__kind__in=[
        Kind.ENROLLED, Kind.NOT_ENROLLED, Kind.WORK, Kind.NEITHER,
    ]).exists()  # fmt: skip


def test_of_those_who_went_to_work_three_in_four_came_through_an_internship_that_is_named(school):
    straight = Destination.objects.filter(school=school, kind=Kind.WORK, through_internship__isnull=False)
    straight = straight.exclude(student__destinations__kind=Kind.ENROLLED)
    through = straight.filter(through_internship=True)
    assert 0.68 < through.count() / straight.count() < 0.8
    assert not through.filter(placement=None).exists()
    assert all(row.placement.student_id == row.student_id for row in through.select_related("placement"))


def test_some_may_be_asked_and_have_answered_or_are_waited_for(school):
    surveys = Survey.objects.filter(school=school)
    assert surveys.filter(answered_at__isnull=False, destinations__source=Source.SELF).exists()
    assert not surveys.filter(answered_at__isnull=False, answers={}).exists()
    assert surveys.filter(answers__words__isnull=False).exists()
    assert surveys.filter(asked_at__isnull=False, answered_at=None).exists()
    assert Attention.objects.filter(school=school, rule="survey").exists()
    assert surveys.filter(due_on__gt=TODAY, asked_at=None).exists()
    assert set(ContactConsent.objects.filter(school=school).values_list("may_ask", flat=True)) == {True, False}


def test_their_adviser_is_in_touch_and_nobody_is_on_a_team_without_a_cause(school):
    contacts = TeamMember.objects.on(TODAY).filter(school=school, role=Role.ALUMNI_CONTACT)
    years = Leaver.objects.filter(student__in=contacts.values("student")).values_list("class_of", flat=True)
    assert set(years) == {2024, 2025, 2026}
    assert all(differences(one, TODAY) == [] for one in School.objects.all())


def test_nobody_who_left_is_enrolled_or_signs_in(school):
    gone = Student.objects.filter(leavers__school=school)
    assert not gone.enrolled(TODAY).exists()
    assert not any(one.user.has_usable_password() and one.user.check_password("throughline") for one in gone[:5])


def test_earlier_terms_have_what_figures_look_at(school):
    for term in Term.objects.filter(school=school, starts_on__lte=TODAY):
        assert Plan.objects.filter(term=term, signatures__isnull=False).exists()
        assert Plan.objects.filter(term=term, meetings__starts_at__lt=NOW).exists()
        days = SiteDay.objects.filter(school=school, date__gte=term.starts_on, date__lt=term.ends_on)
        assert days.filter(minutes__gt=0).exists() and days.filter(minutes=0, absence=None).exists()


def test_a_first_visit_finds_the_figures_worked_out(school):
    assert Refresh.objects.filter(done_at__isnull=False).count() == School.objects.count() + 1
    latest = FigureTable.objects.filter(school=school, cohort="2026", published__isnull=False)
    assert any(len(row.head["cuts"]["disadvantaged"]) == 2 and None not in row.head["cuts"]["disadvantaged"].values()
               for row in latest)  # fmt: skip
    assert FigureTable.objects.filter(network=school.network).exists()


def a_class(seed: int):
    dice = random.Random(seed)
    fates = of_class(dice, "us", draw_poor(dice, 30), gained=1)
    return [(fate, tell_all(fate, dice)) for fate in fates]


def tell_all(fate, dice):
    return list(tell(fate, dice, "us", 2024))


def test_the_same_class_is_told_alike_twice():
    assert a_class(5) == a_class(5) != a_class(6)


def test_what_is_said_of_somebody_does_not_contradict_itself():
    for fate, facts in a_class(3):
        kinds = {fact["kind"] for fact in facts if fact["starts_on"] < datetime.date(2025, 1, 1)}
        assert not {Kind.ENROLLED, Kind.NOT_ENROLLED} <= kinds
        assert not {Kind.WORK, Kind.NEITHER} <= kinds
        assert bool(fate.enrolled) == (Kind.ENROLLED in kinds) and bool(fate.accepted) == (Kind.ACCEPTED in kinds)

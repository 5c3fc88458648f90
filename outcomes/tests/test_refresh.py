"""From facts to tables: counted at night, published once a month, put together for a network."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from outcomes import cohorts, cuts, figures, tables
from outcomes.actions import refresh
from outcomes.models import Attention, FigureTable, Refresh
from outcomes.suppression import Count
from outcomes.tasks import refresh_all, resume_refreshes
from outcomes.tests.making import Making, day
from schools.models import Network, Term

NOW = datetime.datetime(2026, 11, 24, 15, 0, tzinfo=datetime.UTC)
NIGHT = datetime.timedelta(days=1)


@pytest.fixture
def us(db):
    return Making()


def work_out(making, now=NOW, **facts) -> Refresh:
    return refresh.refresh_school(school=making.school, now=now, **facts)


def table(making, figure="placed", cohort="2026-09-01") -> FigureTable:
    return FigureTable.objects.get(school=making.school, figure=figure, cohort=cohort)


def whole(kept) -> list | None:
    return kept["whole"] and kept["whole"][:3]


def first_two(groups) -> dict:
    return {name: one and one[:2] for name, one in groups.items()}


def students(making, number, placed=0, poor=None, **facts):
    """So many students, the first of them placed; `poor` of them have free meals, the others have none."""
    found = [making.student(**facts) for _one in range(number)]
    for student in found[:placed]:
        making.placement(student)
    for at, student in enumerate(found if poor is not None else ()):
        making.background(student, "meals", "free" if at < poor else "no")
    return found


# A school ----------------------------------------------------------------------------------------------------------


def test_a_term_is_counted_and_published(us):
    us.holds("meals")
    students(us, 30, placed=20, poor=12, advisory="Ada's")
    students(us, 4, advisory="Ben's", grade="9")
    done = work_out(us)
    row = table(us)
    assert whole(row.counts) == [20, 34, 0]
    gap = row.counts["cuts"]["disadvantaged"]
    assert {name: one[:2] for name, one in gap.items()} == {"yes": [12, 12], "no": [8, 18], "not_held": [0, 4]}
    assert {name: one[:2] for name, one in row.counts["cuts"]["grade"].items()} == {"10": [20, 30], "9": [0, 4]}
    ada, ben = str(us.advisory("Ada's").pk), str(us.advisory("Ben's").pk)
    assert row.counts["cuts"]["advisory"][ada][:2] == [20, 30]
    # Four in a group are too few; of two groups neither is shown then, and of three the next smallest goes along.
    assert row.published["whole"] == row.counts["whole"]
    assert row.published["cuts"]["advisory"] == {ada: None, ben: None}
    # Those of whom it is not recorded are four too, and are published with the peers.
    sides = row.published["cuts"]["disadvantaged"]
    assert first_two(sides) == {"yes": [12, 12], "others": [8, 22]}
    assert row.head == {"whole": row.counts["whole"], "cuts": {"disadvantaged": sides}}
    assert row.inner["cuts"] == {"disadvantaged": gap}
    assert (row.as_of, row.published_on, row.cohort_name) == (NOW, day("11-24"), "Fall")
    assert (done.done_at, done.day, done.published_on) == (NOW, day("11-24"), day("11-1"))


def test_groups_are_those_of_the_day_of_the_table(us):
    """Who changed the advisory in October is in the new one; of a term that is over, in that of its last day."""
    student = us.student()
    us.seat(student, "Ada's", "2025-9-1", "10-5")
    us.seat(student, "Ben's", "10-5", "2027-1-5")
    us.seat(student, "Ada's", "2027-1-5")
    ada, ben = str(us.advisory("Ada's").pk), str(us.advisory("Ben's").pk)
    for now, name in ((NOW, ben), (us.at("10-4"), ada), (us.at("2027-2-1"), ben)):
        work_out(us, now)
        assert list(table(us).counts["cuts"]["advisory"]) == [name]


def test_the_school_counts_by_its_own_day(us):
    us.student("11-25")
    us.student()
    evening = us.at("11-24", 23, 30)
    assert evening.astimezone(datetime.UTC).date() == day("11-25")
    work_out(us, evening)
    assert whole(table(us).counts) == [0, 1, 0]


def test_counts_follow_each_night_and_what_is_published_once_a_month(us):
    students(us, 20, placed=10)
    work_out(us)
    us.placement(us.student())
    work_out(us, NOW + NIGHT)
    row = table(us)
    assert whole(row.counts) == [11, 21, 0] and row.as_of == NOW + NIGHT
    assert whole(row.published) == whole(row.head) == [10, 20, 0]
    december = us.at("12-1", 2)
    work_out(us, december)
    assert whole(table(us).published) == [11, 21, 0] and table(us).published_on == day("12-1")
    us.student()
    refresh.publish_now(school=us.school, by=us.adult, now=december + NIGHT)
    assert whole(table(us).published) == [11, 22, 0]
    assert Event.objects.filter(action="outcomes.published").count() == 1


def test_a_table_is_published_the_first_time_that_there_is_something(us):
    work_out(us)
    assert not FigureTable.objects.exists()
    students(us, 12, placed=3)
    work_out(us, NOW + NIGHT)
    assert whole(table(us).published) == [3, 12, 0]


def test_twice_is_once(us):
    students(us, 12, placed=3)
    work_out(us)
    before = list(FigureTable.objects.order_by("pk").values_list("pk", "counts", "published"))
    work_out(us)
    assert list(FigureTable.objects.order_by("pk").values_list("pk", "counts", "published")) == before


def test_what_lost_its_last_student_is_no_table_any_more(us):
    left = us.left()
    # As many as are shown: beside a table that is hidden one of nobody stays (test_hidden_across_figures.py).
    students(us, 10)
    work_out(us)
    assert FigureTable.objects.filter(cohort="2026").exists()
    left.leavers.update(taken_back_at=us.at("11-23"))
    placement = us.placement(us.student())
    work_out(us)
    assert not FigureTable.objects.filter(cohort="2026").exists()
    assert FigureTable.objects.filter(figure="mentor_met").exists() is True
    type(placement).objects.filter(pk=placement.pk).update(begun_at=None, begun_by=None)
    work_out(us)
    assert not FigureTable.objects.filter(figure="mentor_met").exists()
    assert FigureTable.objects.filter(figure="placed").exists()


def test_what_is_too_old_stays_as_it_was(us):
    us.student("2020-9-1")
    for number in range(1, 9):
        starts = datetime.date(2026 - number, 1, 5)
        Term.objects.create(
            school=us.school, name=str(starts.year), starts_on=starts, ends_on=starts + datetime.timedelta(days=100)
        )
    work_out(us)
    assert FigureTable.objects.filter(figure="placed").count() == 6
    old = FigureTable.objects.create(
        school=us.school, figure="placed", cohort="2019-01-05", cohort_name="2019", counts={}, inner={}, as_of=NOW
    )
    gone = FigureTable.objects.create(
        school=us.school, figure="placed", cohort="2026-01-06", cohort_name="moved", counts={}, inner={}, as_of=NOW
    )
    oldest = FigureTable.objects.create(
        school=us.school, figure="mentor_met", cohort="2020-01-05", cohort_name="2020", counts={}, inner={}, as_of=NOW
    )
    assert [one.key for one in cohorts.terms(us.school, day("11-24"))][cohorts.TERMS - 1 :] == [oldest.cohort]
    work_out(us)
    assert not FigureTable.objects.filter(pk=oldest.pk).exists()
    assert FigureTable.objects.filter(pk=old.pk).exists() and not FigureTable.objects.filter(pk=gone.pk).exists()


def test_a_figure_whose_people_another_counts_hides_what_that_hides(us):
    """Of 30 who may have finished in two advisories; those who went to work in the smaller group are few."""
    for at in range(40):
        student = us.left(advisory="Ada's" if at < 28 else "Ben's")
        if at < 14 or at >= 29:
            us.became(student, "work", "2026-9-1", through_internship=at % 2 == 0)
        else:
            us.became(student, "enrolled", "2026-9-1", level="two_year")
    work_out(us)
    ada, ben = str(us.advisory("Ada's").pk), str(us.advisory("Ben's").pk)
    above, below = (table(us, key, "2026") for key in ("straight_to_work", "job_through_internship"))
    assert {name: one[:2] for name, one in above.counts["cuts"]["advisory"].items()} == {ada: [14, 28], ben: [11, 12]}
    assert whole(below.counts) == [12, 25, 0]
    for row in (above, below):
        hidden = {name for name, one in row.published["cuts"]["advisory"].items() if one is None}
        assert hidden == set() if row == above else hidden <= {ada, ben}
    graduated = table(us, "graduated", "2026").published["cuts"]["advisory"]
    for figure in figures.FIGURES.values():
        rows = FigureTable.objects.filter(school=us.school, figure=figure.key, cohort="2026")
        for row in rows if figure.within else ():
            above = table(us, figure.within, "2026").published
            for cut, groups in above["cuts"].items():
                hides = {name for name, one in groups.items() if one is None}
                shown = {name for name, one in row.published["cuts"][cut].items() if one is not None}
                assert not hides & shown, (figure.key, cut)
    assert set(graduated) == {ada, ben}


def test_the_schools_own_threshold_holds(us):
    us.holds("meals", threshold=15)
    students(us, 30, placed=15, poor=12)
    students(us, 14)
    work_out(us)
    groups = table(us).published["cuts"]["disadvantaged"]
    assert first_two(groups) == {"yes": None, "no": [3, 18], "not_held": None}
    assert whole(table(us).published) == [15, 44, 0]


def test_who_needs_attention_is_worked_out_anew(us):
    student = us.student()
    work_out(us)
    assert set(Attention.objects.values_list("rule", flat=True)) == {"plan", "placement", "one_to_one"}
    us.talk(student, "11-24")
    us.placement(student)
    work_out(us)
    assert set(Attention.objects.values_list("rule", flat=True)) == {"plan", "no_show", "mentor"}


def test_asking_is_remembered_until_it_is_done(us):
    Refresh.objects.create(school=us.school, asked_at=NOW)
    work_out(us, NOW - NIGHT)
    assert Refresh.objects.get().asked_at == NOW
    resume_refreshes()
    assert Refresh.objects.get().asked_at is None


def test_each_figure_has_tables_and_they_add_up(us):
    """Every figure of both systems, through the same door; a table whose groups do not add up raises."""
    england = Making(system="england", zone="Europe/London")
    for making in (us, england):
        making.holds(*cuts.Kind.values)
        for at in range(12):
            student = making.student(grade=str(9 + at % 2), advisory="ABC"[at % 3])
            making.background(student, "language", "other" if at % 2 else "school")
            making.plan(student, making.at("9-10"), target="90 %")
            making.mark(student, "9-10")
            making.contact(making.placement(student), "11-20")
            window = making.window("9-20", "9-25")
            for one in (window, making.window("11-1", "11-5")):
                exhibition = making.exhibition(student, one)
                for key in ("empirical", "quantitative", "communication", "social", "qualities"):
                    making.agreed(exhibition, key, 1 + at % 4)
            left = making.left("2024-6-20")
            making.became(left, "enrolled", "2024-9-1" if at % 2 else "2025-9-1")
            if not at % 2:
                making.became(left, "work", "2024-9-1", through_internship=True)
        work_out(making)
        keys = set(FigureTable.objects.filter(school=making.school).values_list("figure", flat=True))
        assert keys == {figure.key for figure in figures.of_school(making.school)}
    row = table(us, "goal_social")
    assert set(row.counts["cuts"]) == {*cuts.NEEDED, "grade", "advisory"}
    assert tables.table_of(row.counts).whole == Count(6, 12)


@pytest.mark.django_db
def test_a_school_of_fifty_asks_no_more_than_one_of_twelve():
    counts = []
    for size in (12, 50):
        making = Making()
        making.holds("meals")
        students(making, size, placed=size // 2, poor=size // 2)
        for at in range(size):
            making.became(making.left(), "work" if at % 2 else "enrolled", "2026-9-1")
        work_out(making)
        with CaptureQueriesContext(connection) as queries:
            work_out(making)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# A network ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def network(db):
    return Network.objects.create(name="A network")


def of_network(network, figure="placed", cohort="2026-3") -> FigureTable:
    return FigureTable.objects.get(network=network, figure=figure, cohort=cohort)


def test_a_network_is_the_sum_of_its_schools(network):
    holds, holds_not, other = Making(network=network), Making(network=network), Making()
    Term.objects.filter(school=holds_not.school).update(starts_on=day("8-24"))
    holds.holds("meals")
    students(holds, 40, placed=20, poor=20)
    students(holds_not, 15, placed=5)
    students(other, 30, placed=30)
    for making in (holds, holds_not, other):
        work_out(making)
    done = refresh.refresh_network(network=network, now=NOW)
    row = of_network(network)
    assert whole(row.counts) == whole(row.published) == [25, 55, 0]
    expected = {"yes": [20, 20], "no": [0, 20], "not_held": [5, 15]}
    assert first_two(row.counts["cuts"]["disadvantaged"]) == expected
    schools = {str(holds.school.pk): [20, 40], str(holds_not.school.pk): [5, 15]}
    assert first_two(row.published["cuts"]["school"]) == schools
    assert set(row.counts["cuts"]) == {"disadvantaged", "school"}
    assert (row.cohort_name, row.published_on, done.done_at) == ("2026-3", day("11-24"), NOW)


def test_a_network_hides_small_schools(network):
    big, small = Making(network=network), Making(network=network)
    students(big, 40, placed=20)
    students(small, 5, placed=2)
    for making in (big, small):
        work_out(making)
    refresh.refresh_network(network=network, now=NOW)
    row = of_network(network)
    assert set(row.published["cuts"]["school"].values()) == {None}
    assert whole(row.published) == [22, 45, 0]


def test_a_networks_sum_does_not_tell_what_one_school_hides(network):
    """Two schools of which one hides its few disadvantaged students: the sum less the other's would be they."""
    open_one, few = Making(network=network), Making(network=network)
    for making, poor in ((open_one, 20), (few, 4)):
        making.holds("meals")
        students(making, 40, placed=25, poor=poor)
        work_out(making)
    assert table(open_one).published["cuts"]["disadvantaged"]["yes"] is not None
    assert table(few).published["cuts"]["disadvantaged"]["yes"] is None
    refresh.refresh_network(network=network, now=NOW)
    groups = of_network(network).published["cuts"]["disadvantaged"]
    assert set(groups.values()) == {None}
    # Where enough people are hidden by more than one school, the sum is shown.
    for _one in range(3):
        making = Making(network=network)
        making.holds("meals")
        found = students(making, 40, placed=0, poor=4)
        making.placement(found[0])
        making.placement(found[10])
        work_out(making)
    refresh.refresh_network(network=network, now=NOW.replace(month=12))
    groups = first_two(of_network(network).published["cuts"]["disadvantaged"])
    assert groups == {"yes": [20 + 4 + 3, 36], "no": [5 + 21 + 3, 164]}


def test_the_strictest_schools_threshold_is_the_networks(network):
    strict, other = Making(network=network), Making(network=network)
    strict.holds(threshold=20)
    for making in (strict, other):
        students(making, 15, placed=5)
        work_out(making)
    assert table(strict).published["whole"] is None
    refresh.refresh_network(network=network, now=NOW)
    row = of_network(network)
    assert set(row.published["cuts"]["school"].values()) == {None} and whole(row.published) == [10, 30, 0]


def test_classes_are_put_together_by_their_year_and_systems_stand_beside_each_other(network):
    us, england = Making(network=network), Making(network=network, system="england", zone="Europe/London")
    for _one in range(12):
        us.became(us.left(), "enrolled", "2026-9-1", level="four_year")
        england.left()
    for making in (us, england):
        work_out(making)
    refresh.refresh_network(network=network, now=NOW)
    assert whole(of_network(network, "enrolled_first_autumn", "2026").counts) == [12, 24, 12]
    assert whole(of_network(network, "graduated", "2026").counts) == [12, 12, 0]
    assert whole(of_network(network, "completed", "2026").counts) == [12, 12, 0]
    assert of_network(network, "graduated", "2026").cohort_name == "Class of 2026"


def test_a_school_that_leaves_a_network_leaves_its_tables(network):
    making = Making(network=network)
    students(making, 12, placed=3)
    work_out(making)
    refresh.refresh_network(network=network, now=NOW)
    making.school.network = None
    making.school.save()
    refresh.refresh_network(network=network, now=NOW)
    assert not FigureTable.objects.filter(network=network).exists()
    assert FigureTable.objects.filter(school=making.school).exists()


def test_at_night_every_school_and_network_is_worked_out(network, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    making = Making(network=network)
    students(making, 12, placed=3)
    refresh_all()
    assert whole(table(making).published) == whole(of_network(network).published) == [3, 12, 0]


def test_what_was_of_too_few_is_published_once_it_is_of_enough_and_then_monthly(us):
    """At the start of a term a thing is due of one student before the others."""
    students(us, 3, placed=1)
    work_out(us)
    assert table(us).published["whole"] is None and table(us).published_on == NOW.date()
    work_out(us, NOW + NIGHT)
    assert table(us).published_on == NOW.date()
    students(us, 12, placed=3)
    work_out(us, NOW + 2 * NIGHT)
    assert whole(table(us).published) == [4, 15, 0]
    students(us, 5)
    work_out(us, NOW + 3 * NIGHT)
    assert whole(table(us).published) == [4, 15, 0]

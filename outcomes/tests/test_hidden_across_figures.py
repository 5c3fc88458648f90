"""What one figure hides is not told by another whose people it counts: not by a number, and not by what is missing."""

import pytest

from outcomes import figures, tables
from outcomes.actions.refresh import refresh_network
from outcomes.models import FigureTable
from outcomes.tests.making import Making
from outcomes.tests.test_refresh import NOW, table, work_out
from outcomes.tests.test_suppression import Reader
from schools.models import Network

PLACED = {"days_on_site", "hours_on_site", "no_show", "mentor_met"}


@pytest.fixture
def us(db):
    return Making()


def an_advisory(us, name, placed, number) -> str:
    for at in range(number):
        student = us.student(advisory=name)
        if at < placed:
            us.placement(student)
    return str(us.advisory(name).pk)


def a_class(us, name, enrolled, number) -> str:
    us.left(advisory=name, how="stopped")
    for at in range(number - 1):
        student = us.left(advisory=name)
        if at < enrolled:
            us.became(student, "enrolled", "2026-9-1", level="two_year")
        else:
            us.became(student, "work", "2026-9-1")
    return str(us.advisory(name).pk)


def read(reader, us, figure, cohort="2026-09-01"):
    found = tables.published_of(table(us, figure, cohort).published)
    reader.reads(figure, found, "advisory")


def test_how_many_are_placed_in_a_small_group_is_not_told_by_whom_days_and_hours_are_counted(us):
    ada, ben, _cy = an_advisory(us, "Ada's", 0, 4), an_advisory(us, "Ben's", 12, 14), an_advisory(us, "Cy's", 20, 30)
    work_out(us)
    for figure in sorted(PLACED):
        reader = Reader()
        read(reader, us, "placed")
        read(reader, us, figure)
        reader.knows_that_these_are_the_people_of(figure, "placed")
        for group in (ada, ben):
            low, high = reader.range_of("placed", group, 0)
            assert low < high, figure


def test_a_group_that_is_hidden_is_not_missing_where_its_people_are_counted_on(us):
    """Of Ada's four nobody enrolled: credentials are asked of nobody there, and the group stands there all the same."""
    groups = {a_class(us, "Ada's", 0, 4), a_class(us, "Ben's", 6, 12), a_class(us, "Cy's", 15, 30)}
    work_out(us)
    assert len(table(us, "credential", "2026").counts["cuts"]["advisory"]) == 2
    for figure in ("enrolled_first_autumn", "credential"):
        assert set(table(us, figure, "2026").published["cuts"]["advisory"]) == groups


def test_what_is_hidden_stays_hidden_where_the_few_not_recorded_would_be_put_together(us):
    us.holds("meals")
    for at in range(64):
        # Not all graduated, or that would be known of each.
        student = us.left(how="stopped" if at in (20, 60) else "graduated")
        if at < 44:
            us.background(student, "meals", "free" if at < 4 else "no")
        us.became(student, "enrolled" if at % 2 and at > 3 and at < 56 else "work", "2026-9-1",
                  level="two_year" if at % 2 and 3 < at < 56 else "")  # fmt: skip
    work_out(us)
    above, below = (table(us, key, "2026").published["cuts"]["disadvantaged"] for key in
                    ("enrolled_first_autumn", "credential"))  # fmt: skip
    assert above["yes"] is None and above["not_held"] is None and above["no"] is not None
    assert below["yes"] is None and all(one is None for one in below.values())


def test_a_table_that_is_missing_does_not_tell_of_one_that_is_hidden_whole(us):
    for number, enrols in ((2025, False), (2026, True)):
        for _at in range(5):
            student = us.left(f"{number}-6-20")
            us.became(student, "enrolled" if enrols else "work", f"{number}-9-1", level="two_year" if enrols else "")
    work_out(us)
    for cohort in ("2025", "2026"):
        row = table(us, "credential", cohort)
        assert row.published["whole"] is None
    assert table(us, "credential", "2025").counts["whole"][:3] == [0, 0, 0]


def test_a_table_of_nobody_is_none_of_the_networks(network_of_one):
    network, us = network_of_one
    for _at in range(5):
        us.became(us.left(), "work", "2026-9-1")
    work_out(us)
    refresh_network(network=network, now=NOW)
    assert not FigureTable.objects.filter(network=network, figure="credential").exists()
    assert FigureTable.objects.filter(network=network, figure="straight_to_work").exists()


@pytest.fixture
def network_of_one(db):
    network = Network.objects.create(name="BPL")
    return network, Making(network=network)


def a_class_of(us, name, *kinds) -> str:
    """Each of `kinds` is what became of one of them; of those without a kind nothing is known."""
    for kind in kinds:
        student = us.left(advisory=name)
        if kind:
            us.became(student, kind, "2026-9-1", level="two_year" if kind == "enrolled" else "")
    return str(us.advisory(name).pk)


def hides(us, figure) -> set[str]:
    published = table(us, figure, "2026").published
    return {name for name, one in published["cuts"]["advisory"].items() if one is None}


def test_that_all_are_known_of_a_hidden_group_is_not_told_by_the_figure_beside_it(us):
    """Of Ada's and Ben's it is known of all, so "not known" hides Cy's with them; "working" says how many are not known
    of those it hides, and must hide Cy's, too."""
    a_class_of(us, "Ada's", "work", "work", "neither", "enrolled")
    a_class_of(us, "Ben's", *["work"] * 6, *["neither"] * 3, *["enrolled"] * 3)
    cy = a_class_of(us, "Cy's", *["work"] * 10, *["neither"] * 4, *[""] * 6)
    a_class_of(us, "Di's", *["work"] * 15, *["neither"] * 5, *[""] * 10)
    work_out(us)
    assert cy in hides(us, "not_known") and len(hides(us, "not_known")) == 3
    assert hides(us, "working") == hides(us, "neither") == hides(us, "not_known")


def test_each_figure_says_whose_people_it_is_about():
    within = {key: figure.within for key, figure in figures.FIGURES.items() if figure.within}
    assert {key for key, above in within.items() if above == "placed"} == PLACED
    order = list(figures.FIGURES)
    assert all(order.index(above) < order.index(key) for key, above in within.items())


def test_figures_of_a_family_are_of_the_same_people(us):
    a_class_of(us, "Ada's", "work", "neither", "enrolled", "")
    us.left(how="stopped")
    facts, families = us.after(), {}
    for figure in figures.FIGURES.values():
        if figure.family:
            families.setdefault((figure.family, figure.within), []).append(set(figure.say(facts)))
    assert len(families) == 2
    assert all(len(some) > 1 and some.count(some[0]) == len(some) for some in families.values())

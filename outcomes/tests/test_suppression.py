"""What is hidden cannot be worked out: tried by solving for it, as somebody with a spreadsheet would."""

import random

import highspy
import pytest

from outcomes.suppression import Count, Published, Table, publish


def table(*parts) -> Table:
    """One cut; each part is (x, n)."""
    groups = {f"g{number}": Count(*part) for number, part in enumerate(parts)}
    return Table(Count(sum(x for x, _n in parts), sum(n for _x, n in parts)), {"cut": groups})


def shown(found: Published) -> list:
    return [one and (one.x, one.n) for one in found.cuts["cut"].values()]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(20, 40), (15, 30)], [(20, 40), (15, 30)]),
        # One small group would be the whole less the others: the smallest of these goes with it.
        ([(2, 4), (15, 30), (10, 20)], [None, (15, 30), None]),
        # Two that are seven together are a small group, too.
        ([(2, 4), (1, 3), (15, 30), (10, 20)], [None, None, (15, 30), None]),
        ([(2, 6), (1, 5), (15, 30)], [None, None, (15, 30)]),
        # "None of them" of all that is hidden would be known of each.
        ([(0, 6), (0, 5), (15, 30), (3, 12)], [None, None, (15, 30), None]),
        # Of two groups, one small: neither can be shown.
        ([(2, 4), (15, 30)], [None, None]),
        ([(0, 0), (20, 40), (15, 30)], [(0, 0), (20, 40), (15, 30)]),
        # That all of them count, the whole says: only how many they are is hidden.
        ([(4, 4), (12, 12), (30, 30)], [None, None, (30, 30)]),
        ([(0, 4), (0, 12), (0, 30)], [None, None, (0, 30)]),
    ],
)
def test_what_is_shown(parts, expected):
    found = publish(table(*parts))
    assert shown(found) == expected
    assert found.whole is not None


def test_a_small_cohort_shows_nothing():
    found = publish(table((2, 4), (1, 5)))
    assert found.whole is None and shown(found) == [None, None]


def test_groups_that_do_not_add_up_are_no_table():
    with pytest.raises(ValueError, match="add up"):
        Table(Count(1, 10), {"cut": {"a": Count(1, 5)}})
    with pytest.raises(ValueError, match="no count"):
        Count(3, 2)


def test_of_whom_it_is_not_known_is_counted_and_stays_in_the_denominator():
    with pytest.raises(ValueError, match="no count"):
        Count(8, 10, unknown=3)
    given = Table(Count(20, 40, 12), {"cut": {"a": Count(12, 25, 10), "b": Count(8, 15, 2)}})
    assert publish(given).cuts["cut"]["a"] == Count(12, 25, 10)
    with pytest.raises(ValueError, match="add up"):
        Table(Count(20, 40, 12), {"cut": {"a": Count(12, 25, 10), "b": Count(8, 15, 3)}})


def test_groups_of_whom_nothing_is_known_are_not_hidden_by_themselves():
    """That nothing is known of everybody who is hidden would tell it of each."""
    unknown = {"a": Count(0, 5, 5), "b": Count(0, 6, 6), "c": Count(9, 20, 1), "d": Count(15, 30, 2)}
    found = publish(Table(Count(24, 61, 14), {"cut": unknown})).cuts["cut"]
    assert found == {"a": None, "b": None, "c": None, "d": unknown["d"]}


def test_a_figure_hides_what_the_one_hides_whose_people_it_is_about():
    """Of group b 12 work; it goes with the small a. Were "through an internship, of 12" shown, b's 12 would be known,
    and a's with them."""
    working = publish(Table(Count(33, 60), {"cut": {"a": Count(2, 4), "b": Count(12, 16), "c": Count(19, 40)}}))
    assert [name for name, one in working.cuts["cut"].items() if one is None] == ["a", "b"]
    jobs = Table(Count(20, 33), {"cut": {"a": Count(1, 2), "b": Count(9, 12), "c": Count(10, 19)}})
    assert [name for name, one in publish(jobs).cuts["cut"].items() if one is None] == ["a", "b"]
    nobody = Table(Count(10, 31), {"cut": {"a": Count(0, 0), "b": Count(4, 12), "c": Count(6, 19)}})
    assert publish(nobody, within=working).cuts["cut"]["a"] is None
    few = publish(Table(Count(2, 6), {"cut": {"a": Count(1, 3), "b": Count(1, 3)}}))
    assert publish(jobs, within=few).whole is None


# What a reader can work out: everything that is shown, as equations, and a solver that knows nothing of the rules -----


class Reader:
    """Of each group so many count, so many do not, and of so many it is not known. What is shown is known of them."""

    def __init__(self):
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.groups: dict[tuple[str, str], list] = {}

    def reads(self, figure: str, found: Published, cut="cut") -> None:
        for name in found.cuts[cut]:
            three = [self.solver.addIntegral(lb=0, ub=500) for _part in range(3)]
            self.groups[figure, name] = three
            self._is(three, found.cuts[cut][name])
        everybody = [self.groups[figure, name] for name in found.cuts[cut]]
        self._is([sum(parts[1:], parts[0]) for parts in zip(*everybody, strict=True)], found.whole)

    def _is(self, three, one: Count | None) -> None:
        if one is not None:
            for part, number in zip(three, (one.x, one.n - one.x - one.unknown, one.unknown), strict=True):
                self.solver.addConstr(part == number)

    def knows_that_these_are_the_people_of(self, figure: str, above: str) -> None:
        for (which, name), three in list(self.groups.items()):
            if which == figure:
                self.solver.addConstr(sum(three[1:], three[0]) == self.groups[above, name][0])

    def range_of(self, figure: str, name: str, part: int) -> tuple[int, int]:
        ends = []
        for ask in (self.solver.minimize, self.solver.maximize):
            ask(self.groups[figure, name][part])
            assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(round(self.solver.getInfo().objective_function_value))
        return tuple(ends)


def a_count(dice) -> Count:
    n = dice.choice([1, 2, 3, 5, 8, 9, 10, 12, 20, 45])
    unknown = dice.choice([0, 0, dice.randint(0, n)])
    return Count(dice.choice([0, n - unknown, dice.randint(0, n - unknown)]), n, unknown)


def total(counts) -> Count:
    return Count(*(sum(getattr(one, part) for one in counts) for part in ("x", "n", "unknown")))


def as_table(groups: dict[str, Count]) -> Table:
    return Table(total(groups.values()), {"cut": groups})


def assert_nothing_is_told(reader, figure, truth: Table, found: Published):
    """Of every hidden group: the range that the reader is left with holds the truth, and more than the truth, in how
    many count. Where nobody of the whole cohort counts, or everybody, that is no secret of a group's; and a group of
    nobody has none."""
    hidden = [name for name, one in found.cuts["cut"].items() if one is None]
    for name in hidden:
        low, high = reader.range_of(figure, name, 0)
        assert low <= truth.cuts["cut"][name].x <= high
        if 0 < truth.whole.x < truth.whole.n and truth.cuts["cut"][name].n:
            assert low < high, (figure, name, truth)
    return len(hidden)


def test_no_hidden_group_can_be_solved_for():
    dice, looked_at = random.Random(20261128), 0
    for _round in range(250):
        given = as_table({f"g{number}": a_count(dice) for number in range(dice.randint(2, 7))})
        found = publish(given)
        if found.whole is None:
            continue
        reader = Reader()
        reader.reads("figure", found)
        looked_at += assert_nothing_is_told(reader, "figure", given, found)
    assert looked_at > 300


def test_no_hidden_group_can_be_solved_for_by_the_figure_about_those_who_count():
    dice, looked_at = random.Random(20261129), 0
    for _round in range(250):
        groups = {f"g{number}": a_count(dice) for number in range(dice.randint(2, 6))}
        counted = {name: Count(dice.randint(0, one.x), one.x) for name, one in groups.items()}
        given, inner = as_table(groups), as_table(counted)
        found = publish(given)
        below = publish(inner, within=found)
        if found.whole is None or below.whole is None:
            continue
        reader = Reader()
        reader.reads("works", found)
        reader.reads("through", below)
        reader.knows_that_these_are_the_people_of("through", "works")
        looked_at += assert_nothing_is_told(reader, "works", given, found)
        # Of those who work in a group that is hidden, more may be known than their sum: they are as many as work.
        looked_at += assert_nothing_is_told(reader, "through", inner, below)
    assert looked_at > 300


def test_the_solver_finds_what_a_careless_table_tells():
    """The test can fail: with one group hidden alone, it is the whole less the others."""
    reader = Reader()
    careless = Published(Count(30, 60), {"cut": {"a": None, "b": Count(12, 20), "c": Count(16, 36)}})
    reader.reads("figure", careless)
    assert reader.range_of("figure", "a", 0) == (2, 2)


def test_it_is_the_same_each_time_and_hides_no_more_than_it_must():
    given = table((2, 4), (15, 30), (10, 20), (9, 18))
    assert publish(given) == publish(given)
    assert publish(given).hidden == 2

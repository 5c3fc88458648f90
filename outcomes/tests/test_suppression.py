"""What is hidden cannot be worked out: tried by solving for it, as somebody with a spreadsheet would."""

import random

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


def possible(found: Published, cut: str, name: str) -> tuple[set[int], set[int]]:
    """Every n and every x that a hidden group can have, given all that is published: enumerated, not by our rules.

    What is known of the hidden groups is their sums. A reader also knows that each group is somebody.
    """
    groups = found.cuts[cut]
    seen = [one for one in groups.values() if one is not None]
    n = found.whole.n - sum(one.n for one in seen)
    x = found.whole.x - sum(one.x for one in seen)
    others = sum(one is None for one in groups.values()) - 1
    sizes, hits = set(), set()
    for size in range(1, n - others + 1):
        rest = n - size
        if (others == 0) != (rest == 0):
            continue
        for hit in range(max(0, x - rest), min(size, x) + 1):
            sizes.add(size)
            hits.add(hit)
    return sizes, hits


def test_no_hidden_group_can_be_worked_out():
    dice, looked_at = random.Random(20261128), 0
    for _round in range(600):
        parts = []
        for _group in range(dice.randint(2, 7)):
            n = dice.choice([1, 2, 3, 5, 8, 9, 10, 12, 20, 45])
            parts.append((dice.choice([0, n, dice.randint(0, n)]), n))
        given = table(*parts)
        found = publish(given)
        if found.whole is None:
            continue
        for name, one in found.cuts["cut"].items():
            if one is None:
                looked_at += 1
                sizes, hits = possible(found, "cut", name)
                truth = given.cuts["cut"][name]
                assert truth.n in sizes and truth.x in hits
                assert len(sizes) > 1, (parts, name)
                assert len(hits) > 1 or found.whole.x in (0, found.whole.n), (parts, name)
    assert looked_at > 500


def test_it_is_the_same_each_time_and_hides_no_more_than_it_must():
    given = table((2, 4), (15, 30), (10, 20), (9, 18))
    assert publish(given) == publish(given)
    assert publish(given).hidden == 2

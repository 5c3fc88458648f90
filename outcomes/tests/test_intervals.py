"""Intervals, against the worked examples of the papers that define them."""

import math

import pytest

from outcomes.intervals import difference, share

# Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
SINGLE = [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718),
]  # fmt: skip
# Ibid. 873-890, table II, method 10.
PAIRS = [
    ((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926), ((0, 10), (0, 20), -0.1611, 0.2775), ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000), ((10, 10), (0, 10), 0.6075, 1.0000),
]  # fmt: skip


@pytest.mark.parametrize(("x", "n", "low", "high"), SINGLE)
def test_one_share_is_wilsons(x, n, low, high):
    found = share(x, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("one", "other", "low", "high"), PAIRS)
def test_a_difference_is_newcombes(one, other, low, high):
    found = difference(share(*one), share(*other))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_what_is_no_share():
    assert share(0, 0) is None and difference(share(1, 2), None) is None
    for x, n in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="no share"):
            share(x, n)


def test_they_are_possible_and_mirror_each_other():
    for n in range(1, 40):
        for x in range(n + 1):
            one, other = share(x, n), share(n - x, n)
            assert 0 <= one.low <= one.value <= one.high <= 1
            assert math.isclose(one.low, 1 - other.high, abs_tol=1e-12)
            there, back = difference(one, share(1, 3)), difference(share(1, 3), one)
            assert -1 <= there.low <= there.value <= there.high <= 1
            assert math.isclose(there.low, -back.high, abs_tol=1e-12)

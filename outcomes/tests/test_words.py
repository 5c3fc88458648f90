"""How differences and their intervals are written."""

import pytest

from outcomes.intervals import Difference
from outcomes.words import points, points_reach


@pytest.mark.parametrize(
    ("value", "said"), [(0.124, "+12"), (-0.03, "−3"), (0.004, "0"), (-0.004, "0"), (0.0, "0"), (1.0, "+100")]
)
def test_points_have_a_sign_but_zero(value, said):
    assert points(value) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.2, 0.1, "−20 to +10"), (0.1, 0.3, "+10 to +30"), (-0.004, 0.3, "0 to +30"),
        # Clear: an end that is nearly zero does not seem to be zero.
        (-0.552, -0.003, "−55 to −0.3"), (0.004, 0.3, "+0.4 to +30"),
    ],
)  # fmt: skip
def test_an_interval_that_leaves_out_zero_does_not_seem_to_hold_it(low, high, said):
    assert points_reach(Difference((low + high) / 2, low, high)) == said

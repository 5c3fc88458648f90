"""Charts drawn on the server: they say in words what they show, hold no style, and are safe with anybody's names."""

import xml.etree.ElementTree as ET

import pytest

from common.charts import Point, bar, differences, shares, spark

POINTS = [Point("2024", 0.5, 0.4, 0.6), Point("2025", None), Point("Fall 2026", 0.75, 0.6, 0.85)]


def drawn(svg):
    return ET.fromstring(svg)


def marks(svg, name):
    return [one for one in drawn(svg).iter() if one.get("class") == name]


def test_a_chart_says_in_words_what_it_shows():
    svg = drawn(shares(POINTS, title="Accepted, by cohort", words="2024: 50%"))
    assert svg.get("role") == "img" and svg.get("aria-label") == "Accepted, by cohort"
    assert svg.find("title").text == "Accepted, by cohort"
    assert svg.find("desc").text == "2024: 50%"


def test_a_share_stands_where_it_belongs_and_half_is_in_the_middle():
    svg = shares(POINTS, title="t", words="w")
    half, higher = (float(dot.get("cy")) for dot in marks(svg, "chart__mark"))
    grid = sorted(float(line.get("y1")) for line in drawn(svg).iter("line") if line.get("class") == "chart__grid")
    assert half == grid[2] and higher == grid[1]
    assert grid[0] < higher < half


def test_what_is_not_shown_has_no_dot_and_no_line_to_it():
    svg = shares(POINTS, title="t", words="w")
    assert len(marks(svg, "chart__mark")) == 2
    assert marks(svg, "chart__join") == []
    assert "–" in [one.text for one in marks(svg, "chart__text")]


def test_differences_stand_around_none_at_all():
    svg = differences([Point("2026", 0, -0.1, 0.1), Point("2027", 0.3, 0.12, 0.45)], title="t", words="w")
    zero = marks(svg, "chart__zero")[0].get("y1")
    none, above = marks(svg, "chart__mark")
    assert none.get("cy") == zero and float(above.get("cy")) < float(zero)
    assert [one.text for one in marks(svg, "chart__text")][:5] == ["−60", "−30", "0", "+30", "+60"]


@pytest.mark.parametrize("furthest", [0.02, 0.15, 0.55, 1])
def test_an_interval_never_leaves_the_frame(furthest):
    svg = differences([Point("2026", 0, -furthest, furthest)], title="t", words="w")
    high = float(drawn(svg).get("viewBox").split()[3])
    ends = [float(line.get(name)) for line in marks(svg, "chart__reach") for name in ("y1", "y2")]
    assert all(0 < end < high for end in ends)


def test_a_bar_is_as_long_as_its_share():
    svg = bar(0.25, 0.2, 0.4, title="peers: 25%")
    whole, part = marks(svg, "chart__all")[0], marks(svg, "chart__bar")[0]
    assert float(part.get("width")) == float(whole.get("width")) / 4


def test_a_spark_skips_what_is_not_shown_and_needs_two():
    assert spark([None, 0.5], title="t") == ""
    points = marks(spark([0.2, None, 0.8], title="t"), "chart__join")[0].get("points").split()
    assert len(points) == 2


def test_names_are_other_peoples_words():
    name = '"><script>alert(1)</script>'
    for svg in (
        shares([Point(name, 0.5, 0.4, 0.6)], title=name, words=name),
        bar(0.5, 0.4, 0.6, title=name),
        spark([0.1, 0.2], title=name),
    ):
        assert "<script" not in svg and drawn(svg).get("aria-label") == name


def test_nothing_is_styled_inside():
    svg = shares(POINTS, title="t", words="w") + bar(0.5, 0.4, 0.6, title="t") + spark([0.1, 0.2], title="t")
    assert "style=" not in svg and "<style" not in svg


def test_long_names_are_cut_short_under_the_chart():
    points = [Point("Extraordinarily long 2026", 0.5, 0.4, 0.6)] * 10
    labels = [one.text for one in marks(shares(points, title="t", words="w"), "chart__text")][5:]
    assert all(len(label) <= 6 for label in labels)


def test_no_cohorts_are_no_error():
    assert drawn(shares([], title="t", words="w")) is not None

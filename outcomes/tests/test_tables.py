"""Tables: counted, added up over schools, kept as JSON and read by a page."""

import datetime
import random

import pytest

from outcomes import cohorts, tables
from outcomes.cuts import Cut
from outcomes.figure import Amount, As, Figure, Said, Stage
from outcomes.suppression import Count, Published, Table, publish

SAID = {1: Said(True, 3, 4), 2: Said(False, 1, 4), 3: Said(None), 4: Said(True)}
GROUPS = {
    "disadvantaged": {1: "yes", 2: "yes", 3: "no", 4: "not_held", 5: "no"},
    "grade": dict.fromkeys(range(1, 6), "9"),
}


def test_a_figure_is_counted_by_each_cut():
    table = tables.count(SAID, GROUPS)
    assert table.whole == Count(2, 4, 1, 4, 8)
    assert table.cuts["disadvantaged"] == {
        "yes": Count(1, 2, 0, 4, 8), "no": Count(0, 1, 1), "not_held": Count(1, 1)
    }  # fmt: skip
    # Who does not belong to the figure is in no group, and a group of nobody is none.
    assert table.cuts["grade"] == {"9": Count(2, 4, 1, 4, 8)}
    assert tables.count({1: Said(None)}, GROUPS).cuts["disadvantaged"] == {"yes": Count(0, 1, 1)}


def test_counting_agrees_with_a_loop_over_people():
    dice = random.Random(5)
    said = {pk: Said(dice.choice([True, False, None]), dice.randint(0, 9), 9) for pk in range(200)}
    groups = {"grade": {pk: dice.choice("ABC") for pk in range(250)}}
    table = tables.count(said, groups)
    for name in "ABC":
        x = n = unknown = part = 0
        for pk, one in said.items():
            if groups["grade"][pk] == name:
                n, part = n + 1, part + one.part
                x, unknown = x + (one.counts is True), unknown + (one.counts is None)
        assert table.cuts["grade"][name] == Count(x, n, unknown, part, 9 * n)


def test_what_is_kept_is_read_back():
    table = tables.count(SAID, GROUPS)
    assert tables.table_of(tables.to_json(table)) == table
    published = Published(None, {"grade": {"9": None, "10": Count(1, 2, 1, 0.5, 2)}})
    assert tables.published_of(tables.to_json(published)) == published
    kept = tables.to_json(table)
    assert tables.head(kept) == {"whole": kept["whole"], "cuts": {"disadvantaged": kept["cuts"]["disadvantaged"]}}
    assert tables.head(tables.to_json(Table(Count(0, 1), {"grade": {"9": Count(0, 1)}})))["cuts"] == {}


def test_a_school_that_holds_no_background_is_among_those_not_recorded():
    holds = Table(Count(6, 20), {"disadvantaged": {"yes": Count(2, 10), "no": Count(4, 10)}})
    holds_not = Table(Count(1, 15, 2), {"grade": {"9": Count(1, 15, 2)}})
    found = tables.add([("1", holds), ("2", holds_not)], ["disadvantaged", "language"])
    assert found.whole == Count(7, 35, 2)
    assert found.cuts["disadvantaged"] == {"yes": Count(2, 10), "no": Count(4, 10), "not_held": Count(1, 15, 2)}
    assert found.cuts[Cut.SCHOOL] == {"1": Count(6, 20), "2": Count(1, 15, 2)}
    # What no school holds is no cut, and a school's own grades are not put together.
    assert set(found.cuts) == {"disadvantaged", Cut.SCHOOL}
    assert tables.add([], ["disadvantaged"]).whole == Count(0, 0)


def test_a_table_as_a_page_reads_it():
    cut = {"not_held": Count(1, 10), "no": Count(40, 50, 5, 30, 60), "yes": Count(10, 50)}
    grades = {"10": Count(21, 60, 5), "9": Count(15, 25), "not_held": Count(15, 25)}
    kept = tables.to_json(Table(Count(51, 110, 5), {"disadvantaged": cut, "grade": grades}))
    shown = tables.shown(kept, {})
    assert [cell.key for cell in shown.cuts["disadvantaged"]] == ["yes", "no", "not_held"]
    assert [cell.name for cell in shown.cuts["grade"]] == ["9", "10", "not recorded"]
    assert (shown.peers.count.n, shown.disadvantaged.share.value, shown.peers.no) == (50, 0.2, 5)
    assert shown.peers.amount == 0.5 and shown.disadvantaged.amount is None
    # 80 % less 20 %, in shares of all: who is not known counts among them.
    assert shown.gap.value == pytest.approx(0.6) and shown.gap.is_clear
    hidden = tables.to_json(publish(Table(Count(3, 20), {"disadvantaged": {"yes": Count(1, 5), "no": Count(2, 15)}})))
    shown = tables.shown(hidden, {})
    assert shown.gap is None and shown.peers.is_hidden and shown.peers.no is None and shown.peers.amount is None
    assert shown.whole.share.value == 0.15


def test_advisories_go_by_their_names():
    kept = tables.to_json(Table(Count(2, 30), {"advisory": {"7": Count(1, 15), "3": Count(1, 15)}}))
    shown = tables.shown(kept, {"advisory": {"7": "Ada's", "3": "Ben's"}})
    assert [cell.name for cell in shown.cuts["advisory"]] == ["Ada's", "Ben's"]


@pytest.mark.parametrize(("read_as", "words"), [(As.SHARE, "75%"), (As.MEAN, "0.8")])
def test_what_a_figure_measures_in_words(read_as, words):
    figure = Figure("x", Stage.HERE, "", "", "", "", "", len, amount=Amount("hours", read_as))
    cell = tables.shown(tables.to_json(Table(Count(1, 12, 0, 3, 4), {})), {}).whole
    assert tables.amount_in_words(figure, cell) == words
    assert tables.amount_in_words(Figure("x", Stage.HERE, "", "", "", "", "", len), cell) == ""


@pytest.mark.parametrize(
    ("begins", "season"),
    [
        ("2026-09-01", "2026-3"), ("2026-08-03", "2026-3"), ("2027-01-04", "2027-1"), ("2027-02-01", "2027-1"),
        ("2026-03-30", "2026-2"), ("2026-04-13", "2026-2"), ("2026-12-28", "2027-1"), ("2026-10-26", "2026-3"),
    ],
)  # fmt: skip
def test_terms_are_put_together_by_their_season(begins, season):
    assert cohorts.season(begins) == season
    assert cohorts.season(datetime.date.fromisoformat(begins).isoformat()) == season


def a_split(few: int, peers: tuple[int, int] = (30, 40)) -> Table:
    """Twenty of fifty disadvantaged students count, and two of a few of whom it is not recorded."""
    groups = {"yes": Count(20, 50), "no": Count(*peers), "not_held": Count(min(few, 2), few)}
    whole = Count(*(sum(getattr(one, part) for one in groups.values()) for part in ("x", "n", "unknown")))
    return Table(whole, {"disadvantaged": groups, "grade": {"9": whole}})


def published(table: Table, within=None) -> Published:
    return publish(tables.all_others(table, tables.few_not_recorded(table, 10, within)), 10, within)


def test_a_few_who_are_not_recorded_are_published_with_the_peers_and_leave_a_gap():
    found = published(a_split(4))
    assert found.cuts["disadvantaged"] == {"yes": Count(20, 50), "others": Count(32, 44)}
    shown = tables.shown(tables.to_json(found), {})
    assert shown.peers.name == "peers, with the few not recorded"
    assert round(shown.gap.value, 4) == round(32 / 44 - 20 / 50, 4)


@pytest.mark.parametrize("few", [0, 10, 12])
def test_none_and_many_who_are_not_recorded_stand_by_themselves(few):
    assert set(published(a_split(few)).cuts["disadvantaged"]) == {"yes", "no", "not_held"}


def test_they_hide_nobody_small():
    """Of four peers and four of whom it is not recorded nothing is put together, and nothing is shown."""
    assert set(published(a_split(4, (2, 4))).cuts["disadvantaged"].values()) == {None}


def test_what_a_figure_puts_together_the_figure_about_its_people_does_too():
    above = published(a_split(4))
    below = Table(Count(25, 52), {"disadvantaged": {"yes": Count(8, 20), "no": Count(16, 30), "not_held": Count(1, 2)}})
    assert published(below, above).cuts["disadvantaged"]["others"] == Count(17, 32)
    nobody = Table(Count(24, 50), {"disadvantaged": {"yes": Count(8, 20), "no": Count(16, 30)}})
    assert set(published(nobody, above).cuts["disadvantaged"]) == {"yes", "others"}


@pytest.mark.parametrize(
    ("disadvantaged", "peers", "lacks"),
    [([0, 20, 20, 0, 0], [9, 20, 0, 0, 0], True), ([0, 20, 19, 0, 0], [9, 20, 0, 0, 0], False)],
)
def test_where_nothing_is_known_of_anybody_there_is_no_share_and_no_gap(disadvantaged, peers, lacks):
    whole = [sum(parts) for parts in zip(disadvantaged, peers, strict=True)]
    found = tables.shown({"whole": whole, "cuts": {Cut.DISADVANTAGED: {"yes": disadvantaged, "no": peers}}}, {})
    assert (found.disadvantaged.share is None, found.gap is None, found.lacks_answers) == (lacks, lacks, lacks)
    assert found.peers.share.value == 0.45 and found.disadvantaged.count.n == 20


def test_a_hidden_side_does_not_say_that_nothing_is_known():
    sides = {"yes": None, "no": [0, 20, 20, 0, 0]}
    assert not tables.shown({"whole": [1, 25, 20, 0, 0], "cuts": {Cut.DISADVANTAGED: sides}}, {}).lacks_answers


def test_the_few_not_recorded_who_are_with_the_peers_are_not_said_to_be_none():
    from outcomes import who

    def not_recorded(groups):
        (line,) = who.of_table({"whole": [30, 60, 0, 0, 0], "cuts": {"disadvantaged": groups}}, "Fall")["lines"]
        return line["not_recorded"]

    assert not_recorded({"yes": [10, 20, 0, 0, 0], "no": [20, 40, 0, 0, 0]}) == 0
    assert not_recorded({"yes": [10, 20, 0, 0, 0], "others": [20, 40, 0, 0, 0]}) is None

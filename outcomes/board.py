"""The dashboard: are we all right, where not. Every figure of a chosen term and class in a line, and what stands out.

It is a page that is opened often, so words are written here once and not in a template of a thousand pieces.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import charts
from outcomes import intervals, tables, words
from outcomes.cuts import Cut
from outcomes.figure import Stage
from outcomes.groups import Group
from outcomes.sheets import About, Sheets
from outcomes.suppression import Count

# By which name a page's address chooses the cohort of each stage.
CHOSEN_BY = {Stage.HERE: "term", Stage.AFTER: "class"}
# So many sentences of a kind stand in the summary; the table below has all.
MOST = 5


@dataclass
class Line:
    """One figure of the chosen cohort, beside the cohort before it."""

    about: About
    url: str
    shown: tables.Shown
    change: intervals.Difference | None
    spark: str
    # Where the students of whom it is not known are listed; nowhere, of a network and in what is printed.
    unknown_url: str = ""
    # Of a dashboard that is read for one group, the share of all.
    of_all: intervals.Share | None = None

    @property
    def share(self) -> intervals.Share | None:
        return self.shown.whole.share

    @property
    def is_hidden(self) -> bool:
        return self.shown.whole.is_hidden

    @property
    def unknown(self) -> int:
        count = self.shown.whole.count
        return count.unknown if count else 0

    @property
    def gap(self) -> intervals.Difference | None:
        return self.shown.gap

    @property
    def has_clear_gap(self) -> bool:
        return self.gap is not None and self.gap.is_clear

    @property
    def is_behind(self) -> bool:
        """Whether it is the disadvantaged students who fare worse, clearly."""
        return self.has_clear_gap and (self.gap.value > 0) is not self.about.less_is_better

    @property
    def is_worse(self) -> bool:
        return self._has_moved and (self.change.value < 0) is not self.about.less_is_better

    @property
    def is_better(self) -> bool:
        return self._has_moved and not self.is_worse

    @property
    def _has_moved(self) -> bool:
        return self.change is not None and self.change.is_clear

    # In words ----------------------------------------------------------------------------------------------------

    @cached_property
    def cells(self) -> dict:
        count, share, gap = self.shown.whole.count, self.share, self.gap
        return {
            "share": share and words.percent(share.value),
            "reach": share and words.reach(share),
            "n": count and count.n,
            "amount": tables.amount_in_words(self.about, self.shown.whole),
            "change": self.change and words.points(self.change.value),
            "gap": gap and words.points(gap.value),
            "gap_reach": gap and words.points_reach(gap),
            "of_all": self.of_all and words.percent(self.of_all.value),
            "of_all_reach": self.of_all and words.reach(self.of_all),
        }

    @property
    def link(self):
        return format_html('<a href="{}">{}</a>', self.url, self.about.name) if self.url else self.about.name

    @property
    def gap_in_words(self):
        one, other = self.shown.disadvantaged.share, self.shown.peers.share
        return format_html(
            _("{figure}: {one} of disadvantaged students, {other} of peers; {gap} points ({reach})."),
            figure=self.link, one=words.percent(one.value), other=words.percent(other.value),
            gap=words.points(self.gap.value), reach=words.points_reach(self.gap),
        )  # fmt: skip

    @property
    def change_in_words(self):
        return format_html(
            _("{figure}: {share}, {change} points since the one before ({reach})."),
            figure=self.link, share=words.percent(self.share.value), change=words.points(self.change.value),
            reach=words.points_reach(self.change),
        )  # fmt: skip

    @property
    def unknown_in_words(self):
        said = ngettext("{n} of {of} is not known: {figure}.", "{n} of {of} are not known: {figure}.", self.unknown)
        return said.format(n=self.unknown, of=self.shown.whole.count.n, figure=self.about.name)


@dataclass
class Part:
    """All figures of a stage for one cohort, by topic."""

    stage: Stage
    cohort: str
    cohort_name: str
    cohorts: dict[str, str]
    lines: list[Line]
    # Whether any of them has the cut of the group for which they are read.
    is_split: bool = True

    @property
    def chosen_by(self) -> str:
        return CHOSEN_BY[self.stage]

    @property
    def is_hidden(self) -> bool:
        """Whether all of it is hidden."""
        return bool(self.lines) and all(line.is_hidden for line in self.lines)

    @property
    def topics(self) -> list[tuple[str, list[Line]]]:
        return [(topic, list(lines)) for topic, lines in groupby(self.lines, lambda line: line.about.topic)]


def nowhere(figure: str, cohort: str) -> str:
    """In what is printed, nothing leads anywhere."""
    return ""


class Board:
    """`chosen` is the cohort of each stage; `url_of` gives the address of a figure's page for a cohort, `unknown_at`
    that of the list of those of whom it is not known.

    With a `group` it is read for that group, from `sheets` that are whole: each line is the group's with its own
    movement, and stands beside all instead of having a gap.
    """

    def __init__(
        self,
        sheets: Sheets,
        chosen: dict[str, str],
        url_of: Callable[[str, str], str] = nowhere,
        unknown_at: Callable[[str, str], str] = nowhere,
        group: Group | None = None,
    ):
        self._sheets, self._url_of, self._unknown_at, self.group = sheets, url_of, unknown_at, group
        self.parts = [self._part(stage, chosen[stage]) for stage in Stage if chosen.get(stage)]

    def _part(self, stage, cohort) -> Part:
        known = self._sheets.cohorts(stage)
        found = [
            self._line(about, rows, cohort, list(known))
            for key, rows in self._sheets.by_figure.items()
            if (about := self._sheets.about[key]).stage == stage and self._kept(rows, cohort)
        ]
        return Part(stage, cohort, known.get(cohort, ""), known, found, self._is_split(stage, cohort))

    def _is_split(self, stage, cohort) -> bool:
        rows = (row for row in self._sheets.rows if self._sheets.about[row.figure].stage == stage)
        return self.group is None or any(row.cohort == cohort and self.group.cut in row.kept["cuts"] for row in rows)

    def _kept(self, rows, cohort) -> dict | None:
        kept = rows[cohort].kept if cohort in rows else None
        if kept is None or self.group is None:
            return kept and tables.head(kept)
        return tables.of_group(kept, self.group.cut, self.group.key)

    def _line(self, about, rows, cohort, order) -> Line:
        shown = tables.shown(self._kept(rows, cohort), {})
        values = [_value(self._kept(rows, key)) for key in reversed(order)]
        before = next(iter(order[order.index(cohort) + 1 :]), None)
        # The latest term may still be going on, and a class never stops finding its way.
        has_only_begun = about.counts_up and (about.stage == Stage.AFTER or cohort == order[0])
        change = None
        if not has_only_begun and (was := self._kept(rows, before)) and was["whole"]:
            change = intervals.difference(shown.whole.share, tables.share_of(Count(*was["whole"])))
        known = [f"{value:.0%}" for value in values if value is not None]
        said = _("from %(first)s to %(last)s") % {"first": known[0], "last": known[-1]} if known else ""
        spark = charts.spark(values, title=said)
        of_all = None
        if self.group and (all_of_it := rows[cohort].kept["whole"]):
            of_all = tables.share_of(Count(*all_of_it))
        url, unknown_url = self._url_of(about.key, cohort), self._unknown_at(about.key, cohort)
        return Line(about, url, shown, change, spark, unknown_url, of_all)

    @cached_property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]

    @property
    def behind(self) -> list[Line]:
        return sorted((line for line in self.lines if line.is_behind), key=lambda line: -abs(line.gap.value))

    @property
    def ahead(self) -> list[Line]:
        return [line for line in self.lines if line.has_clear_gap and not line.is_behind]

    @property
    def worse(self) -> list[Line]:
        return sorted((line for line in self.lines if line.is_worse), key=lambda line: -abs(line.change.value))

    @property
    def better(self) -> list[Line]:
        return sorted((line for line in self.lines if line.is_better), key=lambda line: -abs(line.change.value))

    @property
    def unknown(self) -> list[Line]:
        """Where it is not known of more than a twentieth."""
        found = [line for line in self.lines if line.unknown and line.unknown * 20 > line.shown.whole.count.n]
        return sorted(found, key=lambda line: -line.unknown / line.shown.whole.count.n)

    @property
    def not_compared(self) -> int:
        """In how many figures the gap is hidden; of one whose students' background is not held, there is none."""
        found = (line.shown for line in self.lines if Cut.DISADVANTAGED in line.shown.cuts)
        return sum(shown.gap is None and not shown.lacks_answers for shown in found)

    @property
    def by_chance(self) -> int:
        """How many gaps of those that are shown would look clear by chance, were there none at all."""
        return round(sum(line.gap is not None for line in self.lines) / 20)

    @cached_property
    def summary(self) -> "Summary":
        return Summary.of(self)


@dataclass(frozen=True)
class Summary:
    """What stands out, in sentences; the rest of each kind is a number."""

    verdict: str
    not_compared: int
    behind: list
    worse: list
    better: list
    unknown: list[Line]
    by_chance: int

    @classmethod
    def of(cls, board: Board) -> "Summary":
        return cls(
            _verdict(board),
            board.not_compared,
            [line.gap_in_words for line in board.behind[:MOST]],
            [line.change_in_words for line in board.worse[:MOST]],
            [line.change_in_words for line in board.better[:MOST]],
            board.unknown[:MOST],
            board.by_chance,
        )


def _verdict(board: Board) -> str:
    compared = sum(line.gap is not None for line in board.lines)
    behind, worse = len(board.behind), len(board.worse)
    found = []
    if board.group:
        found.append(_("This is one group; beside it stands everybody."))
    elif compared == 0:
        found.append(_("No figure can be compared yet: too few students, or their background is not recorded."))
    elif behind == 0:
        found.append(_("No figure shows a clear gap between disadvantaged students and their peers."))
    else:
        said = ngettext(
            "In %(n)s of %(of)s figures disadvantaged students are clearly behind their peers.",
            "In %(n)s of %(of)s figures disadvantaged students are clearly behind their peers.",
            behind,
        )
        found.append(said % {"n": behind, "of": compared})
    if not any(line.share for line in board.lines):
        return " ".join(found)
    if worse:
        said = ngettext("%(n)s figure is clearly worse than before.", "%(n)s figures are clearly worse than before.",
                        worse)  # fmt: skip
        found.append(said % {"n": worse})
    else:
        found.append(_("None is clearly worse than before."))
    return " ".join(found)


def _value(kept: dict | None) -> float | None:
    one = kept and kept["whole"]
    return one[0] / one[1] if one and one[1] > one[2] else None

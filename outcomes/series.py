"""One figure over its cohorts, as a chart and as a table."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from common import charts
from outcomes import intervals, tables, words
from outcomes.sheets import About, Row, Sheets, short_name


@dataclass(frozen=True)
class Stop:
    """One cohort of the series."""

    row: Row
    shown: tables.Shown

    @property
    def label(self) -> str:
        return short_name(self.row.cohort, self.row.name)


@dataclass
class Series:
    """The oldest cohort first."""

    about: About
    stops: list[Stop]

    @classmethod
    def of(cls, sheets: Sheets, key: str) -> "Series":
        rows = [row for _cohort, row in sorted(sheets.by_figure[key].items())]
        stops = [Stop(row, sheets.shown(row._replace(kept=tables.head(row.kept)))) for row in rows]
        return cls(sheets.about[key], stops)

    @property
    def shares(self) -> str:
        """Its chart; the table beside it has the same numbers."""
        found = [(stop, stop.shown.whole.share) for stop in self.stops]
        said = "; ".join(f"{stop.row.name}: {_share_in_words(share)}" for stop, share in found)
        points = [_point(stop.label, share) for stop, share in found]
        return charts.shares(points, title=_("%(figure)s, by cohort") % {"figure": self.about.name}, words=said)

    @property
    def gaps(self) -> str:
        found = [(stop, stop.shown.gap) for stop in self.stops]
        said = "; ".join(f"{stop.row.name}: {_gap_in_words(gap)}" for stop, gap in found)
        points = [_point(stop.label, gap) for stop, gap in found]
        title = _("Gap in %(figure)s, by cohort") % {"figure": self.about.name}
        return charts.differences(points, title=title, words=said)

    @property
    def has_shares(self) -> bool:
        return any(stop.shown.whole.share for stop in self.stops)

    @property
    def has_gaps(self) -> bool:
        return any(stop.shown.gap for stop in self.stops)

    @cached_property
    def lines(self) -> list[dict]:
        """For the table, the latest first."""
        return [_line(stop.row, stop.shown) for stop in reversed(self.stops)]


def _point(label, found: intervals.Share | intervals.Difference | None) -> charts.Point:
    return charts.Point(label, found.value, found.low, found.high) if found else charts.Point(label, None)


def _share_in_words(share) -> str:
    if share is None:
        return _("not shown")
    return _("%(share)s, interval %(reach)s") % {"share": words.percent(share.value), "reach": words.reach(share)}


def _gap_in_words(gap) -> str:
    if gap is None:
        return _("not shown")
    return _("%(gap)s points, interval %(reach)s") % {"gap": words.points(gap.value), "reach": words.points_reach(gap)}


def _line(row: Row, shown: tables.Shown) -> dict:
    sides = shown.disadvantaged, shown.peers
    return {
        "cohort": row.cohort, "name": row.name, "published_on": row.published_on,
        **cell_in_words(shown.whole),
        "sides": [side.share and words.percent(side.share.value) if side else None for side in sides],
        "gap": shown.gap and words.points(shown.gap.value), "gap_reach": shown.gap and words.points_reach(shown.gap),
        "is_clear": shown.gap is not None and shown.gap.is_clear,
    }  # fmt: skip


def cell_in_words(cell: tables.Cell) -> dict:
    share = cell.share
    return {
        "group": cell.name, "is_hidden": cell.is_hidden, "n": cell.count and cell.count.n,
        "x": cell.count and cell.count.x, "no": cell.no, "unknown": cell.count and cell.count.unknown,
        "share": share and words.percent(share.value), "reach": share and words.reach(share),
    }  # fmt: skip


def bars(cells: list[tables.Cell]) -> list[dict]:
    """The groups of a cut, each with its bar. All look alike: they are not ranked."""
    found = []
    for cell in cells:
        line, share = cell_in_words(cell), cell.share
        if share:
            said = f"{cell.name}: {_share_in_words(share)}"
            line["bar"] = charts.bar(share.value, share.low, share.high, title=said)
        found.append(line)
    return found


def if_known(cell: tables.Cell) -> dict | None:
    """How far the share could move, were everything known: none of those not known counts, or all of them."""
    if not cell.count or not cell.count.unknown or not cell.count.n:
        return None
    count = cell.count
    return {"low": words.percent(count.x / count.n), "high": words.percent((count.x + count.unknown) / count.n)}

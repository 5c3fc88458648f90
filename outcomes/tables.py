"""A table as it is kept (JSON), and as a page reads it. Whatever shows a figure goes through here."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from outcomes import cuts, intervals
from outcomes.cuts import Cut
from outcomes.figure import As, Figure, Said
from outcomes.suppression import Count, Published, Table, hidden_in


def count(said: dict[int, Said], groups: dict[str, dict[int, str]]) -> Table:
    """The table of what a figure says of each student, split by each cut."""
    return Table(
        _sum(said.values()),
        {
            cut: {
                name: _sum(one for pk, one in said.items() if of[pk] == name)
                for name in sorted({of[pk] for pk in said})
            }
            for cut, of in groups.items()
        },
    )


def _sum(said: Iterable[Said]) -> Count:
    x = n = unknown = 0
    part = of = 0.0
    for one in said:
        n += 1
        x += one.counts is True
        unknown += one.counts is None
        part, of = part + one.part, of + one.of
    return Count(x, n, unknown, round(part, 4), round(of, 4))


def add(tables: Iterable[tuple[str, Table]], over: Iterable[str]) -> Table:
    """One table of several schools' (by key): summed over the cuts of `over`, and with the schools as a cut."""
    found = dict(tables)
    wholes = {key: table.whole for key, table in found.items()}
    whole = _add(wholes.values())
    summed = {}
    for cut in over:
        names = dict.fromkeys(name for table in found.values() for name in table.cuts.get(cut, {}))
        # A school that holds nothing of it is among those of whom it is not recorded.
        parts = [table.cuts.get(cut) or {cuts.NOT_HELD: table.whole} for table in found.values()]
        if names:
            names = dict.fromkeys([*names, *(name for part in parts for name in part)])
            summed[cut] = {name: _add(part[name] for part in parts if name in part) for name in sorted(names)}
    return Table(whole, summed | {Cut.SCHOOL: wholes})


def beside_hidden(table: Table, within: Published | None) -> Table:
    """The table with a group of nobody for each that `within` hides and that has none of its people: were it missing,
    that would tell that of those hidden there nobody counts."""
    above = within.cuts if within else {}
    return Table(
        table.whole,
        {cut: _nobody(hidden_in(above.get(cut, {})) - {cuts.OTHERS}) | groups for cut, groups in table.cuts.items()},
    )


def _nobody(names: Iterable[str]) -> dict[str, Count]:
    return dict.fromkeys(sorted(names), Count(0, 0))


def few_not_recorded(table: Table, threshold: int, within: Published | None = None) -> set[str]:
    """The cuts in which only those of whom it is not recorded are too few to be shown: by themselves they would take
    the peers with them, and there would be no gap. `within` as in suppression: what is put together there is here.
    """
    found = {cut for cut, groups in (within.cuts if within else {}).items() if cuts.OTHERS in groups}
    for cut, reference in cuts.REFERENCE.items():
        groups = table.cuts.get(cut, {})
        few = groups.get(cuts.NOT_HELD, Count(0, 0))
        others = [one for name, one in groups.items() if name != cuts.NOT_HELD]
        if 0 < few.n < threshold and reference in groups and all(one.n >= threshold for one in others):
            found.add(cut)
    return found


def all_others(table: Table, together: set[str]) -> Table:
    """The table with those of whom it is not recorded counted among the peers in these cuts, as the field does ("all
    other pupils"), and the group named so."""
    return Table(
        table.whole,
        {cut: _others(cut, groups) if cut in together else groups for cut, groups in table.cuts.items()},
    )


def _others(cut: str, groups: dict[str, Count]) -> dict[str, Count]:
    if cuts.OTHERS in groups:
        return groups
    parts = (cuts.REFERENCE[cut], cuts.NOT_HELD)
    left = {name: one for name, one in groups.items() if name not in parts}
    return left | {cuts.OTHERS: _add(groups[name] for name in parts if name in groups)}


def _add(counts: Iterable[Count]) -> Count:
    found = [(one.x, one.n, one.unknown, one.part, one.of) for one in counts]
    return Count(*(sum(parts) for parts in zip(*found, strict=True))) if found else Count(0, 0)


# As it is kept ---------------------------------------------------------------------------------------------------


def to_json(table: Table | Published) -> dict:
    return {
        "whole": _cell(table.whole),
        "cuts": {cut: {name: _cell(one) for name, one in groups.items()} for cut, groups in table.cuts.items()},
    }


def head(kept: dict) -> dict:
    """Of a table as it is kept, the whole and the two sides of the gap."""
    sides = kept["cuts"].get(Cut.DISADVANTAGED)
    return {"whole": kept["whole"], "cuts": {} if sides is None else {Cut.DISADVANTAGED: sides}}


def of_group(kept: dict, cut: str, key: str) -> dict | None:
    """Of a table as it is kept, one group as if it were the whole; None where nobody of it is in the table. The peers
    are the same group whether the few not recorded are with them or not, which each table decides for itself."""
    groups = kept["cuts"].get(cut, {})
    key = cuts.OTHERS if key == cuts.REFERENCE.get(cut) and cuts.OTHERS in groups else key
    return {"whole": groups[key], "cuts": {}} if key in groups else None


def table_of(kept: dict) -> Table:
    return Table(Count(*kept["whole"]), {cut: _counts(groups) for cut, groups in kept["cuts"].items()})


def published_of(kept: dict) -> Published:
    whole = kept["whole"] and Count(*kept["whole"])
    return Published(whole, {cut: _counts(groups) for cut, groups in kept["cuts"].items()})


def _counts(groups):
    return {name: one and Count(*one) for name, one in groups.items()}


def _cell(one: Count | None):
    return one and [one.x, one.n, one.unknown, one.part, one.of]


# As a page reads it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One group as it is shown. `count` is None where the group is too small to be shown."""

    key: str
    name: str
    count: Count | None
    share: intervals.Share | None

    @property
    def is_hidden(self) -> bool:
        return self.count is None

    @property
    def amount(self) -> float | None:
        """What the figure measures besides, of those of whom it is known."""
        return self.count.part / self.count.of if self.count and self.count.of else None

    @property
    def is_unknown(self) -> bool:
        """Whether it is shown, and nothing is known of anybody in it."""
        return self.count is not None and 0 < self.count.n == self.count.unknown

    @property
    def no(self) -> int | None:
        return self.count and self.count.n - self.count.x - self.count.unknown


@dataclass
class Shown:
    """A figure of one cohort as a page shows it: the whole, the cuts, and the gap between peers and disadvantaged
    students in shares of 1 (None where a side is hidden, of nobody, or one of whom nothing is known)."""

    whole: Cell
    cuts: dict[str, list[Cell]] = field(default_factory=dict)
    gap: intervals.Difference | None = None

    def cell(self, cut: str, key: str) -> Cell | None:
        return next((one for one in self.cuts.get(cut, ()) if one.key == key), None)

    @property
    def lacks_answers(self) -> bool:
        """Whether there is no gap because nothing is known of anybody on a side, and not because one is hidden."""
        sides = [side for side in (self.disadvantaged, self.peers) if side]
        return any(side.is_unknown for side in sides) and not any(side.is_hidden for side in sides)

    @property
    def disadvantaged(self) -> Cell | None:
        return self.cell(Cut.DISADVANTAGED, cuts.YES)

    @property
    def peers(self) -> Cell | None:
        return self.cell(Cut.DISADVANTAGED, cuts.NO) or self.cell(Cut.DISADVANTAGED, cuts.OTHERS)


def shown(kept: dict, names: dict[str, dict[str, str]]) -> Shown:
    """`kept` as `counts`, `published`, `inner` or `head` have it; `names` are those of groups by cut, where
    they are not those of now. Groups stand in the order of their cut, those that are data by their name."""
    found = Shown(_shown("", "", kept["whole"]))
    for cut, groups in kept["cuts"].items():
        found.cuts[cut] = [_shown(key, name, groups[key]) for key, name in in_order(cut, groups, names.get(cut, {}))]
    peers, others = found.peers, found.disadvantaged
    if peers and others:
        found.gap = intervals.difference(peers.share, others.share)
    return found


def in_order(cut: str, keys: Iterable[str], names: dict[str, str]) -> list[tuple[str, str]]:
    """The groups of a cut with their names, as a page lists them; those not recorded come last. `names` are those of
    groups that are data, and those that groups had when they were frozen."""
    known = cuts.GROUPS.get(cut, {})
    found = [(key, names.get(key) or str(known.get(key, key))) for key in keys if key != cuts.NOT_HELD]
    if cut in cuts.GROUPS:
        order = list(cuts.GROUPS[cut])
        found.sort(key=lambda one: order.index(one[0]))
    else:
        found.sort(key=lambda one: (len(one[1]) if one[1].isdigit() else 0, one[1]))
    if cuts.NOT_HELD in keys:
        not_held = cuts.GROUPS[Cut.DISADVANTAGED][cuts.NOT_HELD]
        found.append((cuts.NOT_HELD, names.get(cuts.NOT_HELD) or str(not_held)))
    return found


def _shown(key, name, one) -> Cell:
    counted = one and Count(*one)
    return Cell(key, name, counted, counted and share_of(counted))


def share_of(count: Count) -> intervals.Share | None:
    """None where nothing is known of anybody: that would be a share of zero that nobody has counted."""
    return intervals.share(count.x, count.n) if count.unknown < count.n else None


def amount_in_words(figure: Figure, cell: Cell) -> str:
    if figure.amount is None or cell.amount is None:
        return ""
    if figure.amount.read_as == As.SHARE:
        return f"{cell.amount:.0%}"
    return f"{cell.amount:.1f}"

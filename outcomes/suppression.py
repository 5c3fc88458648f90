"""What of a table may be published, so that no small group can be read from it or worked out.

A table is one figure of one cohort: so many (x) of so many (n), for the whole cohort and for a fixed list of cuts. Each
cut divides the whole cohort into groups, so that whoever knows the whole and all groups but one knows the last one too.

1. A group of fewer than `threshold` people is hidden; if the whole cohort is, everything is.
2. In a cut with hidden groups, further ones are hidden, the smallest first, until at least two are, until they have
   `threshold` people together, and until what can be worked out of them together is neither "none of them" nor "all"
   (unless the whole says so of everybody).
3. Where that leaves nothing to show, the cut is hidden whole.
4. A figure whose people are those whom another figure counts (of those who work, whose job came through an internship)
   hides every group that the other hides: how many they are would tell what is hidden there.
5. A network's group is hidden where the schools that hide theirs hide too little together: it would be the sum less
   what the other schools show.
6. Figures of the same people that tell of each other (who works, of whom it is not known) hide the same groups: the one
   would tell of the other that nobody counts, or everybody.

A table is suppressed once. Pages, exports and frozen reports read what comes out of here and nothing else: two
publications of one table with different groups hidden would give away what each of them hides.
"""

from collections.abc import Iterable
from dataclasses import dataclass

THRESHOLD = 10


@dataclass(frozen=True)
class Count:
    """`x` of `n` people; of `unknown` others among them it is not known whether they count."""

    x: int
    n: int
    unknown: int = 0
    # What the figure measures besides, summed over the people of whom it is known: hours reached, of hours wanted.
    part: float = 0
    of: float = 0

    def __post_init__(self):
        if not 0 <= self.x <= self.n - self.unknown or self.unknown < 0:
            raise ValueError(f"{self.x} of {self.n} with {self.unknown} not known is no count.")


@dataclass(frozen=True)
class Table:
    """A figure of a cohort: `cuts` by name, each with its groups by name. Raises ValueError where a cut's groups do not
    add up to the whole."""

    whole: Count
    cuts: dict[str, dict[str, Count]]

    def __post_init__(self):
        for name, groups in self.cuts.items():
            found = [sum(getattr(one, part) for one in groups.values()) for part in ("x", "n", "unknown")]
            if found != [self.whole.x, self.whole.n, self.whole.unknown]:
                raise ValueError(f"The groups of {name} do not add up to the whole.")


@dataclass(frozen=True)
class Published:
    """The same with None where a group is hidden; a group of nobody is shown as what it is."""

    whole: Count | None
    cuts: dict[str, dict[str, Count | None]]

    @property
    def hidden(self) -> int:
        return sum(one is None for groups in self.cuts.values() for one in groups.values())


def publish(
    table: Table,
    threshold: int = THRESHOLD,
    within: Published | None = None,
    apart: dict[str, set[str]] | None = None,
) -> Published:
    """What may be shown of a table, wherever it is shown; `within` is what was published of the figure whose counted
    people are this one's people, and `apart` names by cut the groups that are hidden whatever their size (rule 5)."""
    if table.whole.n < threshold or (within is not None and within.whole is None):
        return Published(None, {name: dict.fromkeys(groups) for name, groups in table.cuts.items()})
    above = within.cuts if within is not None else {}
    cuts = {
        name: _cut(groups, threshold, hidden_in(above.get(name, {})) | (apart or {}).get(name, set()))
        for name, groups in table.cuts.items()
    }
    return Published(table.whole, cuts)


def hidden_in(groups: dict[str, Count | None]) -> set[str]:
    return {name for name, one in groups.items() if one is None}


def _cut(groups: dict[str, Count], threshold: int, above: set[str]) -> dict[str, Count | None]:
    hidden = {name: one for name, one in groups.items() if 0 < one.n < threshold or name in above}
    shown = {name: one for name, one in groups.items() if name not in hidden}
    # Where all of the cohort count, or none, the whole tells it of each, and no group keeps it.
    whole = sum(one.x for one in groups.values()), sum(one.n for one in groups.values())
    is_told = whole[0] in (0, whole[1])
    while hidden and shown and not hold_together(hidden.values(), threshold, is_told):
        # A group of nobody hides nothing, so it goes along last.
        smallest = min(shown, key=lambda name: (shown[name].n == 0, shown[name].n, name))
        hidden[smallest] = shown.pop(smallest)
    if hidden and not any(one.n for one in shown.values()):
        return dict.fromkeys(groups)
    return {name: None if name in hidden else one for name, one in groups.items()}


def hold_together(hidden: Iterable[Count], threshold: int, is_told: bool = False) -> bool:
    """Whether nothing can be worked out of these from what is shown beside them: that all of them count, or none, or
    that of none of them it is known. `is_told`: of everybody it is known anyway."""
    found = [one for one in hidden if one.n]
    n, x = sum(one.n for one in found), sum(one.x for one in found)
    is_kept = is_told or (0 < x < n and sum(one.unknown for one in found) < n)
    return len(found) > 1 and n >= threshold and is_kept

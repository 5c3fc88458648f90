"""All ratings of an exhibition side by side, the large differences first. A constant number of queries."""

import datetime
from dataclasses import dataclass, field
from fractions import Fraction

from exhibitions.models import Agreed, Exhibition, Rating, Remark, Seat
from exhibitions.seats import holding
from schools.models import Criterion, Level


@dataclass(frozen=True)
class Cell:
    """What one seat says of a criterion; `rating` is None where they have said nothing."""

    seat: Seat
    rating: Rating | None


@dataclass
class Line:
    """A criterion with what each of the panel says of it, the student's own rating beside, and the agreed one."""

    criterion: Criterion
    cells: list[Cell]
    own: Rating | None = None
    agreed: Agreed | None = None
    ranks: list[int] = field(default_factory=list)

    @property
    def spread(self) -> int:
        """Levels between the lowest and the highest of the panel; 0 where fewer than two gave a level."""
        return max(self.ranks) - min(self.ranks) if self.ranks else 0

    @property
    def mean(self) -> float | None:
        """The mean rank of the panel's levels: neither the student's own nor "not enough evidence" is in it."""
        return float(Fraction(sum(self.ranks), len(self.ranks))) if self.ranks else None

    @property
    def without_evidence(self) -> int:
        return sum(cell.rating is not None and cell.rating.not_enough for cell in self.cells)


@dataclass(frozen=True)
class Together:
    """`seats` are those of the panel who have handed in; `waiting` those who have not; `remarks` by kind."""

    lines: list[Line]
    seats: list[Seat]
    waiting: list[Seat]
    own: Seat | None
    levels: list[Level]
    remarks: dict[str, list[Remark]]

    @property
    def is_agreed(self) -> bool:
        return bool(self.lines) and all(line.agreed for line in self.lines)


def together(
    exhibition: Exhibition, *, as_of: datetime.datetime | None = None, on: datetime.date | None = None
) -> Together:
    """As it stands, or as it stood at a moment; largest differences first, then as the rubric has them.

    Only what was handed in is in it. With a day, `waiting` are those whose seats open on it; without one, nobody. Seven
    queries, whatever the panel's size.
    """
    seats = list(exhibition.seats.select_related("user").order_by("id"))
    done = {one.pk: one for one in seats if _handed_in(one, as_of)}
    for one in seats:
        one.exhibition = exhibition
    ratings: dict[tuple[int, int], Rating] = {}
    for row in Rating.objects.as_of(as_of).filter(seat__in=done).select_related("level"):
        ratings[row.criterion_id, row.seat_id] = row
    own = next((one for one in seats if one.is_student and one.left_at is None), None)
    panel = [one for one in done.values() if not one.is_student]
    agreed_rows = Agreed.objects.as_of(as_of).filter(exhibition=exhibition).select_related("level", "by")
    agreed = {row.criterion_id: row for row in agreed_rows.prefetch_related("consents__seat__user")}
    rubric = exhibition.window.rubric_id
    lines = []
    for criterion in Criterion.objects.filter(rubric=rubric).select_related("goal"):
        cells = [Cell(seat, ratings.get((criterion.pk, seat.pk))) for seat in panel]
        ranks = [cell.rating.level.rank for cell in cells if cell.rating and cell.rating.level]
        mine = ratings.get((criterion.pk, own.pk)) if own else None
        lines.append(Line(criterion, cells, mine, agreed.get(criterion.pk), ranks))
    lines.sort(key=lambda line: -line.spread)
    remarks: dict[str, list[Remark]] = {kind: [] for kind in Remark.Kind.values}
    for row in Remark.objects.as_of(as_of).filter(seat__in=done).exclude(words="").order_by("seat_id"):
        row.seat = done[row.seat_id]
        remarks[row.kind].append(row)
    open_ones = set(holding(on).filter(exhibition=exhibition).values_list("pk", flat=True)) if on else ()
    return Together(
        lines, panel, [one for one in seats if one.pk in open_ones and one.pk not in done and not one.is_student],
        own, list(Level.objects.filter(rubric=rubric)), remarks,
    )  # fmt: skip


def _handed_in(seat, as_of) -> bool:
    return seat.handed_in_at is not None and (as_of is None or seat.handed_in_at <= as_of)

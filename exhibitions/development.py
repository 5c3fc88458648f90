"""How a student's learning goals developed: what panels agreed, exhibition by exhibition, with what was shown for it.

A student stands beside nobody here, and nothing is added up or averaged. A constant number of queries.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, OuterRef, Q, Subquery

from exhibitions.models import Agreed, Evidence, Exhibition, Narrative, Shown
from schools.models import Criterion, Level

# So many exhibitions stand side by side on paper.
ON_PAPER = 4
# The picture of a level, in its own units.
HIGH, BAR, GAP = 24, 8, 3


@dataclass(frozen=True)
class Step:
    """What a panel agreed of one criterion at one exhibition; without a level, there was not enough evidence.

    `of` is how many levels the rubric had then.
    """

    level: Level | None
    of: int
    evidence: list[Evidence]

    @property
    def bars(self) -> list[dict]:
        """A stair with a step for each level, filled up to this one."""
        heights = [round(HIGH * rank / self.of) for rank in range(1, self.of + 1)]
        return [
            {"x": 1 + at * (BAR + GAP), "y": HIGH + 1 - height, "high": height, "is_reached": at < self.level.rank}
            for at, height in enumerate(heights)
        ]

    @property
    def width(self) -> int:
        return self.of * (BAR + GAP) - GAP + 2


@dataclass(frozen=True)
class Cell:
    """`step` is None where the criterion was not judged at the exhibition."""

    exhibition: Exhibition
    step: Step | None


@dataclass(frozen=True)
class Line:
    """A criterion, as the newest rubric that has it words it, through the exhibitions."""

    criterion: Criterion
    cells: list[Cell]


@dataclass(frozen=True)
class Development:
    """`exhibitions` in order of time. `says_of` is true where rubrics differ in how many levels they have: then a
    level's name alone does not say how far it is."""

    exhibitions: list[Exhibition] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    says_of: bool = False

    def at(self, exhibition_id: int) -> list[tuple[Criterion, Step]]:
        """What was agreed at one exhibition."""
        cells = [(line.criterion, cell) for line in self.lines for cell in line.cells]
        return [(one, cell.step) for one, cell in cells if cell.step and cell.exhibition.pk == exhibition_id]

    def parts(self) -> list["Development"]:
        """The same in pieces that are as wide as paper."""
        found = []
        for start in range(0, len(self.exhibitions), ON_PAPER):
            cut = slice(start, start + ON_PAPER)
            lines = [Line(line.criterion, line.cells[cut]) for line in self.lines]
            lines = [line for line in lines if any(cell.step for cell in line.cells)]
            found.append(Development(self.exhibitions[cut], lines, self.says_of))
        return found

    @property
    def evidence(self) -> list[Evidence]:
        steps = (cell.step for line in self.lines for cell in line.cells if cell.step)
        return [one for step in steps for one in step.evidence]


def development(student, seen, *, released=False) -> Development:
    """`seen` is the student's evidence as far as the reader may see it. Five queries, however many exhibitions.

    `released`: only what the family was told, as it stood when the newest narrative of each exhibition was released.
    """
    rows = Agreed.objects.filter(exhibition__student=student)
    rows = _as_released(rows) if released else rows.standing()
    rows = rows.select_related("level", "criterion", "exhibition__window__term")
    # Criteria are told apart by their key: the one that a rubric of years ago had is the same.
    agreed = {(row.exhibition_id, row.criterion.key): row for row in rows}
    exhibitions = {row.exhibition_id: row.exhibition for row in agreed.values()}
    in_time = sorted(exhibitions.values(), key=lambda one: (one.window.starts_on, one.pk))
    levels = _numbers_of_levels({one.window.rubric_id for one in in_time})
    shown = _shown_for(in_time, seen)
    lines = []
    for criterion in _criteria(in_time, agreed):
        cells = [
            Cell(one, _step(agreed.get((one.pk, criterion.key)), levels[one.window.rubric_id], shown))
            for one in in_time
        ]
        lines.append(Line(criterion, cells))
    return Development(in_time, lines, says_of=len(set(levels.values())) > 1)


def _as_released(rows):
    out = Narrative.objects.filter(exhibition=OuterRef("exhibition"), released_at__isnull=False).order_by("-number")
    rows = rows.annotate(out_at=Subquery(out.values("released_at")[:1])).filter(received_at__lte=F("out_at"))
    return rows.filter(Q(replaced_at__isnull=True) | Q(replaced_at__gt=F("out_at")))


def _numbers_of_levels(rubrics) -> dict[int, int]:
    rows = Level.objects.filter(rubric__in=rubrics).order_by("rubric").values_list("rubric")
    return dict(rows.annotate(number=Count("pk")))


def _shown_for(exhibitions, seen) -> dict[tuple[int, int], list[Evidence]]:
    """What was shown at an exhibition for a goal, in its order, by the ids of both."""
    order = Shown.objects.filter(exhibition__in=exhibitions, evidence__in=seen).values_list("exhibition", "evidence")
    order = list(order.order_by("exhibition", "order", "pk"))
    by_id = seen.filter(pk__in={evidence for _exhibition, evidence in order}).prefetch_related("goals")
    evidence = {one.pk: one for one in by_id}
    found = defaultdict(list)
    for exhibition, pk in order:
        for goal in evidence[pk].goals.all() if pk in evidence else ():
            found[exhibition, goal.pk].append(evidence[pk])
    return found


def _criteria(in_time, agreed) -> list[Criterion]:
    """Each once, worded and ordered as the newest exhibition has it; what only older ones had comes last."""
    found: dict[str, Criterion] = {}
    for exhibition in reversed(in_time):
        here = [row.criterion for (pk, _key), row in agreed.items() if pk == exhibition.pk]
        for criterion in sorted(here, key=lambda one: (one.order, one.pk)):
            found.setdefault(criterion.key, criterion)
    return list(found.values())


def _step(row: Agreed | None, of: int, shown) -> Step | None:
    return row and Step(row.level, of, shown.get((row.exhibition_id, row.criterion.goal_id), []))

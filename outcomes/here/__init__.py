"""The figures of students while they are here, over one term. Each module has those of one topic."""

from outcomes.figure import Figure
from outcomes.here import exhibiting, on_site, planning, present
from outcomes.here.facts import Facts

__all__ = ["FIGURES", "Facts"]

FIGURES: list[Figure] = [*planning.FIGURES, *on_site.FIGURES, *exhibiting.FIGURES, *present.FIGURES]

"""The figures of those who left, by class: what became of them."""

from outcomes.after.facts import Facts
from outcomes.after.figures import FIGURES, not_known

__all__ = ["FIGURES", "Facts", "not_known"]

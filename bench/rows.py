"""What a bench says: rows of one measure each, printed as a table or as JSON."""

import json
import math
import statistics
from dataclasses import dataclass, field


@dataclass
class Row:
    """One measured value; `ratio` is the value over that of `against` in the same run.

    `low` and `high` are the spread over the rounds, of the ratio where there is one. `target` is what the ratio (or,
    without one, the value) is asked to keep, and `met` whether it does. `also` tells rows apart.
    """

    measure: str
    value: float | None
    unit: str
    ratio: float | None = None
    against: str | None = None
    low: float | None = None
    high: float | None = None
    also: dict = field(default_factory=dict)
    target: float | None = None
    met: bool | None = None

    def as_dict(self) -> dict:
        numbers = {"low": _short(self.low), "high": _short(self.high), "target": self.target, "met": self.met}
        return {
            "measure": self.measure,
            "value": _short(self.value),
            "unit": self.unit,
            "ratio": _short(self.ratio),
            "against": self.against,
            **{name: value for name, value in numbers.items() if value is not None},
            **self.also,
        }


def as_json(rows: list[Row]) -> str:
    return json.dumps([row.as_dict() for row in rows], indent=1, allow_nan=False)


def as_table(rows: list[Row]) -> str:
    """Columns for what tells rows apart, then the value, the ratio with its spread, and what was asked of it."""
    names = list(dict.fromkeys(name for row in rows for name in row.also))
    lines = [[*names, "measure", "value", "unit", "ratio", "low-high", "against", "target", "met"]]
    for row in rows:
        spread = "" if row.low is None else f"{_said(row.low)}-{_said(row.high)}"
        also = [_said(row.also.get(name)) for name in names]
        judged = [_said(row.target), _said(row.met)]
        lines.append(
            [*also, row.measure, _said(row.value), row.unit, _said(row.ratio), spread, row.against or "", *judged]
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def percentile(values: list[float], share: float) -> float | None:
    """The smallest value that `share` per cent of the values do not exceed; None of no values."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(len(values) * share / 100) - 1)]


def median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def _short(number):
    """Four digits that count: more would be noise."""
    if number is None or isinstance(number, int):
        return number
    return float(f"{number:.4g}") if math.isfinite(number) else None


def _said(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{_short(value):g}" if isinstance(value, float) and math.isfinite(value) else str(value)

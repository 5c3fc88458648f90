"""Charts as SVG, made here so that no page needs a script for them: they print, and a screen reader hears what they
say.

Every chart has a title and words of its own, and stands beside the table of its numbers. Colours are presentation
attributes, which a PDF reads and the style sheet (frontend/css/components/charts.css) replaces on the screen; a strict
policy against inline styles stops neither. Values are shares of 1, or None for what is not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

_INK, _SOFT, _LINE, _MARK = "#15272b", "#4a5b5e", "#b9b8ad", "#0c5c4f"
# Inside of the frame, in units of the drawing: 440 wide is what a phone shows without making the words too small.
_WIDE, _INSIDE, _LEFT, _RIGHT, _TOP, _A_LINE = 440, 156, 40, 10, 12, 14
_LONGEST = 11


@dataclass(frozen=True)
class Point:
    """One value of a chart, with its interval. `label` stands under it, in two lines where it has several words."""

    label: str
    value: float | None
    low: float = 0
    high: float = 0


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float

    def y(self, value: float) -> float:
        return round(_TOP + _INSIDE * (self.high - value) / (self.high - self.low), 1)


def shares(points: Sequence[Point], *, title: str, words: str) -> SafeString:
    """How a share has moved: dots with their intervals, from 0 to 100 %."""
    axis = _Axis(0, 1)
    ticks = [(value, f"{value:.0%}") for value in (0, 0.25, 0.5, 0.75, 1)]
    return _movement(points, axis, ticks, title, words)


def differences(points: Sequence[Point], *, title: str, words: str) -> SafeString:
    """How a difference of shares has moved, in percentage points around a strong line at none."""
    found = [abs(end) for point in points if point.value is not None for end in (point.low, point.high)]
    furthest = next(step for step in (0.1, 0.2, 0.4, 0.6, 1) if step >= max(found, default=0) or step == 1)
    values = (-furthest, -furthest / 2, 0, furthest / 2, furthest)
    ticks = [(value, f"{value * 100:+.0f}".replace("-", "−") if value else "0") for value in values]
    return _movement(points, _Axis(-furthest, furthest), ticks, title, words)


def _movement(points, axis, ticks, title, words) -> SafeString:
    step = (_WIDE - _LEFT - _RIGHT) / max(len(points), 1)
    places = [round(_LEFT + step * (number + 0.5), 1) for number in range(len(points))]
    parts = [_tick(value, text, axis) for value, text in ticks]
    parts += _joins(points, places, axis)
    parts += [_dot(point, x, axis) for point, x in zip(points, places, strict=True)]
    labels = [_lines(point.label, step) for point in points]
    parts += [_label(lines, x) for lines, x in zip(labels, places, strict=True)]
    high = _TOP + _INSIDE + 8 + _A_LINE * max(map(len, labels), default=1) + 4
    return _svg("chart", _WIDE, high, title, words, parts)


def _tick(value, text, axis) -> str:
    y, kind = axis.y(value), "chart__zero" if value == 0 else "chart__grid"
    colour = _SOFT if value == 0 else _LINE
    return (
        f'<line class="{kind}" x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y}" y2="{y}" stroke="{colour}"'
        f' stroke-width="{1.2 if value == 0 else 0.6}"/>{_text(text, _LEFT - 6, y + 4, "end")}'
    )


def _joins(points, places, axis) -> list[str]:
    """Lines between neighbours that are both shown."""
    known = [(x, point.value) for x, point in zip(places, points, strict=True)]
    pairs = [pair for pair in pairwise(known) if pair[0][1] is not None and pair[1][1] is not None]
    return [
        f'<line class="chart__join" x1="{x}" y1="{axis.y(value)}" x2="{to}" y2="{axis.y(next_value)}" stroke="{_MARK}"'
        f' stroke-width="1.2" stroke-opacity="0.5"/>'
        for (x, value), (to, next_value) in pairs
    ]


def _dot(point, x, axis) -> str:
    if point.value is None:
        return _text("–", x, axis.y((axis.low + axis.high) / 2) - 6, "middle")
    low, high = axis.y(max(point.low, axis.low)), axis.y(min(point.high, axis.high))
    ends = "".join(_stroke(x - 4, y, x + 4, y) for y in (low, high))
    return (
        f'{_stroke(x, low, x, high)}{ends}<circle class="chart__mark" cx="{x}" cy="{axis.y(point.value)}" r="4.5"'
        f' fill="{_MARK}"/>'
    )


def _stroke(x1, y1, x2, y2) -> str:
    return (
        f'<line class="chart__reach" x1="{round(x1, 1)}" y1="{y1}" x2="{round(x2, 1)}" y2="{y2}" stroke="{_INK}"'
        ' stroke-width="1.4"/>'
    )


def _lines(words, step) -> list[str]:
    """What stands under a value: in two lines where there are many values, cut short where it would not fit."""
    first, _space, rest = words.partition(" ")
    lines, longest = [words], max(int(step / 6.2), 4)
    if rest and step < _WIDE / 4:
        lines, longest = [first, rest], min(longest, _LONGEST)
    return [line if len(line) <= longest else line[: longest - 1] + "…" for line in lines]


def _label(lines, x) -> str:
    foot = _TOP + _INSIDE + 18
    return "".join(_text(line, x, foot + _A_LINE * number, "middle") for number, line in enumerate(lines))


def _text(words, x, y, anchor) -> str:
    return (
        f'<text class="chart__text" x="{x}" y="{round(y, 1)}" text-anchor="{anchor}" font-size="12" fill="{_SOFT}">'
        f"{escape(words)}</text>"
    )


def bar(value: float, low: float, high: float, *, title: str) -> SafeString:
    """One share as a bar from nothing to all, with its interval; for a cell of a table."""
    wide = 200
    parts = [
        f'<rect class="chart__all" width="{wide}" height="12" y="2" rx="2" fill="#eeede5"/>',
        f'<rect class="chart__bar" width="{value * wide:.1f}" height="12" y="2" rx="2" fill="{_MARK}"'
        ' fill-opacity="0.55"/>',
        _stroke(low * wide, 8, high * wide, 8),
        *(_stroke(end * wide, 4, end * wide, 12) for end in (low, high)),
    ]
    return _svg("chart chart--bar", wide, 16, title, "", parts)


def spark(values: Sequence[float | None], *, title: str) -> SafeString:
    """How a share has moved, as small as a word; the oldest first. Nothing where fewer than two are known."""
    known = [(number, value) for number, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return mark_safe("")
    step = 84 / (len(values) - 1)
    places = [f"{4 + number * step:.1f},{22 - 18 * value:.1f}" for number, value in known]
    x, y = places[-1].split(",")
    return mark_safe(  # noqa: S308 (numbers, and a title that is escaped)
        f'<svg class="chart chart--spark" viewBox="0 0 92 26" role="img" aria-label="{escape(title)}">'
        f'<polyline class="chart__join" points="{" ".join(places)}" fill="none" stroke="{_MARK}" stroke-width="1.5"/>'
        f'<circle class="chart__mark" cx="{x}" cy="{y}" r="2.8" fill="{_MARK}"/></svg>'
    )


def _svg(css, wide, high, title, words, parts) -> SafeString:
    said = f"<desc>{escape(words)}</desc>" if words else ""
    return mark_safe(  # noqa: S308 (numbers, and words that are escaped)
        f'<svg class="{css}" viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{said}{''.join(parts)}</svg>"
    )

"""A map of places without tiles: their own coordinates on a plain, with a scale. It is drawn as SVG by the template.

Equirectangular about the middle of the places: a degree of longitude is a degree of latitude times the cosine of the
latitude. Over a town or a county the error is far below the size of a dot.
"""

import math
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 720, 480, 48
KM_A_DEGREE = 111.2
# Dots nearer than this on the paper are one.
MERGE = 18


@dataclass
class Dot:
    """One or several places at (x, y) of the drawing, with how many students are there."""

    x: float
    y: float
    names: list[str]
    students: int
    # What the places are known by; one alone can be gone to.
    keys: list[int | None]

    @property
    def radius(self) -> float:
        return round(6 + 2 * math.sqrt(self.students), 1)

    @property
    def key(self) -> int | None:
        return self.keys[0] if len(self.keys) == 1 else None

    @property
    def label(self) -> str:
        return self.names[0] if len(self.names) == 1 else f"{self.names[0]} +{len(self.names) - 1}"

    @property
    def label_x(self) -> float:
        return round(self.x + (-self.radius - 5 if self.is_right else self.radius + 5), 1)

    @property
    def anchor(self) -> str:
        return "end" if self.is_right else "start"

    @property
    def is_right(self) -> bool:
        return self.x > WIDTH * 0.6


@dataclass(frozen=True)
class Drawing:
    dots: list[Dot]
    # Length of the scale bar on the paper, and how many kilometres it is.
    bar: float
    km: float


def draw(places: list[tuple[str, float, float, int, int | None]]) -> Drawing | None:
    """Of (name, latitude, longitude, students, key); None without places."""
    if not places:
        return None
    middle = sum(latitude for _name, latitude, *_rest in places) / len(places)
    shrink = math.cos(math.radians(middle))
    points = [(longitude * shrink, -latitude, name, n, key) for name, latitude, longitude, n, key in places]
    left, right = min(x for x, *_ in points), max(x for x, *_ in points)
    top, bottom = min(y for _x, y, *_ in points), max(y for _x, y, *_ in points)
    # A single place, or all in one street, is not blown up beyond a kilometre or two.
    span = max((right - left) / (WIDTH - 2 * MARGIN), (bottom - top) / (HEIGHT - 2 * MARGIN), 0.02 / WIDTH)
    dots: list[Dot] = []
    for x, y, name, n, key in sorted(points, key=lambda point: -point[3]):
        at_x = WIDTH / 2 + (x - (left + right) / 2) / span
        at_y = HEIGHT / 2 + (y - (top + bottom) / 2) / span
        near = next((dot for dot in dots if math.hypot(dot.x - at_x, dot.y - at_y) < MERGE), None)
        if near:
            near.names.append(name)
            near.keys.append(key)
            near.students += n
        else:
            dots.append(Dot(round(at_x, 1), round(at_y, 1), [name], n, [key]))
    km = _round_length(span * KM_A_DEGREE * WIDTH / 4)
    return Drawing(dots, round(km / (span * KM_A_DEGREE), 1), km)


def _round_length(km: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not longer."""
    power = 10 ** math.floor(math.log10(km))
    found = max(step for step in (1, 2, 5) if step * power <= km) * power
    return int(found) if found >= 1 else round(found, 3)

"""How sure a share is: 95 % intervals for one share and for the difference of two.

One share: Wilson's score interval (Newcombe 1998, Statistics in Medicine 17, 857-872, method 3). The difference of two
independent shares: Newcombe's hybrid score interval (ibid. 873-890, method 10), which is put together from the two
Wilson intervals. Neither corrects for continuity. Both stay within what is possible, also for 0 of n and n of n.
"""

import math
from dataclasses import dataclass

# The standard normal's 0.975 quantile.
Z = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """`x` of `n`, with its interval; all as shares of 1."""

    x: int
    n: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.x / self.n


@dataclass(frozen=True)
class Difference:
    """Of two shares, with its interval; 0.05 is five percentage points."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether no difference at all lies outside the interval."""
        return not self.low <= 0 <= self.high


def share(x: int, n: int) -> Share | None:
    """`x` of `n`; None of nobody. Raises ValueError for what is no share."""
    if not 0 <= x <= n:
        raise ValueError(f"{x} of {n} is no share.")
    if n == 0:
        return None
    half = Z * math.sqrt(x * (n - x) / n + Z * Z / 4)
    middle, whole = x + Z * Z / 2, n + Z * Z
    low = 0.0 if x == 0 else (middle - half) / whole
    high = 1.0 if x == n else (middle + half) / whole
    return Share(x, n, low, high)


def difference(one: Share | None, other: Share | None) -> Difference | None:
    """`one` less `other`; None where one of them is of nobody."""
    if one is None or other is None:
        return None
    value = one.value - other.value
    down = math.hypot(one.value - one.low, other.high - other.value)
    up = math.hypot(one.high - one.value, other.value - other.low)
    return Difference(value, max(value - down, -1.0), min(value + up, 1.0))

"""How many of what a network's schools have. Rooms above count, in AppConfig.ready:

    totals.add(_("students"), count_students)        # (school ids) -> {school id: number}

Numbers below FEWEST are not told: in a small group a number says who.
"""

from collections.abc import Callable, Iterable

FEWEST = 10
_counters: list[tuple[str, Callable]] = []


def add(label: str, count: Callable) -> None:
    if all(known != count for _label, known in _counters):
        _counters.append((label, count))


def labels() -> list[str]:
    return [label for label, _count in _counters]


def tell(school_ids: Iterable[int]) -> tuple[dict[int, list[int | None]], list[int | None]]:
    """For each school its numbers in the order of `labels`, and the network's. None stands for one that is not told."""
    ids = list(school_ids)
    columns = [_column(count, ids) for _label, count in _counters]
    rows = {pk: [_told(column[pk]) for column in columns] for pk in ids}
    return rows, [_sum(column) for column in columns]


def _column(count, ids) -> dict[int, int]:
    found = count(ids)
    return {pk: found.get(pk, 0) for pk in ids}


def _told(number: int) -> int | None:
    return number if number >= FEWEST else None


def _sum(column) -> int | None:
    """Not told where exactly one school's number is kept back: the difference would tell it."""
    kept_back = [number for number in column.values() if number < FEWEST]
    return None if len(kept_back) == 1 else _told(sum(column.values()))

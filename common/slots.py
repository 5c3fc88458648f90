"""Where a lower room's page shows something from a higher room: the template names a slot, the higher room fills it.

    slots.fill("plan.aside", load=placement_of, template="internships/_on_plan.html", order=10)     # in AppConfig.ready
    {% slot "plan.aside" plan %}                                                                    # in the lower room

`load(subject, request)` returns the context of the fragment, or None to show nothing. It must not query without
asking the door, and counts in the page's query budget.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Filling:
    load: Callable
    template: str
    order: int = 50


_fillings: dict[str, list[Filling]] = defaultdict(list)


def fill(slot: str, *, load: Callable, template: str, order: int = 50) -> None:
    filling = Filling(load, template, order)
    if filling not in _fillings[slot]:
        _fillings[slot].append(filling)
        _fillings[slot].sort(key=lambda filling: filling.order)


def fillings(slot: str) -> list[Filling]:
    return _fillings.get(slot, [])

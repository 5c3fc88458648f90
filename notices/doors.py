"""Whether somebody may still see a student a notice is about. The room that knows students registers the answer.

A notice outlives its reader's place on the team: nobody is told more of a student whom they may no longer see.
"""

from collections.abc import Callable

_doors: list[Callable] = []


def register(still_seen_by: Callable) -> None:
    """`still_seen_by(user, student_ids)` returns those of the ids whom this person may see today."""
    _doors[:] = [still_seen_by]


def still_seen_by(user, student_ids: set[int]) -> set[int]:
    """Without a registered room nobody sees any student: the safe side."""
    if not student_ids or not _doors:
        return set()
    return set(_doors[0](user, student_ids))

"""Addresses that hold numbers and ids alone: put into their pattern, which is asked for once. Looking one up among all
patterns of the site costs a page that has a hundred of them more than its queries."""

from functools import cache
from uuid import UUID

from django.urls import NoReverseMatch, get_script_prefix, reverse

# What stands in an address for a number or an id while its pattern is asked for.
_MARK = 7_000_000_001
_MARKS = {int: lambda position: _MARK + position, UUID: lambda position: UUID(int=_MARK + position)}


def address(name: str, *values) -> str:
    """As reverse(name, args=values)."""
    found = pattern(name, values)
    return reverse(name, args=values) if found is None else found.format(*values)


def pattern(name: str, values) -> str | None:
    """ "/plans/{0}/" of a view's name, for values of these kinds; None where it is not as simple as that."""
    if any(value < 0 for value in values if type(value) is int):
        return None
    return _pattern(get_script_prefix(), name, tuple(map(type, values)))


@cache
def _pattern(_prefix, name, kinds) -> str | None:
    if not set(kinds) <= _MARKS.keys():
        return None
    marks = [_MARKS[kind](position) for position, kind in enumerate(kinds)]
    try:
        path = reverse(name, args=marks)
    except NoReverseMatch:
        return None
    path = path.replace("{", "{{").replace("}", "}}")
    for position, mark in enumerate(marks):
        path = path.replace(str(mark), f"{{{position}}}")
    return path

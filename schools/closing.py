"""What closing a term means to the rooms above: what stands in the way or should be known first, and what is done then.

closing.before_close(unfinished_plans)      # in AppConfig.ready: (term, day) -> list of Finding
closing.on_close(freeze_plans)              # (term=, by=, now=), inside the transaction that closes the term
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A sentence for whoever is about to close a term. One that `stops` must be put right first; `url` leads there."""

    words: str
    stops: bool = False
    url: str = ""


_before: list[Callable] = []
_on: list[Callable] = []


def before_close(look: Callable) -> None:
    if look not in _before:
        _before.append(look)


def on_close(act: Callable) -> None:
    if act not in _on:
        _on.append(act)


def findings(term, day: datetime.date) -> list[Finding]:
    """What every room has to say about closing `term` on `day`; what stops it comes first."""
    found = [finding for look in _before for finding in look(term, day)]
    return sorted(found, key=lambda finding: not finding.stops)


def carry_out(term, by, now: datetime.datetime) -> None:
    for act in _on:
        act(term=term, by=by, now=now)

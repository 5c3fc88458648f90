"""Small hints from lower rooms to those above: "someone left a team". A hint says only *look again*;
whoever hears it re-reads the truth from the database, so a lost hint delays and never decides."""

import logging
from collections import defaultdict
from collections.abc import Callable

from django.db import transaction

log = logging.getLogger(__name__)
_listeners: dict[str, list[Callable]] = defaultdict(list)


def listen(topic: str, listener: Callable) -> None:
    """Call `listener(**facts)` after each hint on `topic`, in this process, once the transaction is committed."""
    if listener not in _listeners[topic]:
        _listeners[topic].append(listener)


def hint(topic: str, **facts) -> None:
    """Tell the listeners of `topic` after commit. `facts` are ids and plain values."""
    for listener in _listeners[topic]:
        transaction.on_commit(lambda listener=listener: _tell(listener, facts))


def _tell(listener, facts):
    try:
        listener(**facts)
    except Exception:
        log.exception("a listener failed; the nightly checks will catch up")

"""What erasing words means to the rooms above, which may have kept copies of them.

erasing.on_erase(forget_words)      # in AppConfig.ready: (text=, new=, by=, now=), inside the transaction that erases
"""

import datetime
from collections.abc import Callable

from coedit.models import Text

_on: list[Callable] = []


def on_erase(forget: Callable) -> None:
    if forget not in _on:
        _on.append(forget)


def forget_copies(text: Text, new: Text | None, by, now: datetime.datetime) -> None:
    """`new` holds what may stay of `text`, where anything may."""
    for forget in _on:
        forget(text=text, new=new, by=by, now=now)

"""Whether somebody may still go on with an upload: the room whose file it will be is asked for each piece.

doors.ask(may_go_on)      # in AppConfig.ready: (upload, request) -> bool, or None where it is not this room's
"""

from collections.abc import Callable

from files.models import Upload

_asked: list[Callable] = []


def ask(may_go_on: Callable) -> None:
    if may_go_on not in _asked:
        _asked.append(may_go_on)


def may_go_on(upload: Upload, request) -> bool:
    """Where a room knows the upload, what it says; else its maker may."""
    said = [answer for answer in (asked(upload, request) for asked in _asked) if answer is not None]
    return all(said)

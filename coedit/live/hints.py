"""Tells the live rooms, in this process and in others, that something in the database has changed."""

import weakref

from asgiref.sync import async_to_sync

from coedit.live.layer import EVERYBODY, group_of, message, read, shared_layer

_hubs: weakref.WeakSet = weakref.WeakSet()


def join(hub) -> None:
    """From now on this hub hears what happens in its own process."""
    _hubs.add(hub)


def text_written(*, text_id, last_id: int) -> None:
    _tell(group_of(text_id), message("news", text_id, before=0, last=last_id))


def team_changed(*, student_id: int, user_id: int) -> None:
    _tell(EVERYBODY, message("look", student=student_id, user=user_id))


def text_access_changed(*, text_id) -> None:
    _tell(EVERYBODY, message("look", text_id))


def session_ended(*, session_key: str) -> None:
    _tell(EVERYBODY, message("look", session=session_key))


def person_changed(*, user_id: int, **_where) -> None:
    """What this person may do at all has changed, whatever the student."""
    _tell(EVERYBODY, message("look", person=user_id))


def _tell(group, said):
    for hub in list(_hubs):
        hub.hear_soon(read(said))
    layer = shared_layer()
    if layer is not None:
        async_to_sync(layer.group_send)(group, said)

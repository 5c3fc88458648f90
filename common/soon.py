"""A task that shall run soon, asked for by its name, so that whoever asks imports none.

The row that the task works on is the promise; this only hastens it. When the broker is away a sweep finds the row.
"""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string


def soon(task: str, *args) -> None:
    """Ask for `task` once the transaction is committed. A broker that is away is logged and fails nobody's request."""
    # No `partial`: Django asks a callback that failed for its name before it logs the failure.
    transaction.on_commit(lambda: _send(task, args), robust=True)


def _send(task, args):
    import_string(settings.TASKS_GO_TO).signature(task, args=args).apply_async(retry=False)

"""The same form sent twice is one row; with other words it is another, or what was typed would be lost in silence."""

import uuid


def once(key: uuid.UUID | None, *said) -> uuid.UUID | None:
    """The key of the row that `said` makes, from the page's own key (common/forms.py, OnceField); None without one."""
    return uuid.uuid5(key, repr(said)) if key else None

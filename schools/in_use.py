"""Whether anything stands on a row: what is in use keeps its meaning and is retired, never deleted."""

from django.db.models import Model


def is_in_use(row: Model) -> bool:
    """Asks every table that may point at the row, so that this room need not know who does."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )

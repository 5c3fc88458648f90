"""Whether anything stands on a row: what is in use keeps its meaning and is retired, never deleted."""

from django.db.models import Model


def is_in_use(row: Model) -> bool:
    """Asks every table that may point at the row, so that this room need not know who does."""
    pointing = [field for field in row._meta.get_fields(include_hidden=True) if field.one_to_many or field.one_to_one]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in pointing
        if relation.auto_created
    )

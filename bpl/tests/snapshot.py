"""Rows that every test needs, made once a process by the rooms' own actions and then put back as they were.

Building the cast asks the database some thousand things; putting it back asks about forty.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

# A guard of the database lets these in only once the rows that it looks at are there.
LAST = {"internships.Placement": "begun_at"}


@dataclass
class Snapshot:
    """All rows of all tables, and what the build answered."""

    rows: dict[type[models.Model], list[dict]]
    answer: bytes

    @classmethod
    def of(cls, build: Callable) -> "Snapshot":
        before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _models()}
        answer = build()
        rows = {model: _new_rows(model, known) for model, known in before.items()}
        return cls({model: new for model, new in rows.items() if new}, pickle.dumps(answer))

    @transaction.atomic
    def put_back(self):
        # In one transaction: rows of one table point to rows of tables that come later.
        for model, rows in self.rows.items():
            late = {LAST[model._meta.label]: None} if model._meta.label in LAST else {}
            model._base_manager.bulk_create([model(**row | late) for row in rows])
        for model, rows in self.rows.items():
            if field := LAST.get(model._meta.label):
                model._base_manager.bulk_update([model(**row) for row in rows if row[field] is not None], [field])
        statements = connection.ops.sequence_reset_sql(no_style(), list(self.rows))
        if statements:
            with connection.cursor() as cursor:
                cursor.execute(";".join(statement.rstrip(";") for statement in statements))
        return pickle.loads(self.answer)


def _models():
    of_all = apps.get_models(include_auto_created=True)
    return [model for model in of_all if model._meta.managed and not model._meta.proxy]


def _new_rows(model, known) -> list[dict]:
    return [row for row in model._base_manager.order_by("pk").values() if row[model._meta.pk.attname] not in known]

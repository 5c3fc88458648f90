"""Many rows in few statements."""

from collections.abc import Iterable

from django.db import models

BATCH = 2000


def write(model: type[models.Model], rows: Iterable[models.Model]) -> list[models.Model]:
    return model.objects.bulk_create(list(rows), batch_size=BATCH)

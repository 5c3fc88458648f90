"""What is published now, kept as it is, so that what was reported can be shown again."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.once import once
from outcomes import sheets
from outcomes.models import Snapshot
from outcomes.places import Place


class SnapshotError(ValueError):
    """A refusal, in words for the person who asked."""


@transaction.atomic
def freeze(*, place: Place, name: str, by, now: datetime.datetime, key: uuid.UUID | None = None) -> Snapshot:
    """Reads what is published and nothing else, whoever asks: a snapshot is there to be passed on."""
    key = once(key, name)
    known = Snapshot.objects.filter(key=key, by=by, **place.of).first() if key else None
    if known:
        return known
    published = sheets.whole(place)
    if not published.rows:
        raise SnapshotError(_("There is nothing to freeze: no figures are published yet."))
    content = sheets.freeze(place, published)
    snapshot, is_new = Snapshot.objects.get_or_create(
        key=key or uuid.uuid4(), defaults={"name": name, "content": content, "by": by, "at": now, **place.of}
    )
    if is_new:
        facts = {"school_id": place.school.pk} if place.school else {}
        record("outcomes.frozen", by=by, subject=snapshot, **facts)
    return snapshot

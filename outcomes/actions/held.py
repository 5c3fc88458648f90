"""What a school chooses to hold of its students' background, how small a group it does not show, and deleting it."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from audit.actions import record
from outcomes import cuts, tables
from outcomes.actions.background import lock
from outcomes.actions.refresh import ask
from outcomes.models import Background, FigureTable, Held, Refresh
from schools.models import School


@transaction.atomic
def choose(*, school: School, kinds: Iterable[str], threshold: int, by, now: datetime.datetime) -> Held:
    """What the school holds from now on, and below how many students a group is not shown. What was held of a kind that
    is switched off stays, is shown nowhere, and leaves every figure at once, those of years ago too."""
    held = lock(school)
    chosen = [kind.value for kind in Background.Kind if kind in set(kinds)]
    if (held.kinds, held.threshold) == (chosen, threshold):
        return held
    dropped = set(held.kinds) - set(chosen)
    held.kinds, held.threshold = chosen, threshold
    held.save()
    _take_out(school, dropped)
    ask(school=school, now=now)
    record(
        "outcomes.background.chosen", by=by, subject=held, school_id=school.pk, fields=chosen, threshold=threshold
    )  # fmt: skip
    return held


@transaction.atomic
def delete_all(*, school: School, kind: str, by, now: datetime.datetime) -> int:
    """Stop holding a kind, and delete what the school holds of it, with all that was corrected. How many rows went."""
    held = lock(school)
    rows = Background.objects.filter(school=school, kind=kind)
    # What supersedes is protected by what it supersedes, though both go.
    rows.update(supersedes=None)
    deleted, _each = rows.delete()
    if kind in held.kinds:
        held.kinds = [one for one in held.kinds if one != kind]
        held.save()
        _take_out(school, {kind})
        ask(school=school, now=now)
    elif not deleted:
        return 0
    record("outcomes.background.deleted", by=by, subject=held, school_id=school.pk, kind=kind, rows=deleted)
    return deleted


def _take_out(school, kinds) -> None:
    """The cuts into which these kinds enter leave the school's tables. Working them out again does not do it: old
    terms and classes are not, and what is published stays until next month."""
    gone = cuts.opened(kinds, school.system)
    if not gone:
        return
    # Whoever works tables out just now, be it for the first time, would put the cuts back.
    Refresh.objects.get_or_create(school=school)
    Refresh.objects.select_for_update().get(school=school)
    rows = list(FigureTable.objects.filter(school=school))
    for row in rows:
        row.counts = _without(row.counts, gone)
        row.inner = tables.head(row.counts)
        if row.published is not None:
            row.published = _without(row.published, gone)
            row.head = tables.head(row.published)
    FigureTable.objects.bulk_update(rows, ["counts", "inner", "published", "head"], batch_size=200)


def _without(kept: dict, gone) -> dict:
    return kept | {"cuts": {cut: groups for cut, groups in kept["cuts"].items() if cut not in gone}}

"""Reading a clearinghouse file that was brought: a batch of rows at a time, so that how far it is can be seen and no
more of it is in memory. A process that dies loses no more than a batch: another one goes on after the last row kept.
"""

import datetime
import itertools
import uuid
from collections.abc import Callable

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from audit.actions import record
from common.soon import soon
from files.actions import forget
from outcomes.actions.clearinghouse_lines import AT_ONCE, counts_of, matcher_of, rows_of, set_twins_aside
from outcomes.clearinghouse import FileError, read
from outcomes.models import ClearinghouseFile, ClearinghouseLine

State = ClearinghouseFile.State
# Whoever has kept nothing for so long has died.
HOLD = datetime.timedelta(minutes=3)
MOST_TRIES = 3
TIDY = "outcomes.tidy_clearinghouse_file"


class TakenOver(Exception):
    """Another process goes on with the file, or nobody wants it any more."""


def read_file(*, file_id: int, clock: Callable[[], datetime.datetime]) -> None:
    """Read it to its end, or say in a sentence why that cannot be. `clock` is asked at every batch: it goes on for
    minutes."""
    reader = uuid.uuid4().hex
    file = _take(file_id, reader, clock())
    if file is None:
        return
    with translation.override(file.by.language or file.school.language):
        try:
            _read(file, reader, clock)
        except TakenOver:
            return
        except FileNotFoundError:
            _refuse(file, _("The file is not there any more. Bring it in again."))
        except FileError as error:
            _refuse(file, str(error))


@transaction.atomic
def _take(file_id, reader, now) -> ClearinghouseFile | None:
    rows = ClearinghouseFile.objects.select_for_update(of=("self",)).select_related("school", "by", "file")
    file = rows.filter(pk=file_id, state=State.READING).first()
    if file is None or _is_held(file, now):
        return None
    tries = file.report.get("tries", 0) + 1
    if tries > MOST_TRIES:
        _refuse(file, _("The file could not be read, though it was tried several times."))
        return None
    file.report |= {"reader": reader, "beat": now.isoformat(), "tries": tries}
    file.save(update_fields=["report"])
    return file


def _is_held(file, now) -> bool:
    beat = file.report.get("beat")
    return beat is not None and datetime.datetime.fromisoformat(beat) > now - HOLD


def _read(file, reader, clock) -> None:
    kept = file.lines.aggregate(last=Max("number"))["last"] or 0
    matcher = matcher_of(file.school)
    with file.file.store.open(file.file.path) as stream:
        lines = (line for line in read(stream) if line.number > kept)
        while batch := list(itertools.islice(lines, AT_ONCE)):
            _keep(file, reader, batch, matcher, stream.tell(), clock())
    _finish(file, reader)


@transaction.atomic
def _keep(file, reader, batch, matcher, at, now) -> None:
    locked = _lock(file, reader)
    ClearinghouseLine.objects.bulk_create(rows_of(file, batch, matcher))
    locked.report |= {"beat": now.isoformat(), "tries": 1, "bytes": at, "rows": batch[-1].number - 1}
    locked.save(update_fields=["report"])


def _lock(file, reader) -> ClearinghouseFile:
    locked = ClearinghouseFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != State.READING or locked.report.get("reader") != reader:
        raise TakenOver
    return locked


@transaction.atomic
def _finish(file, reader) -> None:
    """Its bytes go: the rows say all that was in it."""
    locked = _lock(file, reader)
    set_twins_aside(locked)
    locked.state, locked.report = State.READY, counts_of(locked)
    if not locked.report["rows"]:
        raise FileError(_("There are no rows in it."))
    _let_go(locked)
    states = locked.report["states"]
    record("outcomes.clearinghouse.read", by=locked.by, subject=locked, school_id=locked.school_id, rows=states)


@transaction.atomic
def _refuse(file, sentence) -> None:
    locked = ClearinghouseFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != State.READING:
        return
    locked.state, locked.report = State.REFUSED, {"refused": sentence}
    _let_go(locked)
    record("outcomes.clearinghouse.refused", by=locked.by, subject=locked, school_id=locked.school_id)
    soon(TIDY, locked.pk)


def _let_go(locked) -> None:
    stored, locked.file = locked.file, None
    locked.save(update_fields=["state", "report", "file"])
    if stored is not None:
        forget(stored=stored)

"""A clearinghouse file is brought, looked through, taken over, and taken back. Nothing of a student's changes before
somebody says so; what is taken over is taken over as a whole (clearinghouse_applying.py), and taken back as a whole."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from common.soon import soon
from files.actions import digest, forget, store_table
from outcomes.actions.clearinghouse_lines import AT_ONCE, counts_of, say_what_is_new
from outcomes.actions.clearinghouse_reading import TIDY
from outcomes.clearinghouse import FileError, read
from outcomes.models import ClearinghouseFile, ClearinghouseLine
from schools.models import School

State, LineState = ClearinghouseFile.State, ClearinghouseLine.State
READ, APPLY = "outcomes.read_clearinghouse_file", "outcomes.apply_clearinghouse_file"
UNDO = "outcomes.undo_clearinghouse_file"
# A file with the same bytes in one of these is in the way of a second one.
HERE = (State.READING, State.READY, State.APPLYING, State.APPLIED)


class ClearinghouseError(ValueError):
    """Said to the person who asked, in their words."""


class SameFile(ClearinghouseError):
    """The same bytes are here already: `earlier`."""

    def __init__(self, earlier: ClearinghouseFile):
        super().__init__(_("This file is here already: “%(name)s”.") % {"name": earlier.name})
        self.earlier = earlier


def bring(*, school: School, upload, by: User, now: datetime.datetime) -> ClearinghouseFile:
    """Take a file and have it read. Raises FileError for what is no such file, and SameFile. Of two people who bring
    the same at once the first one's stays."""
    _refuse_what_is_none(upload)
    sha256 = digest(upload)
    if earlier := _same(school, sha256):
        raise SameFile(earlier)
    # Outside the transaction: a slow store holds up nobody else.
    stored = store_table(upload=upload, school_id=school.pk, by=by, now=now)
    try:
        return _keep(school, stored, by, now)
    except BaseException:
        forget(stored=stored)
        raise


def _refuse_what_is_none(upload) -> None:
    if next(read(upload), None) is None:
        raise FileError(_("There are no rows in it."))
    upload.seek(0)


def _same(school, sha256) -> ClearinghouseFile | None:
    return ClearinghouseFile.objects.filter(school=school, sha256=sha256, state__in=HERE).select_related("by").first()


@transaction.atomic
def _keep(school, stored, by, now) -> ClearinghouseFile:
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if earlier := _same(school, stored.sha256):
        raise SameFile(earlier)
    file = ClearinghouseFile.objects.create(
        school=school, name=stored.name, file=stored, sha256=stored.sha256, by=by, at=now
    )
    _record("brought", file, by, bytes=stored.size)
    soon(READ, file.pk)
    return file


@transaction.atomic
def decide(*, file: ClearinghouseFile, who: str, student_id: int | None, by: User, again: bool = False) -> int:
    """Say whose all rows are that say `who` of their person, or that they are left out. Returns how many.

    Raises ClearinghouseError; where somebody else has decided meanwhile, unless it is to be decided `again`.
    """
    file = _lock(file, State.READY, _("This file is not to be looked through any more."))
    of_them = file.lines.filter(cells__who=who)
    lines = of_them.filter(decided_by__isnull=False) if again else of_them.filter(state=LineState.UNSURE)
    first = lines.first()
    if first is None:
        if of_them.filter(decided_by__isnull=False, student=student_id).exists():
            return 0
        raise ClearinghouseError(_("Somebody has decided this meanwhile."))
    if student_id is not None and student_id not in first.candidates:
        raise ClearinghouseError(_("Choose one of these students, or leave the rows out."))
    number = _decide(lines, student_id, by)
    _recount(file)
    _record("decided", file, by, student_id=student_id, rows=number, row=first.number)
    return number


def _decide(lines, student_id, by) -> int:
    number, last = 0, 0
    # By their numbers, since the state by which they were found changes.
    while rows := list(lines.filter(number__gt=last).order_by("number")[:AT_ONCE]):
        for row in rows:
            row.student_id, row.decided_by, row.state = student_id, by, LineState.LEFT_OUT
        if student_id is not None:
            say_what_is_new(rows)
        ClearinghouseLine.objects.bulk_update(rows, ["student", "decided_by", "state", "cells"])
        number, last = number + len(rows), rows[-1].number
    return number


@transaction.atomic
def leave_out_the_rest(*, file: ClearinghouseFile, by: User) -> int:
    """Whatever is undecided is nobody's. Returns how many rows."""
    file = _lock(file, State.READY, _("This file is not to be looked through any more."))
    unsure = file.lines.filter(state=LineState.UNSURE)
    number = unsure.update(state=LineState.LEFT_OUT, student=None, decided_by=by)
    _recount(file)
    _record("left_out", file, by, rows=number)
    return number


@transaction.atomic
def take_over(*, file: ClearinghouseFile, by: User, now: datetime.datetime, looked: bool = False) -> ClearinghouseFile:
    """Have what is news taken over soon; said twice, or by two, is once. Raises ClearinghouseError.

    `looked`: that somebody has looked at a file most of whose rows are nobody's of this school.
    """
    file = ClearinghouseFile.objects.select_for_update().get(pk=file.pk)
    if file.state in (State.APPLYING, State.APPLIED):
        return file
    if file.state != State.READY:
        raise ClearinghouseError(_("This file cannot be taken over."))
    _refuse_what_is_not_ready(file.report, looked)
    file.state, file.applied_by, file.applied_at = State.APPLYING, by, now
    file.save(update_fields=["state", "applied_by", "applied_at"])
    _record("taken_over", file, by, rows=file.report["states"])
    soon(APPLY, file.pk)
    return file


def _refuse_what_is_not_ready(report, looked) -> None:
    states = report["states"]
    if states.get(LineState.UNSURE):
        raise ClearinghouseError(_("Decide first whose the unsure rows are, or leave them out."))
    if not states.get(LineState.READY):
        raise ClearinghouseError(_("Nothing in this file is new."))
    if report["is_elsewhere"] and not looked:
        raise ClearinghouseError(_("Look at the rows first, and say that you have."))


@transaction.atomic
def drop(*, file: ClearinghouseFile, by: User, now: datetime.datetime) -> ClearinghouseFile:
    """Nobody takes it over any more; its rows are forgotten. Said twice is once."""
    file = ClearinghouseFile.objects.select_for_update(of=("self",)).select_related("file").get(pk=file.pk)
    if file.state == State.DROPPED:
        return file
    if file.state not in (State.READING, State.READY):
        raise ClearinghouseError(_("This file cannot be dropped any more."))
    stored, file.file, file.state = file.file, None, State.DROPPED
    file.report = {"dropped_by": by.name, "dropped_at": now.isoformat()}
    file.save(update_fields=["file", "state", "report"])
    if stored is not None:
        forget(stored=stored)
    _record("dropped", file, by)
    soon(TIDY, file.pk)
    return file


@transaction.atomic
def undo(*, file: ClearinghouseFile, by: User, now: datetime.datetime) -> ClearinghouseFile:
    """Have what came of it taken back soon. Said twice is once."""
    file = ClearinghouseFile.objects.select_for_update().get(pk=file.pk)
    if file.undone_at is not None:
        return file
    if file.state != State.APPLIED:
        raise ClearinghouseError(_("This file was not taken over."))
    file.undone_by, file.undone_at = by, now
    file.save(update_fields=["undone_by", "undone_at"])
    _record("taken_back", file, by)
    soon(UNDO, file.pk)
    return file


def _lock(file, state, sentence) -> ClearinghouseFile:
    found = ClearinghouseFile.objects.select_for_update().get(pk=file.pk)
    if found.state != state:
        raise ClearinghouseError(sentence)
    return found


def _recount(file) -> None:
    file.report = counts_of(file)
    file.save(update_fields=["report"])


def _record(what, file, by, student_id=None, **details) -> None:
    record(
        f"outcomes.clearinghouse.{what}", by=by, subject=file, school_id=file.school_id, student_id=student_id,
        **details,
    )  # fmt: skip

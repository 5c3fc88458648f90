"""What a clearinghouse file says is taken over as a whole, and taken back as a whole: in one transaction, so that
nobody ever sees half of it, and a process that dies has written nothing."""

import datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q

from audit.actions import record
from common.soon import soon
from outcomes.actions import refresh
from outcomes.actions.clearinghouse_lines import AT_ONCE, counts_of, known_of, set_twins_aside, withdrawn_with
from outcomes.actions.clearinghouse_reading import TIDY
from outcomes.line_facts import destination, facts_of
from outcomes.models import ClearinghouseFile, ClearinghouseLine, Destination

State = ClearinghouseFile.State
FORGET_AFTER = 600
BEING_UNDONE = {"state": State.APPLIED, "undone_at__isnull": False}


def key_of(file_id: int) -> str:
    """Where the cache has how many rows are written: inside the transaction no row of it can be seen."""
    return f"clearinghouse-{file_id}"


def apply_file(*, file_id: int, now: datetime.datetime) -> None:
    """Write what is news. Two files of one school that say the same come one after the other: the second finds the
    first one's."""
    with transaction.atomic():
        file = _lock(file_id, State.APPLYING)
        if file is None:
            return
        set_twins_aside(file)
        written = _write_all(file, now)
        file.state, file.report = State.APPLIED, file.report | counts_of(file) | {"written": written}
        file.save(update_fields=["state", "report"])
        record(
            "outcomes.clearinghouse.applied", by=file.applied_by, subject=file, school_id=file.school_id, rows=written
        )
        refresh.ask(school=file.school, now=now)
        soon(TIDY, file.pk)
    cache.delete(key_of(file_id))


def _lock(file_id, state) -> ClearinghouseFile | None:
    """The file, where it is still to be done. Until the end nothing else of its school is written or withdrawn."""
    school = ClearinghouseFile.objects.filter(pk=file_id).values("school")
    rows = ClearinghouseFile.objects.select_for_update(of=("self",))
    rows = rows.select_related("school", "applied_by", "undone_by")
    # All that wait for it, in one order: with the lock of one alone, what one file says would be known by another that
    # is just being taken back.
    due = rows.filter(Q(state=State.APPLYING) | Q(**BEING_UNDONE), school__in=school)
    return next((file for file in due.order_by("pk") if (file.pk, file.state) == (file_id, state)), None)


def _write_all(file, now) -> int:
    said_on = file.at.astimezone(file.school.zone).date()
    made = {"school": file.school, "by": file.applied_by, "at": now}
    last, written = 0, 0
    while rows := _next(file, last):
        written += _write(rows, said_on, made)
        last = rows[-1].number
        cache.set(key_of(file.pk), last, FORGET_AFTER)
    return written


def _next(file, last) -> list[ClearinghouseLine]:
    lines = file.lines.filter(state=ClearinghouseLine.State.READY, number__gt=last)
    return list(lines.order_by("number")[:AT_ONCE])


def _write(rows, said_on, made) -> int:
    said = [(row, facts_of(row)) for row in rows]
    known = known_of(fact for _row, facts in said for fact in facts)
    fresh = [destination(fact, row, said_on, **made) for row, facts in said for fact in facts if fact not in known]
    Destination.objects.bulk_create(fresh)
    news = {one.line_id for one in fresh}
    stale = [row.pk for row in rows if row.pk not in news]
    ClearinghouseLine.objects.filter(pk__in=stale).update(state=ClearinghouseLine.State.KNOWN)
    return len(fresh)


@transaction.atomic
def undo_file(*, file_id: int, now: datetime.datetime) -> None:
    """Withdraw what came of a file that somebody has taken back. What a person has corrected since is theirs, and
    stays."""
    file = _lock(file_id, State.APPLIED)
    if file is None:
        return
    standing = Destination.objects.filter(line__of=file, supersedes__isnull=True, withdrawn_at__isnull=True)
    corrected = standing.filter(superseded_by__isnull=False).count()
    withdrawn = standing.filter(superseded_by__isnull=True).update(
        withdrawn_at=file.undone_at, withdrawn_by=file.undone_by
    )
    file.state = State.UNDONE
    file.save(update_fields=["state"])
    withdrawn -= _said_by_others(file, now)
    file.report |= {"withdrawn": withdrawn, "corrected": corrected}
    file.save(update_fields=["report"])
    record(
        "outcomes.clearinghouse.undone", by=file.undone_by, subject=file, school_id=file.school_id,
        withdrawn=withdrawn, corrected=corrected,
    )  # fmt: skip
    refresh.ask(school=file.school, now=now)


def _said_by_others(undone, now) -> int:
    """What another file that stands says as well was known when that one came, and is its own from now on: it would
    be lost with the wrong file. How many facts these are."""
    others = ClearinghouseFile.objects.filter(school=undone.school, state=State.APPLIED, undone_at__isnull=True)
    return sum(_taken_on(one, undone, now) for one in others.select_related("school", "applied_by").order_by("pk"))


def _taken_on(file, undone, now) -> int:
    said_on = file.at.astimezone(file.school.zone).date()
    made = {"school": file.school, "by": file.applied_by, "at": now}
    lines = file.lines.filter(state=ClearinghouseLine.State.KNOWN).order_by("number")
    last, written = 0, 0
    while rows := list(lines.filter(number__gt=last)[:AT_ONCE]):
        said = {fact: row for row in reversed(rows) for fact in facts_of(row)}
        lost = withdrawn_with(undone, said) - known_of(said)
        Destination.objects.bulk_create(destination(fact, said[fact], said_on, **made) for fact in lost)
        last, written = rows[-1].number, written + len(lost)
    return written


def tidy(*, file_id: int) -> None:
    """Forget rows that nobody needs: all of a file that was refused or dropped, and of one that was taken over those of
    people whom this school does not know."""
    file = ClearinghouseFile.objects.get(pk=file_id)
    if file.state in (State.REFUSED, State.DROPPED):
        lines = file.lines.all()
    elif file.state in (State.APPLIED, State.UNDONE):
        lines = file.lines.filter(state=ClearinghouseLine.State.NOBODY)
    else:
        return
    # A few thousand at a time: Django reads what it deletes.
    while pks := list(lines.order_by().values_list("pk", flat=True)[: 5 * AT_ONCE]):
        ClearinghouseLine.objects.filter(pk__in=pks).delete()

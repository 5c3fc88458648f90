"""A confirmed table is brought in, some rows at a time. What was done is done once, whoever tries again."""

import datetime
import logging

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from audit.actions import record
from rosters.access import Reach
from rosters.models import Import
from rosters.preview.outcome import Outcome, Work
from rosters.preview.sheet import Sheet
from schools.models import School
from schools.roles import Permission

log = logging.getLogger(__name__)

# Rows of one transaction: few enough that nobody waits long for the lock, many enough to read the school seldom.
AT_ONCE = 40


def apply(*, imported_id: int, now: datetime.datetime) -> None:
    """Bring in every wanted row that has no report yet, then say that it is finished."""
    while _next_rows(imported_id):
        pass
    _finish(imported_id, now)


@transaction.atomic
def _next_rows(imported_id: int) -> bool:
    """Bring in the next rows. Two tables of one school, or two processes with one table, wait for each other here."""
    imported = Import.objects.select_for_update().get(pk=imported_id)
    left = [number for number in imported.wanted if str(number) not in imported.report][:AT_ONCE]
    if not left or imported.finished_at is not None:
        return False
    imported.school = School.objects.select_for_update(no_key=True).get(pk=imported.school_id)
    with translation.override(imported.confirmed_by.language or imported.school.language):
        for number, said in _bring_in(imported, left).items():
            imported.report[str(number)] = said
    imported.save(update_fields=["report"])
    return True


def _bring_in(imported: Import, numbers: list[int]) -> dict[int, dict]:
    """Plan and write the rows one by one; after one that is refused the school is read anew."""
    report, sheet, by = {}, Sheet(imported), imported.confirmed_by
    if not _still_may(imported):
        return {number: _refused("", _("Your role at the school has ended.")) for number in numbers}
    rows, planner = sheet.facts(numbers), None
    for at, facts in enumerate(rows):
        planner = planner or sheet.planner(by, rows[at:])
        outcome = planner.plan(facts)
        report[facts.number] = said = _row(imported, outcome, by)
        if said["refused"]:
            planner = None
    return report


def _still_may(imported) -> bool:
    needed = Permission.SCHOOL_PEOPLE if imported.kind == Import.Kind.STUDENTS else Permission.SCHOOL_STAFF
    return needed in Reach(imported.confirmed_by, imported.school, imported.school.today()).can


def _row(imported, outcome: Outcome, by) -> dict:
    """Write one row as a whole or not at all. Returns what came of it, in words."""
    if outcome.facts.is_wrong:
        return _refused(outcome.name, " ".join(remark.words for remark in outcome.facts.remarks if remark.stops))
    work = Work(imported.school, by)
    try:
        with transaction.atomic():
            if outcome.begin:
                outcome.begin(work)
            for step in outcome.steps:
                step.act(work)
    except ValueError as error:
        return _refused(outcome.name, str(error))
    except IntegrityError:
        log.exception("a row of import %s was refused by the database", imported.pk)
        return _refused(outcome.name, _("Somebody changed this person in the same moment. Paste the row again."))
    return {
        "name": outcome.name, "verdict": str(outcome.verdict), "says": [step.words for step in outcome.steps],
        "refused": "", "student": work.student and work.student.pk, "user": work.user and work.user.pk,
    }  # fmt: skip


def _refused(name, sentence) -> dict:
    return {"name": name, "verdict": "wrong", "says": [], "refused": sentence, "student": None, "user": None}


@transaction.atomic
def _finish(imported_id, now):
    imported = Import.objects.select_for_update().get(pk=imported_id)
    if imported.finished_at is None and len(imported.report) >= len(imported.wanted):
        imported.finished_at = now
        imported.save(update_fields=["finished_at"])
        refused = sum(1 for said in imported.report.values() if said["refused"])
        record(
            "rosters.import.finished", by=imported.confirmed_by, subject=imported, school_id=imported.school_id,
            rows=len(imported.report) - refused, refused=refused,
        )  # fmt: skip

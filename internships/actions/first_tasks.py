"""First tasks on site: given with the placement's start, added by hand, done with a word on what was found out."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.once import once
from common.refusals import SaidAtField
from internships.models import FirstTask, Placement, Prompt
from internships.prompts import prompts_of


class TaskError(SaidAtField):
    """Said to the person who asked, in their words."""


class ChangedMeanwhile(TaskError):
    """Somebody else wrote since the page was opened."""


def give_first_tasks(placement: Placement) -> None:
    """What the school asks of everybody; the caller holds the placement and has begun it."""
    FirstTask.objects.bulk_create(
        FirstTask(
            school_id=placement.school_id,
            placement=placement,
            title=prompt.title,
            guidance=prompt.guidance,
            order=order,
        )
        for order, prompt in enumerate(prompts_of(placement.school, Prompt.Of.TASK))
    )


@transaction.atomic
def add_task(*, placement: Placement, title: str, by, guidance="", key: uuid.UUID | None = None) -> FirstTask:
    """Another one, last. The same form twice is one."""
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    if locked.begun_at is None or locked.is_over:
        raise TaskError(_("Tasks are for a placement that runs."))
    key = once(key, placement.pk, title, guidance)
    if key and (same := FirstTask.objects.filter(key=key).first()):
        return same
    order = 1 + max(placement.first_tasks.values_list("order", flat=True), default=-1)
    task = FirstTask.objects.create(
        school_id=placement.school_id, placement=placement, title=title, guidance=guidance, order=order, added_by=by,
        key=key,
    )  # fmt: skip
    _record("added", task, by)
    return task


@transaction.atomic
def do_task(*, task: FirstTask, words: str, by, now: datetime.datetime, seen: str | None = None) -> FirstTask:
    """Done, with what was found out; said again, it is corrected. `seen` is the version that the writer saw.

    Raises ChangedMeanwhile where somebody else wrote since.
    """
    task = FirstTask.objects.select_for_update(of=("self",)).select_related("placement", "done_by").get(pk=task.pk)
    if seen is not None and seen != task.version and words != task.done_words:
        raise ChangedMeanwhile(
            _("%(name)s wrote this meanwhile: “%(words)s” Join the two and save.")
            % {"name": task.done_by.name, "words": task.done_words}, "words",
        )  # fmt: skip
    if not words.strip():
        raise TaskError(_("Say in a sentence what you found out."), "words")
    task.done_words, task.done_by, task.done_at = words, by, now
    task.save(update_fields=["done_words", "done_by", "done_at"])
    _record("done", task, by)
    return task


@transaction.atomic
def drop_task(*, task: FirstTask, by) -> None:
    """It is not asked here. What was done stays."""
    task = FirstTask.objects.select_for_update().filter(pk=task.pk).first()
    if task is None:
        return
    if task.done_at:
        raise TaskError(_("It is done already, and stays."))
    _record("dropped", task, by)
    task.delete()


def _record(what, task, by):
    record(
        f"internships.first_task.{what}", by=by, subject=task, school_id=task.school_id,
        student_id=task.placement.student_id, title=task.title,
    )  # fmt: skip

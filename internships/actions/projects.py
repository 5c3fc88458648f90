"""The project of a placement: begun, written together, handed in, approved or returned, done."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from coedit.actions import Draft, create_many, freeze_all
from coedit.models import Text
from common.once import once
from common.refusals import SaidAtField
from internships import news
from internships.models import Checkpoint, Placement, Project, ProjectDraft, ProjectPart, Prompt
from internships.projecting import marks_of, standing_of
from internships.prompts import prompts_of
from schools.roles import Role

READERS = [Role.STUDENT, Role.PARENT, Role.MENTOR, Role.ADVISER, Role.COORDINATOR, Role.LEAD]
WRITERS = [Role.STUDENT, Role.MENTOR, Role.ADVISER]


class ProjectError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def begin_project(*, placement: Placement, title: str, by, at: datetime.datetime, goals=(), items=()) -> Project:
    """A project with its proposal, in the parts that the school asks for. The same title again is the same one.

    Raises ProjectError where another runs, or the placement does not.
    """
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    if locked.begun_at is None or locked.is_over:
        raise ProjectError(_("A project begins while the placement runs."))
    if running := placement.projects.filter(ended_at__isnull=True).first():
        if running.title == title:
            return running
        raise ProjectError(_("“%(title)s” runs already. End it first, or go on with it.") % {"title": running}, "title")
    prompts = prompts_of(placement.school, Prompt.Of.PART)
    if not prompts:
        raise ProjectError(_("The school asks for no part of a proposal. A school lead can add one."))
    project = Project.objects.create(
        school_id=placement.school_id, placement=placement, title=title, begun_by=by, begun_at=at
    )
    project.goals.set(goals)
    project.items.set(items)
    drafts = [
        Draft(placement.student, prompt.title, READERS, WRITERS, cause=placement.cause) for prompt in prompts
    ]  # fmt: skip
    ProjectPart.objects.bulk_create(
        ProjectPart(project=project, title=prompt.title, guidance=prompt.guidance, order=order, text=text)
        for order, (prompt, text) in enumerate(zip(prompts, create_many(drafts=drafts, by=by, at=at), strict=True))
    )
    _record("begun", project, by, title=title)
    return project


@transaction.atomic
def change_project(*, project: Project, title: str, by, goals=(), items=()) -> Project:
    """What it is called, which learning goals it serves and which work of the plan it is."""
    project = _hold(project)
    project.title = title
    project.save(update_fields=["title"])
    project.goals.set(goals)
    project.items.set(items)
    _record("changed", project, by, title=title)
    return project


@transaction.atomic
def add_checkpoint(*, project: Project, title: str, due_on: datetime.date, by, key: uuid.UUID | None = None):
    """Another day by which something is there. The same form twice is one."""
    _hold(project)
    key = once(key, project.pk, title, due_on)
    if key and (same := Checkpoint.objects.filter(key=key).first()):
        return same
    _refuse_day(project, due_on)
    found = Checkpoint.objects.create(project=project, title=title, due_on=due_on, added_by=by, key=key)
    _record("checkpoint_added", project, by, checkpoint=title)
    return found


@transaction.atomic
def change_checkpoint(*, checkpoint: Checkpoint, title: str, due_on: datetime.date, by) -> Checkpoint:
    checkpoint = _hold_checkpoint(checkpoint)
    if checkpoint.done_at:
        raise ProjectError(_("It is done already, and stays."))
    _refuse_day(checkpoint.project, due_on)
    checkpoint.title, checkpoint.due_on = title, due_on
    checkpoint.save(update_fields=["title", "due_on"])
    _record("checkpoint_changed", checkpoint.project, by, checkpoint=title)
    return checkpoint


def _refuse_day(project, due_on):
    if due_on < project.placement.starts_on:
        raise ProjectError(_("That is before the first day on site."), "due_on")


@transaction.atomic
def drop_checkpoint(*, checkpoint: Checkpoint, by) -> None:
    """Only what was never done is taken out; what was done is part of the record."""
    checkpoint = _hold_checkpoint(checkpoint)
    if checkpoint.done_at:
        raise ProjectError(_("It is done already, and stays."))
    _record("checkpoint_dropped", checkpoint.project, by, checkpoint=checkpoint.title)
    checkpoint.delete()


@transaction.atomic
def mark_checkpoint(*, checkpoint: Checkpoint, done: bool, by, now: datetime.datetime, words="") -> Checkpoint:
    """Done, with a word on how it went, or not done after all; what was said of it stays until it is said anew."""
    checkpoint = _hold_checkpoint(checkpoint)
    if bool(checkpoint.done_at) == done and (not words or words == checkpoint.done_words):
        return checkpoint
    if checkpoint.done_at and done and checkpoint.done_words:
        raise ProjectError(
            _("%(name)s has said how it went already: “%(words)s”.")
            % {"name": checkpoint.done_by.name, "words": checkpoint.done_words}
        )
    checkpoint.done_at, checkpoint.done_by = (now, by) if done else (None, None)
    checkpoint.done_words = words or checkpoint.done_words
    checkpoint.save(update_fields=["done_at", "done_by", "done_words"])
    _record("checkpoint_done" if done else "checkpoint_open", checkpoint.project, by, checkpoint=checkpoint.title)
    return checkpoint


def _hold_checkpoint(checkpoint) -> Checkpoint:
    """Lock its project and read it again: somebody may have done it, or taken it out."""
    project = _hold(checkpoint.project)
    found = project.checkpoints.select_related("done_by").filter(pk=checkpoint.pk).first()
    if found is None:
        raise ProjectError(_("This checkpoint was taken out meanwhile."))
    found.project = project
    return found


@transaction.atomic
def hand_in(*, project: Project, by, now: datetime.datetime) -> ProjectDraft:
    """Fix the proposal as it stands as the next draft and ask the adviser. Twice is once; nothing new is refused."""
    project = _hold(project)
    standing = standing_of(project, now.date())
    if standing.last is not None and not standing.changed:
        if standing.last.approved is None:
            return standing.last
        raise ProjectError(_("Nothing has changed since draft %(number)s.") % {"number": standing.last.number})
    if not standing.can_be_handed_in:
        raise ProjectError(_("Nothing is written yet. Write a few sentences first."))
    draft = ProjectDraft.objects.create(
        project=project, number=1 + (standing.last.number if standing.last else 0), marks=marks_of(standing.parts),
        handed_in_by=by, handed_in_at=now,
    )  # fmt: skip
    _record("handed_in", project, by, number=draft.number)
    news.project_handed_in(project, draft, by)
    return draft


@transaction.atomic
def decide(*, project: Project, number: int, approved: bool, by, now: datetime.datetime, words="") -> ProjectDraft:
    """Approve the draft, or give it back with a word. Raises ProjectError where another draft has taken its place."""
    project = _hold(project)
    draft = project.drafts.first()
    if draft is None or draft.number != number:
        raise ProjectError(_("Another draft has been handed in meanwhile. Read that one, then say."))
    if draft.approved is not None:
        if draft.approved == approved and draft.decided_by_id == by.pk:
            return draft
        raise ProjectError(_("%(name)s has said something about this draft already.") % {"name": draft.decided_by.name})
    if not approved and not words.strip():
        raise ProjectError(_("Say what is missing, so that it can be worked over."), "words")
    draft.approved, draft.words, draft.decided_by, draft.decided_at = approved, words, by, now
    draft.save(update_fields=["approved", "words", "decided_by", "decided_at"])
    _record("approved" if approved else "returned", project, by, number=number)
    news.project_decided(project, draft, by)
    return draft


@transaction.atomic
def end_project(*, project: Project, ending: str, by, now: datetime.datetime, words="") -> Project:
    """It is done, or dropped: its texts are closed and stay readable. Twice the same is once."""
    locked = Project.objects.select_for_update().select_related("placement__school").get(pk=project.pk)
    if locked.is_over:
        if (locked.ending, locked.end_words) == (ending, words):
            return locked
        raise ProjectError(_("Somebody has ended this project already."))
    locked.ending, locked.end_words, locked.ended_by, locked.ended_at = ending, words, by, now
    locked.save(update_fields=["ending", "end_words", "ended_by", "ended_at"])
    freeze_all(texts=[part.text for part in locked.parts.select_related("text")], now=now)
    _record("ended", locked, by, ending=ending)
    return locked


def forget_words(*, text: Text, new: Text | None, by, now: datetime.datetime) -> None:
    """Words had to be erased: the part goes on with what may stay (coedit/erasing.py)."""
    if new is not None:
        ProjectPart.objects.filter(text=text).update(text=new)


def _hold(project) -> Project:
    """Lock the project. Raises ProjectError where it is over."""
    locked = Project.objects.select_for_update().select_related("placement__school", "placement__student__user")
    locked = locked.get(pk=project.pk)
    if locked.is_over:
        raise ProjectError(_("This project has ended. What was written stays as it is."))
    return locked


def _record(what, project, by, **details):
    record(
        f"internships.project.{what}", by=by, subject=project, school_id=project.school_id,
        student_id=project.placement.student_id, **details,
    )  # fmt: skip

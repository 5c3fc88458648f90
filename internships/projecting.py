"""How far a project is, read from its drafts, its texts and its checkpoints."""

import datetime
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from coedit.access import may_read
from coedit.document import load
from coedit.history import readable_from
from coedit.render import to_html
from internships.models import Checkpoint, Project, ProjectDraft, ProjectPart


class State(models.TextChoices):
    WRITING = "writing", _("being written")
    HANDED_IN = "handed_in", _("handed in")
    RETURNED = "returned", _("to be worked over")
    APPROVED = "approved", _("approved")
    CHANGED = "changed", _("changed since it was approved")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


TONES = {
    State.WRITING: "info", State.HANDED_IN: "warn", State.RETURNED: "warn", State.APPROVED: "ok",
    State.CHANGED: "warn", State.DONE: "ok", State.DROPPED: "quiet",
}  # fmt: skip
NEXT = {
    State.WRITING: _("Write it together, then hand it in."),
    State.HANDED_IN: _("The adviser reads it and says yes, or what is missing."),
    State.RETURNED: _("Work it over and hand in the next draft."),
    State.APPROVED: _("Do the work, checkpoint by checkpoint."),
    State.CHANGED: _("Hand in the next draft, so that what was changed is agreed, too."),
}  # fmt: skip


@dataclass
class Standing:
    """A project with all that a page says of it; read in a fixed number of queries."""

    project: Project
    parts: list[ProjectPart]
    drafts: list[ProjectDraft]
    checkpoints: list[Checkpoint]
    day: datetime.date
    changed: bool = field(init=False)

    def __post_init__(self):
        # A draft that was returned and then changed is being worked over; one that was approved is not that any more.
        self.changed = self.last is None or self.last.marks != marks_of(self.parts)

    @property
    def last(self) -> ProjectDraft | None:
        return self.drafts[0] if self.drafts else None

    @property
    def approved(self) -> ProjectDraft | None:
        return next((draft for draft in self.drafts if draft.approved), None)

    @property
    def state(self) -> State:
        if self.project.is_over:
            return State(self.project.ending)
        if self.last is None:
            return State.WRITING
        if self.last.approved is None:
            return State.HANDED_IN
        if not self.last.approved:
            return State.RETURNED
        return State.CHANGED if self.changed else State.APPROVED

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def next_step(self) -> str:
        return str(NEXT.get(self.state, ""))

    @property
    def can_be_handed_in(self) -> bool:
        written = any(not part.text.is_empty for part in self.parts)
        return not self.project.is_over and written and self.changed

    @property
    def late(self) -> list[Checkpoint]:
        return [one for one in self.checkpoints if one.done_at is None and one.due_on < self.day]

    @property
    def coming(self) -> Checkpoint | None:
        return next((one for one in self.checkpoints if one.done_at is None), None)


def standings_of(projects, day: datetime.date) -> list[Standing]:
    """How far each of these is, in three queries beside the projects' own however many there are."""
    found = projects.prefetch_related("parts__text", "drafts__decided_by", "drafts__handed_in_by", "checkpoints")
    return [
        Standing(one, list(one.parts.all()), list(one.drafts.all()), list(one.checkpoints.all()), day) for one in found
    ]


def standing_of(project: Project, day: datetime.date) -> Standing:
    return standings_of(Project.objects.filter(pk=project.pk).select_related("placement__school"), day)[0]


def marks_of(parts) -> dict:
    """Which state of each part's text a draft holds."""
    return {str(part.pk): [str(part.text_id), part.text.last_update_id] for part in parts}


@dataclass(frozen=True)
class DraftPart:
    """A part as one draft had it; `why_not` says why its words are not shown."""

    part: ProjectPart
    html: str = ""
    why_not: str = ""


def words_of(draft: ProjectDraft, parts, user, standing) -> list[DraftPart]:
    """The parts of a draft as this reader may know them: a reader's history begins on their own first day."""
    return [_words(part, draft.marks.get(str(part.pk)), user, standing) for part in parts]


def _words(part, mark, user, standing) -> DraftPart:
    if mark is None or mark[0] != str(part.text_id):
        return DraftPart(part, why_not=_("These words were erased."))
    if not may_read(part.text, standing) or mark[1] < readable_from(part.text, user, standing):
        return DraftPart(part, why_not=_("This was written before your first day here."))
    return DraftPart(part, to_html(load(part.text_id, up_to=mark[1]).tree()))

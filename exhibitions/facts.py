"""The facts of a term that a narrative starts from: work done and not, hours on site, journals, what the panel said."""

import datetime
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coedit.tree import Node, Words, paragraph
from common.shipped import in_my_language
from exhibitions.models import Exhibition, Remark, Seat
from exhibitions.together import Together, together
from internships.hours import in_term, in_words
from internships.models import JournalEntry, Placement, Rules
from plans.models import WorkItem


@dataclass
class Facts:
    """Of one student and term. `minutes` are those on site that somebody confirmed; `target` is the school's."""

    done: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    minutes: int = 0
    target: int = 0
    entries: int = 0
    panel: Together | None = None


def facts_of(exhibition: Exhibition) -> Facts:
    """Read from the rooms below, as they stand now; the exhibition has its window, term and student's school."""
    student, term = exhibition.student, exhibition.window.term
    items = WorkItem.objects.filter(plan__student=student, plan__term=term).exclude(state=WorkItem.State.DROPPED)
    rows = list(items.order_by("priority", "pk"))
    hours = in_term(student, Rules.of(student.school), term.last_day)
    placements = Placement.objects.begun().filter(student=student, starts_on__lt=term.ends_on)
    placements = placements.exclude(ends_on__lte=term.starts_on).select_related("organisation__merged_into")
    entries = JournalEntry.objects.filter(
        placement__student=student, date__gte=term.starts_on, date__lt=term.ends_on, by=student.user
    )
    return Facts(
        done=[row.title for row in rows if row.state == WorkItem.State.DONE],
        unfinished=[row.title for row in rows if row.is_unfinished],
        places=list(dict.fromkeys(row.place.name for row in placements)),
        minutes=hours.confirmed if hours else 0, target=hours.target if hours else 0, entries=entries.count(),
        panel=together(exhibition),
    )  # fmt: skip


def first_blocks(exhibition: Exhibition, facts: Facts, language: str) -> list[Node]:
    """The facts as the beginning of a text, in the school's language; what there is nothing of is left out."""
    with translation.override(language):
        return [
            *_part(_("What was done"), facts.done),
            *_part(_("What is not finished"), facts.unfinished),
            *_part(_("At the internship"), _on_site(facts)),
            *_part(_("What the exhibition showed"), _judged(facts.panel)),
            *_part(_("What was good"), _said(facts.panel, Remark.Kind.COMMENDATION)),
            *_part(_("What would make it better"), _said(facts.panel, Remark.Kind.RECOMMENDATION)),
            _heading(_("How I have grown, and what comes next")),
            paragraph(""),
        ]


def _on_site(facts) -> list[str]:
    if not facts.places and not facts.minutes:
        return []
    lines = list(facts.places)
    if facts.target:
        lines.append(
            _("%(hours)s hours on site, of %(target)s that were planned")
            % {"hours": in_words(facts.minutes), "target": in_words(facts.target)}
        )
    else:
        lines.append(_("%(hours)s hours on site") % {"hours": in_words(facts.minutes)})
    if facts.entries:
        lines.append(ngettext("%d entry in the journal", "%d entries in the journal", facts.entries) % facts.entries)
    return lines


def _judged(panel) -> list[str]:
    lines = []
    for line in sorted(panel.lines, key=lambda one: one.criterion.order):
        if line.agreed:
            level = in_my_language(line.agreed.level.name) if line.agreed.level else _("not enough evidence")
            words = f". {line.agreed.words}" if line.agreed.words else ""
            lines.append(f"{in_my_language(line.criterion.name)}: {level}{words}")
    return lines


def _said(panel, kind) -> list[str]:
    """By the panel; what the student says of themselves is theirs to write."""
    said = (" ".join(row.words.split()) for row in panel.remarks[kind] if not row.seat.is_student)
    return list(dict.fromkeys(said))


def _part(heading, lines) -> list[Node]:
    if not lines:
        return []
    items = [Node("listItem", {}, [paragraph(line)]) for line in lines]
    return [_heading(heading), Node("bulletList", {}, items)]


def _heading(text) -> Node:
    return Node("heading", {"level": 2}, [Words([(text, {})])])


def is_after(exhibition: Exhibition, now: datetime.datetime) -> bool:
    """Whether the exhibition has been held, or somebody of the panel has handed in a rating already."""
    return bool(
        (exhibition.told_starts_at and exhibition.told_starts_at <= now)
        or exhibition.seats.filter(handed_in_at__isnull=False).exclude(kind=Seat.As.STUDENT).exists()
    )

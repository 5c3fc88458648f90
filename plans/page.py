"""A plan's page as one person may see it, read in a fixed number of queries however much is in it."""

import datetime
import json
from dataclasses import dataclass

from coedit.access import may_read, may_write
from coedit.models import Text
from common.prepared import Prepared
from plans.mentions import shown
from plans.models import Comment, Meeting, OwnGoal, Plan, Section, Thread, WorkItem
from plans.parts import Parts, parts_of, readable
from plans.people import Team
from plans.standing import PlanStanding, standing_of_plan
from plans.turns import Turn
from schools.roles import Role
from students.access import Standing


@dataclass
class PlanPage:
    plan: Plan
    parts: Parts
    sections: list[Section]
    standing: PlanStanding
    turns: list["SaidTurn"]

    @property
    def items(self) -> list[WorkItem]:
        return [item for item in self.parts.items if item.state != WorkItem.State.DROPPED]

    @property
    def dropped(self) -> list[WorkItem]:
        return [item for item in self.parts.items if item.state == WorkItem.State.DROPPED]

    @property
    def own_goals(self) -> list[OwnGoal]:
        return self.parts.own_goals


@dataclass(frozen=True)
class SaidTurn:
    """A turn in the words of one reader's page: the names are those that the reader may know."""

    turn: Turn
    names: list[str]
    is_mine: bool

    @property
    def task(self) -> str:
        return self.turn.task

    @property
    def words(self) -> str:
        return self.turn.words

    @property
    def role(self) -> str:
        return str(Role(self.turn.role).label)


def page_of(plan: Plan, request) -> PlanPage:
    """Everything on the page; `plan` comes through load_plan with Plan.objects.for_page."""
    parts = parts_of(plan)
    sections = readable(parts, request.standing)
    mine = {str(section.text_id) for section in sections} | {str(item.text_id) for item in parts.items}
    standing = standing_of_plan(plan, request.team.rows, request.day, parts, mine)
    page = PlanPage(plan, parts, sections, standing, [said_to(turn, request.team) for turn in standing.turns])
    _say_who_reads(sections, request.standing)
    _attach_threads(page, request.team)
    for signature in standing.signatures:
        signature.name = request.team.name(signature.user)
    return page


def said_to(turn: Turn, team: Team) -> SaidTurn:
    names = list(dict.fromkeys(team.name(person) for person in turn.people))
    return SaidTurn(turn, names or [str(Role(turn.role).label)], turn.is_for(team.viewer))


def _say_who_reads(sections, standing):
    for section in sections:
        section.reader_names = [Role(role).label for role in section.text.readers]
        section.is_mine_to_write = may_write(section.text, standing)


def _attach_threads(page, team):
    """Leave `talk` (threads) on each section and item: only those on what the reader may see."""
    threads = threads_of(page.plan, team)
    for part in (*page.sections, *page.parts.items):
        kind = "section" if isinstance(part, Section) else "item"
        part.talk = [thread for thread in threads if getattr(thread, f"{kind}_id") == part.pk]


_comments_on = Prepared(lambda plan: Comment.objects.filter(plan=plan).select_related("by", "thread__resolved_by"))


def threads_of(plan: Plan, team: Team) -> list[Thread]:
    """The plan's threads with their comments in one query; the caller shows only those that its reader may see."""
    people = {row.user_id: row.user for row in team.rows}.values()
    known = [person for person in people if not team.hides(person)]
    comments = _comments_on(plan=plan.pk)
    threads: dict[int, Thread] = {}
    for comment in comments:
        thread = threads.setdefault(comment.thread_id, comment.thread)
        thread.said = [*getattr(thread, "said", []), comment]
        comment.name, comment.is_hidden = team.name(comment.by), team.hides(comment.by)
        # One's own words stay as typed: else a guessed name that turns into another word would confirm itself.
        named = known if comment.by_id == team.viewer.pk else people
        comment.html = shown(comment.words, named, team.name)
    return list(threads.values())


def may_see_thread(thread: Thread, standing) -> bool:
    return thread.section_id is None or may_read(thread.section.text, standing)


def next_meeting(plan: Plan, standing: Standing) -> Meeting | None:
    """The next of the meetings that this person is to know of, as Plan.objects.for_page read them with the plan."""
    meetings = sorted(map(_coming, plan.coming_meetings or []), key=lambda meeting: meeting.starts_at)
    return next((meeting for meeting in meetings if may_read(meeting.notes, standing)), None)


def _coming(row) -> Meeting:
    starts_at = datetime.datetime.fromisoformat(row["starts_at"])
    notes = Text(readers=json.loads(row["readers"]), people=json.loads(row["people"]))
    # SQLite keeps UTC and does not say so.
    return Meeting(pk=row["id"], starts_at=starts_at.replace(tzinfo=starts_at.tzinfo or datetime.UTC), notes=notes)

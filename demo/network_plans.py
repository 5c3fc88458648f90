"""Plans of a drawn school in bulk: this term's in every state, and last term's, closed, of one advisory.

Rows are made as the rooms' actions would make them, without their audit lines. Students with the same profile write the
same words: each distinct prose is made into an update once, and its bytes are used again.
"""

import datetime
from dataclasses import dataclass, field
from functools import cache

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from accounts.models import User
from coedit.actions import Begun, Draft, FirstWords, begin, first_words, write_begun
from coedit.markdown import from_markdown
from demo.bulk import write
from demo.plans import COMMENTS, DAY, SECTIONS, STANDS, WHEN
from demo.profiles import profiles
from notices.models import Notice
from plans.actions.meetings import ALWAYS
from plans.actions.template import current_template
from plans.content import content_of, digest, marks_of, role_hashes, visible
from plans.defaults import EVERYBODY, ITEM_WRITERS
from plans.models import (
    SIGNERS,
    Comment,
    Invitation,
    ItemGoal,
    Meeting,
    OwnGoal,
    Plan,
    PlanVersion,
    Section,
    Signature,
    Step,
    Thread,
    WorkItem,
)  # fmt: skip
from plans.parts import GoalLine
from schools.models import School, Term
from schools.roles import Role
from students.models import Student

# How many students have last term's plan too: the first advisory, whose pages are measured.
WITH_PAST = 15
# Every so many plans have a comment, a meeting ahead, and notices that nobody has read yet.
COMMENTED, MEETING, UNREAD = 3, 5, 4
# Of five plans, those whose meeting of this term was held.
HELD = (1, 2, 3)
# Weeks that no term has: its last day.
END = 52
SIGNED = ("signing", "active", "closed")
SUBMITTED = ("review", *SIGNED)
NOTES = "Notes of the plan meeting"
MEETING_WRITERS = [Role.STUDENT, Role.ADVISER, Role.PARENT]


@cache
def words_of(markdown: str) -> FirstWords | None:
    return first_words(from_markdown(markdown))


@dataclass
class DrawnPlan:
    """One student's plan of one term under construction; `stands` is a word of STANDS, or "closed"."""

    student: Student
    term: Term
    stands: str
    profile: dict
    signers: dict[str, list[User]]
    row: Plan | None = None
    sections: list[Section] = field(default_factory=list)
    items: list[WorkItem] = field(default_factory=list)
    own_goals: list[OwnGoal] = field(default_factory=list)
    version: PlanVersion | None = None

    @property
    def adviser(self) -> User:
        return self.signers[Role.ADVISER][0]

    @property
    def facts(self) -> dict:
        return {"plan": self.row, "school": self.student.school}

    @property
    def address(self) -> str:
        return reverse("plans:show", args=[self.row.pk])


class BulkPlans:
    """`plans` are of one school; what each of them says and who signs it is in the DrawnPlan."""

    def __init__(self, school: School, today: datetime.date, lead: User, plans: list[DrawnPlan]):
        self.school, self.today, self.lead, self.plans = school, today, lead, plans
        self.template = current_template(school=school, by=lead)
        self.specs = list(self.template.sections.all())
        self.goals = {goal.key: goal for goal in school.goals.all()}

    @classmethod
    def of_school(cls, made) -> "BulkPlans":
        """`made` is the BulkSchool whose students they are; its team is written already."""
        past, term = made.terms[2], made.terms[3]
        prose = list(profiles().values())
        plans = [
            DrawnPlan(student, term, stands, prose[position % len(prose)], made.signers_of(position))
            for position, student in enumerate(made.students)
            if (stands := _stands(position, made.thin)) != "none"
        ]
        plans += [
            DrawnPlan(student, past, "closed", prose[position % len(prose)], made.signers_of(position))
            for position, student in enumerate(made.students[:WITH_PAST])
            if student.started_on < past.ends_on
        ]
        return cls(made.school, made.today, made.lead, plans)

    def write_closed(self) -> None:
        """Plans of terms that are over, with the meetings that were held, and nothing that anybody has still to do."""
        self._whole()
        self.hold_meetings(self.plans)

    def write(self) -> None:
        self._whole()
        self._talk()
        self._meetings()
        self.hold_meetings([plan for number, plan in enumerate(self.plans) if number % 5 in HELD])
        self._notices()

    def _whole(self) -> None:
        self._rows()
        self._sections()
        self._work()
        self._versions()
        self._signatures()
        self._steps()
        self._states()

    def _at(self, plan: DrawnPlan, weeks: int) -> datetime.datetime:
        """A moment `weeks` into the term, never past today or the term."""
        day = min(plan.term.starts_on + datetime.timedelta(weeks=weeks), self.today, plan.term.ends_on - DAY)
        return datetime.datetime.combine(day, datetime.time(10, 30), self.school.zone)

    def _rows(self):
        rows = write(
            Plan,
            (
                Plan(
                    student=plan.student, school=self.school, term=plan.term, template=self.template,
                    begun_by=plan.student.user, begun_at=self._at(plan, 0),
                )
                for plan in self.plans
            ),
        )  # fmt: skip
        for plan, row in zip(self.plans, rows, strict=True):
            plan.row = row

    def _texts(self, begun: list[tuple[DrawnPlan, Begun]]) -> None:
        """Each plan's texts were begun in its first week; those of a closed one are frozen."""
        for plan, one in begun:
            if plan.stands == "closed":
                one.text.frozen_at = self._at(plan, END)
        write_begun([one for _plan, one in begun], self._at(self.plans[0], 1))

    def _sections(self):
        begun, rows = [], []
        for plan in self.plans:
            for spec in self.specs:
                words = words_of(plan.profile.get(SECTIONS.get(spec.key, ""), "").strip())
                draft = Draft(plan.student, spec.title, spec.readers, spec.writers)
                one = begin(draft, words, self._writer_of(spec.key, plan), self._at(plan, 1))
                begun.append((plan, one))
                section = Section(
                    **plan.facts, key=spec.key, title=spec.title, guidance=spec.guidance, order=spec.order,
                    text=one.text,
                )  # fmt: skip
                plan.sections.append(section)
                rows.append(section)
        self._texts(begun)
        write(Section, rows)

    def _writer_of(self, key, plan) -> User:
        people = plan.signers.get({"family": Role.PARENT, "mentor": Role.MENTOR}.get(key, Role.STUDENT))
        return people[0] if people else plan.student.user

    def _work(self):
        begun, links = [], []
        for plan in self.plans:
            by, at = plan.student.user, self._at(plan, 1)
            added = {"added_by": by, "changed_by": by, "added_at": at}
            plan.own_goals = [OwnGoal(**plan.facts, words=words, **added) for words in plan.profile["own_goals"]]
            for position, item in enumerate(plan.profile["items"]):
                draft = Draft(plan.student, item["title"], EVERYBODY, ITEM_WRITERS)
                one = begin(draft, words_of(item["what"]), by, at)
                begun.append((plan, one))
                row = WorkItem(
                    **plan.facts, **added, title=item["title"], text=one.text, resources=item["resources"],
                    when=WHEN[position % len(WHEN)], shows=item["along"], evidence=item["evidence"],
                    state=_state(plan, position), priority=position + 1,
                )  # fmt: skip
                plan.items.append(row)
                links += [ItemGoal(item=row, goal=self.goals[key], how=item["how"]) for key in item["goals"]]
            links.append(ItemGoal(item=plan.items[0], own_goal=plan.own_goals[0]))
        self._texts(begun)
        write(OwnGoal, (goal for plan in self.plans for goal in plan.own_goals))
        write(WorkItem, (item for plan in self.plans for item in plan.items))
        for item in (item for plan in self.plans for item in plan.items):
            item.goals = []
        for link in write(ItemGoal, links):
            link.item.goals.append(_line(link))

    def _versions(self):
        waiting = [plan for plan in self.plans if plan.stands in SIGNED]
        for plan in waiting:
            parts = plan.sections, plan.items, plan.own_goals
            content = content_of(*parts)
            plan.version = PlanVersion(
                **plan.facts, number=1, content=content, marks=marks_of(*parts), hash=digest(content),
                role_hashes=role_hashes(content, SIGNERS), fixed_by=plan.adviser, fixed_at=self._at(plan, 3),
            )  # fmt: skip
        write(PlanVersion, (plan.version for plan in waiting))

    def _signatures(self):
        rows = []
        for plan in self.plans:
            for role, people in plan.signers.items() if plan.version else ():
                if people and not (plan.stands == "signing" and role == Role.PARENT):
                    rows.append(self._signature(plan, role, people[0]))
        write(Signature, rows)

    def _signature(self, plan, role, user):
        covered, at = visible(plan.version.content, {role}), self._at(plan, 3)
        return Signature(
            **plan.facts, version=plan.version, user=user, role=role, signed_on=at.date(), at=at, hash=digest(covered),
            sections=[section["key"] for section in covered["sections"]],
        )  # fmt: skip

    def _steps(self):
        rows = []
        for plan in self.plans:
            if plan.stands in SUBMITTED:
                rows.append(Step(**plan.facts, kind=Step.Kind.SUBMITTED, by=plan.student.user, at=self._at(plan, 2)))
            if plan.stands in ("active", "closed"):
                rows.append(self._step(plan, Step.Kind.ACTIVATED, 3))
            if plan.stands == "closed":
                rows.append(self._step(plan, Step.Kind.CLOSED, END))
        write(Step, rows)

    def _step(self, plan, kind, weeks):
        return Step(**plan.facts, kind=kind, version=plan.version, by=plan.adviser, at=self._at(plan, weeks))

    def _states(self):
        """A plan's state, version and step are what its rows say: written once those are there."""
        last_step = Step.objects.filter(plan=OuterRef("pk")).order_by("-at", "-id").values("pk")[:1]
        version = PlanVersion.objects.filter(plan=OuterRef("pk")).values("pk")[:1]
        for stands, state in {
            "review": Plan.State.IN_REVIEW, "signing": Plan.State.IN_REVIEW, "active": Plan.State.ACTIVE,
            "closed": Plan.State.CLOSED,
        }.items():  # fmt: skip
            rows = Plan.objects.filter(pk__in=[plan.row.pk for plan in self.plans if plan.stands == stands])
            in_force = Subquery(version) if stands in ("active", "closed") else F("in_force")
            rows.update(state=state, step=Subquery(last_step), version=Subquery(version), in_force=in_force)

    def _talk(self):
        """Comments of the adviser, one a plan, on its sections in turn."""
        talked = [(number, plan) for number, plan in enumerate(self.plans) if number % COMMENTED == 0]
        threads = write(
            Thread,
            (
                Thread(**plan.facts, section=plan.sections[number % 3], opened_at=self._at(plan, 3))
                for number, plan in talked
            ),
        )
        write(
            Comment,
            (
                Comment(
                    **plan.facts, thread=thread, by=plan.adviser, words=COMMENTS[number % len(COMMENTS)],
                    at=thread.opened_at,
                )
                for thread, (number, plan) in zip(threads, talked, strict=True)
            ),
        )  # fmt: skip

    def _notes(self, plan, readers) -> Draft:
        invited = {Role.PARENT: plan.signers.get(Role.PARENT, [])[:1]}
        return Draft(plan.student, NOTES, readers, MEETING_WRITERS, people=invited)

    def _meetings(self):
        """A plan meeting next week, called by the student."""
        met = [plan for plan in self.plans[::MEETING] if plan.stands != "closed"]
        self._call([(plan, self._at(plan, END) + 7 * DAY) for plan in met], came=None)

    def hold_meetings(self, plans: list[DrawnPlan]) -> None:
        """One each, in the sixth week, to which all came."""
        self._call([(plan, self._at(plan, 5)) for plan in plans if self._at(plan, 5).date() < self.today], came=True)

    def _call(self, met: list[tuple[DrawnPlan, datetime.datetime]], came: bool | None):
        readers = {*ALWAYS, *MEETING_WRITERS}
        begun = [(plan, begin(self._notes(plan, readers), None, plan.adviser, self._at(plan, 3))) for plan, _at in met]
        self._texts(begun)
        meetings = write(
            Meeting,
            (
                Meeting(
                    **plan.facts, starts_at=at, place="The advisory's room", notes=one.text,
                    called_by=plan.student.user, called_at=self._at(plan, 3), led_by=plan.student.user,
                )
                for (plan, at), (_plan, one) in zip(met, begun, strict=True)
            ),
        )  # fmt: skip
        write(
            Invitation,
            (
                Invitation(meeting=meeting, user=people[0], came=came)
                for meeting, (plan, _at) in zip(meetings, met, strict=True)
                for people in plan.signers.values()
                if people
            ),
        )

    def _notices(self):
        """One for the adviser and one for the student of each plan, most of them read."""
        rows = []
        for number, plan in enumerate(self.plans):
            name, student, adviser = plan.student.user.called, plan.student.user, plan.adviser
            told = [("submitted", f"{name}'s plan is ready to be reviewed", student, adviser, 2)]
            told.append(("commented", f"A comment on {name}'s plan", adviser, student, 3))
            for kind, title, actor, reader, weeks in told:
                at = self._at(plan, weeks)
                rows.append(
                    Notice(
                        user=reader, actor=actor, school_id=self.school.pk, student_id=plan.student.pk, title=title,
                        kind=f"plans.{kind}", key=f"plans.{kind}:{plan.row.pk}", url=plan.address, created_at=at,
                        last_at=at, read_at=at if number % UNREAD else None,
                    )
                )  # fmt: skip
        write(Notice, rows)


def _stands(position, thin):
    """As in the told schools; one in twenty has none yet, and is overdue or not by when they came."""
    return "none" if position % 20 == 19 or position % thin else STANDS[position % len(STANDS)]


def _state(plan, position) -> str:
    if plan.stands == "closed":
        return WorkItem.State.DONE if position < 2 else WorkItem.State.PLANNED
    return WorkItem.State.PLANNED if position else WorkItem.State.DOING


def _line(link: ItemGoal) -> GoalLine:
    if link.own_goal:
        return GoalLine(link.own_goal.words, link.how, own_goal_id=link.own_goal.pk, order=1000)
    return GoalLine(link.goal.name, link.how, link.goal.question, goal_id=link.goal.pk, order=link.goal.order)

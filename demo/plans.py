"""Plans of the demo schools: three past terms, closed; the current one in every state."""

import datetime
from dataclasses import dataclass

from accounts.models import User
from coedit.actions import Draft, create_many
from demo.schools import DemoSchool
from plans.actions.close import close_plan
from plans.actions.comments import open_thread
from plans.actions.goals import add_own_goal
from plans.actions.items import Details, GoalChoice, make_item
from plans.actions.review import submit
from plans.actions.sign import sign, sign_before_witness
from plans.actions.template import current_template
from plans.actions.version import make_ready
from plans.defaults import EVERYBODY, ITEM_WRITERS
from plans.models import Plan, Section, Signature, WorkItem
from plans.people import Team, signing_rows, team_rows
from plans.standing import standing_of_plan
from schools.models import Term
from schools.roles import Role
from students.access import standing_on
from students.models import Student

# How the current term's plans stand, student by student in turn.
STANDS = "active active signing active active review active active draft active active signing active active".split()
SECTIONS = {
    "who_i_am": "who", "life_goals": "goals", "how_i_learn": "learn", "five_goals": "stand", "family": "family",
    "mentor": "mentor",
}  # fmt: skip
ENGLAND = {
    "attendance_target": "Attendance last term was 81 per cent. Our target is **92 per cent**.\n\n- Mornings are "
    "the problem: we agreed on a call at 7:40\n- We look at it again every second Friday",
    "workplace_skills": "On time, asking when unsure, and wearing the safety kit without being told.\n\nWorking "
    "towards the Level 1 award in employability.",
    "next_step": "Back to my own school for two mornings a week after half term, if the target is met. "
    "Ms Adebayo tells the school.",
}  # fmt: skip
DAY = datetime.timedelta(days=1)
WHEN = ["Until the middle of the term", "All term", "After the break"]
COMMENTS = [
    "I like the honesty in this. Can you say how you will know that it worked?",
    "This is a lot for one term. Which of the three comes first?",
    "We talked about this at the kitchen table. I agree with it.",
]


@dataclass
class PlanWriter:
    """Writes one student's plan for one term as of the days in it."""

    made: DemoSchool
    student: Student
    term: Term
    profile: dict

    def __post_init__(self):
        charge = self.student.seats.on(self.day(2)).first() or self.student.seats.order_by("starts_on").first()
        self.adviser: User = charge.advisory.charges.order_by("starts_on").first().user
        self.student_user = self.student.user

    def day(self, weeks: int) -> datetime.date:
        """A day `weeks` into the term or into the student's time, never past today or the term."""
        start = max(self.term.starts_on, self.student.started_on)
        return min(start + datetime.timedelta(weeks=weeks), self.made.today, self.term.ends_on - DAY)

    def at(self, weeks: int) -> datetime.datetime:
        return datetime.datetime.combine(self.day(weeks), datetime.time(10, 30), self.made.school.zone)

    def begin(self, number: int) -> Plan:
        template = current_template(school=self.made.school, by=self.made.lead)
        plan = Plan.objects.create(
            student=self.student, school=self.made.school, term=self.term, template=template,
            begun_by=self.student_user, begun_at=self.at(0),
        )  # fmt: skip
        specs = list(template.sections.all())
        drafts = [
            Draft(self.student, spec.title, spec.readers, spec.writers, markdown=self._words(spec.key))
            for spec in specs
        ]
        texts = create_many(drafts=drafts, by=self.student_user, at=self.at(1))
        Section.objects.bulk_create(
            Section(
                plan=plan, school=self.made.school, key=spec.key, title=spec.title, guidance=spec.guidance,
                order=spec.order, text=text,
            )
            for spec, text in zip(specs, texts, strict=True)
        )  # fmt: skip
        self._work(plan, number)
        return plan

    def _words(self, key: str) -> str:
        return ENGLAND.get(key) or self.profile.get(SECTIONS.get(key, ""), "").strip()

    def _work(self, plan: Plan, number: int):
        goals = {goal.key: goal for goal in self.made.school.goals.all()}
        own = [
            add_own_goal(plan=plan, words=words, by=self.student_user, at=self.at(1))
            for words in self.profile["own_goals"]
        ]
        # Earlier terms begin with other work, so that a student's plans are not all alike.
        items = self.profile["items"][number % 2 :] + self.profile["items"][: number % 2]
        for position, item in enumerate(items):
            choices = [GoalChoice(how=item["how"], goal=goals[key]) for key in item["goals"]]
            if position == 0:
                choices.append(GoalChoice(how="", own_goal=own[0]))
            details = Details(
                title=item["title"], resources=item["resources"], shows=item["along"], evidence=item["evidence"],
                when=WHEN[position % 3], goals=tuple(choices),
            )  # fmt: skip
            draft = Draft(self.student, item["title"], EVERYBODY, ITEM_WRITERS, markdown=item["what"])
            state = WorkItem.State.PLANNED if position else WorkItem.State.DOING
            made = make_item(plan, details, self.student_user, self.at(1), draft=draft, priority=position + 1)
            WorkItem.objects.filter(pk=made.pk).update(state=state)

    def review(self, plan: Plan):
        submit(plan=plan, by=self.student_user, on=self.day(2), at=self.at(2))

    def ready(self, plan: Plan):
        make_ready(plan=plan, by=self.adviser, on=self.day(3), at=self.at(3))

    def sign_all(self, plan: Plan, but: str = ""):
        """Everyone still asked signs, on paper where they have no e-mail; one of each place is enough."""
        rows = signing_rows(team_rows(self.student), self.day(3))
        places = standing_of_plan(plan, rows, self.day(3)).missing
        for place, people in places.items():
            if people and place != but:
                self._sign(plan, people[0], next(row.role for row in rows if row.user_id == people[0].pk))

    def _sign(self, plan, user, role):
        facts = {"plan": plan, "number": plan.version.number, "role": role, "on": self.day(3), "at": self.at(3)}
        if user.email or user == self.adviser:
            sign(by=user, **facts)
        else:
            sign_before_witness(
                user=user, way=Signature.Way.PAPER, typed_name="", signed_on=self.day(3), by=self.adviser, **facts
            )

    def close(self, plan: Plan, done: int):
        for item in list(plan.items.all())[:done]:
            item.state = WorkItem.State.DONE
            item.save(update_fields=["state"])
        end = self.term.ends_on - DAY
        at = datetime.datetime.combine(end, datetime.time(15), self.made.school.zone)
        close_plan(plan=plan, by=self.adviser, on=end, at=at)


def write_plans(made: DemoSchool) -> None:
    """Every student's plans, term by term."""
    terms = [term for term in made.terms if term.starts_on <= made.today]
    for index, student in enumerate(made.students):
        mine = [term for term in terms if term.ends_on > student.started_on]
        for number, term in enumerate(mine):
            writer = PlanWriter(made, student, term, made.profile_of[student.pk])
            if term.ends_on <= made.today:
                _past(writer, number)
            else:
                _current(writer, index, number)
    for term in terms:
        if term.ends_on <= made.today:
            term.closed_at = datetime.datetime.combine(term.ends_on, datetime.time(9), made.school.zone)
            term.closed_by = made.lead
            term.save(update_fields=["closed_at", "closed_by"])


def _past(writer: PlanWriter, number: int):
    plan = writer.begin(number)
    writer.review(plan)
    writer.ready(plan)
    writer.sign_all(plan)
    writer.close(plan, done=1)


def _current(writer: PlanWriter, index: int, number: int):
    weeks = (writer.made.today - max(writer.student.started_on, writer.term.starts_on)).days // 7
    stands = STANDS[index % len(STANDS)]
    if weeks < 8:
        # Who has just come has a draft at most; who came six weeks ago and has no plan is overdue.
        stands = "draft" if weeks < 4 else "none"
    if stands == "none":
        return
    plan = writer.begin(number)
    if stands != "draft":
        writer.review(plan)
    if stands in ("signing", "active"):
        writer.ready(plan)
        writer.sign_all(plan, but=Role.PARENT if stands == "signing" else "")
    if index % 3 == 0:
        _comment(writer, plan, index)


def _comment(writer: PlanWriter, plan: Plan, index: int):
    section = plan.sections.order_by("order")[index % 3]
    team = team_of(writer.student, writer.adviser, writer.day(3))
    open_thread(on=section, words=COMMENTS[index % 2], by=writer.adviser, at=writer.at(3), team=team)


def team_of(student: Student, viewer: User, day: datetime.date) -> Team:
    """The student's team as `viewer` may know it that day."""
    return Team(student, team_rows(student), viewer, standing_on(student, viewer, day), day)

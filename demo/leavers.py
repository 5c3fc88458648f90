"""Classes that have left a demo school: their records, who stays in touch with them, what is known of them since.

Written in bulk, for the told schools and for the drawn ones of a network, as the rooms' actions would write it: without
their audit lines, guardians and plans.
"""

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.models import User
from advisories.models import Advisory, Charge, Seat
from common.names import fold
from demo.backgrounds import draw_poor, rows
from demo.bulk import write
from demo.fates import ENDS, Fate, How, of_class, tell
from demo.names import Names
from internships.models import Placement, PlacementMentor
from mentors.models import Mentor
from outcomes.models import Background, ContactConsent, Destination, Leaver, Survey
from outcomes.models.leaver import months_after
from rosters.models import Leaving
from schools.models import School
from schools.roles import Role
from students.models import Enrolment, Student, TeamMember

DAY = datetime.timedelta(days=1)
YEARS_HERE = 4
# Of ten surveys that were sent how many are answered.
ANSWERED = {6: 5, 12: 4, 24: 3}
# Of ten: who may be asked; who has not said. The rest do not want to be.
MAY, NOT_SAID = 7, 2
LAST_GRADES = {School.System.UNITED_STATES: "12", School.System.ENGLAND: "11"}
TITLES = ["Learned the trade from the ground up", "Helped in the workshop", "Served, packed and counted"]


# What somebody is doing, of all that is said of them.
STATES = (
    Destination.Kind.ENROLLED, Destination.Kind.NOT_ENROLLED, Destination.Kind.WORK, Destination.Kind.NEITHER,
)  # fmt: skip
WORDS = [
    "Tell the advisory hello. I still use the notebook for my hours.",
    "It is a lot of forms. Somebody from school helping with the first one made the difference.",
    "I want to go back to learning in a year, when I have some money together.",
    "Two of us from the class work there now.",
    "",
]


def answers(fact: dict) -> dict:
    """What was answered, as outcomes/answers.py keeps it, of what is known by it."""
    kind, since = fact["kind"], fact["starts_on"].isoformat()
    if kind == Destination.Kind.ENROLLED:
        found = {
            "studies": "yes", "level": fact["level"], "school": fact["where"], "course": fact["what"],
            "studies_since": since,
        }  # fmt: skip
    elif kind == Destination.Kind.WORK:
        through, placement = {True: "yes", False: "no"}.get(fact.get("through_internship")), fact.get("placement")
        found = {
            "works": "yes", "employer": fact["where"], "job": fact["what"], "hours": fact["hours_a_week"],
            "works_since": since, "through": through, "placement": placement and placement.pk,
        }  # fmt: skip
    elif kind == Destination.Kind.NEITHER:
        found = {"studies": "no", "works": "no"}
    else:
        found = {"studies": "no"}
    return {name: said for name, said in found.items() if said}


@dataclass
class Gone:
    """Somebody of one class, under construction."""

    year: int
    left_on: datetime.date
    fate: Fate
    advisory: Advisory
    adviser: User
    student: Student | None = None
    leaver: Leaver | None = None
    placement: Placement | None = None
    may_ask: bool | None = None
    answered: dict[int, Survey] = field(default_factory=dict)


@dataclass
class Leavers:
    """The classes of one school, `sizes` of them with the latest last. `mentors` are those with whom a placement may
    begin; of every `without`th nobody has recorded what makes somebody disadvantaged."""

    school: School
    today: datetime.date
    seed: int
    by: User
    advisers: Sequence[User]
    sizes: Sequence[int]
    mentors: Sequence[Mentor]
    without: int = 0
    first_number: int = 5000
    gone: list[Gone] = field(default_factory=list)
    said: list[Destination] = field(default_factory=list)

    def write(self) -> list[Gone]:
        self.names = Names(self.seed)
        self.random = self.names.random
        self._classes()
        self._people()
        self._records()
        self._in_touch()
        self._placements()
        self._asked()
        self._destinations()
        return self.gone

    def _classes(self):
        month, day = ENDS[self.school.system]
        latest = self.today.year - ((self.today.month, self.today.day) < (month, day))
        advisories = []
        for back, size in enumerate(reversed(self.sizes)):
            year = latest - back
            left_on, gained = datetime.date(year, month, day), 1 - back / max(len(self.sizes) - 1, 1)
            groups = [self._advisory(adviser, left_on) for adviser in self.advisers[: -(-size // 20)]]
            advisories += groups
            fates = of_class(self.random, self.school.system, draw_poor(self.random, size), gained)
            self.gone += [
                Gone(year, self._left_on(fate, left_on), fate, groups[number % len(groups)],
                     self.advisers[number % len(groups)])
                for number, fate in enumerate(fates)
            ]  # fmt: skip
        write(Advisory, advisories)
        charges = {one.advisory.pk: one for one in self.gone}
        write(
            Charge,
            (
                Charge(
                    advisory=one.advisory, user=one.adviser, starts_on=one.advisory.opened_on,
                    ends_on=one.advisory.closed_on,
                )
                for one in charges.values()
            ),
        )  # fmt: skip

    def _left_on(self, fate, last) -> datetime.date:
        """Who stops does so in spring, and not with the others."""
        return last - self.random.randint(25, 75) * DAY if fate.how == How.STOPPED else last

    def _advisory(self, adviser, left_on) -> Advisory:
        opened = left_on.replace(year=left_on.year - YEARS_HERE, month=9, day=1)
        name = f"{adviser.family_name}, class of {left_on.year}"
        return Advisory(school=self.school, name=name, opened_on=opened, closed_on=left_on)

    def _people(self):
        families = [self.names.family() for _one in self.gone]
        names = [(self.names.child(one.family_name), one.family_name) for one in families]
        users = write(
            User,
            (
                User(
                    username=f"alumni{number}.s{self.school.pk}@demo.example",
                    password="!",  # noqa: S106 (no password fits)
                    is_demo=True, given_name=given, family_name=family, search_name=fold(f"{given} {family}"),
                )
                for number, (given, family) in enumerate(names)
            ),
        )  # fmt: skip
        students = write(
            Student,
            (
                Student(
                    school=self.school, user=user, number=str(self.first_number + number),
                    started_on=one.advisory.opened_on, born_on=self._birthday(one),
                )
                for number, (user, one) in enumerate(zip(users, self.gone, strict=True))
            ),
        )  # fmt: skip
        for one, student in zip(self.gone, students, strict=True):
            one.student = student

    def _birthday(self, one) -> datetime.date:
        age = int(LAST_GRADES[self.school.system]) + 6
        return datetime.date(one.year - age, 1, 1) + datetime.timedelta(days=self.random.randint(0, 240))

    def _records(self):
        grade = LAST_GRADES[self.school.system]
        spans = [
            {"student": one.student, "starts_on": one.student.started_on, "ends_on": one.left_on} for one in self.gone
        ]
        grades = [grade if one.fate.how == How.GRADUATED else str(int(grade) - 1) for one in self.gone]
        write(Enrolment, (Enrolment(**span, grade=at) for span, at in zip(spans, grades, strict=True)))
        write(
            Seat, (Seat(**span, advisory=one.advisory) for span, one in zip(spans, self.gone, strict=True))
        )  # fmt: skip
        facts = [(one, at, {"student": one.student, "school": self.school, "by": self.by}) for one, at in
                 zip(self.gone, grades, strict=True)]  # fmt: skip
        write(
            Leaving,
            (Leaving(**fact, on=one.left_on, grade=at, ended={"advisory": one.advisory.pk}) for one, at, fact in facts),
        )
        leavers = write(
            Leaver,
            (
                Leaver(
                    **fact, left_on=one.left_on, class_of=one.year, how=one.fate.how, grade=at, advisory=one.advisory,
                    at=self._at(one.left_on),
                )
                for one, at, fact in facts
            ),
        )  # fmt: skip
        for one, leaver in zip(self.gone, leavers, strict=True):
            one.leaver = leaver
        students, poor = [one.student for one in self.gone], [one.fate.is_poor for one in self.gone]
        write(Background, rows(students, poor, self.random, self.by, without=self.without))

    def _in_touch(self):
        """They still read their own record, and the adviser of their last day stays in touch."""
        rows = []
        for one in self.gone:
            facts = {"student": one.student, "school": self.school}
            since, pk = one.student.started_on, one.student.pk
            rows += [
                TeamMember(
                    **facts, user=one.student.user, role=Role.STUDENT, cause=f"student:{pk}", starts_on=since
                ),
                TeamMember(
                    **facts, user=one.adviser, role=Role.ADVISER, cause=one.advisory.cause, starts_on=since,
                    ends_on=one.left_on,
                ),
                TeamMember(
                    **facts, user=one.adviser, role=Role.ALUMNI_CONTACT, cause=one.leaver.cause,
                    starts_on=one.left_on, ends_on=one.leaver.in_touch_until,
                ),
            ]  # fmt: skip
        write(TeamMember, rows)

    def _placements(self):
        """A placement that was completed before they left, of those whose job came through it."""
        if not self.mentors:
            return
        mentors = itertools.cycle(self.mentors)
        placed = [(one, next(mentors)) for one in self.gone if one.fate.through]
        made = write(Placement, (self._placement(one, mentor) for one, mentor in placed))
        write(
            PlacementMentor,
            (
                PlacementMentor(placement=row, mentor=mentor, starts_on=row.starts_on, ends_on=row.ends_on)
                for row, (_one, mentor) in zip(made, placed, strict=True)
            ),
        )
        # The database lets a placement begin once its mentors and their papers are there.
        rows = Placement.objects.filter(pk__in=[row.pk for row in made])
        rows.update(begun_at=self._at(self.today - 900 * DAY), begun_by=self.by)
        for row, (one, _mentor) in zip(made, placed, strict=True):
            one.placement = row

    def _placement(self, one, mentor) -> Placement:
        starts_on, ends_on = one.left_on - 150 * DAY, one.left_on - 10 * DAY
        return Placement(
            school=self.school, student=one.student, organisation=mentor.organisation,
            title=TITLES[one.student.pk % len(TITLES)], starts_on=starts_on, ends_on=ends_on, arranged_by=self.by,
            arranged_at=self._at(starts_on), ended_by=self.by, ended_at=self._at(ends_on), job_offered=True,
            reason=Placement.Reason.COMPLETED, host_again=Placement.Again.YES, may_refer=True,
        )  # fmt: skip

    def _asked(self):
        """Consents, and the surveys at 6, 12 and 24 months: answered, waited for, or still to be asked."""
        for one in self.gone:
            draw = self.random.randrange(10)
            one.may_ask = True if draw < MAY else None if draw < MAY + NOT_SAID else False
        write(
            ContactConsent,
            (
                ContactConsent(
                    student=one.student, school=self.school, may_ask=one.may_ask, by=one.adviser,
                    said_on=one.left_on - 14 * DAY, email=one.student.user.username if one.may_ask else "",
                )
                for one in self.gone if one.may_ask is not None
            ),
        )  # fmt: skip
        asked = [one for one in self.gone if one.may_ask is not False and one.leaver.is_asked]
        surveys = [(one, self._survey(one, months)) for one in asked for months in Survey.MONTHS]
        for one, survey in surveys:
            if survey.answered_at:
                one.answered[survey.months] = survey
        # What is said first, since a survey keeps what was answered.
        self.said = [row for one in self.gone for row in self._said_of(one)]
        write(Survey, (survey for _one, survey in surveys))

    def _survey(self, one, months) -> Survey:
        due_on = months_after(one.left_on, months)
        survey = Survey(leaver=one.leaver, student=one.student, school=self.school, months=months, due_on=due_on)
        is_answered, days = self.random.randrange(10) < ANSWERED[months], self.random.randint(1, 12)
        # Who has not said whether they may be asked by link is asked by their adviser, in time or not.
        if due_on > self.today or (not one.may_ask and due_on > self.today - 120 * DAY):
            return survey
        survey.asked_at = self._at(due_on)
        if is_answered and not one.fate.is_silent and due_on + days * DAY < self.today:
            survey.answered_at = self._at(due_on + days * DAY)
        elif due_on + 14 * DAY < self.today:
            survey.reminded_at = self._at(due_on + 14 * DAY)
        return survey

    def _destinations(self):
        write(Destination, self.said)

    def _said_of(self, one) -> list[Destination]:
        rows = list(self._told_of(one))
        for survey in one.answered.values():
            if not survey.answers:
                rows += self._says_again(one, survey, rows)
        return rows

    def _says_again(self, one, survey, rows) -> list[Destination]:
        """Who is asked says what is known already; or has not answered, where that may have changed."""
        on = survey.answered_at.date()
        last = next((row for row in reversed(rows) if row.kind in STATES and row.starts_on <= on), None)
        has_left = one.fate.enrolled and not one.fate.stays and survey.months > 6
        has_finished = any(row.kind == Destination.Kind.CREDENTIAL and row.starts_on <= on for row in rows)
        if last is None or has_left or has_finished:
            survey.answered_at = None
            if survey.due_on + 14 * DAY < self.today:
                survey.reminded_at = self._at(survey.due_on + 14 * DAY)
            return []
        names = ("kind", "level", "where", "what", "starts_on", "hours_a_week", "through_internship", "placement")
        return [self._answered({name: getattr(last, name) for name in names}, one, survey)]

    def _answered(self, fact, one, survey) -> Destination:
        """By themselves, or through their adviser, where they have not said that they may be asked by link."""
        source, by = Destination.Source.SELF, one.student.user
        if not one.may_ask:
            source, by = Destination.Source.ADVISER, one.adviser
        said_on = survey.answered_at.date()
        fact["starts_on"] = min(fact["starts_on"], said_on)
        survey.answers |= answers(fact)
        if not fact.get("words") and (words := self.random.choice(WORDS)):
            fact["words"] = survey.answers["words"] = words
        return self._row(fact | {"source": source, "said_on": said_on, "survey": survey}, by, one)

    def _row(self, fact, by, one) -> Destination:
        return Destination(student=one.student, school=self.school, by=by, at=self._at(fact["said_on"]), **fact)

    def _told_of(self, one):
        for fact in tell(one.fate, self.random, self.school.system, one.year):
            survey = one.answered.get(fact.pop("months"))
            if fact["said_on"] > self.today:
                continue
            if fact.get("through_internship") and one.placement:
                fact |= {"placement": one.placement, "where": str(one.placement.organisation)}
            if survey:
                yield self._answered(fact, one, survey)
            else:
                yield self._row(
                    fact, one.student.user if fact["source"] == Destination.Source.SELF else one.adviser, one
                )

    def _at(self, day) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(10, 30), self.school.zone)

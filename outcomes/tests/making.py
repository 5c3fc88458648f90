"""Rows for figures: a school of its own, and facts written straight into the tables, so that what is counted depends on
no action. Days are the school's; a moment is noon there unless it is said otherwise."""

import datetime
import itertools
import uuid

from accounts.models import User
from advisories.models import Advisory, OneToOne, Seat
from bpl.tests.cast import a_school
from coedit.models import Text
from exhibitions.models import Agreed, Exhibition, Window
from exhibitions.models import Seat as PanelSeat
from internships.models import Placement, PlacementMentor, Rules, SiteDay, SiteWeekday, Suspension, Touch, Visit
from mentors.models import Mentor, Organisation, OrganisationContact
from outcomes import cohorts, figures
from outcomes.models import Background, Destination, Held, Leaver
from outcomes.models.leaver import class_of
from plans.models import Invitation, Meeting, Plan, PlanVersion, Section, Step, Template
from schools.defaults import GOALS
from schools.models import AttendanceCode, Closure, Criterion, Level, Rubric, Term
from schools.roles import Role
from students.models import AttendanceMark, Enrolment, Student

TERM = datetime.date(2026, 9, 1), datetime.date(2026, 12, 19)
_numbers = itertools.count()


def day(text: str) -> datetime.date:
    """ "9-14" in the year of the tests, "2027-9-14" in another."""
    parts = [int(part) for part in text.split("-")]
    return datetime.date(*(parts if len(parts) == 3 else (2026, *parts)))


class Making:
    """A school with one term, and what happens there."""

    def __init__(self, system="us", zone="America/New_York", network=None, **settings):
        self.school = a_school(f"School {next(_numbers)}", network, system=system, time_zone=zone, **settings)
        self.term = Term.objects.create(school=self.school, name="Fall", starts_on=TERM[0], ends_on=TERM[1])
        self.rules = Rules.objects.create(school=self.school, needs_background=False)
        self.adult, self.adviser = self.user(), self.user()
        self.advisories: dict[str, Advisory] = {}
        self.template = Template.objects.create(school=self.school, name="Plan", created_by=self.adult)
        self.rubric = self.a_rubric()

    # People -------------------------------------------------------------------------------------------------------

    def user(self) -> User:
        number = next(_numbers)
        return User.objects.create(username=f"u{number}", given_name=f"U{number}", email=f"u{number}@example.org")

    def student(self, starts="2025-9-1", ends=None, grade="10", advisory=None) -> Student:
        found = Student.objects.create(school=self.school, user=self.user(), started_on=day(starts))
        self.enrolled(found, starts, ends, grade)
        if advisory:
            self.seat(found, advisory, starts, ends)
        return found

    def enrolled(self, student, starts, ends=None, grade="10") -> None:
        Enrolment.objects.create(student=student, starts_on=day(starts), ends_on=ends and day(ends), grade=grade)

    def advisory(self, name) -> Advisory:
        if name not in self.advisories:
            self.advisories[name] = Advisory.objects.create(school=self.school, name=name, opened_on=day("2020-9-1"))
        return self.advisories[name]

    def seat(self, student, name, starts, ends=None) -> None:
        Seat.objects.create(
            advisory=self.advisory(name), student=student, starts_on=day(starts), ends_on=ends and day(ends)
        )

    def holds(self, *kinds, threshold=10) -> None:
        Held.objects.create(school=self.school, kinds=list(kinds), threshold=threshold)

    def background(self, student, kind, value, since="2025-9-1") -> None:
        Background.objects.create(
            student=student, school=self.school, kind=kind, value=value, since=day(since), by=self.adult
        )

    def at(self, on: str, hour=12, minute=0) -> datetime.datetime:
        return datetime.datetime.combine(day(on), datetime.time(hour, minute), self.school.zone)

    # Plans --------------------------------------------------------------------------------------------------------

    def text(self, student, plain="") -> Text:
        return Text.objects.create(
            school=self.school, student=student, title="Words", plain=plain, created_by=self.adult
        )

    def plan(self, student, *signed, term=None, target=None) -> Plan:
        """Active from each of the moments in `signed`; `target` is what its section on attendance says."""
        plan = Plan.objects.create(
            student=student, school=self.school, term=term or self.term, template=self.template, begun_by=self.adult,
            begun_at=self.at("9-2"),
        )  # fmt: skip
        for number, at in enumerate(signed, 1):
            version = PlanVersion.objects.create(
                plan=plan, school=self.school, number=number, content={}, marks={}, hash="x", role_hashes={},
                fixed_by=self.adult, fixed_at=at,
            )  # fmt: skip
            plan.version = plan.in_force = version
            plan.state = Plan.State.ACTIVE
            Step.objects.create(
                plan=plan, school=self.school, kind=Step.Kind.ACTIVATED, version=version, by=self.adult, at=at
            )
        plan.save()
        if target is not None:
            Section.objects.create(
                plan=plan, school=self.school, key="attendance_target", title="Attendance target",
                text=self.text(student, target),
            )  # fmt: skip
        return plan

    def meeting(self, plan, at, *, off=False, came=()) -> Meeting:
        """`came` says for each who was invited whether they came, or None."""
        meeting = Meeting.objects.create(
            plan=plan, school=self.school, starts_at=at, notes=self.text(plan.student), called_by=self.adult,
            called_at=self.at("9-2"), led_by=self.adult, called_off_at=self.at("9-3") if off else None,
            called_off_by=self.adult if off else None,
        )  # fmt: skip
        for one in came:
            Invitation.objects.create(meeting=meeting, user=self.user(), came=one)
        return meeting

    # Internships --------------------------------------------------------------------------------------------------

    def placement(self, student, starts="9-1", ends=None, weekdays=(1, 3), begun=True, mentor=None) -> Placement:
        mentor = mentor or self.mentor()
        found = Placement.objects.create(
            school=self.school, student=student, organisation=mentor.organisation, title="Boats",
            starts_on=day(starts), ends_on=ends and day(ends), arranged_by=self.adult, arranged_at=self.at("2025-9-1"),
        )  # fmt: skip
        PlacementMentor.objects.create(placement=found, mentor=mentor, starts_on=day(starts))
        for weekday in weekdays:
            SiteWeekday.objects.create(
                placement=found, student=student, weekday=weekday, from_time=datetime.time(9),
                to_time=datetime.time(15), starts_on=day(starts), ends_on=ends and day(ends),
            )  # fmt: skip
        if begun:
            Placement.objects.filter(pk=found.pk).update(begun_at=self.at(starts), begun_by=self.adult)
        return Placement.objects.get(pk=found.pk)

    def mentor(self) -> Mentor:
        place = Organisation.objects.create(school=self.school, name=f"Place {next(_numbers)}")
        return Mentor.objects.create(
            school=self.school, user=self.user(), organisation=place, starts_on=day("2020-1-1")
        )

    def on_site(
        self, placement, on, *, came=False, minutes=None, absent=None, source="student", make_up=False
    ) -> SiteDay:
        """`minutes` are confirmed; `absent` is what the absence counts as."""
        code = absent and AttendanceCode.objects.filter(school=self.school, counts=absent).first()
        found = SiteDay.objects.create(
            school=self.school, student_id=placement.student_id, placement=placement, date=day(on),
            kind="make_up" if make_up else "regular", from_time=datetime.time(9) if make_up else None,
            to_time=datetime.time(15) if make_up else None, minutes=minutes,
            confirmed_at=None if minutes is None else self.at(on), confirmed_by=None if minutes is None else self.adult,
            absence=code, absence_source=source if code else "", absence_by=self.adult if code else None,
        )  # fmt: skip
        if came:
            Touch.objects.create(
                day=found, way="in", claimed_at=self.at(on, 9), received_at=self.at(on, 9), key=uuid.uuid4(),
                by=self.adult,
            )  # fmt: skip
        return found

    def rests(self, placement, starts, ends=None) -> None:
        Suspension.objects.create(
            placement=placement, starts_on=day(starts), ends_on=ends and day(ends), why="school", at=self.at(starts)
        )

    def closed(self, starts, ends) -> None:
        Closure.objects.create(school=self.school, name="Closed", starts_on=day(starts), ends_on=day(ends))

    def adviser_of(self, student) -> User:
        """Somebody who is on the student's team as their adviser."""
        since = {"school": self.school, "starts_on": student.started_on}
        row, _is_new = student.team.get_or_create(
            role=Role.ADVISER, user=self.adviser, cause="advisory:1", defaults=since
        )  # fmt: skip
        return row.user

    def contact(self, placement, on, kind="call", about_student=True, hour=12, by=None) -> None:
        """Of the student's adviser, unless it is `by` somebody else: about the student, or with the mentor alone."""
        mentor = placement.mentors.get().mentor
        row = OrganisationContact.objects.create(
            school=self.school, organisation=placement.organisation, mentor=None if about_student else mentor,
            kind=kind, at=self.at(on, hour), by=by or self.adviser_of(placement.student),
        )  # fmt: skip
        if about_student:
            Visit.objects.create(placement=placement, contact=row)

    # Exhibitions --------------------------------------------------------------------------------------------------

    def a_rubric(self, levels=4) -> Rubric:
        Rubric.objects.filter(school=self.school).update(is_current=False)
        version = Rubric.objects.filter(school=self.school).count() + 1
        rubric = Rubric.objects.create(
            school=self.school, version=version, created_by=self.adult, created_at=self.at("2024-9-1")
        )
        for rank in range(1, levels + 1):
            Level.objects.create(rubric=rubric, rank=rank, name=f"Level {rank}")
        for key, name, *_words in GOALS:
            Criterion.objects.create(rubric=rubric, key=key, name=str(name))
        return rubric

    def window(self, starts, last, term=None, rubric=None) -> Window:
        return Window.objects.create(
            school=self.school, term=term or self.term, name=f"Window {next(_numbers)}", starts_on=day(starts),
            last_on=day(last), rubric=rubric or self.rubric, opened_by=self.adult, opened_at=self.at("2025-9-1"),
        )  # fmt: skip

    def exhibition(self, student, window, told=None, rated_by=None) -> Exhibition:
        """`rated_by` is as what somebody who has handed in came."""
        found = Exhibition.objects.create(
            school=self.school, window=window, student=student, outline=self.text(student), told_starts_at=told,
            begun_by=self.adult, begun_at=self.at("9-2"),
        )  # fmt: skip
        if rated_by:
            PanelSeat.objects.create(
                exhibition=found, user=self.user(), kind=rated_by, added_by=self.adult, added_at=self.at("9-2"),
                handed_in_at=self.at("12-1"),
            )  # fmt: skip
        return found

    def agreed(self, exhibition, key, rank, replaced=False) -> None:
        rubric = exhibition.window.rubric
        Agreed.objects.create(
            exhibition=exhibition, criterion=rubric.criteria.get(key=key), by=self.adult, received_at=self.at("12-1"),
            level=None if rank is None else rubric.levels.get(rank=rank),
            replaced_at=self.at("12-2") if replaced else None,
        )  # fmt: skip

    # Being here ---------------------------------------------------------------------------------------------------

    def code(self, counts) -> AttendanceCode:
        found = AttendanceCode.objects.filter(school=self.school, counts=counts).first()
        return found or AttendanceCode.objects.create(school=self.school, code="Y", name=counts, counts=counts)

    def mark(self, student, on, counts="present", session="am", source="circle", supersedes=None) -> AttendanceMark:
        return AttendanceMark.objects.create(
            student=student, school=self.school, date=day(on), session=session, code=self.code(counts), source=source,
            by=self.adult, supersedes=supersedes,
        )  # fmt: skip

    def talk(self, student, on) -> None:
        OneToOne.objects.create(student=student, school=self.school, by=self.adult, held_on=day(on))

    # Afterwards ---------------------------------------------------------------------------------------------------

    def left(self, left_on="2026-6-20", how="graduated", *, grade="12", advisory=None, **facts) -> Student:
        student = self.student(f"{day(left_on).year - 4}-9-1", left_on, grade)
        self.leaver(student, left_on, how, grade=grade, advisory=advisory and self.advisory(advisory), **facts)
        return student

    def leaver(self, student, left_on, how="graduated", **facts) -> Leaver:
        return Leaver.objects.create(
            student=student, school=self.school, left_on=day(left_on), class_of=class_of(day(left_on)), how=how,
            by=self.adult, at=self.at(left_on), **facts,
        )  # fmt: skip

    def became(self, student, kind, starts, *, until=None, said=None, level="", **facts) -> Destination:
        return Destination.objects.create(
            student=student, school=self.school, kind=kind, level=level, starts_on=day(starts),
            ends_on=until and day(until), said_on=day(said or starts), source="self", by=self.adult,
            at=self.at(said or starts), **facts,
        )  # fmt: skip

    # What is counted ----------------------------------------------------------------------------------------------

    def here(self, today="11-24", term=None):
        cohort = cohorts.of_term(self.school, term or self.term, day(today))
        return figures.FACTS[cohort.stage](cohort)

    def after(self, year=2026, today="2026-11-24"):
        cohort = cohorts.of_class(self.school, year, day(today))
        return figures.FACTS[cohort.stage](cohort)


def says(key: str, facts) -> dict:
    """What a figure says of each: by student, only whether they count."""
    return {pk: one.counts for pk, one in figures.FIGURES[key].say(facts).items()}


def measures(key: str, facts) -> dict:
    return {pk: (one.part, one.of) for pk, one in figures.FIGURES[key].say(facts).items()}

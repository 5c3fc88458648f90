"""Sixty-five schools and 20,000 students, for measuring: the two told schools, and 63 drawn ones written in bulk.

Rows are made as the rooms' actions would make them, without their audit lines and notices.
"""

import datetime
import itertools
from collections.abc import Callable

from django.utils import timezone

from accounts.models import User
from advisories.models import Advisory, Charge, OneToOne, Seat
from common.names import fold
from demo.bulk import write
from demo.calendar import terms_around
from demo.mentors import LOOKING
from demo.names import Names
from demo.network_placements import BulkPlacements
from demo.network_plans import BulkPlans
from demo.profiles import profiles
from mentors.models import Mentor, Mentorship, Organisation
from schools.defaults import equip
from schools.models import AttendanceCode, Network, School, StaffRole, Term
from schools.roles import Role
from students.models import AttendanceMark, Enrolment, FamilyContact, Guardianship, Home, Student, TeamMember

SCHOOLS = 63
STUDENTS = 316
ADVISORY = 15
TOWNS = "Oakland Tacoma Nashville Camden Durango Denver Newark Detroit Bronx Sacramento Vallejo Highline".split()
GRADES = {"9": 14, "10": 15, "11": 16, "12": 17}
DAYS_MARKED = 5
MENTORED_BY_ONE = 2


def add_schools(network: Network, *, today: datetime.date, tell: Callable[[str], object]) -> None:
    for number in range(SCHOOLS):
        BulkSchool(network, number, today).write()
        if (number + 1) % 9 == 0:
            tell(f"{number + 1} of {SCHOOLS} more schools")


class BulkSchool:
    """One drawn school of `size` students, as it stands on `today`."""

    def __init__(self, network: Network, number: int, today: datetime.date, size: int = STUDENTS):
        self.number, self.today, self.size, self.names = number, today, size, Names(1000 + number)
        town = TOWNS[number % len(TOWNS)]
        self.school = School.objects.create(
            network=network, name=f"{town} Big Picture {number // len(TOWNS) + 1}", place=town,
            time_zone="America/New_York" if number % 2 else "America/Los_Angeles",
        )  # fmt: skip
        equip(self.school)
        self.terms = write(
            Term,
            (
                Term(school=self.school, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on)
                for term in terms_around(today, england=False)
            ),
        )
        Term.objects.filter(school=self.school, ends_on__lte=today).update(closed_at=timezone.now())

    def write(self) -> None:
        self._staff()
        self._students()
        self._guardians()
        self._mentors()
        self._team()
        self._days()
        BulkPlans(self).write()
        BulkPlacements(self).write()

    def signers_of(self, position: int) -> dict[str, list[User]]:
        """Who signs the plan of the student at `position`, by role."""
        student = self.students[position]
        return {
            Role.STUDENT: [student.user],
            Role.PARENT: self.parents.get(student.pk, []),
            Role.MENTOR: self.mentors.get(student.pk, []),
            Role.ADVISER: [self.advisers[position // ADVISORY]],
        }

    def _people(self, names: list[tuple[str, str]], kind: str) -> list[User]:
        return write(
            User,
            (
                User(
                    username=f"{kind}{position}.s{self.number}@demo.example",
                    password="!",  # noqa: S106 (no password fits)
                    is_demo=True,
                    email=f"{kind}{position}.s{self.number}@demo.example",
                    given_name=given,
                    family_name=family,
                    search_name=fold(f"{given} {family}"),
                )  # fmt: skip
                for position, (given, family) in enumerate(names)
            ),
        )

    def _staff(self):
        groups = -(-self.size // ADVISORY)
        adults = [self.names.adult() for _ in range(groups + 2)]
        self.lead, self.coordinator, *self.advisers = self._people(adults, "staff")
        since = self.terms[0].starts_on
        roles = [(self.lead, Role.LEAD), (self.coordinator, Role.COORDINATOR)]
        roles += [(adviser, Role.ADVISER) for adviser in self.advisers]
        write(StaffRole, (StaffRole(user=u, school=self.school, role=role, starts_on=since) for u, role in roles))
        self.advisories = write(
            Advisory,
            (
                Advisory(school=self.school, name=f"{adviser.family_name} {index + 1}", opened_on=since)
                for index, adviser in enumerate(self.advisers)
            ),
        )
        pairs = zip(self.advisories, self.advisers, strict=True)
        write(Charge, (Charge(advisory=advisory, user=adviser, starts_on=since) for advisory, adviser in pairs))

    def _students(self):
        self.families = [self.names.family() for _ in range(self.size)]
        users = self._people([(self.names.child(f.family_name), f.family_name) for f in self.families], "student")
        starts = itertools.cycle(term.starts_on for term in self.terms[:4])
        grades = itertools.cycle(GRADES.items())
        enrolments, seats = [], []
        drawn = zip(users, starts, grades, strict=False)
        self.students = write(
            Student,
            (
                Student(
                    school=self.school,
                    user=user,
                    started_on=on,
                    number=str(position),
                    born_on=self.today.replace(year=self.today.year - age, day=1),
                )  # fmt: skip
                for position, (user, on, (_grade, age)) in enumerate(drawn)
            ),
        )
        for position, student in enumerate(self.students):
            grade = list(GRADES)[position % len(GRADES)]
            enrolments.append(Enrolment(student=student, grade=grade, starts_on=student.started_on))
            seats.append(
                Seat(advisory=self.advisories[position // ADVISORY], student=student, starts_on=student.started_on)
            )
        write(Enrolment, enrolments)
        write(Seat, seats)

    def _guardians(self):
        pairs = []
        for student, family in zip(self.students, self.families, strict=True):
            adults = [(family.mother, "mother"), (family.father, "father")]
            pairs += [(student, given, family.family_name, relation) for given, relation in adults if given]
        users = self._people([(given, family_name) for _s, given, family_name, _r in pairs], "parent")
        homes = write(Home, (Home(school=self.school, address=f"{n} Main Street") for n in range(len(self.students))))
        home_of = {student.pk: home for student, home in zip(self.students, homes, strict=True)}
        self.guardianships = write(
            Guardianship,
            (
                Guardianship(
                    student=student,
                    user=user,
                    relation=relation,
                    home=home_of[student.pk],
                    starts_on=student.started_on,
                    is_emergency_contact=relation == "mother",
                )  # fmt: skip
                for (student, _given, _family, relation), user in zip(pairs, users, strict=True)
            ),
        )
        self.parents: dict[int, list[User]] = {}
        for row in self.guardianships:
            self.parents.setdefault(row.student_id, []).append(row.user)

    def _mentors(self):
        """A mentor for every two students, each at a place of their own; every fourth student is still looking."""
        mentored = [one for position, one in enumerate(self.students) if position % LOOKING != LOOKING - 1]
        count = -(-len(mentored) // MENTORED_BY_ONE)
        prose = list(itertools.islice(itertools.cycle(profiles().values()), count))
        people = self._people([self.names.adult() for _ in prose], "mentor")
        since, place = self.terms[0].starts_on, self.school.place
        organisations = write(
            Organisation,
            (
                Organisation(
                    school=self.school, town=place, name=f"{profile['organisation']} {number + 1}",
                    search_name=fold(f"{profile['organisation']} {number + 1} {place}"),
                )
                for number, profile in enumerate(prose)
            ),
        )  # fmt: skip
        mentors = write(
            Mentor,
            (
                Mentor(
                    school=self.school, user=user, organisation=one, job_title=profile["mentor_job"], starts_on=since
                )
                for user, one, profile in zip(people, organisations, prose, strict=True)
            ),
        )  # fmt: skip
        self.mentorships = write(
            Mentorship,
            (
                Mentorship(
                    school=self.school, student=student, mentor=mentors[number // MENTORED_BY_ONE],
                    starts_on=student.started_on,
                )
                for number, student in enumerate(mentored)
            ),
        )  # fmt: skip
        self.mentors = {row.student_id: [row.mentor.user] for row in self.mentorships}

    def _team(self):
        rows = []
        for position, student in enumerate(self.students):
            index = position // ADVISORY
            rows.append((student, student.user, Role.STUDENT, f"student:{student.pk}"))
            rows.append((student, self.advisers[index], Role.ADVISER, self.advisories[index].cause))
        rows += [(row.student, row.user, Role.PARENT, row.cause) for row in self.guardianships]
        rows += [(row.student, row.mentor.user, Role.MENTOR, row.cause) for row in self.mentorships]
        write(
            TeamMember,
            (
                TeamMember(
                    student=student, school=self.school, user=user, role=role, cause=cause, starts_on=student.started_on
                )  # fmt: skip
                for student, user, role, cause in rows
            ),
        )

    def _days(self):
        code = AttendanceCode.objects.get(school=self.school, code="P")
        days = [self.today - datetime.timedelta(days=back) for back in range(1, DAYS_MARKED + 1)]
        noon = datetime.datetime.combine(self.today, datetime.time(16), datetime.UTC)
        marks, talks, contacts = [], [], []
        for position, student in enumerate(self.students):
            by = self.advisers[position // ADVISORY]
            facts = {"student": student, "school": self.school, "by": by}
            marks += [AttendanceMark(**facts, date=day, code=code, source="circle") for day in days]
            held_on = self.today - datetime.timedelta(days=position % 25 + 1)
            talks.append(OneToOne(**facts, held_on=held_on, shared_notes="We went through the plan."))
            contacts.append(FamilyContact(**facts, kind="call", at=noon - datetime.timedelta(days=position % 40 + 1)))
        write(AttendanceMark, marks)
        write(OneToOne, talks)
        write(FamilyContact, contacts)

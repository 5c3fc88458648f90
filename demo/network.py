"""Sixty-five schools and 20,000 students, for measuring: the two told schools, and 63 drawn ones written in bulk.

Rows are made as the rooms' actions would make them, without their audit lines and notices. A school can be `thin`: of
what a student has many of, only every so manieth is there (plans and exhibitions of every so manieth student, days on
site and marks of every so manieth day, a class of leavers so much smaller).
"""

import datetime
import itertools
from collections.abc import Callable

from django.db import connection, reset_queries
from django.utils import timezone

from accounts.models import User
from advisories.models import Advisory, Charge, Seat
from common.names import fold
from demo.backgrounds import draw_poor, hold, rows
from demo.bulk import write
from demo.calendar import terms_around
from demo.held import Exhibitions
from demo.leavers import Leavers
from demo.mentors import LOOKING
from demo.names import Names
from demo.network_days import BulkDays
from demo.network_placements import BulkPlacements
from demo.network_plans import BulkPlans
from demo.profiles import profiles
from mentors.models import Mentor, Mentorship, Organisation
from outcomes.models import Background
from schools.defaults import equip
from schools.models import Network, School, StaffRole, Term
from schools.roles import Role
from students.models import Enrolment, Guardianship, Home, Student, TeamMember

SCHOOLS = 63
STUDENTS = 316
ADVISORY = 15
TOWNS = "Oakland Tacoma Nashville Camden Durango Denver Newark Detroit Bronx Sacramento Vallejo Highline".split()
GRADES = {"9": 14, "10": 15, "11": 16, "12": 17}
# Ten classes of so many have left each school.
CLASSES, LEAVERS = 10, 95
# Exhibitions are held so long after a term has begun, and those of so many terms are known.
EXHIBITED, WINDOWS = datetime.timedelta(weeks=9), 2
MENTORED_BY_ONE = 2


def add_schools(
    network: Network, *, today: datetime.date, tell: Callable[[str], object], count: int = SCHOOLS, thin: int = 1
) -> None:
    for number in range(count):
        BulkSchool(network, number, today, thin=thin).write()
        if connection.vendor == "postgresql":
            # All is one transaction: what PostgreSQL has still to check of it would otherwise grow with every school.
            connection.check_constraints()
        # Where DEBUG is set Django keeps the statements that it ran, and these are long ones.
        reset_queries()
        if (number + 1) % 9 == 0:
            tell(f"{number + 1} of {count} more schools")


class BulkSchool:
    """One drawn school of `size` students, as it stands on `today`."""

    def __init__(self, network: Network, number: int, today: datetime.date, size: int = STUDENTS, thin: int = 1):
        self.number, self.today, self.size, self.names = number, today, size, Names(1000 + number)
        self.thin, self.poor = thin, draw_poor(self.names.random, size)
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
        BulkDays(self).write()
        self._exhibitions()
        BulkPlans.of_school(self).write()
        BulkPlacements(self).write()
        self._remember()

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

    def _remember(self):
        """Who they are at home, and what became of those who left."""
        hold(self.school)
        # In every fifth school some are not recorded.
        without = 6 if self.number % 5 == 4 else 0
        drawn = rows(self.students, self.poor, self.names.random, self.lead, without=without)
        write(Background, drawn)
        Leavers(
            self.school, self.today, seed=2000 + self.number, by=self.lead, advisers=self.advisers,
            sizes=[max(1, LEAVERS * self.size // STUDENTS // self.thin)] * CLASSES,
            mentors=list({row.mentor_id: row.mentor for row in self.mentorships}.values()), without=without,
        ).write()  # fmt: skip

    def adviser_of(self, position: int) -> User:
        return self.advisers[position // ADVISORY]

    def _exhibitions(self):
        """Two windows that are over, of the latest terms that have had one; four students in five showed something."""
        ends = [(term, term.starts_on + EXHIBITED) for term in self.terms]
        over = [(term, _friday(day)) for term, day in ends if _friday(day) < self.today][-WINDOWS:]
        adults = {}
        for position, student in enumerate(self.students):
            parents = [("parent", user) for user in self.parents.get(student.pk, [])]
            adults[student.pk] = [("adviser", self.adviser_of(position)), *parents]
        poor = {one.pk for one, is_poor in zip(self.students, self.poor, strict=True) if is_poor}
        made = Exhibitions(self.school, self.lead, self.names.random, adults, poor)
        shown = [one for n, one in enumerate(self.students) if n % 5 != 4 and n % self.thin == 0]
        for term, last_on in over:
            here = [one for one in shown if one.started_on < last_on - datetime.timedelta(days=20)]
            made.hold(made.open_window(term, last_on), here)


def _friday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=(day.weekday() - 4) % 7)

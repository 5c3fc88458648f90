"""The people every test knows. Dates are fixed: the school's day in tests is TODAY unless a test moves it."""

import datetime
import pickle
from dataclasses import dataclass, field

import pytest

from accounts.models import User
from advisories.actions import charge, roster
from advisories.models import Advisory
from bpl.tests.snapshot import Snapshot
from mentors.actions.mentors import add_mentor
from mentors.actions.mentorship import put_on_team
from mentors.actions.organisations import add_organisation
from mentors.models import Mentorship, Organisation
from schools.actions.staff import give_role
from schools.defaults import equip
from schools.models import Network, School, Term
from schools.roles import Role
from students.actions import enrol, family
from students.actions.colleagues import add_colleague
from students.models import Guardianship, Student

TODAY = datetime.date(2026, 11, 24)
NOW = datetime.datetime(2026, 11, 24, 15, 0, tzinfo=datetime.UTC)
TERM_START = datetime.date(2026, 9, 1)
LONG_AGO = datetime.date(2024, 9, 2)
LAST_YEAR = datetime.date(2025, 9, 1)

# Every name that a row of an access table may use, besides "anonymous".
PEOPLE = (
    "sam lena omar kit rosa dan grandma mo moira former_mentor ada ben cover specialist coordinator lead "
    "safeguarding network_lead stranger"
).split()


@dataclass
class Cast:
    """Sam is in Ada's advisory. Rosa is Sam's mother; Dan, the father, is barred from Sam and not from Kit, Sam's
    sister; Grandma reads only. Mo of Blackstone Boats mentors Sam and Lena, Moira
    Omar; Former mentored Sam until October.
    Omar is in Ben's advisory. The stranger leads another school."""

    school: School
    other_school: School
    network: Network
    term: Term
    last_term: Term
    next_term: Term
    advisory: Advisory
    other_advisory: Advisory
    boatyard: Organisation
    mentorships: dict[tuple[str, str], Mentorship]
    students: dict[str, Student] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name):
        people = self.__dict__.get("people", {})
        if name in people:
            return people[name]
        raise AttributeError(name)

    def student(self, name: str) -> Student:
        return self.students[name]


def person(name: str, given: str, family_name: str = "", **fields) -> User:
    user = User(username=name, given_name=given, family_name=family_name, email=f"{name}@example.org", **fields)
    user.set_unusable_password()
    user.save()
    return user


def a_school(name: str, network=None, **fields) -> School:
    school = School.objects.create(name=name, network=network, **fields)
    equip(school)
    return school


def build() -> Cast:
    network = Network.objects.create(name="The Riverside Network")
    school = a_school("Riverside", network, place="Providence", time_zone="America/New_York")
    other_school = a_school("Kestrel House", network, system="england", place="Doncaster", time_zone="Europe/London")
    day = datetime.date
    last_term, term, next_term = (
        Term.objects.create(school=school, name=name, starts_on=starts, ends_on=ends)
        for name, starts, ends in [
            ("Spring 2026", day(2026, 3, 30), day(2026, 7, 1)),
            ("Fall 2026", TERM_START, day(2026, 12, 19)),
            ("Winter 2027", day(2027, 1, 4), day(2027, 3, 27)),
        ]
    )
    people = {
        "sam": person("sam", "Samuel", "Okafor", preferred_name="Sam"),
        "lena": person("lena", "Lena", "Brandt"),
        "kit": person("kit", "Kit", "Okafor"),
        "omar": person("omar", "Omar", "Haddad"),
        "rosa": person("rosa", "Rosa", "Okafor", language="es"),
        "dan": person("dan", "Dan", "Okafor"),
        "grandma": person("grandma", "Ngozi"),
        "mo": person("mo", "Mo", "Alvarez"),
        "moira": person("moira", "Moira", "Shaw"),
        "former_mentor": person("former", "Fern", "Ward"),
        "ada": person("ada", "Ada", "Lindqvist"),
        "ben": person("ben", "Ben", "Castillo"),
        "cover": person("cover", "Clara", "Novak"),
        "specialist": person("specialist", "Stef", "Moreau"),
        "coordinator": person("coordinator", "Cora", "Banks"),
        "lead": person("lead", "Lee", "Whitfield"),
        "safeguarding": person("safeguarding", "Saoirse", "Kelly"),
        "network_lead": person("network", "Nadia", "Rahman"),
        "stranger": person("stranger", "Stan", "Elsewhere"),
    }
    lead = people["lead"]
    for name, role in [
        ("ada", Role.ADVISER), ("ben", Role.ADVISER), ("cover", Role.ADVISER), ("specialist", Role.SPECIALIST),
        ("coordinator", Role.COORDINATOR), ("lead", Role.LEAD), ("safeguarding", Role.SAFEGUARDING),
    ]:  # fmt: skip
        give_role(user=people[name], role=role, school=school, by=lead, on=LONG_AGO)
    give_role(user=people["stranger"], role=Role.LEAD, school=other_school, by=people["stranger"], on=LONG_AGO)
    give_role(user=people["network_lead"], role=Role.NETWORK_LEAD, network=network, by=lead, on=LONG_AGO)

    advisory = roster.open_advisory(school=school, name="Ada's advisory", by=lead, on=LONG_AGO)
    other_advisory = roster.open_advisory(school=school, name="Ben's advisory", by=lead, on=LONG_AGO)
    charge.take_charge(advisory=advisory, user=people["ada"], by=lead, on=LONG_AGO)
    charge.take_charge(advisory=other_advisory, user=people["ben"], by=lead, on=LONG_AGO)
    charge.take_charge(
        advisory=advisory, user=people["cover"], by=lead, on=day(2026, 11, 23), kind="cover", until=day(2026, 11, 28),
        reason="Ada is at a conference",
    )  # fmt: skip

    students = {}
    for name, grade, born_on, group in [
        ("sam", "10", day(2010, 5, 4), advisory), ("lena", "11", day(2009, 2, 17), advisory),
        ("kit", "9", day(2012, 1, 30), other_advisory), ("omar", "12", day(2008, 8, 9), other_advisory),
    ]:  # fmt: skip
        student = enrol.enrol(school=school, user=people[name], grade=grade, by=lead, on=LAST_YEAR, born_on=born_on)
        roster.seat(student=student, advisory=group, by=lead, on=LAST_YEAR)
        students[name] = student

    rights = Guardianship.Rights
    for student, guardian, relation, right in [
        ("sam", "rosa", "mother", rights.SIGNS), ("kit", "rosa", "mother", rights.SIGNS),
        ("sam", "dan", "father", rights.BARRED), ("kit", "dan", "father", rights.SIGNS),
        ("sam", "grandma", "grandparent", rights.READS),
    ]:  # fmt: skip
        family.add_guardian(
            student=students[student], user=people[guardian], relation=relation, rights=right, by=lead, on=LAST_YEAR
        )
    boatyard = add_organisation(school=school, name="Blackstone Boats", town="Pawtucket", by=lead)
    mentors = {
        name: add_mentor(organisation=boatyard, user=people[name], by=lead, on=LAST_YEAR, job_title="boat builder")
        for name in ("mo", "moira", "former_mentor")
    }
    mentorships = {
        (name, student): put_on_team(
            student=students[student], mentor=mentors[name], by=lead, on=starts, until=ends
        )
        for name, student, starts, ends in [
            ("mo", "sam", TERM_START, None), ("mo", "lena", TERM_START, None), ("moira", "omar", TERM_START, None),
            ("former_mentor", "sam", LAST_YEAR, day(2026, 10, 1)),
        ]
    }  # fmt: skip
    add_colleague(student=students["sam"], user=people["specialist"], role=Role.SPECIALIST, by=lead, on=LAST_YEAR)
    return Cast(
        school, other_school, network, term, last_term, next_term, advisory, other_advisory, boatyard, mentorships,
        students, people,
    )  # fmt: skip


_built: list[Snapshot] = []


@pytest.fixture
def cast(db, monkeypatch) -> Cast:
    """The cast on TODAY: every school's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    if User.objects.exists():
        return build()
    if not _built:
        _built.append(Snapshot.of(build))
        return pickle.loads(_built[0].answer)
    return _built[0].put_back()

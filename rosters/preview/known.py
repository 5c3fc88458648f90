"""Whom a school has already: read in a handful of queries, however long the table, and asked row by row.

People whom earlier rows of the same table bring are known too, so that brothers and sisters share their parents.
"""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from advisories.models import Advisory, Charge, Seat
from common.names import fold
from rosters.tables.facts import Adult, Facts
from rosters.tables.words import plain
from schools.models import School, StaffRole
from students.models import Enrolment, Guardianship, Student
from students.people import adults_of

PERSON = ("pk", "given_name", "family_name", "preferred_name", "email", "phone", "language", "username", "password")


@dataclass(eq=False)
class Person:
    """Somebody whom the school or an earlier row knows; `pk` is None until they are written."""

    pk: int | None
    given_name: str
    family_name: str = ""
    preferred_name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    # Signs in, or works at a school: then an address is theirs to change.
    keeps_own_address: bool = False
    addresses: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return f"{self.preferred_name or self.given_name} {self.family_name}".strip()

    @property
    def names(self) -> set[str]:
        called = {self.given_name, self.preferred_name} - {""}
        return {plain(f"{given} {self.family_name}") for given in called}

    def is_called(self, who: Facts | Adult) -> bool:
        return plain(who.name) in self.names


@dataclass
class Link:
    """A guardianship that holds or will."""

    pk: int
    person: Person
    relation: str
    rights: str
    address: str


@dataclass(eq=False)
class KnownStudent:
    """`row` is the row of this table that speaks of them, once one has; `pk` is None for who comes by it."""

    pk: int | None
    person: Person
    number: str = ""
    born_on: datetime.date | None = None
    enrolled: Enrolment | None = None
    left_on: datetime.date | None = None
    advisory_id: int | None = None
    moves_later: bool = False
    row: int | None = None
    links: dict[int, Link] = field(default_factory=dict)
    was_linked: set[int] = field(default_factory=set)


class Known:
    """The school on one day. `emails` are those of the table: their owners are found in other schools too."""

    def __init__(self, school: School, day: datetime.date, emails: set[str]):
        self.school, self.day = school, day
        self.people: dict[int, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_email: dict[str, list[Person]] = defaultdict(list)
        self.students_by_name: dict[str, list[KnownStudent]] = defaultdict(list)
        self.students_by_number: dict[str, KnownStudent] = {}
        self._read_adults(emails)
        self._read_students()
        self._read_advisories()

    def _read_adults(self, emails):
        staff = set(StaffRole.objects.exclude(ends_on__lte=self.day).values_list("user_id", flat=True))
        for row in adults_of(self.school).values_list(*PERSON):
            self.add_person(_person(row, staff))
        for row in self._closed().values_list(*PERSON):
            self.add_person(_person(row, {row[0]}))
        elsewhere = User.objects.open().alias(lower=Lower("email")).filter(lower__in=emails)
        for row in elsewhere.exclude(pk__in=self.people).values_list(*PERSON) if emails else ():
            self.add_person(_person(row, {row[0]}))

    def _closed(self):
        """Those whose account is closed are still the same people."""
        here = Q(guardianships__student__school=self.school) | Q(staff_roles__school=self.school)
        return User.objects.filter(here, closed_at__isnull=False).exclude(pk__in=self.people).distinct()

    def add_person(self, person: Person) -> None:
        if person.pk:
            self.people[person.pk] = person
        for name in person.names:
            self.by_name[name].append(person)
        if person.email:
            self.by_email[person.email.lower()].append(person)

    def _read_students(self):
        students = {}
        fields = ("pk", "number", "born_on", *(f"user__{name}" for name in PERSON))
        for pk, number, born_on, *person in Student.objects.filter(school=self.school).values_list(*fields):
            students[pk] = KnownStudent(pk, _person(person, ()), number, born_on)
        self._read_enrolments(students)
        self._read_seats(students)
        self._read_links(students)
        for student in students.values():
            self.add_student(student)

    def add_student(self, student: KnownStudent) -> None:
        for name in student.person.names:
            self.students_by_name[name].append(student)
        if student.number:
            self.students_by_number[fold(student.number)] = student

    def _read_enrolments(self, students):
        for row in Enrolment.objects.filter(student__school=self.school).order_by("starts_on"):
            student = students[row.student_id]
            if row.ends_on is not None and row.ends_on <= max(row.starts_on, self.day):
                student.left_on = row.ends_on
            elif student.enrolled is None:
                student.enrolled = row

    def _read_seats(self, students):
        for row in Seat.objects.filter(advisory__school=self.school).exclude(ends_on__lte=self.day):
            if row.ends_on == row.starts_on:
                continue
            student = students[row.student_id]
            student.moves_later = student.moves_later or row.starts_on > self.day
            if student.advisory_id is None or row.starts_on <= self.day:
                student.advisory_id = row.advisory_id

    def _read_links(self, students):
        rows = Guardianship.objects.filter(student__school=self.school).select_related("home").order_by("starts_on")
        for row in rows:
            student, person = students[row.student_id], self.people.get(row.user_id)
            if person is None:
                continue
            address = row.home.address if row.home else ""
            person.addresses |= {plain(address)} - {""}
            if row.ends_on is not None and row.ends_on <= max(row.starts_on, self.day):
                student.was_linked.add(row.user_id)
            else:
                student.links[row.user_id] = Link(row.pk, person, row.relation, row.rights, address)

    def _read_advisories(self):
        """Advisories by name, and by their adviser's name where nobody else's has it."""
        self.advisories: dict[int, Advisory] = {}
        self.advisory_by_name: dict[str, Advisory] = {}
        for advisory in Advisory.objects.open(self.day).filter(school=self.school):
            self.advisories[advisory.pk] = advisory
            self.advisory_by_name[plain(advisory.name)] = advisory
        charges = Charge.objects.on(self.day).filter(advisory__in=self.advisories, kind=Charge.Kind.ADVISER)
        for charge in charges.select_related("user"):
            self.advisory_by_name.setdefault(plain(charge.user.name), self.advisories[charge.advisory_id])

    def alike(self, adult: Facts | Adult, student: KnownStudent | None = None, address: str = "") -> Person | None:
        """The person whom `adult` names: this student's own by name, else by name with e-mail, phone or home."""
        called = self.by_name.get(plain(adult.name), [])
        linked = [person for person in called if student and person.pk in {*student.links, *student.was_linked}]
        same = linked or [person for person in called if _is_same(person, adult, plain(address))]
        return same[0] if same else None


def _is_same(person: Person, adult, address: str) -> bool:
    if person.email and adult.email:
        return person.email.lower() == adult.email
    if person.phone and adult.phone:
        return _digits(person.phone) == _digits(adult.phone)
    return bool(address) and address in person.addresses


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone) or phone


def _person(row, staff) -> Person:
    pk, given, family, preferred, email, phone, language, username, password = row
    signs_in = bool(username) and not password.startswith("!")
    return Person(pk, given, family, preferred, email, phone, language, signs_in or pk in staff)

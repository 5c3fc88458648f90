"""What the rows of a table do, one small act each. Everything goes through the actions of the rooms that own it."""

import datetime

from django.utils import timezone

from accounts.actions.people import add_person
from accounts.models import User
from advisories.actions import roster
from advisories.models import Advisory
from outcomes.actions.leaving import came_back
from rosters.actions.staff import give
from rosters.preview.known import Person
from rosters.preview.outcome import Work
from rosters.tables.facts import Facts
from rosters.tables.words import plain
from students.actions import enrol, family
from students.actions.homes import add_home
from students.actions.reach import change_reach
from students.actions.record import change_record
from students.models import Guardianship, Home, Student


def find_student(work: Work, *, pk: int) -> None:
    work.student = Student.objects.select_related("user", "school").get(pk=pk)
    work.user = work.student.user


def take_in(work: Work, *, facts: Facts, person: Person, grade: str, on: datetime.date) -> None:
    write_person(work, person=person)
    work.student = enrol.enrol(
        school=work.school, user=work.user, grade=grade, by=work.by, on=on, number=facts.own_number,
        born_on=facts.born_on,
    )  # fmt: skip


def write_person(work: Work, *, person: Person) -> User:
    """The User of a person whom this table brings, or who is known; an earlier row may have written them."""
    if person.pk is None:
        user = add_person(
            given_name=person.given_name, family_name=person.family_name, preferred_name=person.preferred_name,
            email=person.email, phone=person.phone, language=person.language, by=work.by, school_id=work.school.pk,
        )  # fmt: skip
        person.pk = user.pk
    else:
        user = User.objects.get(pk=person.pk)
    if work.user is None:
        work.user = user
    return user


def take_back(work: Work, *, grade: str, on: datetime.date) -> None:
    student = enrol.enrol(school=work.school, user=work.user, grade=grade, by=work.by, on=on)
    came_back(student=student, by=work.by, now=timezone.now())


def move_up(work: Work, *, grade: str, on: datetime.date) -> None:
    enrol.move_up(student=work.student, grade=grade, by=work.by, on=on)


def seat(work: Work, *, advisory_id: int, on: datetime.date) -> None:
    advisory = Advisory.objects.get(pk=advisory_id)
    roster.seat(student=work.student, advisory=advisory, by=work.by, on=max(on, work.student.started_on))


def correct(work: Work, *, on: datetime.date, **changes) -> None:
    """Names, birthday and number; what `changes` does not name stays."""
    student = work.student
    now = {name: getattr(student.user, name) for name in ("given_name", "family_name", "preferred_name")}
    now |= {"born_on": student.born_on, "number": student.number}
    change_record(student=student, by=work.by, on=on, **(now | changes))


def reach(work: Work, *, pk: int | None = None, **changes) -> None:
    """E-mail, phone and language of the row's own person, or of the one with this `pk`."""
    user, now = User.objects.get(pk=pk) if pk else work.user, timezone.now()
    change_reach(user=user, school=work.school, by=work.by, on=work.school.today(), now=now, **changes)


def link(work: Work, *, person: Person, on: datetime.date, relation: str, rights: str, address: str, lives_with: bool):
    user = write_person(work, person=person)
    home = home_at(work, user, address) if address else None
    family.add_guardian(
        student=work.student, user=user, relation=relation, rights=rights, by=work.by, on=on, home=home,
        lives_with=lives_with,
    )  # fmt: skip


def change_link(work: Work, *, pk: int, on: datetime.date, relation: str = "", rights: str = "", address: str = ""):
    """What the table says differently of a link that holds."""
    row = Guardianship.objects.select_related("student__school", "student__user", "user", "home").get(pk=pk)
    if rights:
        row = family.change_rights(guardianship=row, rights=rights, by=work.by, on=max(on, row.starts_on))
    home = home_at(work, row.user, address) if address else row.home
    family.change_details(
        guardianship=row, by=work.by, relation=relation or row.relation, home=home, lives_with=row.lives_with,
        is_emergency_contact=row.is_emergency_contact,
    )  # fmt: skip


def home_at(work: Work, user: User, address: str) -> Home:
    """The home of this family at this address: a brother's or sister's is theirs too."""
    known = Home.objects.filter(school=work.school, guardianships__student=work.student)
    known |= Home.objects.filter(school=work.school, guardianships__user=user)
    same = next((home for home in known.distinct() if plain(home.address) == plain(address)), None)
    return same or add_home(student=work.student, by=work.by, address=address)


def role(work: Work, *, name: str, on: datetime.date) -> None:
    give(user=work.user, role=name, school=work.school, by=work.by, on=on)

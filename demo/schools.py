"""The two demo schools: who works and who learns there. Written through the rooms' own actions."""

import datetime
from dataclasses import dataclass, field

from accounts.models import User
from advisories.actions import charge, roster
from advisories.models import Advisory
from demo.calendar import terms_around
from demo.names import Names
from schools.actions.staff import give_role
from schools.defaults import SIXTH_GOAL, equip
from schools.models import Closure, LearningGoal, Network, School, Term
from schools.roles import Role
from students.models import Student

PASSWORD = "throughline"  # noqa: S105 (printed on the sign-in page of a demo)
DOMAIN = "demo.example"


@dataclass
class DemoSchool:
    """A school under construction, and who plays which part in it."""

    school: School
    terms: list[Term]
    today: datetime.date
    lead: User
    names: Names
    advisers: dict[str, User] = field(default_factory=dict)
    advisories: list[Advisory] = field(default_factory=list)
    students: list[Student] = field(default_factory=list)
    profile_of: dict[int, dict] = field(default_factory=dict)
    staff: dict[str, User] = field(default_factory=dict)

    @property
    def current_term(self) -> Term:
        return next(term for term in self.terms if term.holds(self.today))


class People:
    """Makes demo people; those with a `sign_in` have the demo's password."""

    def __init__(self, password: str = PASSWORD):
        self.encoded = User()
        # One hash for all: making a hundred would take a minute, and it is printed on the sign-in page anyway.
        self.encoded.set_password(password)
        self.count = 0

    def phone(self, school: School) -> str:
        """A number that reaches nobody: both ranges are kept for stories."""
        number = 100 + self.count % 100
        return f"01632 960{number}" if school.system == School.System.ENGLAND else f"(401) 555-0{number}"

    def make(self, given: str, family_name: str = "", *, sign_in: str = "", email: bool = True, **fields) -> User:
        self.count += 1
        address = sign_in or (f"person{self.count}@{DOMAIN}" if email else "")
        user = User(
            username=address or None, email=address, given_name=given, family_name=family_name, is_demo=True, **fields
        )
        if sign_in:
            user.password = self.encoded.password
        else:
            user.set_unusable_password()
        user.save()
        return user


def network(people: People, today: datetime.date) -> Network:
    """The network of both schools, and who leads it."""
    made = Network.objects.create(name="Harbor & Tide Network", shares_organisations=True)
    lead = people.make("Marcus", "Bell", sign_in=f"network@{DOMAIN}")
    give_role(user=lead, role=Role.NETWORK_LEAD, network=made, by=lead, on=today.replace(year=today.year - 3, day=1))
    return made


def united_states(people: People, network: Network, today: datetime.date) -> DemoSchool:
    school = _school(
        "Harbor Street School", network, place="Providence, Rhode Island", system=School.System.UNITED_STATES,
        time_zone="America/New_York", address="210 Harbor Street\nProvidence, RI 02903", phone="(401) 555-0142",
    )  # fmt: skip
    made = _begin(school, people.make("Helen", "Osei", sign_in=f"lead@{DOMAIN}"), today, seed=7)
    _staff(made, people, {
        "adviser": ("Inês", "Carvalho", Role.ADVISER, f"adviser@{DOMAIN}"),
        "second": ("Jonah", "Whitlock", Role.ADVISER, ""),
        "third": ("Thandi", "Mbeki", Role.ADVISER, ""),
        "coordinator": ("Priya", "Raman", Role.COORDINATOR, f"coordinator@{DOMAIN}"),
        "specialist": ("Walter", "Lund", Role.SPECIALIST, ""),
        "safeguarding": ("Renata", "Silva", Role.SAFEGUARDING, f"safeguarding@{DOMAIN}"),
    })  # fmt: skip
    _advisories(made, [("Carvalho advisory", "Room 12", "adviser"), ("Whitlock advisory", "Room 14", "second"),
                       ("Mbeki advisory", "The loft", "third")])  # fmt: skip
    LearningGoal.objects.create(
        school=school, key=SIXTH_GOAL[0], name=SIXTH_GOAL[1], question=SIXTH_GOAL[2], prompts=SIXTH_GOAL[3], order=5
    )
    return made


def england(people: People, network: Network, today: datetime.date) -> DemoSchool:
    school = _school(
        "Tideway Place", network, place="Hull", system=School.System.ENGLAND, language="en-gb",
        time_zone="Europe/London", address="Tideway Place, Wincolmlee\nHull HU2 8AA", phone="01482 555 014",
        advisory_size=12, qualities_name="Personal qualities",
    )  # fmt: skip
    made = _begin(school, people.make("Gareth", "Pryce"), today, seed=11)
    _staff(made, people, {
        "adviser": ("Samina", "Hargreaves", Role.ADVISER, ""),
        "second": ("Dermot", "Nolan", Role.ADVISER, ""),
        "coordinator": ("Jo", "Fenwick", Role.COORDINATOR, ""),
        "safeguarding": ("Ruth", "Adebayo", Role.SAFEGUARDING, ""),
    })  # fmt: skip
    _advisories(made, [("Quay", "Ground floor", "adviser"), ("Lock", "First floor", "second")])
    return made


def _school(name, network, **fields):
    school = School.objects.create(name=name, network=network, **fields)
    equip(school)
    return school


def _begin(school, lead, today, seed) -> DemoSchool:
    england = school.system == School.System.ENGLAND
    terms = [
        Term.objects.create(school=school, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on)
        for term in terms_around(today, england=england)
    ]
    for term in terms:
        middle = term.starts_on + (term.ends_on - term.starts_on) / 2
        Closure.objects.create(
            school=school, name="Mid-term break", starts_on=middle, ends_on=middle + datetime.timedelta(days=5)
        )
    give_role(user=lead, role=Role.LEAD, school=school, by=lead, on=terms[0].starts_on)
    return DemoSchool(school, terms, today, lead, Names(seed))


def _staff(made: DemoSchool, people: People, staff):
    for key, (given, family_name, role, sign_in) in staff.items():
        user = people.make(given, family_name, sign_in=sign_in)
        give_role(user=user, role=role, school=made.school, by=made.lead, on=made.terms[0].starts_on)
        made.staff[key] = user


def _advisories(made: DemoSchool, specs):
    for name, room, adviser in specs:
        on = made.terms[0].starts_on
        advisory = roster.open_advisory(school=made.school, name=name, room=room, by=made.lead, on=on)
        charge.take_charge(advisory=advisory, user=made.staff[adviser], by=made.lead, on=on)
        made.advisories.append(advisory)

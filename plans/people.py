"""The people around one plan, as one of them may know them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from common.prepared import Prepared
from plans.models import SIGNERS
from schools.roles import GRANTS, Permission, Role
from students.access import Standing, hides, shown_name
from students.models import Student, TeamMember

SIGNING_ROLES = [role for role in GRANTS if Permission.PLAN_SIGN in GRANTS[role]]


def slot_of(role: str) -> str:
    """Whose signature a role gives: cover signs in the adviser's place."""
    return Role.ADVISER if role == Role.COVER else role


def signing_rows(rows: Iterable[TeamMember], on: datetime.date) -> list[TeamMember]:
    """The team rows that let their person sign that day."""
    return [
        row for row in rows
        if row.holds(on) and row.may_sign and Permission.PLAN_SIGN in GRANTS[row.role] and row.user.closed_at is None
    ]  # fmt: skip


def signers(rows: Iterable[TeamMember], on: datetime.date) -> dict[str, list]:
    """Who can sign in which place that day: a list of users for each of SIGNERS."""
    found: dict[str, dict] = {role: {} for role in SIGNERS}
    for row in signing_rows(rows, on):
        found[slot_of(row.role)][row.user_id] = row.user
    return {role: list(users.values()) for role, users in found.items()}


def signing_roles(rows: Iterable[TeamMember], user, on: datetime.date) -> list[str]:
    """The roles in which `user` may sign that day; an adviser who is a parent too has two."""
    return list(dict.fromkeys(row.role for row in signing_rows(rows, on) if row.user_id == user.pk))


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who can sign, where nobody asks for the name."""

    pk: int


def by_slot(rows: Iterable[tuple[str, int]]) -> dict[str, list[Signer]]:
    """As `signers`, of the roles and ids of people who can sign."""
    found: dict[str, dict] = {}
    for role, user in rows:
        found.setdefault(slot_of(role), {})[user] = Signer(user)
    return {slot: list(people.values()) for slot, people in found.items()}


class Team:
    """The team's rows (of all days), and who is looking at them: names as that person may know them, read once."""

    def __init__(self, student: Student, rows: list[TeamMember], viewer, standing: Standing, day: datetime.date):
        self.student, self.rows, self.viewer, self.standing, self.day = student, rows, viewer, standing, day
        self.guardians = {row.user_id for row in rows if row.role == Role.PARENT}

    def name(self, user) -> str:
        return shown_name(user, user.pk in self.guardians, self.student, self.viewer, self.standing)

    def hides(self, user) -> bool:
        return hides(user.pk, user.pk in self.guardians, self.student, self.viewer, self.standing)

    @property
    def members(self) -> list[TeamMember]:
        """One row a person of today's team whom the viewer may know of, by name."""
        rows = {row.user_id: row for row in self.rows if row.holds(self.day) and not self.hides(row.user)}
        return sorted(rows.values(), key=lambda row: row.user.search_name)

    def is_close(self, person) -> bool:
        """Whether what is said on the plan is always for them: the student and whoever advises them today."""
        close = {Role.STUDENT, Role.ADVISER, Role.COVER}
        return any(row.user_id == person.pk and row.role in close and row.holds(self.day) for row in self.rows)

    @property
    def signers(self) -> dict[str, list]:
        return signers(self.rows, self.day)

    def signing_roles(self) -> list[str]:
        return signing_roles(self.rows, self.viewer, self.day)


_team_of = Prepared(lambda student: TeamMember.objects.filter(student=student).select_related("user"))


def team_rows(student: Student) -> list[TeamMember]:
    """Every row of the student's team, of all days, with its person: one query."""
    return _team_of(student=student.pk)


def roles_on(rows: Iterable[TeamMember], on: datetime.date) -> dict[int, set[str]]:
    """The roles of each person on the team that day."""
    found: dict[int, set[str]] = {}
    for row in rows:
        if row.holds(on):
            found.setdefault(row.user_id, set()).add(row.role)
    return found

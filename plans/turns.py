"""Whose turn it is on a plan, and for what: a pure answer from its state, its signatures and the school's rule."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.models import SIGNERS, Need, Plan, PlanVersion, Signature, Template
from schools.roles import Role

State = Plan.State


class Task(models.TextChoices):
    WRITE = "write", gettext_lazy("write, then ask for the review")
    REVIEW = "review", gettext_lazy("read it, then make it ready to sign or send it back")
    SIGN = "sign", gettext_lazy("sign")
    FIND_SIGNER = "find_signer", gettext_lazy("find somebody who can sign, or activate the plan with a reason")
    ACTIVATE = "activate", gettext_lazy("activate the plan: all signatures are there")
    NEW_VERSION = "new_version", gettext_lazy("make what changed ready to sign")
    WORK = "work", gettext_lazy("work, and keep the plan up to date")
    NEXT_PLAN = "next_plan", gettext_lazy("begin the next plan with what is unfinished")


@dataclass(frozen=True)
class Turn:
    """`people` are those on today's team who could take it, `signs_as` the place in which somebody is asked to sign."""

    task: str
    role: str
    people: tuple = ()
    number: int | None = None
    signs_as: str = ""

    def is_for(self, user) -> bool:
        return any(person.pk == user.pk for person in self.people)

    @property
    def words(self) -> str:
        if self.task == Task.SIGN:
            return _("sign version %(number)s") % {"number": self.number}
        if self.task == Task.FIND_SIGNER:
            return _("find a %(role)s who can sign, or activate the plan with a reason") % {
                "role": Role(self.signs_as).label
            }
        return Task(self.task).label


@dataclass(frozen=True)
class Facts:
    """What the answer depends on. `number` is that of the version which is out for signatures, where one is; `signers`
    are those who can sign today, `signed` whose signatures hold, by place."""

    state: str
    template: Template
    number: int | None = None
    signers: dict[str, list] = field(default_factory=dict)
    signed: dict[str, set[int]] = field(default_factory=dict)
    has_changed: bool = False
    parents_may_be_gone: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether a version is out for signatures."""
        return self.number is not None


def holding(signatures: Iterable[Signature], version: PlanVersion, template: Template) -> list[Signature]:
    """The signatures that count for `version`: those on it, and earlier ones of a role that the school's rule does not
    ask again, or to which nothing has changed."""
    return [one for one in signatures if one.version_id == version.pk or _carries(one, version, template)]


def _carries(signature, version, template):
    same = signature.version.role_hashes.get(signature.slot) == version.role_hashes.get(signature.slot)
    return signature.version.number < version.number and (same or not template.asks_again(signature.slot))


def by_place(signatures: Iterable[Signature]) -> dict[str, set[int]]:
    places: dict[str, set[int]] = {}
    for one in signatures:
        places.setdefault(one.slot, set()).add(one.user_id)
    return places


def missing(facts: Facts) -> dict[str, list]:
    """For each place that is still needed, who could sign there: an empty list where nobody on the team can."""
    return {role: people for role in SIGNERS if (people := _missing_in(role, facts)) is not None}


def _missing_in(role, facts):
    need = facts.template.need(role)
    people = facts.signers.get(role, [])
    signed = facts.signed.get(role, set())
    left = [person for person in people if person.pk not in signed]
    if need == Need.MAY or (need in (Need.IF_ANY, Need.EVERY) and not people):
        return None
    if role == Role.PARENT and not people and facts.parents_may_be_gone:
        return None
    if need == Need.EVERY and left:
        return left
    return None if signed else left


def is_complete(facts: Facts) -> bool:
    return not missing(facts)


def turns(facts: Facts) -> list[Turn]:
    """Whose turn it is. More than one where several are asked to sign at once."""
    student, advisers = (tuple(facts.signers.get(role, [])) for role in (Role.STUDENT, Role.ADVISER))
    if facts.state == State.CLOSED:
        return [Turn(Task.NEXT_PLAN, Role.STUDENT, student)]
    if facts.state == State.DRAFT:
        return [Turn(Task.WRITE, Role.STUDENT, student)]
    if facts.is_waiting:
        return _signing(facts, advisers)
    if facts.state == State.IN_REVIEW:
        return [Turn(Task.REVIEW, Role.ADVISER, advisers)]
    if facts.has_changed:
        return [Turn(Task.NEW_VERSION, Role.ADVISER, advisers), Turn(Task.WORK, Role.STUDENT, student)]
    return [Turn(Task.WORK, Role.STUDENT, student)]


def _signing(facts, advisers):
    asked = [
        Turn(Task.SIGN, role, tuple(people), facts.number, role)
        if people
        else Turn(Task.FIND_SIGNER, Role.ADVISER, advisers, facts.number, role)
        for role, people in missing(facts).items()
    ]
    return asked or [Turn(Task.ACTIVATE, Role.ADVISER, advisers, facts.number)]

"""What a row of staff will do: whom the site knows already, and which roles are new."""

import datetime
from functools import partial

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rosters.actions import steps
from rosters.preview.known import Known, Person
from rosters.preview.outcome import Outcome, Verdict
from rosters.tables.facts import Facts
from rosters.tables.words import plain
from schools.models import StaffRole
from schools.roles import Role


class StaffPlanner:
    """Plans rows one after another; somebody who stands in two rows with two roles is one person."""

    def __init__(self, known: Known, day: datetime.date, usual: dict):
        self.known, self.day, self.usual = known, day, usual
        rows = StaffRole.objects.filter(school=known.school).exclude(ends_on__lte=day)
        self.held = {(row.user_id, row.role): row for row in rows}
        self.given: set[tuple[int, str]] = set()

    def plan(self, facts: Facts) -> Outcome:
        outcome = Outcome(facts, name=facts.name)
        person = self.known.alike(facts) or self._colleague(facts)
        if person is None and facts.given_name:
            person = self._newcomer(outcome)
        elif person is not None:
            outcome.name = person.name
            outcome.begin = partial(steps.write_person, person=person)
        for name in self._roles(facts):
            self._give(outcome, person, name)
        if outcome.verdict == Verdict.SAME and outcome.steps:
            outcome.verdict = Verdict.CHANGES
        if facts.is_wrong:
            outcome.verdict, outcome.steps = Verdict.WRONG, []
        return outcome

    def _colleague(self, facts) -> Person | None:
        """The only one of this name who works here, where neither says another e-mail address."""
        staff = {user_id for user_id, _role in self.held}
        called = [person for person in self.known.by_name.get(plain(facts.name), ()) if person.pk in staff]
        same = [person for person in called if not (facts.email and person.email)]
        return same[0] if len(same) == 1 else None

    def _roles(self, facts) -> list[str]:
        roles = facts.roles or [role for role in [self.usual.get("role")] if role]
        if not roles:
            facts.remark("role", _("In which role?"))
        return roles

    def _give(self, outcome, person, name):
        if person is None or (person.pk, name) in self.held or (id(person), name) in self.given:
            return
        self.given.add((id(person), name))
        on = outcome.facts.starts_on or self.day
        words = _("%(role)s from %(day)s") % {"role": Role(name).label.capitalize(), "day": date_format(on)}
        outcome.add(words, partial(steps.role, name=name, on=on))

    def _newcomer(self, outcome) -> Person:
        facts = outcome.facts
        outcome.verdict = Verdict.NEW
        for other in self.known.by_email.get(facts.email, ()):
            words = _("%(other)s has this address too. They stay two people.")
            facts.remark("email", words % {"other": other.name}, stops=False)
        person = Person(
            None, facts.given_name, facts.family_name, facts.preferred_name, facts.email, facts.phone, facts.language
        )
        outcome.add(_("New person"), partial(steps.write_person, person=person))
        if not facts.is_wrong:
            self.known.add_person(person)
        return person

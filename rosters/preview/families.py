"""What a row does for the adults of a student's family. Brothers and sisters share theirs: one person, one account."""

import datetime
from functools import partial

from django.utils.translation import gettext as _

from rosters.access import Reach
from rosters.actions import steps
from rosters.preview.known import Known, KnownStudent, Link, Person
from rosters.preview.outcome import Outcome
from rosters.tables.facts import Adult, Facts
from rosters.tables.words import Relation, Rights, plain
from students.actions.reach import others_students


class FamilyPlanner:
    def __init__(self, known: Known, reach: Reach, day: datetime.date):
        self.known, self.reach, self.day = known, reach, day

    def plan(self, outcome: Outcome, student: KnownStudent, on: datetime.date) -> None:
        facts, seen = outcome.facts, set()
        home = facts.address or next((adult.address for adult in facts.adults), "")
        for adult in facts.adults:
            address = adult.address or home
            person = self.known.alike(adult, student, address)
            if person is not None and (id(person) in seen or person is student.person):
                facts.remark(adult.key("name"), _("This person stands in the row twice."))
                continue
            person = person or self._newcomer(outcome, adult, address)
            seen.add(id(person))
            lives_with = plain(address) == plain(home)
            self._plan_adult(outcome, student, adult, person, on, address, lives_with)

    def _plan_adult(self, outcome, student, adult, person, on, address, lives_with):
        found = student.links.get(person.pk) if person.pk else None
        if found is not None:
            self._change(outcome, adult, found, address)
            return
        rights = adult.rights or Rights.SIGNS
        said = {"name": person.name, "relation": Relation(adult.relation or Relation.OTHER).label,
                "rights": Rights(rights).label}  # fmt: skip
        words = _("Adds %(name)s (%(relation)s): %(rights)s") % said
        words = " · ".join([words, *filter(None, [adult.email, adult.phone, address.replace("\n", ", ")])])
        if person.pk in student.was_linked and person.pk:
            facts = outcome.facts
            facts.remark(
                adult.key("name"),
                _("The link with %(name)s had ended; it begins again.") % {"name": person.name},
                stops=False,
            )
        act = partial(
            steps.link, person=person, on=on, relation=adult.relation or Relation.OTHER, rights=rights,
            address=address, lives_with=lives_with,
        )  # fmt: skip
        outcome.add(words, act)
        self._reach(outcome, adult, person)

    def _change(self, outcome, adult: Adult, found: Link, address):
        changes, said = {}, []
        if adult.relation and adult.relation != found.relation:
            changes["relation"] = adult.relation
            said.append(Relation(adult.relation).label)
        if adult.rights and adult.rights != found.rights:
            if found.rights == Rights.BARRED:
                outcome.facts.remark(
                    adult.key("rights"),
                    _("%(name)s is barred from this student. That is changed on the family's page, never by a table.")
                    % {"name": found.person.name},
                )
            changes["rights"] = adult.rights
            said.append(Rights(adult.rights).label)
        is_elsewhere = bool(adult.address) and plain(adult.address) != plain(found.address)
        if is_elsewhere or (address and not found.address):
            changes["address"] = address
            said.append(_("home: %(address)s") % {"address": address.replace("\n", ", ")})
        if changes:
            words = _("%(name)s: %(changes)s") % {"name": found.person.name, "changes": ", ".join(map(str, said))}
            outcome.add(words, partial(steps.change_link, pk=found.pk, on=self.day, **changes))
        self._reach(outcome, adult, found.person)

    def _reach(self, outcome, adult, person):
        """Address, phone and language of somebody who is known; a newcomer brings their own."""
        said = {name: getattr(adult, name) for name in ("email", "phone", "language")}
        changes = {name: text for name, text in said.items() if text and text != getattr(person, name)}
        if person.pk is None or not changes:
            return
        if person.keeps_own_address:
            words = _("%(name)s changes this themself; it stays.") % {"name": person.name}
            outcome.facts.remark(adult.key(next(iter(changes))), words, stops=False)
            return
        changes = without_locked_address(changes, person, self.reach, outcome.facts, adult.key("email"))
        if not changes:
            return
        words = _("How to reach %(name)s: %(what)s") % {"name": person.name, "what": ", ".join(changes.values())}
        outcome.add(words, partial(steps.reach, pk=person.pk, **changes))
        for name, text in changes.items():
            setattr(person, name, text)

    def _newcomer(self, outcome, adult, address) -> Person:
        """Somebody new to the school; who looks like them and is not the same is named."""
        others = [person for person in self.known.by_email.get(adult.email, ()) if not person.is_called(adult)]
        if others:
            words = _("%(other)s has this address too. They stay two people.")
            outcome.facts.remark(adult.key("email"), words % {"other": others[0].name}, stops=False)
        elif self.known.by_name.get(plain(adult.name)):
            words = _("Another %(name)s is known here. If it is the same person, write the e-mail or phone we have.")
            outcome.facts.remark(adult.key("name"), words % {"name": adult.name}, stops=False)
        person = Person(None, adult.given_name, adult.family_name, "", adult.email, adult.phone, adult.language)
        person.addresses = {plain(address)} - {""}
        self.known.add_person(person)
        return person


def without_locked_address(changes: dict, person: Person, reach: Reach, facts: Facts, key: str) -> dict:
    """`changes` without a new e-mail address that only a lead may write; beside its cell that is said."""
    if "email" not in changes or person.pk not in reach.all_beyond:
        return changes
    facts.remark(key, others_students(person), stops=False)
    return {name: text for name, text in changes.items() if name != "email"}

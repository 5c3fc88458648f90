"""What a row of students will do: who it is about, and what is new, changes or stays."""

import datetime
from collections import Counter
from functools import partial

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rosters.access import Reach
from rosters.actions import steps
from rosters.preview.families import FamilyPlanner, without_locked_address
from rosters.preview.known import Known, KnownStudent, Person
from rosters.preview.likeness import ask_who, find_student
from rosters.preview.outcome import Outcome, Verdict
from rosters.tables.facts import Facts
from rosters.tables.words import plain


class StudentPlanner:
    """Plans rows one after another; what one row brings, the next ones know. `usual` says what rows do not."""

    def __init__(self, known: Known, reach: Reach, day: datetime.date, usual: dict):
        self.known, self.reach, self.day, self.usual = known, reach, day, usual
        self.families = FamilyPlanner(known, reach, day)
        # How many more students each advisory will have than today.
        self.gains: Counter = Counter()

    def plan(self, facts: Facts) -> Outcome:
        outcome, gains = Outcome(facts, name=facts.name), self.gains.copy()
        student = find_student(self.known, facts)
        if student is not None and not facts.given_name and not self.reach.may_edit(student.pk):
            ask_who(facts)
        elif student is not None and student.row is not None:
            facts.remark("name", _("Row %(row)s is about the same student.") % {"row": student.row})
        elif student is not None:
            self._plan_known(outcome, student)
        else:
            self._plan_new(outcome)
        if facts.is_wrong:
            outcome.verdict, outcome.steps, self.gains = Verdict.WRONG, [], gains
        return outcome

    def _plan_new(self, outcome):
        facts, on = outcome.facts, outcome.facts.starts_on or self.day
        outcome.verdict = Verdict.NEW
        grade = self._grade(facts)
        person = Person(
            None, facts.given_name, facts.family_name, facts.preferred_name, facts.email, facts.phone, facts.language
        )
        words = _("New: grade %(grade)s from %(day)s") % {"grade": grade, "day": date_format(on)}
        words = " · ".join([words, *_told(facts)])
        outcome.add(words, partial(steps.take_in, facts=facts, person=person, grade=grade, on=on))
        student = KnownStudent(None, person, facts.own_number, facts.born_on, row=facts.number)
        self._seat(outcome, student, self._advisory_of_newcomer(facts), on)
        self.families.plan(outcome, student, on)
        if not facts.is_wrong:
            self.known.add_student(student)

    def _plan_known(self, outcome, student):
        facts = outcome.facts
        outcome.name = student.person.name
        outcome.begin = partial(steps.find_student, pk=student.pk)
        student.row = facts.number
        if student.enrolled is None:
            self._come_back(outcome, student)
        else:
            self._move_up(outcome, student)
        self._correct(outcome, student)
        self._reach(outcome, student.person)
        self.families.plan(outcome, student, self.day)
        if outcome.verdict == Verdict.SAME and outcome.steps:
            outcome.verdict = Verdict.CHANGES
        if outcome.steps and not self.reach.may_edit(student.pk):
            words = _("%(name)s is known here already, and is not yours to change. Ask a lead.")
            facts.remark("name", words % {"name": outcome.name})

    def _come_back(self, outcome, student):
        facts = outcome.facts
        outcome.verdict = Verdict.BACK
        # An old table pasted again names the first day of the first time.
        on = facts.starts_on if facts.starts_on and facts.starts_on >= (student.left_on or self.day) else self.day
        grade = self._grade(facts)
        words = _("Left on %(left)s; comes back to the same record, grade %(grade)s from %(day)s")
        said = words % {
            "left": date_format(student.left_on) if student.left_on else "–", "grade": grade, "day": date_format(on)
        }  # fmt: skip
        outcome.add(said, partial(steps.take_back, grade=grade, on=on))
        self._seat(outcome, student, self._advisory_of_newcomer(facts), on)

    def _move_up(self, outcome, student):
        facts, now = outcome.facts, student.enrolled
        on = max(self.day, now.starts_on)
        if facts.grade and facts.grade != now.grade:
            words = _("Grade %(old)s becomes %(new)s on %(day)s")
            outcome.add(
                words % {"old": now.grade, "new": facts.grade, "day": date_format(on)},
                partial(steps.move_up, grade=facts.grade, on=on),
            )
        if facts.advisory:
            self._seat(outcome, student, self._advisory(facts), on)

    def _grade(self, facts) -> str:
        grade = facts.grade or self.usual.get("grade", "")
        if not grade:
            facts.remark("grade", _("In which grade?"))
        return grade

    def _advisory(self, facts):
        """The advisory that the row names, by its own name or its adviser's."""
        found = self.known.advisory_by_name.get(plain(facts.advisory))
        if found is None:
            names = ", ".join(sorted(advisory.name for advisory in self.known.advisories.values())[:8])
            facts.remark(
                "advisory", _("There is no advisory “%(name)s”. There are: %(names)s.")
                % {"name": facts.advisory, "names": names or "–"},
            )  # fmt: skip
        return found

    def _advisory_of_newcomer(self, facts):
        """Where the row, what is usual for the table, or the adviser's only advisory puts a newcomer."""
        if facts.advisory:
            return self._advisory(facts)
        usual, own = self.usual.get("advisory"), self.reach.own_advisories
        if usual in self.known.advisories:
            return self.known.advisories[usual]
        if not self.reach.must_seat:
            return None
        if not own:
            facts.remark("advisory", _("You have no advisory of your own. Ask a lead to add this student."))
            return None
        if len(own) > 1:
            facts.remark("advisory", _("In which of your advisories?"))
            return None
        return self.known.advisories.get(own[0])

    def _seat(self, outcome, student, advisory, on):
        if advisory is None or student.advisory_id == advisory.pk:
            return
        if not self.reach.may_seat_in(advisory.pk):
            outcome.facts.remark(
                "advisory", _("%(advisory)s is not yours to fill. Ask a lead.") % {"advisory": advisory.name}
            )
        if student.moves_later:
            outcome.facts.remark("advisory", _("A later move is planned already. Undo it first."))
        if student.advisory_id in self.known.advisories:
            self.gains[student.advisory_id] -= 1
            words = _("Moves from %(old)s to %(advisory)s on %(day)s")
        else:
            words = _("Sits in %(advisory)s from %(day)s")
        self.gains[advisory.pk] += 1
        old = self.known.advisories.get(student.advisory_id)
        said = {"old": old.name if old else "", "advisory": advisory.name, "day": date_format(on)}
        outcome.add(words % said, partial(steps.seat, advisory_id=advisory.pk, on=on))

    def _correct(self, outcome, student):
        """Names, birthday and number, as far as the row says something else."""
        facts, person = outcome.facts, student.person
        changes = {}
        if facts.given_name and plain(facts.given_name) not in {plain(person.given_name), plain(person.preferred_name)}:
            changes["given_name"] = facts.given_name
        if facts.family_name and plain(facts.family_name) != plain(person.family_name):
            changes["family_name"] = facts.family_name
        if facts.preferred_name and facts.preferred_name != person.preferred_name:
            changes["preferred_name"] = facts.preferred_name
        if facts.born_on and facts.born_on != student.born_on:
            changes["born_on"] = facts.born_on
        if facts.own_number and not student.number:
            changes["number"] = facts.own_number
        for name, value in changes.items():
            shown = date_format(value) if isinstance(value, datetime.date) else value
            label = CORRECTED[name]() % {"value": shown or "–"}
            outcome.add(label, partial(steps.correct, on=self.day, **{name: value}))

    def _reach(self, outcome, person):
        facts = outcome.facts
        said = {name: getattr(facts, name) for name in ("email", "phone", "language")}
        changes = {name: text for name, text in said.items() if text and text != getattr(person, name)}
        if changes and person.keeps_own_address:
            words = _("%(name)s signs in, and changes this on the page “About me”.") % {"name": person.name}
            facts.remark(next(iter(changes)), words, stops=False)
            return
        changes = without_locked_address(changes, person, self.reach, facts, "email")
        if changes:
            words = _("How to reach them: %(what)s") % {"what": ", ".join(changes.values())}
            outcome.add(words, partial(steps.reach, **changes))


def _told(facts) -> list[str]:
    """What else will stand in a newcomer's record."""
    born = _("born %(day)s") % {"day": date_format(facts.born_on)} if facts.born_on else ""
    number = _("number %(number)s") % {"number": facts.own_number} if facts.own_number else ""
    return [words for words in (born, number, facts.email, facts.phone) if words]


CORRECTED = {
    "given_name": lambda: _("Given name becomes %(value)s"),
    "family_name": lambda: _("Family name becomes %(value)s"),
    "preferred_name": lambda: _("Is called %(value)s"),
    "born_on": lambda: _("Birthday becomes %(value)s"),
    "number": lambda: _("Number becomes %(value)s"),
}

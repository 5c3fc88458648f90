"""What a told school's earlier terms were like, in bulk, so that figures have a past to be compared with: completed
placements, days on site, marks, one-to-ones, meetings and exhibitions, also of the class that left last."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from accounts.models import User
from advisories.models import OneToOne
from demo.bulk import write
from demo.held import Exhibitions
from demo.leavers import Gone
from demo.network_days import COUNTS, SHARES
from demo.network_plans import BulkPlans, DrawnPlan
from demo.placements import PAST
from demo.profiles import profiles
from demo.schools import DemoSchool
from exhibitions.models import Window
from internships.expected import expected_between
from internships.models import Placement, PlacementMentor, SiteDay, SiteWeekday, Visit
from mentors.models import Mentor, OrganisationContact
from plans.models import Plan
from schools.models import AttendanceCode, Term
from schools.roles import Role
from students.models import AttendanceMark, Student

DAY = datetime.timedelta(days=1)
# Plan meetings are held in the sixth week (demo/network_plans.py): who has left by then had no plan of the term.
MET = datetime.timedelta(weeks=6)
DAYS = [(1, 3), (0, 2), (2, 4)]
FROM, TO, BREAK, MINUTES = datetime.time(9), datetime.time(15), 30, 330
# Of seven students how many were placed: in each earlier term a few more.
PLACED = (3, 4, 5)
# Of a hundred days on site.
EXCUSED, NO_SHOWS = 5, 1
# School days on which there is a mark.
EVERY = 2


@dataclass
class Here:
    """A student in one earlier term; `last` is the last day there."""

    student: Student
    adviser: User
    term: Term
    first: datetime.date
    last: datetime.date
    is_poor: bool
    placement: Placement | None = None


@dataclass
class Earlier:
    """`gone` are those of the class that left last; `mentors` those with whom a placement may begin."""

    made: DemoSchool
    gone: list[Gone]
    mentors: list[Mentor]
    poor: set[int]
    rows: list[Here] = field(default_factory=list)

    def write(self) -> None:
        self.school, self.random, self.by = self.made.school, self.made.names.random, self.made.lead
        rows = AttendanceCode.objects.filter(school=self.school).order_by("-order")
        self.codes = {code.counts: code for code in rows}
        terms = [term for term in self.made.terms if term.ends_on <= self.made.today]
        for term in terms:
            self.rows += self._here(term)
        self._plans(terms)
        self._placements(terms)
        write(SiteDay, self._site_days())
        self._visits()
        write(AttendanceMark, self._marks())
        write(OneToOne, self._talks())
        self._exhibitions(terms)

    def _here(self, term) -> Iterable[Here]:
        people = [(student, self._adviser(student), None) for student in self.made.students]
        people += [(one.student, one.adviser, one.left_on) for one in self.gone]
        for student, adviser, left_on in people:
            first = max(term.starts_on, student.started_on)
            last = min(term.ends_on, left_on or term.ends_on) - DAY
            if first + 14 * DAY < last:
                yield Here(student, adviser, term, first, last, student.pk in self.poor)

    def _adviser(self, student) -> User:
        return student.seats.on(self.made.today).get().advisory.charges.order_by("starts_on").first().user

    def _plans(self, terms):
        """Closed ones of those who left; a meeting of each of two earlier plans in three, and of this term's."""
        prose, gone = list(profiles().values()), {one.student.pk for one in self.gone}
        drawn = [
            DrawnPlan(
                here.student, here.term, "closed", prose[number % len(prose)],
                {Role.STUDENT: [here.student.user], Role.ADVISER: [here.adviser]},
            )
            for number, here in enumerate(self.rows) if here.student.pk in gone and here.last >= here.first + MET
        ]  # fmt: skip
        plans = BulkPlans(self.school, self.made.today, self.by, drawn)
        plans.write_closed()
        # The first student's meetings are told (demo/events.py).
        others = self.made.students[1:]
        known = Plan.objects.filter(school=self.school, student__in=others).exclude(state=Plan.State.DRAFT)
        current = []
        for number, row in enumerate(known.select_related("student__user", "student__school", "term").order_by("pk")):
            stands = "closed" if row.state == Plan.State.CLOSED else "active"
            signers = {Role.STUDENT: [row.student.user], Role.ADVISER: [self._adviser(row.student)]}
            if number % 3 and not row.meetings.exists():
                current.append(DrawnPlan(row.student, row.term, stands, {}, signers, row=row))
        plans.hold_meetings(current)

    def _placements(self, terms):
        placed = [
            here for number, here in enumerate(self.rows)
            if number % 7 < PLACED[min(terms.index(here.term), len(PLACED) - 1)] and here.last - here.first > 40 * DAY
        ]  # fmt: skip
        mentors = [self.mentors[number % len(self.mentors)] for number in range(len(placed))] if self.mentors else []
        pairs = list(zip(placed, mentors, strict=False))
        made = write(Placement, (self._placement(here, mentor) for here, mentor in pairs))
        for (here, _mentor), row in zip(pairs, made, strict=True):
            here.placement = row
        write(
            PlacementMentor,
            (
                PlacementMentor(placement=row, mentor=mentor, starts_on=row.starts_on, ends_on=row.ends_on)
                for row, (_here, mentor) in zip(made, pairs, strict=True)
            ),
        )
        write(
            SiteWeekday,
            (
                SiteWeekday(
                    placement=row, student=row.student, weekday=day, from_time=FROM, to_time=TO, break_minutes=BREAK,
                    starts_on=row.starts_on, ends_on=row.ends_on,
                )
                for n, row in enumerate(made) for day in DAYS[n % len(DAYS)]
            ),
        )  # fmt: skip
        # The database lets a placement begin once its mentors and their papers are there.
        rows = Placement.objects.filter(pk__in=[row.pk for row in made])
        rows.update(begun_at=self._at(self.made.terms[0].starts_on), begun_by=self.by)

    def _placement(self, here, mentor) -> Placement:
        ends_on = here.last - 2 * DAY
        return Placement(
            school=self.school, student=here.student, organisation=mentor.organisation, title=mentor.job_title[:200],
            starts_on=here.first + 14 * DAY, ends_on=ends_on, arranged_by=self.by, arranged_at=self._at(here.first),
            ended_by=self.by, ended_at=self._at(ends_on), reason=Placement.Reason.COMPLETED,
            host_again=Placement.Again.YES, may_refer=True,
        )  # fmt: skip

    def _site_days(self):
        """Those of the completed placements, and of the current ones before the weeks that are told day by day."""
        placed = [here.placement for here in self.rows if here.placement]
        for number, placement in enumerate(placed):
            days = _days(placement.starts_on, placement.ends_on, lambda day, n=number: day.weekday() in DAYS[n % 3])
            for date in days:
                yield self._site_day(placement, date, MINUTES)
        current, told_from = self.made.current_term.starts_on, self.made.today - PAST
        running = Placement.objects.filter(school=self.school, ended_at__isnull=True)
        for one in expected_between(running, current, told_from - DAY):
            yield self._site_day(one.placement, one.date, one.minutes)

    def _site_day(self, placement, date, minutes) -> SiteDay:
        dice = self.random.randrange(100)
        day = SiteDay(
            school=self.school, student=placement.student, placement=placement, date=date, confirmed_by=self.by,
            confirmed_at=self._at(date + DAY), minutes=0 if dice < EXCUSED + NO_SHOWS else minutes,
        )  # fmt: skip
        if dice < EXCUSED:
            day.absence, day.absence_source, day.absence_words = self.codes["excused"], "student", "Ill"
            day.absence_by, day.absence_at = placement.student.user, self._at(date)
        return day

    def _visits(self):
        """Towards the end, at three places of four."""
        seen = [here for number, here in enumerate(self.rows) if here.placement and number % 4]
        days = [_weekday(here.last - self.random.randint(3, 38) * DAY) for here in seen]
        contacts = write(
            OrganisationContact,
            (
                OrganisationContact(
                    school=self.school, organisation=here.placement.organisation, by=here.adviser, kind="visit",
                    note="Went through what was learned.", at=self._at(day),
                )
                for here, day in zip(seen, days, strict=True)
            ),
        )  # fmt: skip
        pairs = zip(seen, contacts, strict=True)
        write(Visit, (Visit(placement=here.placement, contact=contact) for here, contact in pairs))

    def _marks(self):
        for number, here in enumerate(self.rows):
            days = _days(here.first, here.last + DAY, lambda day: day.weekday() < 5)[number % EVERY :: EVERY]
            drawn = self.random.choices(COUNTS, SHARES[here.is_poor], k=len(days))
            for day, counts in zip(days, drawn, strict=True):
                yield AttendanceMark(
                    student=here.student, school=self.school, by=here.adviser, date=day, code=self.codes[counts],
                    source=AttendanceMark.Source.CIRCLE,
                )  # fmt: skip

    def _talks(self):
        for here in self.rows:
            day = here.last - self.random.randint(1, 19) * DAY
            yield OneToOne(
                student=here.student, school=self.school, by=here.adviser, held_on=day,
                shared_notes="We looked back at the plan, and chose what to show.",
            )  # fmt: skip

    def _exhibitions(self, terms):
        """For those who have none in it yet."""
        adults = {here.student.pk: [("adviser", here.adviser)] for here in self.rows}
        made = Exhibitions(self.school, self.by, self.random, adults, self.poor)
        for term in terms:
            last_on = term.last_day - 3 * DAY
            last_on -= ((last_on.weekday() - 4) % 7) * DAY
            window = Window.objects.filter(school=self.school, term=term).first() or made.open_window(term, last_on)
            shown = set(window.exhibitions.values_list("student", flat=True))
            # Whoever has left before its first day is not in it.
            here = [one for one in self.rows if one.term == term and one.last >= window.starts_on]
            made.hold(window, [
                one.student for number, one in enumerate(here) if one.student.pk not in shown and number % 6 != 5
            ])  # fmt: skip

    def _at(self, day) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(11), self.school.zone)


def _weekday(day: datetime.date) -> datetime.date:
    """The day, or the Friday before."""
    return day - max(day.weekday() - 4, 0) * DAY


def _days(first: datetime.date, end: datetime.date, wanted: Callable) -> list[datetime.date]:
    """Those from `first` to before `end`."""
    return [day for n in range((end - first).days) if wanted(day := first + n * DAY)]

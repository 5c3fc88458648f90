"""Opportunities, placements and their days of the current term for a drawn school, in bulk: half on Tuesday and
Thursday, the other half on Monday and Wednesday, all begun and confirmed up to last week."""

import datetime
import uuid

from demo.bulk import write
from internships.models import (
    JournalEntry,
    Opportunity,
    Placement,
    PlacementMentor,
    SiteDay,
    SiteWeekday,
    Touch,
    Visit,
)
from internships.weekdays import mask
from mentors.models import Clearance, OrganisationContact
from schools.models import AttendanceCode
from schools.roles import Role
from students.models import TeamMember

DAYS = [(1, 3), (0, 2)]
WEEKS = 4
EXCUSED, NO_SHOWS = 7, 5
FROM, TO = datetime.time(9), datetime.time(15)


class BulkPlacements:
    """A placement for each of the school's mentorships."""

    def __init__(self, made):
        self.made, self.school, self.today = made, made.school, made.today
        self.code = AttendanceCode.objects.get(school=self.school, code="E")

    def write(self) -> None:
        mentors = list({row.mentor_id: row.mentor for row in self.made.mentorships}.values())
        seen = self.today - datetime.timedelta(days=400)
        write(
            Clearance,
            (
                Clearance(
                    school=self.school, kind="background", user=mentor.user, verified_on=seen,
                    verified_by=self.made.coordinator,
                )
                for mentor in mentors
            ),
        )  # fmt: skip
        offered = write(Opportunity, (self._offer(mentor, n) for n, mentor in enumerate(mentors)))
        by_mentor = {one.mentor_id: one for one in offered}
        rows = [
            Placement(
                school=self.school, student=row.student, organisation=row.mentor.organisation,
                opportunity=by_mentor[row.mentor_id], title=by_mentor[row.mentor_id].title, starts_on=row.starts_on,
                review_on=self.today + datetime.timedelta(days=30), arranged_by=self.made.coordinator,
                arranged_at=self._at(seen),
            )
            for row in self.made.mentorships
        ]  # fmt: skip
        placements = write(Placement, rows)
        self._people(placements)
        # The database lets a placement begin once its mentors and their papers are there.
        Placement.objects.filter(school=self.school).update(begun_at=self._at(seen), begun_by=self.made.coordinator)
        self._visits(placements)
        self._days(placements)

    def _offer(self, mentor, number):
        title = f"{mentor.job_title or 'Helps'} at {mentor.organisation.name}"[:200]
        return Opportunity(
            school=self.school, organisation=mentor.organisation, mentor=mentor, title=title, search=title.casefold(),
            weekdays=mask(DAYS[number % 2]), places=2, starts_on=mentor.starts_on, added_by=self.made.coordinator,
        )  # fmt: skip

    def _people(self, placements):
        pairs = list(zip(placements, self.made.mentorships, strict=True))
        write(
            PlacementMentor,
            (PlacementMentor(placement=one, mentor=row.mentor, starts_on=one.starts_on) for one, row in pairs),
        )
        write(
            SiteWeekday,
            (
                SiteWeekday(
                    placement=one, student=one.student, weekday=day, from_time=FROM, to_time=TO, break_minutes=30,
                    starts_on=one.starts_on,
                )
                for n, one in enumerate(placements) for day in DAYS[n % 2]
            ),
        )  # fmt: skip
        write(
            TeamMember,
            (
                TeamMember(
                    student=one.student, school=self.school, user=row.mentor.user, role=Role.MENTOR, cause=one.cause,
                    starts_on=one.starts_on,
                )
                for one, row in pairs
            ),
        )  # fmt: skip

    def _visits(self, placements):
        """The adviser was there or called, of four in five."""
        seen = [(n, one) for n, one in enumerate(placements) if n % 5 != 4]
        advisers = {student.pk: self.made.adviser_of(n) for n, student in enumerate(self.made.students)}
        contacts = write(
            OrganisationContact,
            (
                OrganisationContact(
                    school=self.school, organisation=one.organisation, mentor=row.mentor, by=advisers[one.student_id],
                    kind="visit" if n % 3 == 0 else "call", note="Went through the week.",
                    at=self._at(self.today - datetime.timedelta(days=n * 7 % 45 + 1)),
                )
                for (n, one), row in ((pair, self.made.mentorships[pair[0]]) for pair in seen)
            ),
        )  # fmt: skip
        pairs = zip(seen, contacts, strict=True)
        write(Visit, (Visit(placement=one, contact=contact) for (_n, one), contact in pairs))

    def _days(self, placements):
        """Of the whole term; when they came and went, and the journal, of its last weeks alone."""
        monday = self.today - datetime.timedelta(days=self.today.weekday())
        lately = self.today - datetime.timedelta(days=7 * WEEKS)
        first = self.made.terms[3].starts_on
        dates = [first + datetime.timedelta(days=n) for n in range((self.today - first).days)]
        dates = [one for one in dates if one > lately or one.isocalendar().week % self.made.thin == 0]
        days = [
            self._day(one, date, (n * 7 + date.toordinal()) % 100, date < monday)
            for n, one in enumerate(placements) for date in dates
            if date.weekday() in DAYS[n % 2] and date >= one.starts_on
        ]  # fmt: skip
        write(SiteDay, days)
        days = [day for day in days if day.date > lately and day.minutes != 0]
        write(
            Touch,
            (
                Touch(
                    day=day, way=way, claimed_at=self._at(day.date, hour), received_at=self._at(day.date, hour),
                    key=uuid.uuid4(), by=day.student.user,
                )
                for day in days for way, hour in ((Touch.Way.IN, 9), (Touch.Way.OUT, 15))
            ),
        )  # fmt: skip
        write(
            JournalEntry,
            (
                JournalEntry(
                    school=self.school, placement=day.placement, date=day.date, text="We measured twice and cut once.",
                    by=day.student.user, at=self._at(day.date, 17),
                )
                for day in days[::2]
            ),
        )  # fmt: skip

    def _day(self, placement, date, dice, is_confirmed) -> SiteDay:
        """Of a hundred confirmed days seven are excused, and on five nobody came or said a word."""
        day = SiteDay(school=self.school, student=placement.student, placement=placement, date=date)
        if is_confirmed:
            day.minutes = 0 if dice < EXCUSED + NO_SHOWS else 330
            day.confirmed_by, day.confirmed_at = self.made.coordinator, self._at(date)
        if is_confirmed and dice < EXCUSED:
            day.absence, day.absence_words, day.absence_source = self.code, "Ill", SiteDay.Source.STUDENT
            day.absence_by, day.absence_at = placement.student.user, self._at(date, 8)
        return day

    def _at(self, date, hour=12):
        return datetime.datetime.combine(date, datetime.time(hour), self.school.zone)

"""Opportunities, placements and their last weeks of days for a drawn school, in bulk: half on Tuesday and Thursday, the
other half on Monday and Wednesday, all begun and confirmed up to last week."""

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
)
from internships.weekdays import mask
from mentors.models import Clearance
from schools.roles import Role
from students.models import TeamMember

DAYS = [(1, 3), (0, 2)]
WEEKS = 4
FROM, TO = datetime.time(9), datetime.time(15)


class BulkPlacements:
    """A placement for each of the school's mentorships."""

    def __init__(self, made):
        self.made, self.school, self.today = made, made.school, made.today

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

    def _days(self, placements):
        monday = self.today - datetime.timedelta(days=self.today.weekday())
        dates = [self.today - datetime.timedelta(days=n) for n in range(1, 7 * WEEKS)]
        days = [
            SiteDay(
                school=self.school, student=one.student, placement=one, date=date,
                **({"minutes": 330, "confirmed_by": self.made.coordinator, "confirmed_at": self._at(date)}
                   if date < monday else {}),
            )
            for n, one in enumerate(placements) for date in dates
            if date.weekday() in DAYS[n % 2] and date >= one.starts_on
        ]  # fmt: skip
        write(SiteDay, days)
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

    def _at(self, date, hour=12):
        return datetime.datetime.combine(date, datetime.time(hour), self.school.zone)

"""Days of a drawn school in bulk: attendance, one-to-ones, contacts with families.

Attendance is thinned: each student has a mark on every third school day of the current term and on the last five.
"""

import datetime

from advisories.models import OneToOne
from demo.bulk import write
from schools.models import AttendanceCode
from students.models import AttendanceMark, FamilyContact

EVERY = 3
DAYS_MARKED = 5
# Present, late, absent with an excuse, absent: out of a hundred, for homes with little money and for others.
COUNTS = ("present", "late", "excused", "absent")
SHARES = {True: (84, 6, 5, 5), False: (90, 4, 4, 2)}
DAY = datetime.timedelta(days=1)


class BulkDays:
    """`made` is the BulkSchool whose students they are."""

    def __init__(self, made):
        self.made, self.today, self.random = made, made.today, made.names.random
        self.facts = [
            {"student": student, "school": made.school, "by": made.adviser_of(position)}
            for position, student in enumerate(made.students)
        ]  # fmt: skip

    def write(self) -> None:
        write(AttendanceMark, self._marks())
        write(OneToOne, self._talks())
        write(FamilyContact, self._contacts())

    def _marks(self):
        rows = AttendanceCode.objects.filter(school=self.made.school).order_by("-order")
        codes = {code.counts: code for code in rows}
        first = self.made.terms[3].starts_on
        days = [first + n * DAY for n in range((self.today - first).days) if (first + n * DAY).weekday() < 5]
        recent, every = set(days[-DAYS_MARKED:]), EVERY * self.made.thin
        for position, facts in enumerate(self.facts):
            shares = SHARES[self.made.poor[position]]
            mine = [day for n, day in enumerate(days) if (n + position) % every == 0 or day in recent]
            for day, counts in zip(mine, self.random.choices(COUNTS, shares, k=len(mine)), strict=True):
                yield AttendanceMark(**facts, date=day, code=codes[counts], source="circle")

    def _talks(self):
        for position, facts in enumerate(self.facts):
            held_on = self.today - (position % 25 + 1) * DAY
            yield OneToOne(**facts, held_on=held_on, shared_notes="We went through the plan.")

    def _contacts(self):
        noon = datetime.datetime.combine(self.today, datetime.time(16), datetime.UTC)
        for position, facts in enumerate(self.facts):
            yield FamilyContact(**facts, kind="call", at=noon - (position % 40 + 1) * DAY)

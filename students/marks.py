"""A student's attendance as a page shows it: weeks of days, each with the last word on each session."""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from schools.models import AttendanceCode
from students.models import AttendanceMark

Session = AttendanceMark.Session
TONES = {
    AttendanceCode.Counts.PRESENT: "ok",
    AttendanceCode.Counts.LATE: "warn",
    AttendanceCode.Counts.ELSEWHERE: "info",
    AttendanceCode.Counts.EXCUSED: "quiet",
    AttendanceCode.Counts.ABSENT: "bad",
    AttendanceCode.Counts.NOT_REQUIRED: "quiet",
}


@dataclass
class Day:
    date: datetime.date
    marks: dict[str, AttendanceMark] = field(default_factory=dict)
    is_outside: bool = False

    @property
    def morning(self) -> AttendanceMark | None:
        return self.marks.get(Session.MORNING)

    @property
    def afternoon(self) -> AttendanceMark | None:
        return self.marks.get(Session.AFTERNOON)


def last_words(marks) -> list[AttendanceMark]:
    """Of marks that nobody corrected, the last for each session of a day; circle, site and office are equals."""
    last = {}
    for mark in sorted(marks, key=lambda mark: mark.pk):
        last[mark.date, mark.session] = mark
    return list(last.values())


def weeks(marks, starts_on: datetime.date, last_day: datetime.date) -> list[list[Day]]:
    """Monday to Friday of each week that holds one of these days, the latest first; weekends where one was marked.

    Every week is as long as the others; a day outside `is_outside`.
    """
    days = {day: Day(day) for day in _days(starts_on, last_day)}
    for mark in last_words(marks):
        days.setdefault(mark.date, Day(mark.date)).marks[mark.session] = mark
    shown = sorted({day.date.weekday() for day in days.values() if day.marks} | set(range(5)))
    mondays = sorted({day - datetime.timedelta(days=day.weekday()) for day in days}, reverse=True)
    dates = [[monday + datetime.timedelta(days=weekday) for weekday in shown] for monday in mondays]
    return [[days.get(date, Day(date, is_outside=True)) for date in week] for week in dates]


def _days(starts_on, last_day):
    return (starts_on + datetime.timedelta(days=n) for n in range((last_day - starts_on).days + 1))


def codes_seen(marks) -> list[AttendanceCode]:
    """The codes that these marks use, in the school's order: what the letters mean."""
    codes = {mark.code_id: mark.code for mark in marks}
    return sorted(codes.values(), key=lambda code: (code.order, code.pk))


def totals(marks) -> list[tuple[str, str, int]]:
    """How many sessions counted as what: (words, tone, number), in the order of the codes' meanings."""
    counted = Counter(mark.code.counts for mark in last_words(marks))
    return [(counts.label, TONES[counts], counted[counts]) for counts in AttendanceCode.Counts if counted[counts]]

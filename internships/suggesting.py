"""Who and what would fit: opportunities for a student, students for an opportunity, each with the reason.

A school's few hundred rows are read and compared here, in two queries; the rule is internships/fit.py.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from accounts.models import User
from internships.fit import Fit, fit
from internships.models import Opportunity
from schools.roles import Permission
from students.models import Interest, Student

MOST_STUDENTS = 12


@dataclass(frozen=True)
class Suggestion:
    """One of the two sides, and how well the other fits it."""

    subject: Student | Opportunity
    fit: Fit


def interests_of(student: Student) -> list[Interest]:
    return list(student.interests.filter(dropped_at__isnull=True))


def opportunities_for(interests: list[Interest], opportunities) -> list[Suggestion]:
    """All of `opportunities`, the best first; of those that fit alike, by what they are called."""
    found = [Suggestion(one, fit(interests, one)) for one in opportunities.with_place()]
    return sorted(found, key=lambda one: (-one.fit.score, one.subject.title.casefold()))


def students_for(opportunity: Opportunity, viewer: User, day: datetime.date) -> list[Suggestion]:
    """Students whom it fits, of those whose interests `viewer` may see; the best first."""
    seen = Student.objects.filter(school=opportunity.school_id).open_to(viewer, Permission.STUDENT_OVERVIEW, day)
    students = {student.pk: student for student in seen.enrolled(day).select_related("user")}
    interests: dict[int, list[Interest]] = defaultdict(list)
    for interest in Interest.objects.filter(student__in=students, dropped_at__isnull=True):
        interests[interest.student_id].append(interest)
    found = [Suggestion(students[pk], fit(rows, opportunity)) for pk, rows in interests.items()]
    fitting = [one for one in found if one.fit.score]
    return sorted(fitting, key=lambda one: (-one.fit.score, one.subject.user.search_name))[:MOST_STUDENTS]

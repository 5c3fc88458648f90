"""What a network lead is told of each school: numbers of people, counted in one query each."""

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.models import Mentor
from schools.models import StaffRole
from schools.roles import Role
from students.models import Enrolment, TeamMember


def students(ids) -> dict[int, int]:
    return _by_school(Enrolment.objects.on(_day()).filter(student__school__in=ids), "student__school_id", "student_id")


def families(ids) -> dict[int, int]:
    return _by_school(TeamMember.objects.on(_day()).filter(school__in=ids, role=Role.PARENT), "school_id", "user_id")


def mentors(ids) -> dict[int, int]:
    return _by_school(Mentor.objects.on(_day()).filter(school__in=ids), "school_id", "user_id")


def staff(ids) -> dict[int, int]:
    return _by_school(StaffRole.objects.on(_day()).filter(school__in=ids), "school_id", "user_id")


def _by_school(rows, school, person) -> dict[int, int]:
    return dict(rows.order_by().values_list(school).annotate(number=Count(person, distinct=True)))


def _day():
    # One day for schools in several zones: a number for a network need not know midnight.
    return timezone.now().date()


COUNTERS = [(_("students"), students), (_("parents"), families), (_("mentors"), mentors), (_("staff"), staff)]

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from common.constraints import NoOverlap
from common.periods import Period
from schools.models import School, StaffRole
from schools.roles import NEEDS_SIGNING, NEEDS_WRITING, WHOLE_SCHOOL_ROLES, roles_granting
from students.models.team import TeamMember


class StudentQuerySet(models.QuerySet):
    def open_to(self, user, permission, on: datetime.date | None = None):
        """Students on whom `user` holds `permission` on that day; without a day, on each school's own today.

        The list's side of the one door: students/access.py answers the same question for one student.
        """
        allowed = Q()
        for day, zones in _days(user, on):
            here = Q(school__time_zone__in=zones) if zones else Q()
            allowed |= here & (_on_team(user, permission, day) | _in_school(user, permission, day))
        return self.filter(allowed) if allowed else self.none()

    def enrolled(self, day):
        return self.filter(Exists(Enrolment.objects.on(day).filter(student=OuterRef("pk"))))

    def with_grade(self, day):
        """Leaves `student.grade`: the grade of that day, None where nobody is enrolled. Of one school this is quicker
        to ask than `enrolled`, for which PostgreSQL reads the enrolments of every school."""
        return self.annotate(
            grade=Subquery(Enrolment.objects.on(day).filter(student=OuterRef("pk")).values("grade")[:1])
        )

    def lock(self, student) -> None:
        """Wait for others who write about this student, until the transaction ends: a double tap is one row."""
        self.select_for_update().only("pk").get(pk=student.pk)


def _days(user, on):
    """Pairs of a day and the time zones where it is today; zones are None where one day holds for all."""
    if on is not None:
        return [(on, None)]
    mine = Q(id__in=StaffRole.objects.filter(user=user).values("school_id")) | Q(
        id__in=TeamMember.objects.filter(user=user).values("school_id")
    )
    days: dict[datetime.date, set[str]] = {}
    for school in School.objects.filter(mine).only("time_zone"):
        days.setdefault(school.today(), set()).add(school.time_zone)
    if len(days) == 1:
        return [(day, None) for day in days]
    return list(days.items())


def _on_team(user, permission, day):
    rows = TeamMember.objects.on(day).filter(student=OuterRef("pk"), user=user, role__in=roles_granting(permission))
    if permission in NEEDS_WRITING:
        rows = rows.filter(may_write=True)
    if permission in NEEDS_SIGNING:
        rows = rows.filter(may_sign=True)
    return Exists(rows)


def _in_school(user, permission, day):
    roles = [role for role in roles_granting(permission) if role in WHOLE_SCHOOL_ROLES]
    return Q(school_id__in=StaffRole.objects.on(day).filter(user=user, role__in=roles).values("school_id"))


class Student(models.Model):
    """A student's record at one school. The person is `user`; a record elsewhere before this one is `earlier`."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="students")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="student_records")
    number = models.CharField(_("school's own number"), max_length=40, blank=True)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    started_on = models.DateField(_("started on"))
    earlier = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StudentQuerySet.as_manager()

    class Meta:
        ordering = ["user__search_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "user"], name="students_once_in_a_school"),
            models.UniqueConstraint(
                fields=["school", "number"], condition=~Q(number=""), name="students_number_once_in_a_school"
            ),
        ]

    def __str__(self):
        return self.user.name

    @property
    def name(self) -> str:
        return self.user.name

    def age(self, day: datetime.date) -> int | None:
        """Completed years on `day`, or None where the birthday is not held."""
        if self.born_on is None:
            return None
        had_birthday = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (not had_birthday)

    def decides_about_parents(self, day: datetime.date) -> bool:
        """Whether, from the age the school sets, the student decides who of the family stays."""
        age = self.age(day)
        return age is not None and age >= self.school.age_student_decides


class Enrolment(Period):
    """A stretch of a student's time in a grade (England: year group). Ends when they leave or move up."""

    student = models.ForeignKey(Student, models.PROTECT, related_name="enrolments")
    grade = models.CharField(_("grade"), max_length=20)

    no_overlap = NoOverlap("student")

    class Meta(Period.Meta):
        ordering = ["starts_on"]
        indexes = [
            models.Index(fields=["student", "starts_on"], name="enrolment_by_student"),
            models.Index(fields=["student", "ends_on"], name="enrolment_by_end"),
        ]

    def __str__(self):
        return self.grade

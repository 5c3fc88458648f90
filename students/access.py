"""The one door to a student. You see a student if you are on their team today, or hold a whole-school role in their
school; what you may do is the union of what those roles grant (schools/roles.py)."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.utils.translation import gettext as _

from common.prepared import Prepared
from schools.access import Can, staff_roles
from schools.models import School, StaffRole
from schools.roles import (
    GRANTS,
    NEEDS_SIGNING,
    NEEDS_WRITING,
    STUDENT_PERMISSIONS,
    WHOLE_SCHOOL_ROLES,
    Permission,
    Role,
    roles_granting,
)
from students.models import Student, TeamMember

NOBODY = Can()


@dataclass(frozen=True)
class Standing:
    """How one person stands to one student on one day."""

    user_id: int
    roles: frozenset[str]
    writing_roles: frozenset[str]
    permissions: Can
    causes: frozenset[str]
    # What the other roles give where mentoring counts for nothing: at a placement of somebody else's.
    beside_mentoring: Can = NOBODY

    @property
    def is_outsider(self) -> bool:
        return not self.permissions

    @property
    def is_guardian_only(self) -> bool:
        """A guardian with no work on the team that shows them the family; mentoring the student does not."""
        return Role.PARENT in self.roles and Permission.GUARDIANS_SEE not in self.permissions


_rows_on = Prepared(lambda student, user, day: TeamMember.objects.on(day).filter(student=student, user=user))


def standing_on(student: Student, user, on: datetime.date, roles_in_school=None, team=None) -> Standing:
    """`roles_in_school` may hold the person's open staff roles, and `team` the student's team rows, where they are
    already read."""
    if team is None:
        team = _rows_on(student=student.pk, user=user.pk, day=on)
    team = [row for row in team if row.user_id == user.pk and row.holds(on)]
    if roles_in_school is None:
        roles_in_school = StaffRole.objects.on(on).filter(user=user, school_id=student.school_id)
    whole_school = [
        row.role for row in roles_in_school if row.school_id == student.school_id and row.role in WHOLE_SCHOOL_ROLES
    ]
    return standing_of(user.pk, team, whole_school)


def standing_of(user_id: int, team, whole_school) -> Standing:
    """The standing that these open team rows and whole-school roles give their person."""
    granted = set().union(*(GRANTS[role] for role in whole_school))
    beside_mentoring = set(granted)
    for row in team:
        grant = GRANTS[row.role]
        if not row.may_write:
            grant = grant - NEEDS_WRITING
        if not row.may_sign:
            grant = grant - NEEDS_SIGNING
        granted |= grant
        if row.role != Role.MENTOR:
            beside_mentoring |= grant
    return Standing(
        user_id=user_id,
        roles=frozenset(row.role for row in team) | frozenset(whole_school),
        writing_roles=frozenset(row.role for row in team if row.may_write) | frozenset(whole_school),
        permissions=Can(granted & STUDENT_PERMISSIONS),
        causes=frozenset(row.cause for row in team),
        beside_mentoring=Can(beside_mentoring & STUDENT_PERMISSIONS),
    )


def permissions_on(student: Student, user, on: datetime.date) -> Can:
    return standing_on(student, user, on).permissions


def holders(student: Student, permissions, on: datetime.date) -> dict[str, list]:
    """Who holds each of these permissions on the student that day, by name; two queries however many are asked."""
    team, in_school, people = defaultdict(list), defaultdict(list), {}
    for row in TeamMember.objects.on(on).filter(student=student).select_related("user"):
        team[row.user_id].append(row)
        people[row.user_id] = row.user
    for row in whole_school_staff(student, on):
        in_school[row.user_id].append(row.role)
        people[row.user_id] = row.user
    held = {pk: standing_of(pk, team[pk], in_school[pk]).permissions for pk in people}
    by_name = sorted(people.values(), key=lambda user: user.search_name)
    return {
        permission: [user for user in by_name if permission in held[user.pk] and user.closed_at is None]
        for permission in permissions
    }


def whole_school_staff(student: Student, on: datetime.date) -> list[StaffRole]:
    """The rows of those who see every student of the school, by role and name."""
    rows = StaffRole.objects.on(on).filter(school_id=student.school_id, role__in=WHOLE_SCHOOL_ROLES)
    return list(rows.select_related("user").order_by("role", "user__search_name"))


_of_id = Prepared(lambda student: Student.objects.select_related("user", "school").filter(pk=student))


def load_student(request, student_id: int, permission) -> Student:
    """The student of this id, through the signed-in person: 404 to outsiders, 403 to those who may see but not do.

    Leaves `request.can` (permissions, for templates), `request.standing`, `request.day` (the school's today) and
    `request.permission`, what was asked for.
    """
    student = next(iter(_of_id(student=student_id)), None)
    if student is None:
        raise Http404
    pass_door(request, student, permission)
    return student


def pass_door(request, student: Student, permission, team=None) -> None:
    """What load_student does with a student (and school) already loaded; `team` may hold the student's team rows."""
    request.day = student.school.today()
    request.standing = standing_on(student, request.user, request.day, staff_roles(request), team)
    request.can, request.permission = request.standing.permissions, permission
    if request.standing.is_outsider:
        raise Http404
    if permission not in request.can:
        raise PermissionDenied


def for_student(permission):
    """A view on one student: it receives `student` in place of the address's `student_id`. See load_student."""

    def decorate(view):
        @wraps(view)
        def through_the_door(request, student_id, *args, **kwargs):
            return view(request, load_student(request, student_id, permission), *args, **kwargs)

        through_the_door.permission = permission
        return through_the_door

    return decorate


def keys_beyond(people, by, school: School, on: datetime.date) -> set[int]:
    """The ids of those of `people` to whose accounts `by` is given no key: docs/decisions/0010.

    A key is a printed code, or the say over the address that an invitation goes to: with it one sees what they see.
    """
    staffed = set(_schools_where(by, Permission.SCHOOL_STAFF, on))
    works = StaffRole.objects.exclude(ends_on__lte=on).filter(user__in=people).exclude(school__in=staffed)
    found = set(works.values_list("user_id", flat=True))
    # Who belongs to several schools can be helped by a lead of one of them: else by nobody.
    return found if school.pk in staffed else found | _with_others_students(people, by, on)


def _schools_where(by, permission, on):
    rows = StaffRole.objects.on(on).filter(user=by, role__in=roles_granting(permission), school__isnull=False)
    return rows.values_list("school_id", flat=True)


def _with_others_students(people, by, on) -> set[int]:
    """Those who see, or will see, a student on whose team `by` puts nobody."""
    places = TeamMember.objects.exclude(ends_on__lte=on).exclude(ends_on=F("starts_on")).filter(user__in=people)
    mine = Student.objects.open_to(by, Permission.TEAM_EDIT, on)
    return set(places.exclude(student__in=mine).values_list("user_id", flat=True))


def visible_team(student: Student, viewer, standing: Standing, on: datetime.date) -> list[TeamMember]:
    """The team as `viewer` may know it: guardians do not see each other unless the school says so."""
    rows = TeamMember.objects.on(on).filter(student=student).select_related("user")
    return [row for row in rows if not hides(row.user_id, row.role == Role.PARENT, student, viewer, standing)]


def hides(person_id: int, is_guardian: bool, student: Student, viewer, standing: Standing) -> bool:
    """Whether this guardian's presence is kept from `viewer`, who is a guardian too."""
    return (
        is_guardian
        and standing.is_guardian_only
        and person_id != viewer.pk
        and not student.school.guardians_see_each_other
    )


def shown_name(person, is_guardian: bool, student: Student, viewer, standing: Standing) -> str:
    """The name under which `person`'s words appear to `viewer`."""
    return _("Family") if hides(person.pk, is_guardian, student, viewer, standing) else person.name

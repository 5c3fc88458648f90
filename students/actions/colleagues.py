"""Specialists and commissioners on one student's team: dated, added and ended by hand."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from schools.roles import Role
from students.actions import team
from students.models import Student, TeamMember

# Whoever may change a team may not make anybody an adviser that way: a seat in an advisory does.
ROLES = (Role.SPECIALIST, Role.COMMISSIONER, Role.PANELLIST)
CAUSE = "staff"


class ColleagueError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def add_colleague(*, student: Student, user: User, role: str, by, on: datetime.date, until=None) -> TeamMember:
    """Put somebody on the team from `on` to before `until`."""
    if role not in ROLES:
        raise ColleagueError(_("This role is not given here."))
    if user.pk == student.user_id:
        raise ColleagueError(_("This is the student."))
    if until is not None and until <= on:
        raise ColleagueError(_("The end is before the start."))
    Student.objects.lock(student)
    if TeamMember.objects.filter(student=student, user=user, role=role).overlapping(on, until).exists():
        raise ColleagueError(
            _("%(name)s is already on the team as %(role)s in that time.")
            % {"name": user.name, "role": Role(role).label}
        )
    return team.join(
        student=student, user=user, role=role, cause=f"{CAUSE}:{Role(role).value}", by=by, on=on, until=until
    )


@transaction.atomic
def end_colleague(*, member: TeamMember, by, on: datetime.date) -> None:
    """`on` is the first day without access."""
    if not was_added_by_hand(member):
        raise ColleagueError(
            _("This place on the team ends where it began, for example with the advisory or the mentorship.")
        )
    team.leave(cause=member.cause, student=member.student, user=member.user, by=by, on=on)


def was_added_by_hand(member: TeamMember) -> bool:
    return member.cause.startswith(f"{CAUSE}:")

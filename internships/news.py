"""Whom a step on the way to a place concerns, and how it is said to them, in the reader's language."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.models import User
from internships.models import Pursuit
from notices.actions import notify
from schools.models import StaffRole
from schools.roles import Role
from students.models import TeamMember


def asked(pursuit: Pursuit, role: str, by, on) -> None:
    """To whoever has the next word; where the school has nobody in that role, to its leads."""
    _tell(_owners(pursuit, role, on), "asked", _("%(name)s asks to pursue a place"), pursuit, by)


def cleared(pursuit, by) -> None:
    _tell([pursuit.student.user], "cleared", _("You may call a place"), pursuit, by)


def refused(pursuit, by) -> None:
    _tell([pursuit.student.user], "refused", _("A place that you asked for is not cleared"), pursuit, by)


def _owners(pursuit, role, on) -> list[User]:
    if role == Role.ADVISER:
        rows = TeamMember.objects.on(on).filter(student=pursuit.student, role__in=(Role.ADVISER, Role.COVER))
    else:
        rows = StaffRole.objects.on(on).filter(school=pursuit.school_id, role=role)
    people = [row.user for row in rows.select_related("user")]
    leads = StaffRole.objects.on(on).filter(school=pursuit.school_id, role=Role.LEAD).select_related("user")
    return people or [row.user for row in leads]


def _tell(people, kind, words, pursuit, by):
    name = pursuit.student.user.called
    notify(
        people=people, kind=f"internships.{kind}", title=lambda: gettext(words) % {"name": name}, by=by,
        url=reverse("internships:pursuit", args=[pursuit.student_id, pursuit.pk]),
        key=f"internships.{kind}:{pursuit.pk}", school_id=pursuit.school_id, student_id=pursuit.student_id,
    )  # fmt: skip

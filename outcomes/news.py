"""Who hears that somebody is to be asked, or has answered; in the reader's language, with a first name and no more."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from notices.actions import notify
from outcomes.models import Survey
from schools.models import StaffRole
from schools.roles import Role
from students.models import TeamMember


def to_ask(survey: Survey, on) -> None:
    """There is no address to write to: somebody who knows them is to ask."""
    _tell(survey, "to_ask", _("Ask %(name)s, who left the school, how they are"), None, on)


def answered(survey: Survey, by, on) -> None:
    _tell(survey, "answered", _("%(name)s, who left the school, has said how they are"), by, on)


def _tell(survey, what, words, by, on):
    student = survey.student
    notify(
        people=_contacts(student, on), kind=f"outcomes.{what}", by=by,
        title=lambda: gettext(words) % {"name": student.user.called},
        url=reverse("outcomes:destinations", args=[student.pk]), key=f"outcomes.{what}:{survey.pk}",
        school_id=survey.school_id, student_id=student.pk,
    )  # fmt: skip


def _contacts(student, on) -> list:
    """Whoever stays in touch, else those who look after the school's destinations."""
    rows = TeamMember.objects.on(on).filter(student=student, role=Role.ALUMNI_CONTACT).select_related("user")
    if found := {row.user_id: row.user for row in rows}:
        return list(found.values())
    staff = StaffRole.objects.on(on).filter(school=student.school_id, role__in=(Role.COORDINATOR, Role.LEAD))
    return list({row.user_id: row.user for row in staff.select_related("user")}.values())

"""From the age the school sets, the student decides who of the family stays on the team."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actions import record
from notices.actions.telling import notify
from schools.roles import Role
from students.actions.family import change_rights
from students.models import FamilyDecision, Guardianship, Student, TeamMember

Rights = Guardianship.Rights


class DecisionError(ValueError):
    """Said to the student, in their words."""


def family_to_decide_on(student: Student, on: datetime.date) -> list[Guardianship]:
    """Of whom the student decides: who is on the team now, and whom the student took off it."""
    taken_off = {decision.user_id for decision in latest_decisions(student) if not decision.stays}
    rows = student.guardianships.on(on).exclude(rights=Rights.BARRED).select_related("user", "student__school", "home")
    return [row for row in rows if row.is_on_team or row.user_id in taken_off]


def latest_decisions(student: Student) -> list[FamilyDecision]:
    """The one that holds for each person, oldest first."""
    rows = student.family_decisions.select_related("user", "by").order_by("at", "id")
    return list({row.user_id: row for row in rows}.values())


@transaction.atomic
def decide_parents(*, student: Student, stays: dict[Guardianship, bool], by, on: datetime.date) -> list[FamilyDecision]:
    """Write down, for each of the family, whether they stay; who does not remains as a contact and sees nothing."""
    if not student.decides_about_parents(on):
        raise DecisionError(_("You decide this from the age of %(age)s.") % {"age": student.school.age_student_decides})
    before = {decision.user_id: decision for decision in latest_decisions(student)}
    made = [
        _decide(student, row, stay, before.get(row.user_id), by, on)
        for row, stay in stays.items()
        if row.user_id not in before or before[row.user_id].stays != stay
    ]
    if made:
        _tell_advisers(student, by, on)
    return made


def _decide(student, row, stay, last, by, on):
    rights = row.rights if row.is_on_team or last is None else last.rights_before
    decision = FamilyDecision.objects.create(student=student, user=row.user, stays=stay, rights_before=rights, by=by)
    record(
        "students.family.decided", by=by, subject=decision, school_id=student.school_id, student_id=student.pk,
        user=row.user_id, stays=stay,
    )  # fmt: skip
    change_rights(guardianship=row, rights=rights if stay else Rights.CONTACT, by=by, on=on)
    return decision


def _tell_advisers(student, by, on):
    advisers = TeamMember.objects.on(on).filter(student=student, role=Role.ADVISER).select_related("user")
    notify(
        people=[row.user for row in advisers],
        kind="students.family",
        title=lambda: _("%(name)s decided who of the family is on the team") % {"name": student.user.called},
        url=reverse("students:guardians", args=[student.pk]),
        by=by,
        key=f"family:{student.pk}:{on.isoformat()}",
        school_id=student.school_id,
        student_id=student.pk,
    )

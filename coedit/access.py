"""Who may read and write a shared text: a role that the text names, held on the student's team today."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from coedit.models import Text
from schools.access import staff_roles
from schools.roles import Role
from students.access import Standing, shown_name, standing_on
from students.models import Student, TeamMember


def may_read(text: Text, standing: Standing) -> bool:
    return not text.is_gone and bool(_counted(text, standing.roles, standing) & set(text.readers))


def may_write(text: Text, standing: Standing) -> bool:
    if text.is_gone or text.is_frozen or not may_read(text, standing):
        return False
    return bool(_counted(text, standing.writing_roles, standing) & set(text.writers))


def _counted(text, roles, standing):
    return counted(text, roles, standing.causes, standing.user_id)


def counted(text, roles, causes, user_id: int) -> set[str]:
    """The roles that count for this text: cover stands in for the adviser, a mentor only for their own placement, and
    where the text names people of a role, nobody else in it."""
    counted = set(roles)
    if Role.COVER in counted:
        counted.add(Role.ADVISER)
    if text.cause and text.cause not in causes:
        counted.discard(Role.MENTOR)
    return {role for role in counted if role not in text.people or str(user_id) in text.people[role]}


def load_text(request, text_id: uuid.UUID, write: bool = False) -> Text:
    """The text of this id, through the signed-in person: 404 unless they may read it, 403 if they may not `write`.

    Leaves `request.day`, `request.standing` and `request.can`, as the door to its student does.
    """
    text = Text.objects.select_related("student__user", "student__school").filter(pk=text_id).first()
    if text is None:
        raise Http404
    request.day = text.student.school.today()
    request.standing = standing_on(text.student, request.user, request.day, staff_roles(request))
    request.can = request.standing.permissions
    if not may_read(text, request.standing):
        raise Http404
    if write and not may_write(text, request.standing):
        raise PermissionDenied
    return text


def shown_names(text: Text, user_ids, viewer, standing: Standing) -> dict[int, str]:
    """The names under which these people's words appear to `viewer`: guardians may be hidden from each other."""
    rows = TeamMember.objects.filter(student_id=text.student_id, user__in=user_ids, role=Role.PARENT)
    guardians = set(rows.values_list("user_id", flat=True))
    people = User.objects.filter(pk__in=user_ids)
    return {user.pk: shown_name(user, user.pk in guardians, text.student, viewer, standing) for user in people}


def texts_of(student: Student, standing: Standing) -> list[Text]:
    """The student's texts that this standing may read."""
    return [text for text in Text.objects.living().filter(student=student) if may_read(text, standing)]


def socket_path(text: Text) -> str:
    """Where the text is written live (coedit/routing.py)."""
    return f"/ws/texts/{text.pk}/"

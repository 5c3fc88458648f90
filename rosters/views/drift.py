from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from rosters.actions.drift import DriftError, put_right
from rosters.drift import Kind, differences
from schools.access import for_school
from schools.roles import Permission, Role
from students.causes import in_words
from students.models import Student

MOST = 200


@for_school(Permission.SCHOOL_STAFF)
def drift(request, school):
    """Where teams are not as seats, guardianships and mentorships say. Looked up now, not last night."""
    found = differences(school, school.today())
    context = {"school": school, "rows": _in_words(found[:MOST]), "count": len(found)}
    return render(request, "rosters/drift.html", context)


def _in_words(found) -> list[dict]:
    students = Student.objects.select_related("user").in_bulk([row.place.student_id for row in found])
    users = User.objects.in_bulk([row.place.user_id for row in found])
    causes = in_words(row.place.cause for row in found)
    return [
        {
            "key": row.key, "kind": row.kind, "student": students.get(row.place.student_id),
            "user": users[row.place.user_id], "role": Role(row.place.role).label,
            "cause": causes.get(row.place.cause, row.place.cause), "can_be_put_right": row.kind != Kind.HOMELESS,
        }
        for row in found
    ]  # fmt: skip


@require_POST
@for_school(Permission.SCHOOL_STAFF)
def repair(request, school):
    """Make the chosen places as their causes say."""
    try:
        count = put_right(school=school, keys=set(request.POST.getlist("key")), by=request.user, on=school.today())
    except DriftError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(count)s put right.") % {"count": count})
    return redirect("rosters:drift", school.pk)

import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from mentors.actions.mentorship import MentorshipError, end_mentorship, put_on_team
from mentors.forms.people import MentorshipForm
from schools.access import school_permissions, staff_roles
from schools.roles import Permission
from students.access import for_student
from students.actions.team import TeamError


@for_student(Permission.TEAM_EDIT)
def mentors(request, student):
    """A student's mentors, now, soon and before; and another one for the team."""
    form = MentorshipForm(request.POST or None, student=student, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            mentorship = _begin(student, request.user, **form.cleaned_data)
        except (MentorshipError, TeamError) as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(name)s is on the team.") % {"name": mentorship.mentor.name})
            return redirect("mentors:student", student.pk)
    rows = student.mentorships.select_related("mentor__user", "mentor__organisation__merged_into")
    may_add = Permission.SCHOOL_MENTORS in school_permissions(staff_roles(request), student.school_id)
    context = {"student": student, "form": form, "rows": rows, "day": request.day, "may_add": may_add}
    return render(request, "mentors/student.html", context)


def _begin(student, by, *, mentor, starts_on, last_day):
    until = last_day + datetime.timedelta(days=1) if last_day else None
    return put_on_team(student=student, mentor=mentor, by=by, on=starts_on, until=until)


@require_POST
@for_student(Permission.TEAM_EDIT)
def end(request, student, mentorship_id):
    """From today the mentor is off this student's team; another student's is not touched."""
    row = get_object_or_404(student.mentorships.select_related("mentor__user", "student"), pk=mentorship_id)
    try:
        end_mentorship(mentorship=row, by=request.user, on=request.day)
    except MentorshipError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is off the team.") % {"name": row.mentor.name})
    return redirect("mentors:student", student.pk)

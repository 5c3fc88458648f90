import datetime

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.people import PersonError
from common.forms import refuse
from common.periods import holds_on
from schools.roles import GRANTS, STUDENT_PERMISSIONS, Permission, Role
from students.access import for_student, visible_team, whole_school_staff
from students.actions.colleagues import ColleagueError, end_colleague, was_added_by_hand
from students.actions.newcomers import bring_in_colleague
from students.actions.team import TeamError
from students.causes import in_words
from students.forms.team import ColleagueForm
from students.models import TeamMember


@for_student(Permission.TEAM_SEE)
def team(request, student):
    """Who is on the team, in which role, since when and why; and who else of the school may see the student."""
    rows = visible_team(student, request.user, request.standing, request.day)
    others = _others(request, student) if Permission.TEAM_EDIT in request.can else []
    _say_why([*rows, *others])
    school_staff = whole_school_staff(student, request.day)
    context = {
        "student": student, "rows": rows, "coming": [row for row in others if row.starts_on > request.day],
        "gone": [row for row in others if row.starts_on <= request.day], "day": request.day,
        "school_staff": school_staff, "policy": _policy([*rows, *school_staff]),
    }  # fmt: skip
    return render(request, "students/team.html", context)


def _others(request, student):
    """Who comes later and who was here before, for those who may change the team."""
    rows = TeamMember.objects.filter(student=student).exclude(holds_on(request.day)).exclude(ends_on=F("starts_on"))
    return list(rows.select_related("user").order_by("-starts_on", "-id")[:100])


def _say_why(rows):
    words = in_words(row.cause for row in rows)
    for row in rows:
        row.why = words.get(row.cause, "")
        row.may_be_ended_here = was_added_by_hand(row)


def _policy(rows) -> list[tuple[str, list[str]]]:
    """For each role that somebody here holds, what the policy table lets it do, in words."""
    roles = [role for role in Role if role in {row.role for row in rows}]
    return [(role.label, [p.label for p in Permission if p in GRANTS[role] & STUDENT_PERMISSIONS]) for role in roles]


@for_student(Permission.TEAM_EDIT)
def add(request, student):
    form = ColleagueForm(request.POST or None, student=student, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            member = _bring_in(student, request.user, **form.cleaned_data)
        except (ColleagueError, TeamError, PersonError) as error:
            refuse(form, error, getattr(error, "field", None))
        else:
            messages.success(
                request,
                _("%(name)s is on the team from %(day)s.")
                % {"name": member.user.name, "day": date_format(member.starts_on)},
            )
            return redirect("students:team", student.pk)
    return render(request, "students/team_add.html", {"student": student, "form": form})


def _bring_in(student, by, *, chosen, names, role, starts_on, last_day):
    until = last_day + datetime.timedelta(days=1) if last_day else None
    return bring_in_colleague(student=student, chosen=chosen, names=names, role=role, by=by, on=starts_on, until=until)


@require_POST
@for_student(Permission.TEAM_EDIT)
def end(request, student, member_id):
    """From today they are off the team."""
    member = get_object_or_404(student.team.select_related("user", "student"), pk=member_id)
    try:
        end_colleague(member=member, by=request.user, on=request.day)
    except ColleagueError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is off the team.") % {"name": member.user.name})
    return redirect("students:team", student.pk)

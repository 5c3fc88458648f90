from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.actions.people import PersonError
from common.forms import refuse
from mentors.actions.mentors import MentorError, bring_in_mentor, change_mentor, leave
from mentors.forms.people import ChangeForm, LeaveForm, MentorForm
from mentors.models import Mentor, Organisation
from mentors.standing import of_mentor
from schools.access import for_school
from schools.roles import Permission
from students.actions.reach import ReachError
from students.models import Student


@for_school(Permission.SCHOOL_MENTORS)
def add(request, school, organisation_id):
    current = Organisation.objects.current().select_related("school")
    organisation = get_object_or_404(current, pk=organisation_id, school=school)
    form = MentorForm(request.POST or None, organisation=organisation, day=school.today())
    if request.method == "POST" and form.is_valid():
        try:
            mentor = bring_in_mentor(organisation=organisation, by=request.user, **form.cleaned_data)
        except (MentorError, PersonError) as error:
            refuse(form, error, getattr(error, "field", None))
        else:
            messages.success(request, _("%(name)s is a mentor at %(organisation)s.") % _names(mentor))
            return redirect("mentors:mentor", school.pk, mentor.pk)
    return render(request, "mentors/mentor_add.html", {"school": school, "organisation": organisation, "form": form})


def _names(mentor):
    return {"name": mentor.name, "organisation": mentor.organisation}


@for_school(Permission.SCHOOL_MENTORS)
def show(request, school, mentor_id):
    """One mentor: how to reach them, their students as far as I may see them, and the day they leave."""
    mentor = _mentor(school, mentor_id)
    form = ChangeForm(request.POST or None, mentor=mentor)
    if request.method == "POST" and form.is_valid():
        try:
            change_mentor(mentor=mentor, by=request.user, on=school.today(), now=timezone.now(), **form.cleaned_data)
        except (ReachError, PersonError) as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("mentors:mentor", school.pk, mentor.pk)
    return _page(request, school, mentor, change=form)


@require_POST
@for_school(Permission.SCHOOL_MENTORS)
def left(request, school, mentor_id):
    """The mentor is none from that day; every mentorship ends with it."""
    mentor = _mentor(school, mentor_id)
    form = LeaveForm(request.POST, school=school, day=school.today())
    if form.is_valid():
        try:
            ended = leave(mentor=mentor, by=request.user, on=form.cleaned_data["on"])
        except MentorError as error:
            refuse(form, error, "on")
        else:
            messages.success(request, _left(mentor, len(ended)))
            return redirect("mentors:organisation", school.pk, mentor.organisation_id)
    return _page(request, school, mentor, leave=form)


def _left(mentor, ended):
    sentence = ngettext(
        "%(name)s is no mentor from then on; %(n)s mentorship ends.",
        "%(name)s is no mentor from then on; %(n)s mentorships end.",
        ended,
    )
    return sentence % {"name": mentor.name, "n": ended}


def _mentor(school, mentor_id):
    return get_object_or_404(Mentor.objects.with_names().select_related("school"), pk=mentor_id, school=school)


def _page(request, school, mentor, **bound):
    day = school.today()
    forms = {"change": ChangeForm(mentor=mentor), "leave": LeaveForm(school=school, day=day)} | bound
    forms["change"].helper.form_action = reverse("mentors:mentor", args=[school.pk, mentor.pk])
    forms["leave"].helper.form_action = reverse("mentors:leave", args=[school.pk, mentor.pk])
    mentorships = list(mentor.mentorships.select_related("student__user"))
    seen = Student.objects.open_to(request.user, Permission.STUDENT_SEE, day).values_list("pk", flat=True)
    shown = set(seen.filter(pk__in=[row.student_id for row in mentorships]))
    context = {
        "school": school, "mentor": mentor, "day": day, "is_here": mentor.ends_on is None or mentor.ends_on > day,
        "rows": [row for row in mentorships if row.student_id in shown],
        "others": len({row.student_id for row in mentorships} - shown), **forms,
        "papers": of_mentor(mentor.user, school, day),
    }  # fmt: skip
    return render(request, "mentors/mentor.html", context)

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rosters.actions.year import move_many
from rosters.forms.people import YearForm
from schools.access import for_school
from schools.roles import Permission
from students.listing import grades_of, listed
from students.models import Student


@for_school(Permission.SCHOOL_SETTINGS)
def year(request, school):
    """A grade up for many on one day: asked, shown name by name, and done for those who stay ticked."""
    day = school.today()
    form = YearForm(request.POST or request.GET or None, school=school, day=day, grades=grades_of(school, day))
    context = {"school": school, "form": form, "groups": []}
    if form.is_bound and form.is_valid():
        becomes, on = form.becomes(), form.cleaned_data["on"]
        if request.method == "POST" and "done" in request.POST:
            return _move(request, school, becomes, on)
        context |= {"groups": _groups(school, becomes, on), "becomes": becomes, "on": on}
    return render(request, "rosters/year.html", context)


def _groups(school, becomes, on) -> list[tuple[str, str, list]]:
    """Who is in each of these grades on the day before they change."""
    students = listed(Student.objects.filter(school=school).enrolled(on), on).filter(grade__in=becomes)
    by_grade: dict[str, list] = {grade: [] for grade in becomes}
    for student in students:
        by_grade[student.grade].append(student)
    return [(grade, becomes[grade], found) for grade, found in by_grade.items() if found]


def _move(request, school, becomes, on):
    """Who is ticked moves from the grade that the page showed; who has another by now is left alone."""
    ticked = set(request.POST.getlist("who"))
    grades = {
        student.pk: new
        for old, new, students in _groups(school, becomes, on)
        for student in students
        if f"{student.pk}:{old}" in ticked
    }
    moved = move_many(school=school, grades=grades, by=request.user, on=on)
    for sentence in moved.refused[:10]:
        messages.warning(request, sentence)
    count = len(moved.done)
    said = ngettext("%(count)s student is in a new grade.", "%(count)s students are in a new grade.", count)
    messages.success(request, said % {"count": count} if count else _("Nobody moved."))
    return redirect("rosters:year", school.pk)

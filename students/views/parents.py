from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.forms import refuse
from schools.roles import Permission
from students.access import for_student
from students.actions.decision import DecisionError, decide_parents, family_to_decide_on, latest_decisions
from students.forms.family import FamilyForm


@for_student(Permission.PARENTS_DECIDE)
def parents(request, student):
    """From the age the school sets, the student says here who of the family stays on the team."""
    rows = family_to_decide_on(student, request.day)
    form = FamilyForm(request.POST or None, family=rows)
    if request.method == "POST" and form.is_valid():
        try:
            decide_parents(student=student, stays=form.stays(), by=request.user, on=request.day)
        except DecisionError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is as you decided. Your adviser sees it too."))
            return redirect("students:parents", student.pk)
    context = {
        "student": student, "form": form, "rows": rows, "decisions": latest_decisions(student),
        "decides": student.decides_about_parents(request.day), "age": student.school.age_student_decides,
    }  # fmt: skip
    return render(request, "students/parents.html", context)

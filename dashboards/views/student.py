from django.shortcuts import render

from dashboards.student import overview
from schools.roles import Permission
from students.access import for_student


@for_student(Permission.STUDENT_SEE)
def student(request, student):
    """One student at a glance: whose turn it is, and the way to everything else that the viewer may open."""
    page = overview(student, request.can, request.day)
    return render(request, "dashboards/student.html", {"student": student, "page": page})

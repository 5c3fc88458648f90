from django.shortcuts import render

from schools.roles import Permission
from students.access import for_student


def home(request):
    return render(request, "dashboards/home.html")


@for_student(Permission.STUDENT_SEE)
def student(request, student):
    return render(request, "dashboards/student.html", {"student": student})

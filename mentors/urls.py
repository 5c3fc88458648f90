from django.urls import path

from mentors.views import organisations, people, students

app_name = "mentors"
urlpatterns = [
    path("schools/<int:school_id>/mentors/", organisations.index, name="index"),
    path("schools/<int:school_id>/mentors/<int:mentor_id>/", people.show, name="mentor"),
    path("schools/<int:school_id>/mentors/<int:mentor_id>/leave/", people.left, name="leave"),
    path("schools/<int:school_id>/organisations/new/", organisations.add, name="organisation_add"),
    path("schools/<int:school_id>/organisations/<int:organisation_id>/", organisations.show, name="organisation"),
    path(
        "schools/<int:school_id>/organisations/<int:organisation_id>/change/", organisations.change,
        name="organisation_change",
    ),
    path(
        "schools/<int:school_id>/organisations/<int:organisation_id>/mentors/new/", people.add, name="mentor_add"
    ),
    path("students/<int:student_id>/mentors/", students.mentors, name="student"),
    path("students/<int:student_id>/mentors/<int:mentorship_id>/end/", students.end, name="end"),
]  # fmt: skip

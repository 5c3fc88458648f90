from django.urls import path

from mentors.views import clearances, organisations, people, students

app_name = "mentors"
urlpatterns = [
    path("schools/<int:school_id>/mentors/", organisations.index, name="index"),
    path("schools/<int:school_id>/mentors/<int:mentor_id>/", people.show, name="mentor"),
    path("schools/<int:school_id>/mentors/<int:mentor_id>/leave/", people.left, name="leave"),
    path("schools/<int:school_id>/network-organisations/", organisations.shared, name="shared"),
    path("schools/<int:school_id>/organisations/new/", organisations.add, name="organisation_add"),
    path("schools/<int:school_id>/organisations/<int:organisation_id>/", organisations.show, name="organisation"),
    path(
        "schools/<int:school_id>/organisations/<int:organisation_id>/change/", organisations.change,
        name="organisation_change",
    ),
    path(
        "schools/<int:school_id>/organisations/<int:organisation_id>/contact/", organisations.contact, name="contact"
    ),
    path(
        "schools/<int:school_id>/organisations/<int:organisation_id>/merge/", organisations.merge_with, name="merge"
    ),
    path("schools/<int:school_id>/organisations/<int:organisation_id>/apart/", organisations.apart, name="apart"),
    path("schools/<int:school_id>/clearances/", clearances.index, name="clearances"),
    path(
        "schools/<int:school_id>/organisations/<int:organisation_id>/clearances/", clearances.of_place,
        name="place_papers",
    ),
    path("schools/<int:school_id>/mentors/<int:mentor_id>/clearances/", clearances.of_person, name="person_papers"),
    path("schools/<int:school_id>/clearances/<int:clearance_id>/withdraw/", clearances.take_back, name="take_back"),
    path(
        "schools/<int:school_id>/organisations/<int:organisation_id>/mentors/new/", people.add, name="mentor_add"
    ),
    path("students/<int:student_id>/mentors/", students.mentors, name="student"),
    path("students/<int:student_id>/mentors/<int:mentorship_id>/end/", students.end, name="end"),
]  # fmt: skip

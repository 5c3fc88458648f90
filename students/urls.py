from django.urls import path

from students.views import attendance, concerns, contacts, guardians, index, notes, parents, record, team

app_name = "students"
urlpatterns = [
    path("students/", index.index, name="index"),
    path("students/<int:student_id>/team/", team.team, name="team"),
    path("students/<int:student_id>/team/new/", team.add, name="team_add"),
    path("students/<int:student_id>/team/<int:member_id>/end/", team.end, name="team_end"),
    path("students/<int:student_id>/guardians/", guardians.guardians, name="guardians"),
    path("students/<int:student_id>/guardians/new/", guardians.add, name="guardian_add"),
    path("students/<int:student_id>/guardians/<int:guardianship_id>/", guardians.guardian, name="guardian"),
    path("students/<int:student_id>/guardians/<int:guardianship_id>/rights/", guardians.rights, name="guardian_rights"),
    path("students/<int:student_id>/guardians/<int:guardianship_id>/end/", guardians.end, name="guardian_end"),
    path("students/<int:student_id>/guardians/<int:guardianship_id>/reach/", guardians.reach, name="guardian_reach"),
    path("students/<int:student_id>/homes/<int:home_id>/", guardians.home, name="home"),
    path("students/<int:student_id>/parents/", parents.parents, name="parents"),
    path("students/<int:student_id>/record/", record.record, name="record"),
    path("students/<int:student_id>/enrolment/", record.enrolment, name="enrolment"),
    path("students/<int:student_id>/interests/", record.interests, name="interests"),
    path("students/<int:student_id>/interests/<int:interest_id>/drop/", record.drop, name="interest_drop"),
    path("students/<int:student_id>/contacts/", contacts.contacts, name="contacts"),
    path("students/<int:student_id>/contacts/<int:contact_id>/", contacts.contact, name="contact"),
    path(
        "students/<int:student_id>/contacts/<int:contact_id>/take-back/", contacts.take_back, name="contact_take_back"
    ),
    path("students/<int:student_id>/notes/", notes.notes, name="notes"),
    path("students/<int:student_id>/notes/<slug:level>/", notes.notes, name="notes_at"),
    path("students/<int:student_id>/notes/<int:note_id>/correct/", notes.correct, name="note_correct"),
    path("students/<int:student_id>/concern/", concerns.raise_concern, name="concern_raise"),
    path("students/<int:student_id>/concerns/<int:concern_id>/", concerns.concern, name="concern"),
    path("students/<int:student_id>/concerns/<int:concern_id>/take/", concerns.take, name="concern_take"),
    path("students/<int:student_id>/concerns/<int:concern_id>/steps/", concerns.step, name="concern_step"),
    path("students/<int:student_id>/concerns/<int:concern_id>/close/", concerns.close, name="concern_close"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("students/<int:student_id>/attendance/", attendance.attendance, name="attendance"),
    path("students/<int:student_id>/attendance/<slug:date>/", attendance.day, name="attendance_day"),
]

from django.urls import path

from rosters.views import drift, imports, invitations, leaving, people, staff, year

app_name = "rosters"
urlpatterns = [
    path("people/", people.index, name="index"),
    path("schools/<int:school_id>/people/", people.hub, name="people"),
    path("schools/<int:school_id>/people/students/new/", people.add_student, name="student_add"),
    path("schools/<int:school_id>/people/guardians/new/", people.guardian_for, name="guardian_for"),
    path("schools/<int:school_id>/people/paste/", imports.paste, name="paste"),
    path("schools/<int:school_id>/people/paste/<slug:kind>.csv", imports.template, name="template"),
    path("schools/<int:school_id>/people/tables/<int:import_id>/", imports.show, name="import"),
    path("schools/<int:school_id>/people/tables/<int:import_id>/columns/", imports.columns, name="import_columns"),
    path("schools/<int:school_id>/people/tables/<int:import_id>/drop/", imports.drop, name="import_drop"),
    path("schools/<int:school_id>/people/tables/<int:import_id>/go-on/", imports.go_on, name="import_go_on"),
    path("schools/<int:school_id>/people/invitations/", invitations.invitations, name="invitations"),
    path("schools/<int:school_id>/people/letters/", invitations.letters, name="letters"),
    path("schools/<int:school_id>/people/letters.pdf", invitations.letters_pdf, name="letters_pdf"),
    path("schools/<int:school_id>/people/<int:user_id>/", invitations.person, name="person"),
    path("schools/<int:school_id>/people/<int:user_id>/invite/", invitations.act, name="person_invite"),
    path("schools/<int:school_id>/people/<int:user_id>/account/", invitations.account, name="person_account"),
    path("schools/<int:school_id>/people/year/", year.year, name="year"),
    path("schools/<int:school_id>/people/teams/", drift.drift, name="drift"),
    path("schools/<int:school_id>/people/teams/put-right/", drift.repair, name="drift_repair"),
    path("schools/<int:school_id>/staff/", staff.staff, name="staff"),
    path("schools/<int:school_id>/staff/new/", staff.add, name="staff_add"),
    path("schools/<int:school_id>/staff/<int:user_id>/", staff.member, name="staff_member"),
    path("schools/<int:school_id>/staff/<int:user_id>/details/", staff.details, name="staff_details"),
    path("schools/<int:school_id>/staff/<int:user_id>/roles/<int:role_id>/end/", staff.end_role, name="role_end"),
    path("schools/<int:school_id>/staff/<int:user_id>/leave/", staff.leave, name="staff_leave"),
    path("students/<int:student_id>/leave/", leaving.leave, name="leave"),
    path("students/<int:student_id>/leave/<int:leaving_id>/take-back/", leaving.back, name="leave_back"),
]

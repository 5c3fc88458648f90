from django.urls import path

from advisories.views import board, charge, circle, one_to_one, roster

app_name = "advisories"
urlpatterns = [
    path("advisories/", board.index, name="index"),
    path("schools/<int:school_id>/advisories/new/", roster.new, name="new"),
    path("advisories/<int:advisory_id>/", board.show, name="board"),
    path("advisories/<int:advisory_id>/circle/", circle.circle, name="circle"),
    path("advisories/<int:advisory_id>/circle/<slug:date>/", circle.circle, name="circle_on"),
    path("advisories/<int:advisory_id>/circles/", circle.circles, name="circles"),
    path("advisories/<int:advisory_id>/roster/", roster.show, name="roster"),
    path("advisories/<int:advisory_id>/close/", roster.close, name="close"),
    path("advisories/<int:advisory_id>/charges/new/", charge.take, name="take"),
    path("advisories/<int:advisory_id>/charges/<int:charge_id>/hand-over/", charge.hand, name="hand_over"),
    path("advisories/<int:advisory_id>/charges/<int:charge_id>/end/", charge.end, name="end_charge"),
    path("students/<int:student_id>/advisories/", roster.seats, name="seats"),
    path("students/<int:student_id>/advisories/move/", roster.move, name="move"),
    path("students/<int:student_id>/one-to-ones/", one_to_one.one_to_ones, name="one_to_ones"),
]

from django.urls import path

from bench.floor import views

urlpatterns = [
    path("group/", views.group, name="group"),
    path("students/<int:student_id>/", views.student, name="student"),
]

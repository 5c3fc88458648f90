from django.urls import path

from dashboards.views.home import home
from dashboards.views.student import student

app_name = "dashboards"
urlpatterns = [
    path("", home, name="home"),
    path("students/<int:student_id>/", student, name="student"),
]

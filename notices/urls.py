from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.index, name="index"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/settings/", views.settings, name="settings"),
    path("notices/<int:notice_id>/open/", views.follow, name="open"),
    path("notices/<int:notice_id>/read/", views.read, name="read"),
]

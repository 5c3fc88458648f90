from django.urls import path

from files import tus

app_name = "files"
urlpatterns = [
    path("uploads/<uuid:upload_id>/", tus.upload, name="upload"),
]

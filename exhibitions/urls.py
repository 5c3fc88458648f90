from django.urls import path

from exhibitions.views import evidence, exhibitions

app_name = "exhibitions"
urlpatterns = [
    path("students/<int:student_id>/evidence/", evidence.index, name="evidence"),
    path("students/<int:student_id>/evidence/uploads/", evidence.upload, name="evidence_upload"),
    path("students/<int:student_id>/evidence/send/", evidence.send, name="evidence_send"),
    path("students/<int:student_id>/evidence/new/", evidence.add, name="evidence_add"),
    path("students/<int:student_id>/evidence/<int:evidence_id>/", evidence.show, name="evidence_one"),
    path("students/<int:student_id>/evidence/<int:evidence_id>/change/", evidence.change, name="evidence_change"),
    path("students/<int:student_id>/evidence/<int:evidence_id>/remove/", evidence.remove, name="evidence_remove"),
    path("students/<int:student_id>/evidence/<int:evidence_id>/file/", evidence.file, name="evidence_file"),
    path(
        "students/<int:student_id>/evidence/<int:evidence_id>/small/", evidence.file, {"small": True},
        name="evidence_small",
    ),
    path("schools/<int:school_id>/exhibitions/", exhibitions.windows, name="windows"),
    path("schools/<int:school_id>/exhibitions/<int:window_id>/", exhibitions.window, name="window"),
    path("students/<int:student_id>/exhibitions/", exhibitions.index, name="index"),
    path("students/<int:student_id>/exhibitions/begin/", exhibitions.begin, name="begin"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/", exhibitions.show, name="show"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/name/", exhibitions.name_it, name="name"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/arrange/", exhibitions.arrange, name="arrange"),
]  # fmt: skip

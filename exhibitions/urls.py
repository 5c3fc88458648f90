from django.urls import path

from exhibitions.views import evidence

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
]  # fmt: skip

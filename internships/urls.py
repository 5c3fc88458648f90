from django.urls import path

from internships.views import browse, opportunities

app_name = "internships"
urlpatterns = [
    path("schools/<int:school_id>/opportunities/", opportunities.index, name="opportunities"),
    path("schools/<int:school_id>/opportunities/<int:opportunity_id>/", opportunities.show, name="opportunity"),
    path(
        "schools/<int:school_id>/opportunities/<int:opportunity_id>/change/", opportunities.change,
        name="opportunity_change",
    ),
    path(
        "schools/<int:school_id>/opportunities/<int:opportunity_id>/withdraw/", opportunities.withdraw,
        name="opportunity_withdraw",
    ),
    path(
        "schools/<int:school_id>/opportunities/<int:opportunity_id>/again/", opportunities.again,
        name="opportunity_again",
    ),
    path(
        "schools/<int:school_id>/organisations/<int:organisation_id>/opportunities/new/", opportunities.add,
        name="opportunity_add",
    ),
    path("students/<int:student_id>/opportunities/", browse.index, name="browse"),
    path("students/<int:student_id>/opportunities/<int:opportunity_id>/", browse.show, name="browse_one"),
]  # fmt: skip

from django.urls import include, path

from bpl import api
from bpl.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls()),
    path("", include("dashboards.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("files.urls")),
    path("", include("notices.urls")),
    path("", include("schools.urls")),
    path("", include("students.urls")),
    path("", include("coedit.urls")),
    path("", include("mentors.urls")),
    path("", include("plans.urls")),
    path("", include("advisories.urls")),
    path("", include("internships.urls")),
    path("", include("exhibitions.urls")),
    path("", include("outcomes.urls")),
    path("", include("rosters.urls")),
]

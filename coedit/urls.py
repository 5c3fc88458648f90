from django.urls import path

from coedit.live.fallback import updates
from coedit.views import history, key, text

app_name = "coedit"
urlpatterns = [
    path("texts/key/", key.key, name="key"),
    path("texts/<uuid:text_id>/", text.show, name="text"),
    path("texts/<uuid:text_id>/updates", updates, name="updates"),
    path("texts/<uuid:text_id>/history/", history.history, name="history"),
    path("texts/<uuid:text_id>/history/<int:update_id>/", history.version, name="version"),
    path("texts/<uuid:text_id>/history/<int:update_id>/restore/", history.bring_back, name="restore"),
]

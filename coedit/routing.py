from django.urls import path

from coedit.live.socket import serve

websocket_urlpatterns = [
    path("ws/texts/<uuid:text_id>/", serve),
]

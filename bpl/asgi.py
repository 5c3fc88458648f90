"""Live endpoints (and, in bin/run, pages too)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpl.settings")
os.environ.setdefault("UNDER_ASGI", "1")

from django.core.asgi import get_asgi_application

# Before the sockets: they import models, which need the apps to be ready.
pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import re_path

from coedit.routing import websocket_urlpatterns


async def nobody(scope, receive, send):
    """An address without a socket is refused, rather than an error in the log."""
    await receive()
    await send({"type": "websocket.close", "code": 4404})


application = ProtocolTypeRouter(
    {
        "http": pages,
        # Who it is, a socket asks itself.
        "websocket": AllowedHostsOriginValidator(URLRouter([*websocket_urlpatterns, re_path("", nobody)])),
    }
)

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

from coedit.live.hub import hub_here
from coedit.routing import websocket_urlpatterns


async def nobody(scope, receive, send):
    """An address without a socket is refused, rather than an error in the log."""
    await receive()
    await send({"type": "websocket.close", "code": 4404})


async def lifespan(scope, receive, send):
    """What is live ends before the process does: it gives its threads and connections back."""
    while True:
        event = (await receive())["type"]
        if event == "lifespan.shutdown":
            await hub_here().end()
        await send({"type": f"{event}.complete"})
        if event == "lifespan.shutdown":
            return


application = ProtocolTypeRouter(
    {
        "lifespan": lifespan,
        "http": pages,
        # Who it is, a socket asks itself.
        "websocket": AllowedHostsOriginValidator(URLRouter([*websocket_urlpatterns, re_path("", nobody)])),
    }
)

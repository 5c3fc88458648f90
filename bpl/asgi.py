"""Live endpoints (and, in bin/run, pages too)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpl.settings")
os.environ.setdefault("UNDER_ASGI", "1")

from django.core.asgi import get_asgi_application  # noqa: E402

application = get_asgi_application()

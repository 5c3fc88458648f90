"""Celery: e-mail, digests, nightly sweeps. Without Redis its worker and beat run in the web process (embedded.py)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpl.settings")

app = Celery("bpl")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

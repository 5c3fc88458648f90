"""Celery: e-mail, digests, nightly sweeps. Without Redis its worker and beat run in the web process (embedded.py)."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpl.settings")

app = Celery("bpl")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Times are UTC; what belongs to a school's day asks each school for its own hour and is safe to run twice.
app.conf.beat_schedule = {
    "look at files that came in": {"task": "files.sweep", "schedule": crontab(minute="*/10")},
    "send what waits": {"task": "notices.send_waiting", "schedule": 60.0},
    "digests, each school in its morning": {"task": "notices.send_digests", "schedule": crontab(minute=5)},
    "show what was saved as a process died": {"task": "coedit.render_waiting", "schedule": 60.0},
    "drop notices that nobody needs": {"task": "notices.tidy", "schedule": crontab(hour=3, minute=35)},
    "suspend what has no clearance": {"task": "internships.look_at_clearances", "schedule": crontab(minute=15)},
    "go on with proposed places": {"task": "internships.resume_matchings", "schedule": crontab(minute="*/5")},
    "go on with timetables": {"task": "exhibitions.resume_timetables", "schedule": crontab(minute="*/5")},
    "remind of tomorrow's exhibitions": {"task": "exhibitions.remind", "schedule": crontab(minute=20)},
    "ask mentors for feedback": {"task": "internships.ask_feedback", "schedule": crontab(minute=25)},
    "ask mentors for their weeks": {"task": "internships.ask_weeks", "schedule": crontab(minute="*/15")},
    "forget photos that were never sent": {
        "task": "internships.forget_unsent_photos",
        "schedule": crontab(hour=3, minute=50),
    },
    "tell of no-shows": {"task": "internships.look_for_no_shows", "schedule": crontab(minute="*/5")},
    "go on with tables of people": {"task": "rosters.resume_imports", "schedule": crontab(minute="*/5")},
    "work out the figures": {"task": "outcomes.refresh_all", "schedule": crontab(hour=2, minute=20)},
    "work out figures that somebody waits for": {
        "task": "outcomes.resume_refreshes",
        "schedule": crontab(minute="*/5"),
    },
    "ask those who have left": {"task": "outcomes.ask_alumni", "schedule": crontab(minute=30)},
    "go on with files of the clearinghouse": {
        "task": "outcomes.resume_clearinghouse_files",
        "schedule": crontab(minute="*/5"),
    },
    "compare teams with their causes": {"task": "rosters.report_drift", "schedule": crontab(hour=4, minute=10)},
}

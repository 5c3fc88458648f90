"""Celery's worker and beat as threads of the one process that `bin/run` is: for a site without Redis."""

import contextlib
import threading
import warnings
from pathlib import Path

from celery.beat import EmbeddedService
from celery.exceptions import SecurityWarning
from celery.worker import state

from bpl.celery import app

STOP_WITHIN = 8.0


@contextlib.contextmanager
def worker_and_beat(schedule: Path):
    """Do tasks, and send the ones that are due by the clock, while the block runs. `schedule` is beat's own file."""
    # Celery warns a worker that runs as root; this one is the web process, and does only its own tasks.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    worker = app.Worker(
        pool="threads", concurrency=2, loglevel="WARNING", quiet=True, optimization="fair", without_mingle=True,
        without_gossip=True, without_heartbeat=True,
    )  # fmt: skip
    working = threading.Thread(target=worker.start, name="worker", daemon=True)
    beat = EmbeddedService(app, thread=True, schedule_filename=str(schedule))
    working.start()
    beat.start()
    try:
        yield
    finally:
        beat.service.stop()
        # Celery's own word to a worker that is not in charge of its process: finish what is begun, then leave the loop.
        state.should_stop = 0
        working.join(STOP_WITHIN)

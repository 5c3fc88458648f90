"""Whether the part of the site in this container is well: healthy.py pages | live | worker | beat"""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

# Beat writes its file every three minutes.
BEAT_IS_LATE = 10 * 60


def answers(port: str) -> bool:
    """By the name that the site is served under; any other is refused."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=5)
    connection.request("GET", "/healthz", headers={"Host": host})
    return connection.getresponse().status == 200


def worker_answers() -> bool:
    name = f"celery@{socket.gethostname()}"
    command = ["celery", "-A", "bpl", "inspect", "ping", "--destination", name, "--timeout", "5"]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0


def beat_is_on_time() -> bool:
    """Its file is one file or several, by the kind of small database that this Python has."""
    file = Path(os.environ.get("BEAT_FILE", "/tmp/beat"))  # noqa: S108 (the container's own)
    written = [part.stat().st_mtime for part in file.parent.glob(f"{file.name}*")]
    return time.time() - max(written, default=0) < BEAT_IS_LATE


PARTS = {
    "pages": lambda: answers(os.environ.get("PORT", "8000")),
    "live": lambda: answers(os.environ.get("PORT", "8001")),
    "worker": worker_answers,
    "beat": beat_is_on_time,
}

if __name__ == "__main__":
    try:
        sys.exit(0 if PARTS[sys.argv[1]]() else 1)
    except OSError as error:
        sys.exit(f"{error}")

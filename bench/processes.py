"""Programs started from outside: their environments and ports, what they use, and the certainty that they end."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
# What this process has set for itself, or for the tests, must not reach the one that is started.
OURS = re.compile(r"DEBUG|VAR|DJANGO_|UNDER_ASGI|DATABASE_URL|REDIS_URL|SECRET_KEY|ALLOWED_HOSTS|HOST$|PORT$|SITE_URL")


def environment(**variables) -> dict:
    kept = {name: value for name, value in os.environ.items() if not OURS.match(name)}
    scripts = os.path.dirname(sys.executable)  # noqa: PTH120 (not resolved: the environment's own, not its maker's)
    return kept | {"PATH": f"{scripts}:{kept['PATH']}", "PYTHONUNBUFFERED": "1"} | variables


@contextlib.contextmanager
def started(command, **variables):
    """A process that is stopped at the end of the block, with all that it started."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(**variables), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        stop(process)
        process.stdout.close()


def stop(process) -> None:
    """Ask first: a master that is killed outright leaves its workers behind, or starts new ones for those killed."""
    family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    process.kill()
    process.wait()
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_until(is_so, seconds=30.0, what="it"):
    """Whatever `is_so` answers, once that is true; an OSError means "not yet"."""
    ends = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            if answer := is_so():
                return answer
        assert time.monotonic() < ends, f"{what} did not come in {seconds} s"
        time.sleep(0.1)


def cpu_seconds(roots: list[int]) -> float:
    """What these processes and all below them have used so far, those that have ended among them too."""
    return sum(_of_each(roots, lambda process: sum(process.cpu_times()[:4])))


def memory(roots: list[int]) -> int:
    """Resident bytes of these processes and all below them."""
    return sum(_of_each(roots, lambda process: process.memory_info().rss))


def _of_each(roots, read):
    # Parents last: what a child has used that ends meanwhile is with its parent then.
    for root in map(psutil.Process, roots):
        for process in [*root.children(recursive=True), root]:
            with contextlib.suppress(psutil.NoSuchProcess):
                yield read(process)

"""A PDF cleaned in a process of its own (files/pdfs.py), so that one which unpacks to gigabytes takes down only that.

Knows nothing of Django: that process reads this module too. It gets nothing of the environment, where secrets are.
"""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

MEMORY, CPU_SECONDS, SECONDS = 1024 * 1024 * 1024, 60, 120
# What comes out is not much larger than what came in.
GROWTH, SLACK = 2, 8 * 1024 * 1024
# How the process ends, beside 0; the words are those of Upload.Refused.
LOCKED, DAMAGED, TOO_LARGE = 3, 4, 5
ENDS = {
    LOCKED: "locked", DAMAGED: "damaged", TOO_LARGE: "too_large",
    # More seconds than it may have; more memory, as PDFium ends then; the machine wanted its memory back.
    -signal.SIGXCPU: "too_large", -signal.SIGABRT: "too_large", -signal.SIGKILL: "too_large",
    -signal.SIGSEGV: "damaged",
}  # fmt: skip


class NotCleaned(ValueError):
    """`why` is one of Upload.Refused."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


def clean_pdf(path: Path, folder: Path) -> tuple[Path, bytes | None]:
    """The clean PDF, and its first page as a small JPEG where that can be drawn. Raises NotCleaned."""
    out, small = folder / "clean.pdf", folder / "small.jpg"
    command = [sys.executable, "-m", "files.pdfs", path.resolve(), out.resolve(), small.resolve()]
    root, surroundings = Path(__file__).resolve().parent.parent, {"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=root, env=surroundings, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise NotCleaned("too_large") from None
    if done.returncode == 0:
        return out, small.read_bytes() if small.exists() else None
    if done.returncode in ENDS:
        raise NotCleaned(ENDS[done.returncode])
    raise RuntimeError(f"files.pdfs ended with {done.returncode}: {done.stderr[-2000:].decode(errors='replace')}")


def limit(length: int) -> None:
    """Of this process, which looks at a file of `length` bytes: memory, time, and how much it may write."""
    most = {
        resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: CPU_SECONDS, resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: GROWTH * length + SLACK,
    }  # fmt: skip
    if sys.platform == "darwin":
        # There it cannot be set.
        del most[resource.RLIMIT_AS]
    for which, value in most.items():
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))

"""manage.py as people call it, from outside, with the settings of a site in production."""

import subprocess
import sys

from bench.processes import ROOT, environment

PRODUCTION = {
    "SECRET_KEY": "a key for tests that is long and has 0123456789 different signs",
    "ALLOWED_HOSTS": "plans.example.org",
}


def manage(*arguments, **variables) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(**variables), capture_output=True, text=True, timeout=120)

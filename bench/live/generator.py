"""The load generator (bench/live/load.mjs), spoken to: one command there, one answer back."""

import contextlib
import json
import subprocess

from bench.live.packages import node
from bench.processes import ROOT, environment, stop


class Failed(Exception):
    """The generator could not do what it was asked for."""


class Generator:
    def __init__(self):
        program, packages = node()
        # Sockets of Node's own are behind this switch before Node 22, and on after it.
        self._process = subprocess.Popen(
            [program, "--no-warnings", "--experimental-websocket", "bench/live/load.mjs"],
            cwd=ROOT, env=environment(PACKAGES=str(packages)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, command: str, **options) -> dict:
        self._process.stdin.write(json.dumps({"run": command} | options) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        answer = json.loads(line) if line else {"error": "the load generator ended"}
        if "error" in answer:
            raise Failed(f"{command}: {answer['error']}")
        return answer

    def close(self):
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        stop(self._process)
        self._process.stdout.close()

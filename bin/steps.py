"""What bin/test and bin/check are made of: commands and test runs, counted, and said again at the end."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from environment import ROOT

BIN = Path(sys.executable).parent
NO_TESTS = 5
# Far longer than any run takes: a run that hangs must end, and be a failure.
GIVE_UP_AFTER = 40 * 60


@dataclass
class Report:
    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def check(self, name: str, command: list[str]) -> None:
        """One command that is right or wrong; counts as one."""
        began = self._begin(name)
        fine = run(command, os.environ) == 0
        self.passed += fine
        self.failed += not fine
        self._end(name, "ok" if fine else "FAILED", began)

    def tests(self, name: str, arguments: list[str], environment: dict) -> None:
        pytest = [sys.executable, "-m", "pytest", "-q"]
        self._counted(name, lambda result: [*pytest, f"--junitxml={result}", *arguments], environment)

    def node_tests(self, name: str, files: list[str]) -> None:
        node = ["node", "--test", "--test-reporter=dot", "--test-reporter-destination=stdout", "--test-reporter=junit"]
        self._counted(name, lambda result: [*node, f"--test-reporter-destination={result}", *files], os.environ)

    def _counted(self, name, command_into, environment):
        began = self._begin(name)
        with tempfile.TemporaryDirectory() as folder:
            result = Path(folder) / "result.xml"
            code = run(command_into(result), environment)
            passed, failed, skipped = counts(result)
        # A run that broke off counts as a failure, whatever it had counted; so does one that says that all is well and
        # ran nothing, as pytest's processes do when none of them came up.
        broke_off = code not in (0, NO_TESTS) or (code == 0 and not passed + failed + skipped)
        failed += broke_off and not failed
        self.passed, self.failed, self.skipped = self.passed + passed, self.failed + failed, self.skipped + skipped
        said = f"{passed} passed, {failed} failed, {skipped} skipped" if code != NO_TESTS else "no test there"
        self._end(name, said, began)

    def could_not(self, name: str, why: str) -> None:
        self.missing.append(f"{name}: {why}")
        if os.environ.get("CI") == "true":
            self.failed += 1
        else:
            self.skipped += 1

    def close(self) -> int:
        """Say what ran and what could not; the exit code."""
        print("\n== Ran")
        print("\n".join(self.lines))
        print("== Could not run" if self.missing else "== Nothing was left out")
        for line in self.missing:
            print(f"   {line}")
        if not self.passed + self.failed:
            print("No test is there.")
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        print(f"{self.passed} passed, {self.failed} failed{skipped}", flush=True)
        return 1 if self.failed or not self.passed else 0

    def _begin(self, name: str) -> float:
        print(f"\n== {name}", flush=True)
        return time.monotonic()

    def _end(self, name: str, said: str, began: float) -> None:
        self.lines.append(f"   {name}: {said} ({time.monotonic() - began:.0f} s)")


def counts(result: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped, as the tests wrote them down; nothing where they did not get that far."""
    if not result.exists():
        return 0, 0, 0
    cases = list(ElementTree.parse(result).iter("testcase"))  # noqa: S314 (written by our own tests)
    failed = sum(any(case.find(fate) is not None for fate in ("failure", "error")) for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    return len(cases) - failed - skipped, failed, skipped


def run(command: list[str], environment: dict) -> int:
    """Run to its end, with everything that it started, also when it is interrupted or hangs."""
    process = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)
    try:
        return process.wait(GIVE_UP_AFTER)
    except subprocess.TimeoutExpired:
        print(f"Gave up after {GIVE_UP_AFTER // 60} minutes.")
        return 1
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def lint(report: Report) -> None:
    python = [sys.executable, "-m"]
    report.check("Lint (ruff)", [*python, "ruff", "check", "."])
    report.check("Format (ruff)", [*python, "ruff", "format", "--check", "--quiet", "."])
    report.check("Templates (djlint)", [*python, "djlint", "templates", "--lint", "--quiet"])
    report.check("Layers (import-linter)", [sys.executable, BIN / "lint-imports", "--no-logo"])


def sqlite() -> dict:
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}


def script(report: Report) -> None:
    """What frontend/ builds, and the editor's own tests. Both need Node, and what `npm ci` puts into frontend/."""
    names = ["static/dist is what frontend/ builds", "Tests of the editor (node)"]
    if not (shutil.which("node") and shutil.which("npm")):
        for name in names:
            report.could_not(name, "there is no node here")
        return
    report.check(names[0], [sys.executable, "bin/assets", "--check"])
    report.node_tests(names[1], sorted(map(str, (ROOT / "frontend").glob("editor/tests/*.test.js"))))

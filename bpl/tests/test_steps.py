"""What bin/test and bin/check count: nothing that did not run passes for a success."""

import os
import sys

import pytest
from django.conf import settings

sys.path.append(str(settings.BASE_DIR / "bin"))

from steps import NO_TESTS, Report

PASSED = "<testsuite><testcase/><testcase/></testsuite>"
SCRIPT = "import sys; path, said, code = sys.argv[1:]; said and open(path, 'w').write(said); sys.exit(int(code))"


def count(report, code, said=""):
    """A step that ends with `code` and leaves `said` as its result."""
    command = [sys.executable, "-c", SCRIPT]
    report._counted("A step", lambda path: [*command, str(path), said, str(code)], os.environ)


def test_tests_that_passed_pass():
    report = Report()
    count(report, 0, PASSED)
    assert (report.passed, report.close()) == (2, 0)


@pytest.mark.parametrize(("code", "said"), [(1, PASSED), (2, ""), (0, ""), (NO_TESTS, "")])
def test_what_broke_off_or_ran_nothing_does_not(code, said):
    report = Report()
    count(report, code, said)
    assert report.close() == 1


def test_a_step_that_ran_nothing_is_a_failure_beside_others_that_did():
    report = Report(passed=5)
    count(report, 0)
    assert (report.failed, report.close()) == (1, 1)


def test_a_part_that_has_no_journeys_is_none():
    report = Report(passed=5)
    count(report, NO_TESTS)
    assert report.close() == 0

"""What processes use, with all that they started."""

import os
import subprocess
import sys

from bench.processes import cpu_seconds, memory

WORK = "import time\nwhile time.process_time() < 0.3: pass"


def test_the_work_of_a_child_counts_while_it_runs_and_when_it_has_ended():
    before = cpu_seconds([os.getpid()])
    with subprocess.Popen([sys.executable, "-c", f"{WORK}\nprint(1, flush=True)\ninput()"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # fmt: skip
        child.stdout.readline()
        assert cpu_seconds([os.getpid()]) - before > 0.25
        assert memory([os.getpid()]) > memory([child.pid]) > 2**20
        child.stdin.write("\n")
    assert cpu_seconds([os.getpid()]) - before > 0.25

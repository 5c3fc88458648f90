"""Finds the parts of `bin/bench`, runs one, and prints its rows: nothing else reaches standard output."""

import argparse
import contextlib
import importlib
import os
import sys
from pathlib import Path

from bench.rows import as_json, as_table

HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    try:
        with _kept_stdout():
            rows = options.run(options)
    except KeyboardInterrupt:
        return 130
    print(as_json(rows) if options.json else as_table(rows))
    return 0


def say(line: str) -> None:
    """Progress, for whoever waits."""
    print(line, file=sys.stderr, flush=True)


def parts() -> dict:
    """The modules here that can be run: each has a `run(options) -> list of rows`."""
    found = {path.stem: importlib.import_module(f"bench.{path.stem}") for path in sorted(HERE.glob("*.py"))}
    return {name: module for name, module in found.items() if hasattr(module, "run")}


def _parser():
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measures. docs/benches.md says what, and how.")
    commands = parser.add_subparsers(required=True, metavar="PART")
    for name, module in parts().items():
        command = commands.add_parser(name, help=module.__doc__.partition("\n")[0], description=module.__doc__)
        command.add_argument("--json", action="store_true", help="print one JSON array of objects")
        module.add_options(command)
        command.set_defaults(run=module.run)
    return parser


@contextlib.contextmanager
def _kept_stdout():
    """What a part, or a program that it starts, prints meanwhile goes to standard error."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)

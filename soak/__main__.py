"""`python -m soak`: runs the trials, prints a line for each promise, and writes the table of docs/reliability.md.

A trial is a module of this package with `run(seconds) -> Iterator[Line]`; `seconds` is how long it may take (None:
as long as the promise asks). Exit code 1 if anything promised was not met.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter

from soak.report import keep
from soak.trial import HEAD, Line, row

TRIALS = ("killing", "disk", "clock", "many", "rewriting", "backups", "fuzzing", "sessions", "browsers")


def main() -> int:
    """0 where every promise that was tried held, else 1."""
    asked = _arguments()
    print(HEAD)
    met = True
    for name in asked.only or TRIALS:
        lines: list[Line] = []
        begun = perf_counter()
        for line in _tried(name, asked.seconds):
            lines.append(line)
            print(row(name, line), flush=True)
        met = met and all(line.ok is not False for line in lines)
        if not asked.no_write and asked.seconds is None:
            keep(name, lines, perf_counter() - begun)
    return int(not met)


def _tried(name: str, seconds: float | None) -> Iterator[Line]:
    if find_spec(f"soak.{name}") is None:
        yield Line(name, "no such trial", "–", None)
        return
    yield from import_module(f"soak.{name}").run(seconds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("--only", choices=TRIALS, action="append", help="a trial alone; may be given again")
    parser.add_argument(
        "--seconds", type=float, help="a shorter run: about so long each trial; writes nothing"
    )
    parser.add_argument("--no-write", action="store_true", help="print only")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())

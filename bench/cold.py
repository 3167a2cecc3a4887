"""A fresh process that decides the whole database once: `python -m bench.cold FILE` prints its figures."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from bench.setting import DAY, PROGRAM
from bench.yardstick import KNOWN_AT
from data.store import reading
from office.deciding import decide_all
from office.gathering import gather
from office.programs import values_in_force
from rules.load import builtin


def main(path: Path) -> None:
    """Seconds from an unopened database to both benefits' verdicts, and the process's largest memory (a what-if included)."""
    start = time.perf_counter()
    with reading(path) as db:
        gathered = gather(db, DAY, KNOWN_AT)
    read = time.perf_counter()
    program = builtin(PROGRAM)
    answers = decide_all(gathered, program, values_in_force(program, DAY))
    done = time.perf_counter()
    decide_all(gathered, program, values_in_force(program, DAY, {"failure_window_days": 400}))  # a what-if
    figures = {
        "seconds": done - start,
        "reading": read - start,
        "counts": answers.counts(),
        "memory": largest_memory(),
    }
    json.dump(figures, sys.stdout)


def largest_memory() -> int:
    """Bytes that this process held at most.

    Linux tells it of the process alone; `ru_maxrss` begins with what the process that started it held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))

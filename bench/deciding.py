"""Deciding the yardstick: from the database, again after a parameter moved, and one good at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench.plain import DEFAULTS
from bench.reference import BETTER, Answered, Reference
from bench.registers import fetched, frames
from bench.report import Row, megabytes, ratio_row, seconds
from bench.setting import DAY, PROGRAM, ROOT
from bench.timing import Taken, in_turn, rounds, timed
from bench.yardstick import KNOWN_AT
from data.store import reading
from office.deciding import Answers, decide_all
from office.explaining import explain
from office.gathering import gather
from office.programs import program_named, values_in_force
from rules.asking import kept
from rules.facts import as_asked
from rules.patterns import cut
from rules.program import Program

MOVED: Mapping[str, tuple[int, ...]] = {
    "inspection_validity_days": (120, 150, 210, 240, 300),
    "long_term_consecutive_failures": (1, 2, 4, 5, 6),
    "long_term_failures_in_window": (1, 2, 4, 5, 6),
    "long_term_failure_percent": (25, 34, 60, 75, 100),
    "readmission_passes": (1, 3, 4, 5, 6),
    "failure_window_days": (90, 180, 270, 400, 730),
}
WINDOW = "failure_window_days"
_ALONE = 2_000  # goods asked one by one; the rest is extrapolated and said so
_EXPLAINED = 40
_MOST_MEMORY = 1.5 * 2**30


def rows(path: Path) -> Iterator[Row]:
    """The rows of the table that are about deciding; every answer is compared with the reference's."""
    program = program_named(PROGRAM)
    values = values_in_force(program, DAY)
    if values != DEFAULTS:
        raise AssertionError(f"the reference is told other values than are in force: {values}")
    reference = Reference(frames(fetched(path)))
    yield from _from_the_database(path, reference)
    with reading(path) as db:
        gathered = gather(db, DAY, KNOWN_AT)
    base = decide_all(gathered, program, values)
    must_be_equal(base, reference.decide(DAY, KNOWN_AT, values))
    middles = []
    for name, moved in MOVED.items():
        settings = [values | {name: value} for value in moved]
        ours, theirs = in_turn(
            partial(decide_all, gathered, program),
            partial(reference.decide, DAY, KNOWN_AT),
            must_be_equal,
            settings,
        )
        middles.append(ours.middle)
        most = 1.0 if name == WINDOW else 0.5
        yield ratio_row(f"decide again, `{name}` moved, warm", ours.middle, theirs.middle, "DuckDB", most)
    reference.close()
    yield _one_by_one(program, base, float(np.median(middles)))
    yield _explained(path, program, base)


def must_be_equal(ours: Answers, theirs: Answered) -> None:
    """Every good has the same verdict for both benefits, or the benchmark ends here."""
    if ours.program.better != BETTER:
        raise AssertionError("the programme's verdicts are not the reference's")
    order = np.argsort(theirs.subjects)
    if not np.array_equal(ours.subjects, theirs.subjects[order]):
        raise AssertionError("other goods were decided than by the reference")
    for benefit in ("packaging", "logistics"):
        wrong = np.flatnonzero(ours.judged.verdicts[benefit] != getattr(theirs, benefit)[order])
        if wrong.size:
            at = wrong[0]
            said = BETTER[getattr(theirs, benefit)[order][at]]
            raise AssertionError(f"{wrong.size} differ; {ours.of(int(at), benefit)}, DuckDB says {said}")


def _from_the_database(path: Path, reference: Reference, number: int = 5) -> Iterator[Row]:
    figures: list[dict[str, Any]] = []
    theirs: list[float] = []
    for _ in range(number):
        figures.append(_in_a_fresh_process(path))
        asked, _ = timed(lambda: reference.decide(DAY, KNOWN_AT, DEFAULTS))
        theirs.append(asked + timed(lambda: fetched(path))[0])
    ours = Taken(tuple(f["seconds"] for f in figures)).middle
    against = "DuckDB in memory + reading the rows"
    yield ratio_row(
        "decide all from the database, nothing cached", ours, Taken(tuple(theirs)).middle, against, 2
    )
    memory = max(f["memory"] for f in figures)
    yield Row(
        "peak memory of that process, a what-if included",
        megabytes(memory),
        "–",
        megabytes(memory),
        "≤ 1.5 GB",
        memory <= _MOST_MEMORY,
    )


def _in_a_fresh_process(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.cold", str(path)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _one_by_one(program: Program, answers: Answers, again: float) -> Row:
    """Against asking durable-rules for every good: its conditions, then both benefits' rows."""
    asked = kept.of(program)
    table = as_asked(program, answers.table)
    patterns = cut(table, asked.facts.keys, program.facts, program.latches, answers.values)
    step = max(1, table.size // _ALONE)
    goods = range(0, table.size, step)

    def ask() -> None:
        for good in goods:
            asked.facts.asker.findings(patterns.codes[patterns.of_row[good]])
            for benefit, rule_rows in asked.rows.items():
                codes = tuple(int(answers.judged.findings[name][good]) for name in rule_rows.told.names)
                if rule_rows.asker.first_row(codes) != answers.judged.rows[benefit][good]:
                    raise AssertionError(f"asked alone, {answers.subjects[good]} has another answer")

    alone = rounds(ask, 3).middle * table.size / len(goods)
    faster = alone / again
    reference = f"{seconds(alone)} (durable-rules once per good, {len(goods):,} asked, extrapolated)"
    return Row(
        "the same, against durable-rules per good",
        seconds(again),
        reference,
        f"{faster:.0f}× faster",
        "≥ 20×",
        faster >= 20,
    )


def _explained(path: Path, program: Program, answers: Answers) -> Row:
    """One good's slips for both benefits, from the database, with what would change the answer."""
    some = answers.subjects[:: max(1, answers.subjects.size // _EXPLAINED)]
    with reading(path) as db:
        explain(db, some[0], program, DAY, KNOWN_AT)
        taken = Taken(tuple(timed(partial(explain, db, s, program, DAY, KNOWN_AT))[0] for s in some))
    slowest = max(taken.rounds)
    return Row(
        "one good explained, both benefits, warm",
        seconds(taken.middle),
        "–",
        f"slowest of {len(some)}: {seconds(slowest)}",
        "≤ 50 ms",
        taken.middle <= 0.05,
    )

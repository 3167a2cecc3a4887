"""Inside the child process: loads a programme from outside, proves it, runs it (`python -m rules.tasks`)."""

from __future__ import annotations

import base64
import json
import os
import random
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TextIO

from rules.deciding import Disagreement, Judged, judge, judge_events
from rules.load import ProgramFaults, load
from rules.program import Fact, NotInForce, Program, Scalar, comparisons
from rules.proof import prove
from rules.table import LARGEST, BadFacts, FactTable, table_of

Request = Mapping[str, Any]
Result = dict[str, Any]


def proved(request: Request) -> Result:
    """`data`, `name` → the programme's faults: of loading, otherwise of the proof. None: it may be used.

    `listed`: how many gaps of a benefit are told one by one (default: what the proof tells).
    """
    return _loaded(request)[1]


def evaluated(request: Request) -> Result:
    """`data`, `name`, `as_of`, `columns` (one list of ready facts per fact and latch) → the answers.

    Gives `findings` (per name 1, 0, -1), `rows` and `verdicts` per benefit; or `bad_facts` where a column
    does not fit, `not_in_force` where a parameter has no value on the day. With a fault it is not run.
    """
    program, result = _loaded(request)
    if program is None or result["proof_faults"]:
        return result
    try:
        table = table_of(program.facts, tuple(program.latches), request["columns"])
        judged = judge(program, table, program.values_on(date.fromisoformat(request["as_of"])))
    except BadFacts as bad:
        return result | {"bad_facts": {"zh": bad.words.zh, "en": bad.words.en}}
    except NotInForce as error:
        return result | {"not_in_force": str(error)}
    return result | _as_json(program, judged)


def tried(request: Request) -> Result:
    """`data`, `name`, `rows`, `seed` → the faults, and whether both evaluators agree on random facts."""
    program, result = _loaded(request)
    if program is None:
        return result
    values = {name: p.values[-1].value for name, p in program.parameters.items()}
    rng, rows = random.Random(request.get("seed", 0)), int(request.get("rows", 50))
    try:
        judge(program, random_table(program, program.facts, values, rng, rows), values)
        judge_events(program, random_table(program, program.events, values, rng, rows), values)
    except Disagreement as difference:
        return result | {"disagreement": difference.words.en}
    return result | {"disagreement": None}


TASKS: dict[str, Callable[[Request], Result]] = {"prove": proved, "evaluate": evaluated, "try": tried}


def _loaded(request: Request) -> tuple[Program | None, Result]:
    try:
        program = load(base64.b64decode(request["data"]), request["name"])
    except ProgramFaults as refused:
        refusals = [
            {"file": f.file, "key": f.key, "zh": f.message.zh, "en": f.message.en} for f in refused.faults
        ]
        return None, {"load_faults": refusals, "proof_faults": []}
    faults = [
        {"kind": f.kind, "where": f.where, "example": f.example, "zh": f.message.zh, "en": f.message.en}
        for f in prove(program, request.get("listed"))
    ]
    return program, {"load_faults": [], "proof_faults": faults}


def _as_json(program: Program, judged: Judged) -> Result:
    words = [*program.better, None]
    return {
        "findings": {name: column.tolist() for name, column in judged.findings.items()},
        "rows": {name: column.tolist() for name, column in judged.rows.items()},
        "verdicts": {name: [words[v] for v in column.tolist()] for name, column in judged.verdicts.items()},
    }


def random_table(
    program: Program, facts: Mapping[str, Fact], values: Mapping[str, int], rng: random.Random, rows: int
) -> FactTable:
    """Facts of every kind the programme allows, counts on and beside the numbers it compares with."""
    counts = _counts_near_thresholds(program, values)
    latches = tuple(program.latches) if facts is program.facts else ()
    columns = {
        name: [rng.choice(_possible(fact, counts)) for _ in range(rows)] for name, fact in facts.items()
    }
    return table_of(facts, latches, columns | {n: [rng.random() < 0.5 for _ in range(rows)] for n in latches})


def _possible(fact: Fact, counts: list[int]) -> list[Scalar]:
    kinds: dict[str, list[Scalar]] = {
        "choice": [*fact.choices],
        "yes_no": [False, True],
        "count": [*counts],
    }
    return kinds[fact.kind] + ([None] if fact.may_be_unknown else [])


def _counts_near_thresholds(program: Program, values: Mapping[str, int]) -> list[int]:
    tests = [c.test for c in (*program.event_conditions.values(), *program.conditions.values())]
    numbers = {c.value for test in tests for c in comparisons(test) if type(c.value) is int} | {0}
    near = {number + step for number in (*numbers, *values.values()) for step in (-1, 0, 1)}
    return sorted(count for count in near if 0 <= count <= LARGEST)


def _limited(megabytes: int) -> Callable[[float], None]:
    """Limit this process's memory for good; returns how to limit the processor time of one request."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return lambda seconds: None

    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def limit(seconds: float) -> None:
        spent = resource.getrusage(resource.RUSAGE_SELF)
        until = int(spent.ru_utime + spent.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))

    return limit


def _answered(line: str, limit: Callable[[float], None]) -> Result:
    request = json.loads(line)
    limit(float(request["seconds"]))
    try:
        return TASKS[request["task"]](request)
    except Exception as error:
        # Nothing is known of the programme then; the parent ends this process.
        return {"failed": f"{type(error).__name__}: {error}"[:500]}


def main() -> None:
    """Answer requests, a line each, until the parent closes the pipe."""
    answers: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else is printed must not look like an answer
    limit = _limited(int(sys.argv[1]))
    for line in sys.stdin:
        answers.write(json.dumps(_answered(line, limit)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()

"""Databases as earlier versions left them, filled, to be brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bench.county import county
from bench.recorded_county import BEGUN
from data import chain
from data.canonical import instant_text, json_text, rows_digest, sha256_of
from data.checking import Checked
from data.importing import plan, write
from data.migrations import migrations
from data.register import REGISTERS
from data.store import Database, open_writer
from office.deciding import Answers, decide_all
from office.gathering import gather
from office.programs import program_named, values_in_force
from office.recording import _rows as rows_of
from office.recording import header_of, record_in
from soak.setting import KEPT, made_once

GOODS, INSPECTIONS = 2_000, 20_000
STEPS = (1, 2, 3, 4)
_DAYS = (date(2021, 6, 30), date(2021, 7, 31), date(2021, 8, 31))


def old_database(step: int) -> Path:
    """A database that the program of this step made and filled; made once, only copied."""
    path = KEPT / f"step-{step}-{sha256_of(Path(__file__).read_bytes())[:12]}.db"

    def make(fresh: Path) -> None:
        with _only(step), open_writer(fresh, migrate=True, clock=lambda: BEGUN) as writer:
            with writer.transaction() as db:
                _fill(db)
            for number, day in enumerate(_DAYS, start=1):
                with writer.transaction() as db:
                    _decide(db, day, step, number)

    return made_once(path, make)


@contextmanager
def _only(steps: int) -> Iterator[None]:
    """The migrations as they were when there were so many."""
    every = migrations._migrations
    migrations._migrations = every[:steps]
    try:
        yield
    finally:
        migrations._migrations = every


def _fill(db: Database) -> None:
    first, _ = county(GOODS, INSPECTIONS, 7)
    for name in ("townships", "villages", "households", "products", "goods", "inspections"):
        register = REGISTERS[name]
        columns = {c.name: first[name][c.name].tolist() for c in register.columns if c.name in first[name]}
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        ready = plan(db, register, Checked.of(rows))
        write(db, ready, at=BEGUN, by="示例录入员", reason=None, source="sha256:0")


def _decide(db: Database, day: date, step: int, run: int) -> None:
    program = program_named("produce-support")
    known_at = max(instant_text(BEGUN), chain.head(db).at)
    answers = decide_all(gather(db, day, known_at), program, values_in_force(program, day))
    if step > 1:
        record_in(db, answers, by="示例审核员", at=BEGUN)
    else:
        _recorded_as_before(db, answers, run)


def _recorded_as_before(db: Database, answers: Answers, run: int) -> None:
    """What the program of the first step wrote for a run: neither body nor row had a scope."""
    header, rows = header_of(answers), list(rows_of(answers))
    first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM decisions").fetchone()[0]
    kept = [(number, run, *row) for number, row in enumerate(rows, first)]
    body = {
        "run": run,
        "program": header.program,
        "digest": header.digest,
        "as_of": header.as_of.isoformat(),
        "known_at": header.known_at,
        "known_seq": chain.evidence_seq(db, header.known_at),
        "parameters": dict(header.parameters),
        "engines": dict(header.engines),
        "goods": int(answers.subjects.size),
        "decisions": len(kept),
        "rows_digest": rows_digest(kept),
    }
    seq = chain.append(db, at=BEGUN, actor="示例审核员", action="decide", body=body)
    if run == 1:
        text = answers.program.text
        db.execute("INSERT INTO programs VALUES (?, ?, ?, ?)", [header.digest, header.program, text, seq])
    texts = {name: json_text(body[name]) for name in ("parameters", "engines")}
    told = {"recorded_by": "示例审核员", "recorded_at": chain.entry_at(db, seq), "recorded_seq": seq}
    values = {**body, **texts, **told, "id": run}
    del values["run"]
    db.table("runs").insert(values)
    db.conn.executemany(f"INSERT INTO decisions VALUES ({', '.join('?' * 10)})", kept)

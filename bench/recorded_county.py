"""Counties with many recorded decisions, made once and kept: a few large runs, or very many small ones.

Rows go into the tables in bulk, but with the chain entries that an import makes, so that `verify` finds all in order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from bench.county import Columns, county, size_of
from bench.setting import PROGRAM, ROOT
from data import chain
from data.canonical import instant_text, rows_digest
from data.register import REGISTERS, Register
from data.store import Database, open_writer
from data.tables import digest_columns, written_columns
from office.deciding import decide_all
from office.gathering import gather
from office.programs import program_named, values_in_force
from office.recording import record_in

BEGUN = datetime(2021, 9, 30, 1, 0, tzinfo=UTC)
LAST_DAY = date(2021, 9, 30)
_MADE_BY = ("bench/county.py", "bench/recorded_county.py", "data/tables.py", "data/migrations.py")


@dataclass(frozen=True)
class Recorded:
    """What is recorded: `runs` days one after the other, each of all goods, with corrections in between."""

    goods: int
    inspections: int
    runs: int
    seed: int = 20210930


LARGE = Recorded(100_000, 1_000_000, 5)
SMALL = Recorded(1_000, 10_000, 500)


def recorded_county(folder: Path, asked: Recorded) -> Path:
    """The database, made unless one with the same parameters and layout lies there."""
    path = folder / f"recorded-{asked.goods}-{asked.runs}.db"
    note, described = path.with_suffix(".json"), _described(asked)
    if not (path.exists() and note.exists() and json.loads(note.read_text()) == described):
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.glob(f"{path.name}*"):
            stale.unlink()
        _make(path, asked)
        note.write_text(json.dumps(described))
    return path


def _described(asked: Recorded) -> dict[str, Any]:
    layout = sha256(b"".join((ROOT / name).read_bytes() for name in _MADE_BY)).hexdigest()
    return {**asdict(asked), "layout": layout}


def _make(path: Path, asked: Recorded) -> None:
    instants = _instants()
    first, corrected = county(asked.goods, asked.inspections, asked.seed)
    with open_writer(path, migrate=True, clock=lambda: BEGUN) as writer:
        with writer.transaction() as db:
            for name in REGISTERS:
                if name in first:
                    _enter(db, REGISTERS[name], first[name], next(instants), None)
        for number, part in enumerate(_parts(corrected["inspections"], asked.runs)):
            with writer.transaction() as db:
                _decided(db, LAST_DAY - timedelta(days=asked.runs - number), next(instants))
                if size_of(part):
                    _enter(db, REGISTERS["inspections"], part, next(instants), "更正")


def _instants() -> Iterator[datetime]:
    at = BEGUN
    while True:
        at += timedelta(seconds=1)
        yield at


def _parts(columns: Columns, number: int) -> Iterator[Columns]:
    """The corrections, a part after each run."""
    cuts = np.linspace(0, size_of(columns), number + 1).astype(int)
    for start, end in zip(cuts[:-1], cuts[1:], strict=True):
        yield {name: column[start:end] for name, column in columns.items()}


def _decided(db: Database, day: date, at: datetime) -> None:
    program = program_named(PROGRAM)
    answers = decide_all(gather(db, day, instant_text(at)), program, values_in_force(program, day))
    record_in(db, answers, by="示例审核员", at=at)


def _enter(
    db: Database, register: Register, columns: Mapping[str, Any], at: datetime, reason: str | None
) -> None:
    """Rows of one register with the entry that an import of them makes."""
    rows = _rows(db, register, columns)
    body = {
        "register": register.name,
        "rows": len(rows),
        "new": 0 if reason else len(rows),
        "changed": len(rows) if reason else 0,
        "digest": rows_digest(rows),
        "source": "yardstick",
        "reason": reason,
    }
    seq = chain.append(db, at=at, actor="示例录入员", action="import", body=body)
    recorded = (seq, chain.entry_at(db, seq), "示例录入员", reason)
    names = written_columns(register)
    marks = ", ".join("?" * len(names))
    sql = f"INSERT INTO {register.name} ({', '.join(names)}) VALUES ({marks})"
    db.conn.executemany(sql, ((*row, *recorded) for row in rows))


def _rows(db: Database, register: Register, columns: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    start = db.execute(f"SELECT coalesce(max(id), 0) FROM {register.name}").fetchone()[0]
    size = size_of(dict(columns))
    ids = np.arange(start + 1, start + size + 1)
    filled = {"id": ids, "entity": ids, "version": np.ones(size, dtype=np.int64), **columns}
    plain = [filled[name].tolist() if name in filled else [None] * size for name in digest_columns(register)]
    return list(zip(*plain, strict=True))

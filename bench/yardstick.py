"""The yardstick database: 100,000 goods with 1,000,000 inspections, made once and kept under var/bench/.

Its rows are drawn at random, with more failures than a county has, so that the rules have much to tell
apart. They go into the same tables as any others, in bulk, with one chain entry per round.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bench.county import Columns, county, size_of
from data.chain import append, entry_at
from data.register import REGISTERS, Register
from data.store import open_writer
from data.tables import written_columns

MADE = datetime(2021, 9, 30, 8, 0, tzinfo=UTC)
CORRECTED = datetime(2021, 9, 30, 9, 0, tzinfo=UTC)
KNOWN_AT = "2021-09-30T15:59:59.999999Z"


@dataclass(frozen=True)
class Size:
    """What a yardstick is made of; `inspections` counts samples, re-inspections among them."""

    goods: int = 100_000
    inspections: int = 1_000_000
    seed: int = 20210930


def yardstick(folder: Path, size: Size) -> Path:
    """The database of this size, made unless one with the same parameters and layout lies there."""
    path = folder / f"yardstick-{size.goods}-{size.inspections}.db"
    note = path.with_suffix(".json")
    if not (path.exists() and note.exists() and json.loads(note.read_text()) == _described(size)):
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.glob(f"{path.name}*"):
            stale.unlink()
        _make(path, size)
        note.write_text(json.dumps(_described(size)))
    return path


def _described(size: Size) -> dict[str, Any]:
    """The parameters, and what the tables and the drawing are made from."""
    root = Path(__file__).parents[1]
    made_by = [root / "bench/county.py", Path(__file__), *sorted((root / "data/registers").glob("*.py"))]
    made_by += [root / "data/tables.py", root / "data/migrations.py", root / "data/chain.py"]
    layout = sha256(b"".join(file.read_bytes() for file in made_by)).hexdigest()
    return {**asdict(size), "layout": layout}


def _make(path: Path, size: Size) -> None:
    writer = open_writer(path, migrate=True, clock=lambda: MADE)
    try:
        first, corrected = county(size.goods, size.inspections, size.seed)
        with writer.transaction() as db:
            enter(db, first, MADE, None)
        with writer.transaction() as db:
            enter(db, corrected, CORRECTED, "更正")
    finally:
        writer.close()


def enter(db: Database, tables: Mapping[str, Columns], at: datetime, reason: str | None) -> None:
    """One round of rows, after their one chain entry."""
    body = {"registers": {name: size_of(columns) for name, columns in tables.items()}, "source": "yardstick"}
    action = "correction" if reason else "import"
    seq = append(db, at=at, actor="bench", action=action, body=body)
    for name in REGISTERS:
        if name in tables:
            recorded = (seq, entry_at(db, seq), "bench", reason)
            _insert(db, REGISTERS[name], tables[name], recorded)


def _insert(db: Database, register: Register, columns: Columns, recorded: tuple[Any, ...]) -> None:
    start = db.execute(f"SELECT coalesce(max(id), 0) FROM {register.name}").fetchone()[0]
    size = size_of(columns)
    ids = np.arange(start + 1, start + size + 1)
    filled = {"id": ids, "entity": ids, "version": np.ones(size, dtype=np.int64), **columns}
    names = written_columns(register)
    plain = [_plain(filled.get(name), size) for name in names[: -len(recorded)]]
    marks = ", ".join("?" * len(names))
    sql = f"INSERT INTO {register.name} ({', '.join(names)}) VALUES ({marks})"
    db.conn.executemany(sql, ((*row, *recorded) for row in zip(*plain, strict=True)))


def _plain(column: NDArray[Any] | None, size: int) -> Iterable[Any]:
    """Python's own values; a column that is not filled is blank."""
    return [None] * size if column is None else column.tolist()

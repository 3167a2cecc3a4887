"""Everything that was done, done once more in an empty database: what its tables would not take today, was never done so.

The triggers refuse steps left out, days gone by, a second person who is the first, goods that are not there. Whoever writes
the file without them, and makes every digest fit, is found here. People are left out: no chain says who was there when.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from data.casework.ledger import CASEWORK_TABLES, RECORDED
from data.chain import Difference
from data.register import REGISTERS
from data.settings import FIXED
from data.store import empty_copy
from data.tables import RECORD_COLUMNS, digest_columns
from data.words import Words

LOOKED_AT = (
    "goods",
    "townships",
    "storage_places",
    "packaging_items",
)  # registers that casework's triggers ask
_RULES = {
    "acts": "处理的次序、日期、原来的状态、依据的判定或第二人不合规定",
    "packaging_moves": "物资的结余、日期、单号或依据的给予不合规定",
    "settlements": "结算的次序或日期不合规定",
    "settlement_lines": "申报已经结算过，或收回多于已付",
    "settlement_steps": "起草、复核、确认的次序、日期、人或合计不合规定",
    "public_notices": "公示的内容、日期不合规定",
    "public_notice_steps": "公示的异议、答复、结束的次序或日期不合规定",
    "documents": "文书的编号不合规定",
    "publications": "规则修改的次序或日期不合规定",
    "publication_steps": "规则的公布：施行日、次序或第二人不合规定",
    "audit_findings": "检查结果的日期不对，或不是抽中的判定",
}
_OTHER = "编号、版本、日期或次序不合规定"
Row = tuple[Any, ...]


def refused_now(db: Database) -> Iterator[Difference]:
    """The first row of casework that its table refuses when everything is written again in its order; none if all is taken.

    The chain and the digests hold already. Nothing after a refused row is tried: it may have rested on it.
    """
    with empty_copy() as fresh:
        _prepare(fresh, db)
        streams = [_Stream(table, columns, rows) for table, columns, rows in _sources(db)]
        for entry in db.execute("SELECT seq, at, actor, action, body, prev, hash FROM chain ORDER BY seq"):
            fresh.execute("INSERT INTO chain VALUES (?, ?, ?, ?, ?, ?, ?)", entry)
            if entry[3] == "setting":
                said = json.loads(entry[4])
                fresh.execute(
                    "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", [said["key"], said["value"]]
                )
            for stream in streams:
                if refused := stream.write(fresh, entry[0]):
                    yield refused
                    return


def _prepare(fresh: Database, db: Database) -> None:
    """Only casework keeps its triggers; what the columns' own checks say was looked at in the file itself."""
    fresh.conn.isolation_level = None
    fresh.execute("PRAGMA foreign_keys = 0")
    fresh.execute("PRAGMA ignore_check_constraints = 1")
    kept = ", ".join("?" * len(CASEWORK_TABLES))
    triggers = fresh.execute(
        f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name NOT IN ({kept})",
        list(CASEWORK_TABLES),
    )
    for (name,) in triggers.fetchall():
        fresh.execute(f"DROP TRIGGER {name}")
    fresh.execute("DELETE FROM settings")
    for key in FIXED:
        row = db.execute("SELECT key, value FROM settings WHERE key = ?", [key]).fetchone()
        fresh.execute("INSERT INTO settings (key, value) VALUES (?, ?)", row)


def _sources(db: Database) -> Iterator[tuple[str, tuple[str, ...], Iterator[Row]]]:
    """(table, columns, rows by entry), in the order in which an entry's tables are written."""
    for name in LOOKED_AT:
        columns = (*digest_columns(REGISTERS[name]), *RECORD_COLUMNS)
        yield name, columns, _rows(db, name, columns)
    runs = tuple(name for _, name, *_ in db.execute("PRAGMA table_info(runs)").fetchall())
    yield "runs", runs, _rows(db, "runs", runs)
    yield "decisions", _DECIDED, iter(db.execute(_ASKED_FOR))
    for name, own in CASEWORK_TABLES.items():
        yield name, (*own, *RECORDED), _rows(db, name, (*own, *RECORDED))


_DECIDED = (
    "id",
    "run_id",
    "good_entity",
    "subject",
    "benefit",
    "verdict",
    "row",
    "findings",
    "facts",
    "evidence",
)
_ASKED_FOR = (
    "SELECT runs.recorded_seq, d.id, run_id, good_entity, subject, benefit, verdict, row, '', '', ''"
    " FROM decisions AS d JOIN runs ON runs.id = run_id"
    " WHERE d.id IN (SELECT decision_id FROM acts UNION SELECT decision_id FROM audit_findings) ORDER BY 1, 2"
)


def _rows(db: Database, table: str, columns: Sequence[str]) -> Iterator[Row]:
    named = ", ".join(f'"{name}"' for name in columns)
    return iter(db.execute(f"SELECT recorded_seq, {named} FROM {table} ORDER BY recorded_seq, id"))


class _Stream:
    """The rows of one table, handed on entry by entry; the first column of each is its entry's number."""

    def __init__(self, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
        named, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        self._table, self._sql = table, f"INSERT INTO {table} ({named}) VALUES ({marks})"
        self._rows, self._next = rows, next(rows, None)

    def write(self, fresh: Database, seq: int) -> Difference | None:
        """Write the rows of one entry; the one that is refused, with why."""
        while self._next is not None and self._next[0] <= seq:
            row = self._next[1:]
            try:
                fresh.conn.execute(self._sql, row)
            except sqlite3.IntegrityError as refused:
                return self._refused(row[0], str(refused))
            self._next = next(self._rows, None)
        return None

    def _refused(self, number: int, why: str) -> Difference:
        zh = _RULES.get(self._table, _OTHER)
        return Difference(
            f"{self._table} {number}",
            Words(
                f"照登记的次序重新写入时，数据库不收此行：{zh}。",
                f"Written again in the order of recording, the database does not take this row ({why}).",
            ),
        )

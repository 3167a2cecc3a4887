"""One byte changed behind the application's back, anywhere in what is recorded: verify and the pack's checker find it."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlite_utils import Database

from data.auditing.protected import Protected, protected_tables
from data.casework.ledger import CASEWORK_TABLES
from office.audit_pack.building import build
from office.audit_pack.checking.main import check as check_pack
from office.rechecking.people import check as check_database
from tests.everything_recorded import everything_recorded

SEED, CHANGES = 20210930, 200
TABLES = {table.name: table for table in protected_tables()}


@dataclass(frozen=True)
class Change:
    """What was changed: a column of a row, from what to what."""

    table: str
    row: int
    column: str
    before: bytes | int | None
    after: bytes | int


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A connection to a small office, as somebody has it who may write to the file as they please."""
    file = tmp_path_factory.mktemp("changed") / "office.db"
    everything_recorded(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        conn.execute("PRAGMA foreign_keys = 0")
        yield Database(conn, recursive_triggers=False, execute_plugins=False)


def test_every_protected_table_has_rows_to_be_changed(changing: Database) -> None:
    assert [name for name in TABLES if not changing.table(name).count] == []
    assert CASEWORK_TABLES.keys() <= TABLES.keys()


def test_unchanged_it_holds(changing: Database, tmp_path: Path) -> None:
    assert check_database(changing) == []
    assert checked_pack(changing, tmp_path) == ""


def test_two_hundred_random_changes_of_one_byte_are_all_found_and_placed(
    changing: Database, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    missed = []
    for _ in range(CHANGES):
        change = drawn(changing, chance)
        with changed(changing, change):
            found = "".join(f"{one.place} {one.message.en}" for one in check_database(changing)[:1])
            by_pack = checked_pack(changing, tmp_path)
        missed += [(change, "verify", found)] if not placed(change, found) else []
        missed += [(change, "pack", by_pack)] if not placed(change, by_pack) else []
    assert missed == []


def placed(change: Change, said: str) -> bool:
    """Whether the first difference names the table that was changed.

    The two settings that a chain begins with show at its beginning; a row that others refer to shows at those.
    """
    begins = change.table == "settings" and said.startswith("chain 0 ")
    referred_to = f"The {change.table} it refers to does not exist." in said
    return said.startswith((f"{change.table} ", f"{change.table},")) or begins or referred_to


def checked_pack(db: Database, folder: Path) -> str:
    """The first difference that the pack's own checker names; "" if all holds."""
    file = folder / "pack.zip"
    with file.open("wb") as target:
        build(db, target, level=0)
    return "".join(f"{one.place} {one.en}" for one in check_pack(file).differences[:1])


def drawn(db: Database, chance: random.Random) -> Change:
    """Any table, any of its rows, any of its columns, any byte; drawn again where the table itself refuses it."""
    while True:
        table = TABLES[chance.choice(sorted(TABLES))]
        (row,) = chance.choice(db.execute(f"SELECT rowid FROM {table.name}").fetchall())
        column = chance.choice([*table.covered, *table.recorded])
        change = Change(table.name, row, column, *otherwise(db, table, row, column, chance))
        with changed(db, change) as done:
            if done:
                return change


def otherwise(
    db: Database, table: Protected, row: int, column: str, chance: random.Random
) -> tuple[bytes | int | None, bytes | int]:
    """What stands in a cell, and the same with one byte changed; an empty cell gets something."""
    kinds = {name: kind for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table.name})").fetchall()}
    (before,) = db.execute(
        f'SELECT CASE WHEN typeof("{column}") = \'text\' THEN CAST("{column}" AS BLOB) ELSE "{column}" END'
        f" FROM {table.name} WHERE rowid = ?",
        [row],
    ).fetchone()
    flip = chance.randrange(1, 256)
    if kinds[column] == "INTEGER":
        old = (before or 0).to_bytes(8, "big", signed=True)
        at = chance.randrange(8)
        new = old[:at] + bytes([old[at] ^ flip]) + old[at + 1 :]
        return before, int.from_bytes(new, "big", signed=True)
    if not before:
        return before, bytes([flip])
    at = chance.randrange(len(before))
    return before, before[:at] + bytes([before[at] ^ flip]) + before[at + 1 :]


class changed:
    """Inside the block the cell is another one, triggers away for it and back; afterwards all is as before."""

    def __init__(self, db: Database, change: Change) -> None:
        self._db, self._change = db, change

    def __enter__(self) -> bool:
        db, change = self._db, self._change
        db.execute("BEGIN IMMEDIATE")
        triggers = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND sql LIKE '%BEFORE UPDATE%'",
            [change.table],
        ).fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        # What a column's CHECK would refuse is refused anyway: this is somebody who may write as they please.
        db.execute("PRAGMA ignore_check_constraints = 1")
        try:
            value = "?" if isinstance(change.after, int) else "CAST(? AS TEXT)"
            db.execute(
                f'UPDATE {change.table} SET "{change.column}" = {value} WHERE rowid = ?',
                [change.after, change.row],
            )
            done = True
        except sqlite3.IntegrityError:  # a number that is there already
            done = False
        finally:
            db.execute("PRAGMA ignore_check_constraints = 0")
        for _, sql in triggers:
            db.execute(sql)
        return done

    def __exit__(self, *_: object) -> None:
        self._db.execute("ROLLBACK")

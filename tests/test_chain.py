"""Entries follow each other by their hashes, and no evidence can be changed, removed or slipped in."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from data import canonical, chain, settings
from data.canonical import instant_text, json_text, rows_digest
from data.chain import append, entry_at, head
from data.store import Writer
from tests.entering import enter_county, new_writer
from tests.recorded import differences, make_recorded, raw

REGISTERS = ["townships", "villages", "households", "products", "goods", "inspections"]
EXACT = st.integers(-(2**53) + 1, 2**53 - 1)
CELLS = st.one_of(st.none(), EXACT, st.text())
ASCII_NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), EXACT, st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=20,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def writer(file: Path) -> Iterator[Writer]:
    with new_writer(file) as writer:
        yield writer


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database with every kind of row, made once for this file's tests."""
    file = tmp_path_factory.mktemp("recorded") / "master.db"
    make_recorded(file)
    return file


@pytest.fixture
def recorded(master: Path, file: Path) -> Path:
    """A copy of that database for one test."""
    return Path(shutil.copy(master, file))


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_a_row_digest_is_over_canonical_json_lines(rows: list[list[Any]]) -> None:
    lines = b"\n".join(map(rfc8785.dumps, rows))
    assert rows_digest(rows) == hashlib.sha256(lines).hexdigest()


def test_a_digest_taken_in_pieces_is_that_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(number, f"样品{number}", None) for number in range(10)]
    whole = hashlib.sha256(b"\n".join(map(rfc8785.dumps, rows))).hexdigest()
    for at_once in (1, 3, 5, 10, 11):
        monkeypatch.setattr(canonical, "_LINES_AT_ONCE", at_once)
        assert rows_digest(rows) == whole


@pytest.mark.parametrize("cell", ["],[", '"],["', "]\n[", "]", "[[1],[2]]"])
def test_a_cell_that_looks_like_the_end_of_a_row_is_no_end(cell: str) -> None:
    rows: list[Any] = [(1, cell), (2, "样品"), (cell, None), (cell,)]
    assert rows_digest(rows) == hashlib.sha256(b"\n".join(map(rfc8785.dumps, rows))).hexdigest()


def test_a_text_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        rows_digest([("\ud800",)])


@given(VALUES)
def test_quick_json_is_canonical(value: Any) -> None:
    assert json_text(value).encode() == rfc8785.dumps(value)


@given(ASCII_NAMES, st.text(), st.text(), st.dictionaries(st.text(), CELLS, max_size=4))
def test_an_entrys_hash_is_over_the_canonical_json_of_all_its_fields(
    action: str, actor: str, at: str, body: dict[str, Any]
) -> None:
    entry: dict[str, Any] = {"seq": 7, "at": at, "actor": actor, "action": action, "body": body, "prev": "ab"}
    expected = hashlib.sha256(b"office-chain-v1\0" + rfc8785.dumps(entry)).hexdigest()
    assert chain.entry_hash(7, at, actor, action, rfc8785.dumps(body).decode(), "ab") == expected


def test_the_chain_begins_with_its_own_installation(writer: Writer, tmp_path: Path) -> None:
    with new_writer(tmp_path / "other.db") as other, writer.transaction() as db, other.transaction() as db_2:
        assert head(db).seq == head(db_2).seq == 0
        assert head(db).hash != head(db_2).hash
        first = {"format": "office-chain-v1", "install_id": settings.install_id(db)}
        expected = hashlib.sha256(b"office-chain-v1\0" + rfc8785.dumps(first)).hexdigest()
        assert head(db).hash == expected


def test_entries_follow_each_other(writer: Writer) -> None:
    with writer.transaction() as db:
        before = head(db)
        for number in (1, 2, 3):
            assert append(db, at=writer.now(), actor="周示例", action="note", body={"n": number}) == number
            row = db.execute("SELECT prev, hash FROM chain WHERE seq = ?", [number]).fetchone()
            assert row == (before.hash, head(db).hash)
            before = head(db)
        assert chain.check_chain(db) is None


def test_time_never_goes_back(writer: Writer) -> None:
    with writer.transaction() as db:
        for year in (2021, 2020, 2022):
            append(db, at=datetime(year, 1, 1, tzinfo=UTC), actor="a", action="note", body={})
        years = [at[:4] for (at,) in db.execute("SELECT at FROM chain ORDER BY seq")]
    assert years == ["2021", "2021", "2022"]


def test_an_instant_without_a_zone_is_refused(writer: Writer) -> None:
    with pytest.raises(ValueError, match="time zone"), writer.transaction() as db:
        append(db, at=datetime(2021, 1, 1), actor="a", action="note", body={})  # noqa: DTZ001


@pytest.mark.parametrize(
    "table",
    [*REGISTERS, "chain", "runs", "decisions", "programs"],
)
def test_no_evidence_can_be_changed_removed_or_slipped_in(recorded: Path, table: str) -> None:
    conn = raw(recorded)
    columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    first, names = columns[0], ", ".join(columns)
    statements = [
        f"UPDATE {table} SET {first} = {first}",
        f"UPDATE OR REPLACE {table} SET {first} = 2",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1",
        f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1",
    ]
    for statement in statements:
        with pytest.raises(sqlite3.IntegrityError, match=f"{table}: "):
            conn.execute(statement)
    conn.close()


def newest_as_another(conn: sqlite3.Connection, table: str) -> dict[str, Any]:
    """The table's newest row as it would stand with the next number and the newest chain entry."""
    generated = {row[1] for row in conn.execute(f"PRAGMA table_xinfo({table})") if row[6]}
    cursor = conn.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1")
    names = [column[0] for column in cursor.description]
    row = {name: value for name, value in zip(names, cursor.fetchone(), strict=True) if name not in generated}
    next_id, seq = conn.execute(
        f"SELECT max(rowid) + 1, (SELECT max(seq) FROM chain) FROM {table}"
    ).fetchone()
    return {
        **row,
        **{name: value for name, value in {"id": next_id, "recorded_seq": seq}.items() if name in row},
    }


def insert(
    conn: sqlite3.Connection, table: str, row: dict[str, Any], verb: str = "INSERT OR REPLACE"
) -> None:
    marks = ", ".join(f":{name}" for name in row)
    conn.execute(f"{verb} INTO {table} ({', '.join(row)}) VALUES ({marks})", row)


@pytest.mark.parametrize("table", [*REGISTERS, "runs", "decisions", "programs"])
def test_no_row_is_replaced_by_one_that_rides_on_the_newest_entry(recorded: Path, table: str) -> None:
    conn = raw(recorded)
    row = newest_as_another(conn, table)
    as_new = {"entity": row["id"], "version": 1, "reason": None} if table in REGISTERS else {}
    for forged in (row, row | as_new):
        with pytest.raises(sqlite3.IntegrityError, match=f"{table}: "):
            insert(conn, table, forged)
    conn.close()
    assert differences(recorded) == []


@pytest.mark.parametrize(
    "wrong", [{"version": 3}, {"entity": 1, "version": 2}, {"goods": "H1/P2", "version": 2}]
)
def test_a_version_that_is_not_the_next_of_its_own_row_is_refused(
    recorded: Path, wrong: dict[str, Any]
) -> None:
    conn = raw(recorded)
    row = newest_as_another(conn, "goods") | {"reason": "x"}  # of H2/P1, entity 3
    if "goods" in wrong:
        row |= dict(zip(("household_no", "product_code"), wrong["goods"].split("/"), strict=True))
    row |= {name: value for name, value in wrong.items() if name != "goods"}
    for verb in ("INSERT", "INSERT OR REPLACE"):
        with pytest.raises(sqlite3.IntegrityError, match="goods: "):
            insert(conn, "goods", row, verb)
    conn.close()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO settings VALUES ('install_id', 'x')",
        "INSERT OR REPLACE INTO settings VALUES ('genesis', 'x')",
        "UPDATE OR REPLACE settings SET key = 'genesis' WHERE key = 'working_day'",
        "UPDATE settings SET value = 'x' WHERE key = 'install_id'",
        "DELETE FROM settings WHERE key = 'install_id'",
    ],
)
def test_the_installations_number_is_not_replaced(recorded: Path, statement: str) -> None:
    conn = raw(recorded)
    with pytest.raises(sqlite3.IntegrityError, match="settings: "):
        conn.execute(statement)
    conn.close()


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"seq": 99}, "number left out"),
        ({"seq": None}, "no number"),
        ({"prev": "0" * 64}, "other predecessor"),
        ({"at": "1999-01-01T00:00:00.000000Z"}, "earlier"),
        ({"hash": "SELECT"}, "a hash that is there"),
    ],
)
@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_an_entry_that_does_not_continue_is_refused(
    recorded: Path, verb: str, entry: dict[str, Any], wrong: str
) -> None:
    conn = raw(recorded)
    seq, prev, at = conn.execute("SELECT seq, hash, at FROM chain ORDER BY seq DESC LIMIT 1").fetchone()
    good = {
        "seq": seq + 1,
        "at": at,
        "actor": "a",
        "action": "note",
        "body": "{}",
        "prev": prev,
        "hash": "new",
    }
    if entry.get("hash"):
        entry = {"hash": conn.execute("SELECT hash FROM chain WHERE seq = 3").fetchone()[0]}
    insert = f"{verb} INTO chain VALUES (:seq, :at, :actor, :action, :body, :prev, :hash)"
    with pytest.raises(sqlite3.IntegrityError, match="chain: "):
        conn.execute(insert, {**good, **entry})
    conn.execute(insert, good)
    assert conn.execute("SELECT count(*) FROM chain").fetchone()[0] == seq + 1
    conn.close()


def test_a_row_of_an_older_entry_or_out_of_number_is_refused(writer: Writer) -> None:
    enter_county(writer)
    insert = (
        "INSERT INTO townships (id, entity, version, township_code, township_name, recorded_seq, recorded_at,"
        " recorded_by) VALUES (:id, :id, 1, 'T9', '示例', :seq, 'x', 'x')"
    )
    with writer.transaction() as db:
        last = head(db).seq
        for bind in ({"id": 2, "seq": last - 1}, {"id": 3, "seq": last}, {"id": 1, "seq": last}):
            with pytest.raises(sqlite3.IntegrityError, match="townships: "):
                db.execute(insert, bind)
        db.execute(insert, {"id": 2, "seq": last})


def test_the_working_day_is_stored_in_a_demonstration_and_the_clocks_elsewhere(writer: Writer) -> None:
    late = datetime(2021, 3, 15, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    with writer.transaction() as db:
        assert not settings.is_demonstration(db)
        assert settings.working_day(db, late) == date(2021, 3, 16)
        settings.make_demonstration(db, date(2021, 9, 30), at=late, by="init")
        settings.make_demonstration(db, date(2021, 9, 30), at=late, by="init")
        assert settings.is_demonstration(db) and head(db).seq == 2
        assert settings.working_day(db, late) == date(2021, 9, 30)
        with pytest.raises(ValueError, match="never"):
            settings.put(db, "install_id", "x", at=late, by="a")


def test_entries_with_a_clock_behind_the_last_one_follow_it_each_at_its_own_instant(writer: Writer) -> None:
    ahead = datetime(2030, 1, 1, tzinfo=UTC)
    with writer.transaction() as db:
        first = append(db, at=ahead, actor="x", action="test", body={})
        later = [
            append(db, at=ahead - timedelta(days=1), actor="x", action="test", body={}) for _ in range(2)
        ]
        instants = [entry_at(db, seq) for seq in (first, *later)]
    assert instants[0] < instants[1] < instants[2] < instant_text(ahead + timedelta(seconds=1))

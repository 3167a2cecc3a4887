"""Several people write at once and others read: no error, nothing lost, everything in the chain. `python -m soak` measures."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data import many_rows
from data.canonical import Cell
from data.checking import Checked
from data.connections import in_memory
from data.folding import FOLDED_AT, MOST_TURNS
from data.importing import made_ready, plan, write
from data.integrity import check
from data.laid_ready import FEW, laid_ready, pour
from data.problems import Refused
from data.register import REGISTERS
from data.store import StoreProblem, Writer, open_writer, reading
from soak import many
from soak.many import Seen
from tests.entering import enter, enter_county, household, new_writer, planned, product, sample


def test_eight_who_write_and_four_who_read_lose_nothing_and_see_no_error(
    demo_master: Path, tmp_path: Path
) -> None:
    path, seen = Path(shutil.copy(demo_master, tmp_path / "demo.db")), Seen()
    before = many._entries(path)
    with open_writer(path) as writer:
        many._together(path, writer, seen, lambda: many._sleep(2), "inspections")
    assert seen.errors == []
    assert seen.written > 0 and seen.read
    assert many._entries(path) == before + seen.written
    with reading(path) as db:
        assert check(db) == []


def test_an_import_takes_its_turn_between_others(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    with new_writer(file) as writer:
        enter_county(writer)
        large = planned(writer, "inspections", [sample(f"S{n:05}") for n in range(3_000)])
        begun = threading.Event()

        def bring() -> None:
            begun.set()
            with writer.transaction() as db:
                write(db, large, at=writer.now(), by="周示例", reason=None, source="sha256:0")

        thread = threading.Thread(target=bring)
        thread.start()
        begun.wait(10)
        for number in range(20):
            enter(writer, "products", [product(f"N{number}")])
        thread.join()
    with reading(file) as db:
        assert db.table("inspections").count == 3_000
        assert check(db) == []


def test_rows_of_another_register_do_not_make_a_check_stale_but_those_of_the_same_do(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    with new_writer(file) as writer:
        enter_county(writer)
        checked = planned(writer, "inspections", [sample("S1")])
        enter(writer, "products", [product("P9")])
        with writer.transaction() as db:
            assert write(db, checked, at=writer.now(), by="周示例", reason=None, source="sha256:0")
        stale = planned(writer, "inspections", [sample("S2")])
        enter(writer, "inspections", [sample("S3")])
        with pytest.raises(Refused, match="changed since"), writer.transaction() as db:
            write(db, stale, at=writer.now(), by="周示例", reason=None, source="sha256:0")
    with reading(file) as db:
        assert db.table("inspections").count == 2
        assert check(db) == []


def test_what_was_made_ready_before_is_what_would_be_written_now(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    with new_writer(file) as writer:
        enter_county(writer)
        enter(writer, "inspections", [sample("S1")])
        ready = planned(writer, "inspections", [sample("S2"), sample("S3")])
        before = made_ready(ready)
        with writer.transaction() as db:
            write(db, ready, at=writer.now(), by="周示例", reason=None, source="sha256:0", ready=before)
            again = plan(db, REGISTERS["inspections"], Checked.of([sample("S4")]))
        assert [row[0] for row in before.rows] == [2, 3] and again.next_id == 4
    with reading(file) as db:
        assert check(db) == []


SIZES = [0, 1, 99, 100, 101, 999, 1_000, 1_001, 2_345]


@pytest.mark.parametrize("rows", SIZES)
@pytest.mark.parametrize("alike", [0, 1, 2])
def test_many_rows_are_those_given_in_their_order(rows: int, alike: int) -> None:
    conn = in_memory()
    conn.execute("CREATE TABLE t (a INTEGER, b TEXT, c, d)")
    same = ("same", None)[:alike]
    given: list[tuple[Cell, ...]] = [
        (number, f"x{number}", *(-number,) * (2 - alike)) for number in range(rows)
    ]
    many_rows.insert(conn, "t", ("a", "b", "c", "d"), given, same)
    assert conn.execute("SELECT * FROM t ORDER BY rowid").fetchall() == [(*row, *same) for row in given]
    conn.close()


def test_a_row_that_is_refused_takes_its_whole_statement_back() -> None:
    conn = in_memory()
    conn.execute("CREATE TABLE t (a INTEGER CHECK (a <> 150))")
    with pytest.raises(sqlite3.IntegrityError):
        many_rows.insert(conn, "t", ("a",), [(number,) for number in range(200)])
    assert conn.execute("SELECT count(*) FROM t").fetchone() == (
        100,
    )  # the caller's transaction takes these back
    conn.close()


def test_a_library_that_takes_few_values_gets_smaller_statements() -> None:
    conn = in_memory()
    conn.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 250)
    conn.execute("CREATE TABLE t (a, b)")
    many_rows.insert(conn, "t", ("a", "b"), [(number, number) for number in range(1_050)])
    assert conn.execute("SELECT count(*), sum(a) FROM t").fetchone() == (1_050, sum(range(1_050)))
    conn.close()


def test_other_threads_get_their_turn_only_between_statements() -> None:
    """Why there are few statements: with row by row this would be thousands of turns."""
    conn, statements = in_memory(), list[str]()
    conn.execute("CREATE TABLE t (a, b)")
    conn.set_trace_callback(statements.append)
    many_rows.insert(conn, "t", ("a", "b"), [(number, sys.maxsize) for number in range(3_000)])
    assert len(statements) == 3
    conn.close()


@pytest.mark.parametrize("rows", [1, 1_000, 2_345])
def test_what_lies_ready_is_poured_in_its_order_and_gone_afterwards(tmp_path: Path, rows: int) -> None:
    given = [(number, f"x{number}") for number in range(rows)]
    with new_writer(tmp_path / "office.db") as writer:
        for times in (1, 2):
            with writer.transaction(laid=laid_ready(("a", "b"), given)) as db:
                db.conn.execute("CREATE TEMP TABLE IF NOT EXISTS t (a INTEGER, b TEXT, c)")
                pour(db.conn, "temp.t", ("a", "b", "c"), (times,))
                poured = db.execute("SELECT a, b FROM temp.t WHERE c = ? ORDER BY rowid", [times])
                assert poured.fetchall() == given
        assert _laid(writer) == []


@pytest.mark.parametrize("rows", [1, FEW - 1, FEW, FEW + 1])
def test_few_rows_are_not_laid_and_many_are_written_alike(tmp_path: Path, rows: int) -> None:
    with new_writer(tmp_path / "office.db") as writer:
        enter_county(writer)
        some = planned(writer, "inspections", [sample(f"S{n:05}") for n in range(rows)])
        ready = made_ready(some)
        assert (ready.laid is None) == (rows < FEW) and len(ready.rows) == (rows if rows < FEW else 0)
        with writer.transaction(laid=ready.laid) as db:
            write(db, some, at=writer.now(), by="周示例", reason=None, source="sha256:0", ready=ready)
        with writer.transaction() as db:
            assert db.table("inspections").count == rows
            assert check(db) == []


def test_other_columns_are_laid_after_those_before(tmp_path: Path) -> None:
    with new_writer(tmp_path / "office.db") as writer:
        for columns in (("a", "b"), ("b", "a", "d"), ("e",)):
            row = tuple(range(len(columns)))
            with writer.transaction(laid=laid_ready(columns, [row])) as db:
                db.conn.execute(f"CREATE TEMP TABLE t ({', '.join(columns)})")
                pour(db.conn, "temp.t", columns)
                assert db.execute("SELECT * FROM temp.t").fetchall() == [row]
                db.conn.execute("DROP TABLE temp.t")


def test_what_lies_ready_is_gone_where_its_writing_fails(tmp_path: Path) -> None:
    class Failed(Exception):
        pass

    with new_writer(tmp_path / "office.db") as writer:
        with pytest.raises(Failed), writer.transaction(laid=laid_ready(("a",), [(1,)] * FEW)) as db:
            assert db.execute("SELECT count(*) FROM laid.laid_rows").fetchone() == (FEW,)
            raise Failed
        assert _laid(writer) == []


def _laid(writer: Writer) -> list[object]:
    with writer.transaction() as db:
        return db.execute("SELECT * FROM laid.laid_rows").fetchall()


def test_room_for_laid_rows_does_not_let_a_file_be_attached(tmp_path: Path) -> None:
    with new_writer(tmp_path / "office.db") as writer:
        for _ in range(2):
            for statement in (f"ATTACH '{tmp_path / 'x.db'}' AS x", "ATTACH ':memory:' AS y", "DETACH laid"):
                with pytest.raises(sqlite3.DatabaseError), writer.transaction() as db:
                    db.conn.execute(statement)
            with writer.transaction(laid=laid_ready(("a",), [(1,)])):
                pass


def test_what_a_large_import_left_in_the_wal_is_folded_once_nobody_waits(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    with new_writer(file) as writer:
        enter_county(writer)
        large = planned(writer, "inspections", [sample(f"S{n:05}") for n in range(FEW)])
        ready, others = made_ready(large), list[threading.Thread]()
        before = file.read_bytes()
        with writer.transaction(laid=ready.laid) as db:
            write(db, large, at=writer.now(), by="周示例", reason=None, source="sha256:0", ready=ready)
            for register, row in (("products", product("N1")), ("households", household("H9"))):
                other = threading.Thread(target=enter, args=(writer, register, [row]), daemon=True)
                other.start()
                others.append(other)
            _until(lambda: len(writer._turns._waiting) == 2)
            assert file.read_bytes() == before
        for other in others:
            other.join(10)
        with sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True) as conn:  # without its WAL
            found = [
                conn.execute(f"SELECT count(*) FROM {name}").fetchone()
                for name in ("inspections", "products")
            ]
        conn.close()
        assert found == [(FEW,), (3,)]
        with writer.transaction() as db:
            assert db.execute("PRAGMA wal_autocheckpoint").fetchone() == (FOLDED_AT,)


def test_waiting_people_do_not_keep_a_large_import_from_being_folded_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, folded = tmp_path / "office.db", list[int]()
    with new_writer(file) as writer:
        monkeypatch.setattr(type(writer._turns), "are_awaited", property(lambda _: True))
        with writer.transaction(laid=laid_ready(("a",), [(1,)])):
            pass
        for _ in range(MOST_TURNS + 1):
            with writer.transaction() as db:
                folded.append(db.execute("PRAGMA wal_autocheckpoint").fetchone()[0])
        assert set(folded[:-1]) == {0} and folded[-1] == FOLDED_AT


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_closing_waits_for_who_is_writing_and_who_comes_later_is_told(tmp_path: Path) -> None:
    """Closing a connection under another thread's hands would end the whole process."""
    file = tmp_path / "office.db"
    writer, begun, said = new_writer(file), threading.Event(), []

    def work() -> None:
        with writer.transaction() as db:
            begun.set()
            for number in range(2000):
                db.execute("INSERT INTO sign_in_failures VALUES (?, 1, '', NULL)", [str(number)])

    def late() -> None:
        try:
            with writer.transaction():
                said.append("written")
        except StoreProblem as problem:
            said.append(problem.words.zh)

    first = threading.Thread(target=work)
    first.start()
    begun.wait()
    writer.close()
    first.join()
    threading.Thread(target=late).run()
    with reading(file) as db:
        assert db.execute("SELECT count(*) FROM sign_in_failures").fetchone() == (2000,)
    assert said and "正在关闭" in said[0]

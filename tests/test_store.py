"""One process writes a database, readers cannot, a transaction is all or nothing, and refusals are in words."""

from __future__ import annotations

import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data import store
from data.store import (
    Busy,
    DiskFull,
    NotADatabase,
    Unreachable,
    Writer,
    empty_copy,
    open_writer,
    reading,
)
from tests.entering import enter, enter_county, new_writer, sample

ROOT = Path(__file__).parent.parent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def writer(file: Path) -> Iterator[Writer]:
    with new_writer(file) as writer:
        yield writer


def people_in(path: Path) -> int:
    with reading(path) as db:
        return db.table("credentials").count


def person(login: str) -> dict[str, Any]:
    return {"login": login, "password": "示例"}


def pragma(conn: sqlite3.Connection, name: str) -> Any:
    return conn.execute(f"PRAGMA {name}").fetchone()[0]


def test_every_connection_has_every_pragma(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, sqlite3.Connection]] = []
    connect = sqlite3.connect

    def noted(target: str, *args: Any, **more: Any) -> sqlite3.Connection:
        opened.append((target, connect(target, *args, **more)))
        return opened[-1][1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    with open_writer(file, migrate=True), reading(file), reading(file), empty_copy():
        assert [target.partition("?")[2] or target for target, _ in opened] == [
            "mode=rw", "mode=ro", "mode=ro", ":memory:",
        ]  # fmt: skip
        for target, conn in opened:
            assert pragma(conn, "synchronous") == 2
            assert pragma(conn, "foreign_keys") == 1
            assert pragma(conn, "busy_timeout") == 5000
            assert pragma(conn, "recursive_triggers") == 1
            assert pragma(conn, "trusted_schema") == 0
            if target != ":memory:":
                assert pragma(conn, "mmap_size") == 0
                assert pragma(conn, "journal_mode") == "wal"
            assert pragma(conn, "query_only") == ("mode=ro" in target)


def test_connections_are_opened_in_one_module_only() -> None:
    sources = [
        path for folder in ("data", "office", "rules", "pages") for path in (ROOT / folder).rglob("*.py")
    ]
    opening = [path.name for path in sources if "sqlite3.connect(" in path.read_text(encoding="utf-8")]
    assert opening == ["connections.py"]
    of_data = [path for path in sources if path.is_relative_to(ROOT / "data")]
    assert not [path for path in of_data if ".transform(" in path.read_text(encoding="utf-8")]


def test_a_new_file_belongs_to_its_owner_alone(writer: Writer, file: Path) -> None:
    with writer.transaction() as db:
        db.table("credentials").insert(person("a"))
    for name in ("office.db", "office.db-wal", "office.db.lock"):
        assert stat.S_IMODE((file.parent / name).stat().st_mode) == 0o600, name


def test_a_second_writer_is_refused_while_the_first_is_open(writer: Writer, file: Path) -> None:
    with pytest.raises(Busy) as refused:
        open_writer(file)
    assert "office.db" in refused.value.words.zh and "in use" in refused.value.words.en
    writer.close()
    open_writer(file).close()


def test_another_process_is_refused_and_its_death_lets_go(file: Path) -> None:
    code = (
        "import sys, time; from data.store import open_writer\n"
        "writer = open_writer(sys.argv[1], migrate=True); print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout and child.stdout.readline() == "held\n"
        with pytest.raises(Busy):
            open_writer(file)
        with reading(file) as db:
            assert db.table("credentials").count == 0
        child.kill()
    open_writer(file).close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_killed_process_leaves_no_half_transaction(file: Path) -> None:
    new_writer(file).close()
    code = (
        "import os, sys; from data.store import open_writer\n"
        "writer = open_writer(sys.argv[1])\n"
        "add = 'INSERT INTO credentials VALUES (?, ?, NULL, NULL)'\n"
        "with writer.transaction() as db: db.execute(add, ['kept', 'x'])\n"
        "with writer.transaction() as db:\n"
        "    db.conn.execute('PRAGMA cache_size = 10')\n"
        "    db.conn.executemany(add, ((str(n), 'x' * 500) for n in range(5000)))\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(file)], cwd=ROOT, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    with open_writer(file) as writer, writer.transaction() as db:
        assert [row["login"] for row in db.table("credentials").rows] == ["kept"]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("name", ["plain", "a b", "why?", "c#1", "农产品", "50%25", "q'uote"])
def test_a_reader_needs_no_writer_and_no_wal_file_whatever_the_path(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    file = folder / f"{name}.db"
    with open_writer(file, migrate=True) as writer, writer.transaction() as db:
        db.table("credentials").insert(person("a"))
    assert sorted(path.name for path in folder.iterdir()) == sorted([f"{name}.db", f"{name}.db.lock"])
    assert people_in(file) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_reader_cannot_write(writer: Writer, file: Path) -> None:
    with reading(file) as db:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.execute("DELETE FROM credentials")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.table("credentials").insert(person("a"))


def test_a_transaction_keeps_all_and_a_reader_sees_it_only_then(writer: Writer, file: Path) -> None:
    with writer.transaction() as db:
        db.table("credentials").insert(person("a"))
        db.execute("UPDATE credentials SET password = NULL")
        assert people_in(file) == 0
    assert people_in(file) == 1


class Stopped(BaseException):
    """As Streamlit ends a run: no Exception."""


@pytest.mark.parametrize("raised", [ValueError, Stopped, KeyboardInterrupt, GeneratorExit])
def test_whatever_is_raised_rolls_everything_back(
    writer: Writer, file: Path, raised: type[BaseException]
) -> None:
    with pytest.raises(raised), writer.transaction() as db:
        db.table("credentials").insert(person("a"))
        db.table("credentials").insert_all([person("b"), person("c")])
        with db.atomic():
            db.table("credentials").upsert(person("d"), pk="login")
        list(db.query("SELECT * FROM credentials"))
        raise raised
    assert people_in(file) == 0
    with writer.transaction() as db:
        db.table("credentials").insert(person("e"))
    assert people_in(file) == 1


def test_a_failing_inner_step_can_be_given_up_alone(writer: Writer, file: Path) -> None:
    with writer.transaction() as db:
        db.table("credentials").insert(person("a"))
        with pytest.raises(ValueError, match="inner"), db.atomic():
            db.table("credentials").insert(person("b"))
            raise ValueError("inner")
    assert people_in(file) == 1


def test_threads_take_turns(writer: Writer, file: Path) -> None:
    def add(number: int) -> None:
        for turn in range(10):
            with writer.transaction() as db:
                count = db.table("credentials").count
                db.table("credentials").insert(person(f"{number}-{turn}-{count}"))

    threads = [threading.Thread(target=add, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(file) as db:
        counts = sorted(int(row["login"].rpartition("-")[2]) for row in db.table("credentials").rows)
    assert counts == list(range(40))


def test_who_waits_too_long_is_told_so(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.05)
    answers: list[str] = []

    def wait() -> None:
        try:
            with writer.transaction():
                answers.append("in")
        except Busy as busy:
            answers.append(busy.words.zh)

    with writer.transaction():
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join()
    assert len(answers) == 1 and answers[0].startswith("系统正忙")


def test_a_transaction_inside_a_transaction_is_a_mistake_said_at_once(writer: Writer) -> None:
    with writer.transaction(), pytest.raises(RuntimeError, match="already"), writer.transaction():
        pass
    with writer.transaction():
        pass


def test_a_foreign_program_that_holds_the_file_is_said_in_words(writer: Writer, file: Path) -> None:
    with writer.transaction() as db:
        db.execute("PRAGMA busy_timeout = 20")
    foreign = sqlite3.connect(file, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy), writer.transaction():
        pass
    foreign.execute("ROLLBACK")
    with writer.transaction():
        pass
    foreign.close()


def test_a_full_disk_is_said_in_words_and_nothing_is_kept(writer: Writer, file: Path) -> None:
    enter_county(writer)
    with writer.transaction() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(DiskFull) as full:
        enter(writer, "inspections", [sample(f"S{n}", item="x" * 500) for n in range(500)])
    assert "磁盘已满" in full.value.words.zh
    with reading(file) as db:
        assert db.table("inspections").count == 0
    enter(writer, "inspections", [sample("S1")])


def test_a_file_that_turns_out_to_be_read_only_is_said_in_words(writer: Writer, file: Path) -> None:
    with pytest.raises(Unreachable, match="cannot be written"), writer.transaction() as db:
        db.execute("PRAGMA query_only = 1")
        db.table("credentials").insert(person("a"))
    with pytest.raises(Unreachable), writer.transaction():
        pass


def test_damage_that_shows_only_while_working_is_said_in_words(file: Path) -> None:
    with new_writer(file) as writer:
        enter_county(writer)
    with reading(file) as db:
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'townships'").fetchone()[0]
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"U" * 4096
    file.write_bytes(content)
    with pytest.raises(NotADatabase, match="damaged"), reading(file) as db:
        list(db.table("townships").rows)
    with open_writer(file) as writer, pytest.raises(NotADatabase):
        enter(writer, "townships", [{"township_code": "T2", "township_name": "x"}])
    with pytest.raises(sqlite3.OperationalError, match="no such table"), reading(file) as db:
        db.execute("SELECT 1 FROM no_such_table")


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE inspections",
        "DROP TRIGGER inspections_no_delete",
        "DROP INDEX inspections_good_entity",
        "ALTER TABLE inspections ADD COLUMN more TEXT",
        "ATTACH ':memory:' AS other",
        "UPDATE inspections SET conclusion = 'pass'",
        "DELETE FROM chain",
        "UPDATE runs SET program = 'x'",
        "DELETE FROM decisions",
        "PRAGMA writable_schema = 1",
    ],
)
def test_the_writer_itself_may_not_take_protection_away(writer: Writer, statement: str) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"), writer.transaction() as db:
        db.execute(statement)


def test_transform_would_drop_triggers_and_is_refused(writer: Writer) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"), writer.transaction() as db:
        db.table("programs").transform(rename={"text": "words"})
    with writer.transaction() as db:
        assert "programs_no_delete" in db.table("programs").triggers_dict

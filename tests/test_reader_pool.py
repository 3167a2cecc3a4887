"""Readers that stay open between runs: one run each at a time, always the newest state, never of a replaced file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.problems import Missing
from data.reader_pool import MOST_IDLE, ReaderPool
from data.store import Database, Writer, open_writer, utc_now


@pytest.fixture
def pool() -> Iterator[ReaderPool]:
    made = ReaderPool()
    yield made
    made.close()


@pytest.fixture
def file(people_db: Path) -> Path:
    return people_db


def _number(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM settings").fetchone()[0])


def _set(writer: Writer, value: str) -> None:
    with writer.transaction() as db:
        db.execute(
            "INSERT INTO settings (key, value) VALUES ('k', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [value],
        )


def _get(db: Database) -> str:
    return str(db.execute("SELECT value FROM settings WHERE key = 'k'").fetchone()[0])


def test_a_connection_that_came_back_is_lent_again(pool: ReaderPool, file: Path) -> None:
    with pool.lent(file) as first:
        assert _number(first) > 0
    with pool.lent(file) as second:
        assert second is first


def test_two_runs_at_a_time_have_a_connection_each(pool: ReaderPool, file: Path) -> None:
    with pool.lent(file) as first, pool.lent(file) as second:
        assert first is not second
        assert _number(first) == _number(second)


def test_a_connection_that_came_back_sees_what_was_written_since(pool: ReaderPool, file: Path) -> None:
    with open_writer(file, clock=utc_now) as writer:
        _set(writer, "before")
        with pool.lent(file) as db:
            assert _get(db) == "before"
            _set(writer, "meanwhile")
            assert _get(db) == "meanwhile"
        _set(writer, "after")
        with pool.lent(file) as db:
            assert _get(db) == "after"


def test_a_connection_on_which_something_is_still_being_read_is_not_lent_again(
    pool: ReaderPool, file: Path
) -> None:
    with open_writer(file, clock=utc_now) as writer:
        _set(writer, "before")
        with pool.lent(file) as first:
            half_read = first.execute("SELECT value FROM settings")
            half_read.fetchone()
        _set(writer, "after")
        with pool.lent(file) as second:
            assert second is not first
            assert _get(second) == "after"
    del half_read


def test_a_file_that_was_replaced_is_opened_anew(pool: ReaderPool, file: Path, tmp_path: Path) -> None:
    with pool.lent(file) as first:
        _number(first)
    copy = tmp_path / "copy.db"
    shutil.copy(file, copy)
    copy.replace(file)
    with pool.lent(file) as second:
        assert second is not first


def test_no_more_than_a_few_stay_open(pool: ReaderPool, file: Path) -> None:
    lent = [pool.lent(file) for _ in range(MOST_IDLE + 2)]
    connections = [one.__enter__() for one in lent]
    for one in lent:
        one.__exit__(None, None, None)
    assert len(pool._idle) == MOST_IDLE
    assert [db for _, db in pool._idle] == connections[:MOST_IDLE]


def test_nothing_can_be_written_on_one(pool: ReaderPool, file: Path) -> None:
    with pool.lent(file) as db, pytest.raises(Exception, match="readonly|not authorized|read-only"):
        db.execute("DELETE FROM settings")


def test_a_file_that_is_not_there_is_said_in_words(pool: ReaderPool, tmp_path: Path) -> None:
    with pytest.raises(Missing), pool.lent(tmp_path / "none.db"):
        pass

"""A run is kept with its inputs, its programme and its decisions; the same inputs again add nothing."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import rfc8785

from data.chain import head
from data.decisions import (
    decisions_about,
    decisions_of,
    evidence_seq,
    find_run,
    latest_run,
    program_text,
    record_run,
)
from data.store import Writer, reading
from tests.entering import enter, enter_county, new_writer, sample
from tests.recorded import PROGRAM, decision, header, record


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def writer(file: Path) -> Iterator[Writer]:
    with new_writer(file) as writer:
        yield writer


def test_a_run_is_kept_with_its_inputs_and_its_programme(writer: Writer, file: Path) -> None:
    enter_county(writer)
    run_id = record(writer, date(2021, 6, 30))
    with reading(file) as db:
        run = latest_run(db)
        assert run and run.id == run_id and run.as_of == date(2021, 6, 30)
        assert run.parameters == {"validity_days": 180} and run.engines == {"durable_rules": "2.0.28"}
        assert (run.goods, run.decisions, run.recorded_by) == (1, 3, "周示例")
        assert run.known_seq == evidence_seq(db) == 5
        assert program_text(db, run.digest) == PROGRAM
        kept = decisions_of(db, run_id)
        assert [(one.subject, one.benefit) for one in kept] == [
            ("H1/P1", "packaging"), ("H1/P1", "logistics"), ("H2/P1", "packaging"),
        ]  # fmt: skip
        assert kept[0].findings == {"a": "holds"} and kept[0].evidence == [1, 2]
        body = json.loads(
            db.execute("SELECT body FROM chain WHERE seq = ?", [run.recorded_seq]).fetchone()[0]
        )
        rows = db.execute("SELECT * FROM decisions ORDER BY id").fetchall()
        assert body["rows_digest"] == hashlib.sha256(b"\n".join(map(rfc8785.dumps, rows))).hexdigest()


def test_the_same_inputs_again_add_nothing(writer: Writer, file: Path) -> None:
    enter_county(writer)
    first = record(writer, date(2021, 6, 30))
    assert record(writer, date(2021, 6, 30), known_at="2022-12-31T00:00:00.000000Z") == first
    with reading(file) as db:
        assert find_run(db, header(date(2021, 6, 30))) == first
        assert (db.table("runs").count, db.table("decisions").count, head(db).seq) == (1, 3, 6)


def test_other_inputs_make_another_run(writer: Writer, file: Path) -> None:
    enter_county(writer)
    ids = [record(writer, date(2021, 6, 30)), record(writer, date(2021, 7, 1))]
    ids.append(record(writer, date(2021, 6, 30), parameters={"validity_days": 181}))
    enter(writer, "inspections", [sample("S1")])
    ids.append(record(writer, date(2021, 6, 30)))
    ids.append(record(writer, date(2021, 6, 30), known_at="2021-01-04T09:00:00.000000Z"))
    assert ids == [1, 2, 3, 4, 5]
    with reading(file) as db:
        assert [row["known_seq"] for row in db.table("runs").rows] == [5, 5, 5, 9, 1]
        assert db.table("programs").count == 1
        assert [one.run_id for one in decisions_about(db, "H2/P1")] == [5, 4, 3, 2, 1]
        assert decisions_about(db, "H2") == []


def test_the_latest_run_is_that_of_the_latest_day(writer: Writer, file: Path) -> None:
    enter_county(writer)
    for day in (date(2021, 7, 31), date(2021, 6, 30)):
        record(writer, day)
    with reading(file) as db:
        days = {before: latest_run(db, before) for before in (None, date(2021, 7, 31), date(2021, 6, 30))}
        assert [run.as_of if run else None for run in days.values()] == [
            date(2021, 7, 31), date(2021, 6, 30), None,
        ]  # fmt: skip
        assert latest_run(db, program="another") is None


def test_a_run_whose_programme_text_is_another_is_refused(writer: Writer) -> None:
    enter_county(writer)
    with pytest.raises(ValueError, match="digest"), writer.transaction() as db:
        record_run(db, header(date(2021, 6, 30)), [], PROGRAM + " ", at=writer.now(), by="a")


def test_a_decision_twice_in_a_run_keeps_nothing_of_it(writer: Writer, file: Path) -> None:
    enter_county(writer)
    with pytest.raises(sqlite3.IntegrityError), writer.transaction() as db:
        rows = [decision("H1/P1"), decision("H1/P1")]
        record_run(db, header(date(2021, 6, 30)), rows, PROGRAM, at=writer.now(), by="a")
    with reading(file) as db:
        assert (db.table("runs").count, db.table("decisions").count, head(db).seq) == (0, 0, 5)

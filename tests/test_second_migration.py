"""A database of the first step is taken into the second with everything it holds, and verifies as before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data import chain
from data.canonical import rows_digest
from data.decisions import decisions_about, evidence_seq, find_run, latest_run
from data.migrations import SCHEMA, migrations
from data.store import Outdated, Writer, open_reader, open_writer, reading
from tests.entering import enter, enter_county, new_writer, sample
from tests.recorded import PROGRAM, decision, differences, header, record

KEPT = ("chain", "runs", "decisions", "programs", "inspections", "goods")


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as the first step made it and its program filled it: registers, two runs, their decisions."""
    file = tmp_path / "office.db"
    monkeypatch.setattr(migrations, "_migrations", migrations._migrations[:1])
    with new_writer(file) as writer:
        enter_county(writer)
        enter(writer, "inspections", [sample("S1"), sample("S2", "2020-04-01", "fail")])
        for run, day in enumerate((date(2021, 6, 30), date(2021, 7, 31)), 1):
            _record_as_before(writer, run, day)
    monkeypatch.undo()
    return file


def _record_as_before(writer: Writer, run: int, day: date) -> None:
    """What the program of the first step wrote for a run: neither body nor row had a scope."""
    rows = [decision("H1/P1"), decision("H1/P1", "logistics", "not_eligible"), decision("H2/P1")]
    asked, by, at = header(day), "周示例", writer.now()
    with writer.transaction() as db:
        kept = [(3 * (run - 1) + number, run, *row) for number, row in enumerate(rows, 1)]
        body: dict[str, Any] = {
            "run": run,
            "program": asked.program,
            "digest": asked.digest,
            "as_of": day.isoformat(),
            "known_at": asked.known_at,
            "known_seq": evidence_seq(db, asked.known_at),
            "parameters": dict(asked.parameters),
            "engines": dict(asked.engines),
            "goods": 1,
            "decisions": len(kept),
            "rows_digest": rows_digest(kept),
        }
        seq = chain.append(db, at=at, actor=by, action="decide", body=body)
        if run == 1:
            db.execute(
                "INSERT INTO programs VALUES (?, ?, ?, ?)", [asked.digest, asked.program, PROGRAM, seq]
            )
        texts = {name: json.dumps(body[name], separators=(",", ":")) for name in ("parameters", "engines")}
        values = {
            **body,
            **texts,
            "id": run,
            "recorded_by": by,
            "recorded_at": chain.entry_at(db, seq),
            "recorded_seq": seq,
        }
        db.table("runs").insert({name: value for name, value in values.items() if name != "run"})
        db.conn.executemany(f"INSERT INTO decisions VALUES ({', '.join('?' * 10)})", kept)


def contents(file: Path) -> dict[str, list[dict[str, Any]]]:
    db = open_reader(file)
    found = {table: list(db.query(f"SELECT * FROM {table} ORDER BY rowid")) for table in KEPT}
    db.close()
    return found


def test_it_is_refused_until_it_is_brought_up_to_date(old: Path) -> None:
    for opening in (open_reader, open_writer):
        with pytest.raises(Outdated, match="init"):
            opening(old)


def test_everything_is_kept_and_verifies(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.connections.SCHEMA", 1)
    before = contents(old)
    monkeypatch.undo()
    open_writer(old, migrate=True).close()
    after = contents(old)
    steps = '{"steps":["m0002_casework","m0003_all_registers_and_reporting","m0004_rules_and_audit",'
    steps += '"m0005_accounts_and_protection"]}'
    assert after["chain"].pop()["body"] == steps
    for run in after["runs"]:
        assert run.pop("scope") == ""
    assert after == before
    assert differences(old) == []
    with reading(old) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert [one.id for one in decisions_about(db, "H2/P1")] == [6, 3]
        found = latest_run(db)
        assert found is not None and (found.scope, found.as_of) == ("", date(2021, 7, 31))


def test_the_same_run_is_found_again_and_one_about_a_single_good_is_another(old: Path) -> None:
    with open_writer(old, migrate=True) as writer:
        assert record(writer, date(2021, 6, 30)) == 1
        assert record(writer, date(2021, 6, 30), scope="H1/P1") == 3
        assert record(writer, date(2021, 6, 30), scope="H1/P1") == 3
        assert record(writer, date(2021, 6, 30), scope="H2/P1") == 4
    with reading(old) as db:
        found = latest_run(db)
        assert found is not None and found.id == 2  # a run about one good is not the office's last run
        assert find_run(db, header(date(2021, 6, 30), scope="H1/P1")) == 3
    assert differences(old) == []


def test_migrating_twice_adds_nothing(old: Path) -> None:
    for _ in range(2):
        open_writer(old, migrate=True).close()
    with reading(old) as db:
        assert db.execute("SELECT count(*) FROM chain WHERE action = 'migrate'").fetchone() == (1,)

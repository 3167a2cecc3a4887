"""A database in which everything has been recorded once, and ways to look at it and to tamper with it."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from data import settings
from data.canonical import sha256_of
from data.chain import Difference
from data.decisions import (
    Decision,
    RunHeader,
    record_run,
)
from data.integrity import check
from data.store import Writer, reading
from tests.entering import enter, enter_county, new_writer, sample

PROGRAM = 'program = "produce-support"\n# 规则\n'


def header(as_of: date, **other: Any) -> RunHeader:
    values: dict[str, Any] = {
        "program": "produce-support",
        "digest": sha256_of(PROGRAM.encode()),
        "as_of": as_of,
        "known_at": "2021-12-31T00:00:00.000000Z",
        "parameters": {"validity_days": 180},
        "engines": {"durable_rules": "2.0.28"},
        **other,
    }
    return RunHeader(**values)


def decision(subject: str, benefit: str = "packaging", verdict: str = "eligible") -> Decision:
    return Decision(1, subject, benefit, verdict, 1, '{"a":"holds"}', '{"inspections":2}', "[1,2]")


def record(writer: Writer, as_of: date, **other: Any) -> int:
    rows = [decision("H1/P1"), decision("H1/P1", "logistics", "not_eligible"), decision("H2/P1")]
    with writer.transaction() as db:
        return record_run(db, header(as_of, **other), iter(rows), PROGRAM, at=writer.now(), by="周示例")


def make_recorded(file: Path) -> None:
    """Make a database with every kind of row: all registers, a correction, two runs, settings."""
    writer = new_writer(file)
    enter_county(writer)
    enter(writer, "inspections", [sample("S1"), sample("S2", "2020-04-01", "fail")])
    enter(writer, "inspections", [sample("S1", agency="示例站", item="农残")], reason="补填检测机构")
    with writer.transaction() as db:
        settings.make_demonstration(db, date(2021, 9, 30), at=writer.now(), by="init")
    record(writer, date(2021, 6, 30))
    record(writer, date(2021, 7, 31))
    writer.close()


def raw(file: Path) -> sqlite3.Connection:
    """A connection as somebody else's tool opens one: no pragma of ours."""
    return sqlite3.connect(file, isolation_level=None)


def behind_the_back(file: Path, *statements: str) -> None:
    """Change protected rows the way somebody with the file and some patience would: triggers away and back."""
    conn = raw(file)
    triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        conn.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        conn.execute(statement)
    for _, sql in triggers:
        conn.execute(sql)
    conn.close()


def differences(file: Path, anchor: tuple[int, str] | None = None) -> list[Difference]:
    with reading(file) as db:
        return check(db, anchor)

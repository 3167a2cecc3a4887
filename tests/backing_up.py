"""A small office to make copies of, and times at which they are made."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import settings
from data.store import Writer, open_writer, reading
from office.__main__ import main
from office.backup.making import Made, make
from tests.recorded import make_recorded

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)  # a Monday, noon in the office


@pytest.fixture(autouse=True)
def folders_beside_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine's own environment says."""
    for name in ("OFFICE_BACKUP", "OFFICE_BACKUP_SECOND", "OFFICE_ADDRESS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A database in which every kind of row was recorded once, in a folder of its own."""
    folder = tmp_path / "office"
    folder.mkdir(mode=0o700)
    make_recorded(folder / "office.db")
    return folder / "office.db"


def made_at(path: Path, *instants: datetime, cause: Any = "daily", by: str = "system") -> list[Made]:
    """Copies made at these instants, recorded."""
    with open_writer(path) as writer:
        return [make(path, writer, cause, by, at=at) for at in instants]


def changed(path: Path, value: str = "示例") -> None:
    """One more entry in the chain."""
    with open_writer(path) as writer:
        changed_in(writer, value)


def changed_in(writer: Writer, value: str) -> None:
    """The same where the writer is at hand."""
    with writer.transaction() as db:
        settings.put(db, "office_name", value, at=NOON, by="示例管理员")


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with reading(path) as db:
        return list(db.execute(sql).fetchall())


def command(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """A command's exit code and its document."""
    code = main(["--db", str(path), *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)

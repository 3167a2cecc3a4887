"""What `init` does to a database that is there already."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.people import DEMONSTRATION_PEOPLE, active_people, add_demonstration_people
from data.seed import WORKING_DAY
from data.settings import make_demonstration
from data.store import open_writer, reading, utc_now
from office.starting import start


def test_an_upgraded_demonstration_gets_the_invented_people_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "office.db"
    fewer = [one for one in DEMONSTRATION_PEOPLE if one[0] != "demo-head"]
    monkeypatch.setattr("data.people.DEMONSTRATION_PEOPLE", fewer)
    with open_writer(file, migrate=True) as writer, writer.transaction() as db:
        make_demonstration(db, WORKING_DAY, at=utc_now(), by="init")
        add_demonstration_people(db, at=utc_now())
        assert len(active_people(db)) == len(fewer)
    monkeypatch.undo()
    assert start(file).demonstration
    with reading(file) as db:
        assert len(active_people(db)) == len(DEMONSTRATION_PEOPLE)


def test_an_office_of_its_own_gets_no_invented_people(tmp_path: Path) -> None:
    assert not start(tmp_path / "office.db").demonstration
    with reading(tmp_path / "office.db") as db:
        assert active_people(db) == []

"""What `init` does to a database that is there already."""

from __future__ import annotations

from pathlib import Path

from data.people import DEMONSTRATION_PEOPLE, active_people
from data.store import open_writer, reading
from office.starting import start, start_demonstration


def test_an_upgraded_demonstration_gets_the_invented_people_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    start_demonstration(file, households=5)
    with open_writer(file) as writer, writer.transaction() as db:
        db.execute("DELETE FROM people WHERE login = 'demo-head'")
    assert start(file).demonstration
    with reading(file) as db:
        assert len(active_people(db)) == len(DEMONSTRATION_PEOPLE)


def test_an_office_of_its_own_gets_no_invented_people(tmp_path: Path) -> None:
    assert not start(tmp_path / "office.db").demonstration
    with reading(tmp_path / "office.db") as db:
        assert active_people(db) == []

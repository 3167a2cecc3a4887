"""Verify looks through every case: the period is counted again, and whether two people did it is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data import people
from data.store import reading
from office.rechecking.people import check
from tests.casework import Office
from tests.registered import register
from tests.test_acts_table import write


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "office.db")
    with office.writer:
        yield office


def found(office: Office) -> list[tuple[str, str]]:
    with reading(office.file) as db:
        return [(one.place, one.message.zh) for one in check(db)]


def test_a_case_that_went_its_way_is_in_order(office: Office) -> None:
    office.revoked()
    assert found(office) == []


@pytest.mark.parametrize(("until", "differences"), [("2021-09-21", 1), ("2021-09-22", 0), ("2021-09-23", 0)])
def test_a_period_that_ends_before_the_calendar_says_so_is_named(
    office: Office, until: str, differences: int
) -> None:
    office.notified()
    write(office, "deliver", defence_until=until, details='{"certain":true,"defence_working_days":1}')
    said = found(office)
    assert len(said) == differences
    assert all(place == "acts 4" and "应不早于 2021-09-22" in words for place, words in said)


@pytest.mark.parametrize(("until", "differences"), [("2021-09-18", 1), ("2021-09-19", 0)])
def test_a_period_over_days_not_announced_then_has_at_least_its_days(
    office: Office, until: str, differences: int
) -> None:
    office.notified()
    write(office, "deliver", defence_until=until, details='{"certain":false}')
    assert len(found(office)) == differences


def test_a_decision_by_the_proposer_under_another_name_is_named(office: Office) -> None:
    office.heard().on(date(2021, 9, 23))
    write(office, "revoke", by="李·录入")
    assert found(office) == [
        ("acts 6", "作出决定的“李·录入”与发出告知书的“李录入”（处理 3）是同一人。"),
    ]


def test_a_login_is_known_as_the_person_of_that_name(office: Office) -> None:
    office.heard()
    write(office, "revoke", by="l.luru")
    assert found(office) == []
    with office.writer.transaction() as db:
        people.add_demonstration_people(db, at=office.clock())
        register(db, "l.luru", "李录入", "clerk", at=office.clock())
    assert [place for place, _ in found(office)] == ["acts 6"]

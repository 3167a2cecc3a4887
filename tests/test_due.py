"""What is due on a day: the day before, of and after each limit; a renewal asked for, a station closed, a task finished late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.store import Database, Writer, reading
from office.due import Due, due, month_due, months_later
from office.importing import carry_out
from tests.entering import new_writer
from tests.register_rows import Row, enter_rows, example_row, needed_by, reported


@pytest.fixture
def writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    monkeypatch.setenv("OFFICE_DB", str(tmp_path / "office.db"))  # answers are kept for the database in use
    with new_writer(tmp_path / "office.db") as writer:
        yield writer


@pytest.mark.parametrize(
    ("day", "month", "limit"),
    [
        ("2021-09-05", "2021-07", "2021-08-05"),
        ("2021-09-06", "2021-08", "2021-09-05"),
        ("2021-01-05", "2020-11", "2020-12-05"),
        ("2021-01-06", "2020-12", "2021-01-05"),
    ],
)
def test_the_month_due_changes_the_day_after_the_limit(day: str, month: str, limit: str) -> None:
    assert month_due(date.fromisoformat(day), 5) == (month, date.fromisoformat(limit))


def test_three_months_later_is_the_same_day_or_the_months_last() -> None:
    assert months_later(date(2021, 9, 30), 3) == date(2021, 12, 30)
    assert months_later(date(2021, 11, 30), 3) == date(2022, 2, 28)
    assert months_later(date(2019, 11, 30), 3) == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("day", "listed"),
    [("2023-05-13", 0), ("2023-05-14", 1), ("2023-08-14", 1), ("2023-08-15", 0)],
)
def test_a_certificate_is_listed_from_three_months_before_its_end_until_it(
    writer: Writer, day: str, listed: int
) -> None:
    _enter(writer, "certifications", expires_on="2023-08-14")
    assert _due(writer, day).count("certificates") == listed


def test_a_renewal_applied_for_takes_the_old_certificate_off_from_that_day_on(writer: Writer) -> None:
    _enter(writer, "certifications", certificate_no="LB1", expires_on="2023-08-14")
    renewal = {"certificate_no": "LB2", "renewal_of": "LB1", "issued_on": "", "expires_on": ""}
    _enter(writer, "certifications", applied_on="2023-06-01", **renewal)
    assert [row.key for row in _due(writer, "2023-05-31").lists["certificates"]] == ["LB1"]
    assert _due(writer, "2023-06-01").lists["certificates"] == ()


def test_a_withdrawn_certificate_needs_no_renewal(writer: Writer) -> None:
    _enter(writer, "certifications", expires_on="2023-08-14", withdrawn_on="2023-06-10")
    assert _due(writer, "2023-06-09").count("certificates") == 1
    assert _due(writer, "2023-06-10").count("certificates") == 0


def test_a_return_is_missed_the_day_after_its_limit_and_until_it_comes(writer: Writer) -> None:
    _enter(writer, "station_returns", month="2021-08", reported_on="2021-09-08")
    (missing,) = _due(writer, "2021-09-06").lists["returns"]
    assert missing.register == "stations" and missing.days == -1
    assert _due(writer, "2021-09-06").month == "2021-08"
    assert _due(writer, "2021-09-07").count("returns") == 1
    assert _due(writer, "2021-09-08").count("returns") == 0


@pytest.mark.parametrize(
    ("opened", "closed", "owed"),
    [
        ("2021-08-31", "", 1),
        ("2021-09-01", "", 0),
        ("2020-01-01", "2021-08-02", 1),
        ("2020-01-01", "2021-08-01", 0),
    ],
)
def test_a_station_owes_the_months_in_which_it_was_open(
    writer: Writer, opened: str, closed: str, owed: int
) -> None:
    _enter(writer, "stations", opened_on=opened, closed_on=closed)
    assert _due(writer, "2021-09-30").count("returns") == owed


@pytest.mark.parametrize(
    ("register", "of", "limit", "done"),
    [
        ("assignments", "tasks", "due_on", "finished_on"),
        ("supervisions", "findings", "rectify_by", "rectified_on"),
    ],
)
def test_a_task_or_finding_is_listed_from_the_day_after_its_limit_until_it_is_done(
    writer: Writer, register: str, of: str, limit: str, done: str
) -> None:
    since = "given_on" if register == "assignments" else "found_on"
    _enter(writer, register, **{since: "2021-04-01", limit: "2021-06-30", done: "2021-07-20"})
    counts = [_due(writer, f"2021-{day}").count(of) for day in ("06-30", "07-01", "07-19", "07-20")]
    assert counts == [0, 1, 1, 0]


def test_a_correction_is_what_counts(writer: Writer) -> None:
    row = _enter(writer, "supervisions", found_on="2021-04-01", rectify_by="2021-06-30", rectified_on="")
    assert _due(writer, "2021-07-01").count("findings") == 1
    _correct(writer, "supervisions", {**row, "rectify_by": "2021-08-31"})
    assert _due(writer, "2021-07-01").count("findings") == 0


def _enter(writer: Writer, register: str, **values: str) -> Row:
    """The register's example row with other values, after whatever it refers to."""
    with writer.transaction() as db:
        parents = [name for name in needed_by(register) if not _any(db, name)]
    row = example_row(register, **values)
    enter_rows(writer, {**{name: example_row(name) for name in parents}, register: row})
    return row


def _correct(writer: Writer, register: str, row: Row) -> None:
    report = reported(writer, register, row, update=True)
    assert report.good, report.faults
    carry_out(writer, report, by="周示例", reason="期限写错", source="entry-form")


def _any(db: Database, register: str) -> bool:
    return db.execute(f"SELECT 1 FROM {register} LIMIT 1").fetchone() is not None


def _due(writer: Writer, day: str) -> Due:
    with reading(writer.path) as db:
        return due(db, date.fromisoformat(day))

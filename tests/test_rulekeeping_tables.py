"""What the tables of rules and audit refuse by themselves, whoever writes to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.casework.ledger import CASEWORK_TABLES, next_id, record
from data.decisions import keep_program
from data.migrations import migrations
from data.store import Database, Writer
from office.programs import program_named
from office.recording import decided_at, record_in
from office.rulekeeping.publishing import publish_baseline
from tests.entering import enter, enter_county, new_writer, sample

TODAY = date(2021, 6, 1)
AT = datetime(2021, 6, 1, 4, tzinfo=UTC)
DIGEST = program_named().digest
TABLES = (
    *("rule_drafts", "rule_cases", "publications", "publication_steps"),
    *("confirmations", "audit_samples", "audit_findings", "rechecks"),
)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with new_writer(tmp_path / "office.db") as found:
        enter_county(found)
        enter(found, "inspections", [sample("S1", "2021-05-01")])
        with found.transaction() as db:
            publish_baseline(db, at=AT, day=TODAY)
            record_in(db, decided_at(db, TODAY, AT), by="乙", at=AT)
        yield found


def put(writer: Writer, action: str, table: str, by: str = "甲", **row: Any) -> None:
    with writer.transaction() as db:
        record(db, action, {table: [{"id": next_id(db, table), **row}]}, at=AT, by=by)


def proposal(writer: Writer, **changed: Any) -> None:
    row: dict[str, Any] = {
        "program": "produce-support",
        "digest": DIGEST,
        "kind": "proposal",
        "effective_on": "2021-06-01",
        "based_on": DIGEST,
        "done_on": "2021-06-01",
        "reason": "试行",
    }
    put(writer, "publication", "publications", **{**row, **changed})


def step(writer: Writer, by: str = "乙", **changed: Any) -> None:
    with writer.transaction() as db:
        last = next_id(db, "publications") - 1
    row: dict[str, Any] = {"publication_id": last, "kind": "publish", "done_on": "2021-06-01"}
    put(writer, "publication", "publication_steps", by, **{**row, **changed})


def refused(by: str | None = None) -> Any:
    return pytest.raises(sqlite3.IntegrityError, match=by)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_changed_or_taken_away(writer: Writer, table: str) -> None:
    """Refused by the trigger even where the table is empty: the triggers stand."""
    with writer.transaction() as db:
        names = {
            name
            for (name,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
            )
        }
    assert {f"{table}_no_update", f"{table}_no_delete", f"{table}_continues"} <= names
    assert table in CASEWORK_TABLES


def test_the_step_makes_exactly_these_tables() -> None:
    db = Database(memory=True)
    migrations.apply(db, stop_before="m0004_rules_and_audit")
    before = set(db.table_names())
    migrations.apply(db, stop_before="m0005_accounts_and_protection")
    assert set(db.table_names()) - before == set(TABLES)


def test_a_proposal_waits_for_one_other_person(writer: Writer) -> None:
    proposal(writer)
    for same in ("甲", " 甲 ", "　甲"):
        with refused("another person"):
            step(writer, same)
    step(writer, "乙")
    with refused():
        step(writer, "丙")


@pytest.mark.parametrize(
    "changed",
    [
        {"effective_on": "2021-05-31"},
        {"effective_on": None},
        {"done_on": "2021-05-31", "effective_on": "2021-05-31"},
        {"done_on": "2021-06-02", "effective_on": "2021-06-02"},
        {"based_on": None},
        {"reason": "　"},
        {"digest": "0" * 64},
        {"program": "unknown"},
        {"kind": "baseline", "effective_on": None, "based_on": None},
    ],
    ids=str,
)
def test_a_proposal_is_of_today_for_today_or_later_with_a_reason(
    writer: Writer, changed: dict[str, Any]
) -> None:
    with refused():
        proposal(writer, **changed)
    proposal(writer)


def test_one_change_waits_at_a_time_and_the_next_does_not_count_earlier(writer: Writer) -> None:
    proposal(writer, effective_on="2021-08-01")
    with refused("one change is proposed at a time"):
        proposal(writer)
    step(writer)
    proposal(writer, effective_on="2021-07-31")
    with refused("not before the rule published last"):
        step(writer)
    step(writer, kind="drop", reason="早了一天")
    proposal(writer, effective_on="2021-08-01")
    step(writer)


def test_dropping_needs_a_reason_and_a_baseline_has_no_steps(writer: Writer) -> None:
    with refused("a proposal is published"):
        step(writer)
    proposal(writer)
    with refused():
        step(writer, kind="drop", reason=" ")
    step(writer, "甲", kind="drop", reason="写错了")


def test_versions_of_a_draft_follow_one_another(writer: Writer) -> None:
    row: dict[str, Any] = {"name": "草", "program": "p", "removed": 0, "based_on": DIGEST, "text": "x"}
    for version in (0, 2):
        with refused():
            put(writer, "rule_draft", "rule_drafts", version=version, **row)
    put(writer, "rule_draft", "rule_drafts", version=1, **row)
    with refused():
        put(writer, "rule_draft", "rule_drafts", version=1, **row)
    put(writer, "rule_draft", "rule_drafts", version=2, **row)


@pytest.mark.parametrize("missing", ["confirmed_by", "confirmed_on", "document_no"])
def test_a_confirmation_says_who_when_and_by_which_document(writer: Writer, missing: str) -> None:
    row: dict[str, Any] = {
        "file": "procedure",
        "part": "x",
        "kind": "confirm",
        "stated": "s",
        "confirmed_by": "示例领导小组",
        "confirmed_on": "2021-06-01",
        "document_no": "示例〔2021〕1号",
        "done_on": "2021-06-01",
    }
    with refused():
        put(writer, "confirmation", "confirmations", **{**row, missing: None})
    with refused():
        put(writer, "confirmation", "confirmations", **{**row, "confirmed_on": "2021-06-02"})
    with refused():
        put(writer, "confirmation", "confirmations", **{**row, "kind": "withdraw", "remark": " "})
    put(writer, "confirmation", "confirmations", **row)


def test_a_finding_is_about_a_decision_of_its_sample(writer: Writer) -> None:
    drawn: dict[str, Any] = {
        "number": "抽样〔2021〕1号",
        "seed": "1",
        "size": 1,
        "population": 2,
        "population_digest": "d",
        "asked": "{}",
        "drawn": "[1]",
        "done_on": "2021-06-01",
    }
    put(writer, "audit_sample", "audit_samples", **drawn)
    found: dict[str, Any] = {"sample_id": 1, "kind": "finding", "text": "缺材料", "done_on": "2021-06-01"}
    with refused("about a decision of its sample"):
        put(writer, "audit_finding", "audit_findings", decision_id=2, **found)
    with refused():
        put(writer, "audit_finding", "audit_findings", decision_id=1, **{**found, "text": " "})
    with refused():
        put(writer, "audit_finding", "audit_findings", decision_id=1, **{**found, "kind": "looked_at"})
    put(writer, "audit_finding", "audit_findings", decision_id=1, **found)
    put(
        writer,
        "audit_finding",
        "audit_findings",
        decision_id=2,
        kind="looked_at",
        text="已核对",
        done_on="2021-06-01",
    )


def test_a_recheck_without_differences_has_no_first_and_the_other_way_round(writer: Writer) -> None:
    row: dict[str, Any] = {
        "head_seq": 1,
        "head_hash": "h",
        "decisions": 2,
        "seconds": 1,
        "done_on": "2021-06-01",
    }
    for differences, first in ((0, "{}"), (1, None)):
        with refused():
            put(writer, "recheck", "rechecks", differences=differences, first=first, **row)
    put(writer, "recheck", "rechecks", differences=0, **row)


def test_the_text_of_a_publication_is_kept_with_it(writer: Writer) -> None:
    """A publication whose text nobody keeps does not get to the end of its transaction."""
    with pytest.raises(sqlite3.IntegrityError), writer.transaction() as db:
        row = {
            "program": "neu",
            "digest": "1" * 64,
            "kind": "baseline",
            "done_on": "2021-06-01",
            "reason": "x",
        }
        record(
            db, "publication", {"publications": [{"id": next_id(db, "publications"), **row}]}, at=AT, by="甲"
        )
    with writer.transaction() as db:
        row["program"] = "neu"
        seq = record(
            db, "publication", {"publications": [{"id": next_id(db, "publications"), **row}]}, at=AT, by="甲"
        )
        keep_program(db, "1" * 64, "neu", "x", seq)

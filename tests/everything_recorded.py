"""A small office in which everything has happened once: a row at least in every table that the chain protects."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from data import settings
from data.casework.ledger import CASEWORK_TABLES, next_id, record
from data.register import REGISTERS
from data.rulekeeping.populations import Frame, last_decision, members
from office.audit.drawing import population_digest, smallest
from tests.casework import CLERK, REVIEWER
from tests.register_rows import enter_rows, example_row
from tests.settling import SettlingOffice, shipment

FAILURES = (date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13))
PROPOSED, DELIVERED_UNTIL = date(2021, 9, 14), date(2021, 9, 23)


def everything_recorded(file: Path) -> None:
    """Make the database: two settlements, a right taken away by the whole path, and a row in every other table."""
    office = SettlingOffice(file)
    with office.writer as writer:
        office.bulk()
        office.ship(shipment("L1"), shipment("L2", "H2/P1"))
        office.settled()
        office.correct_shipment(shipment("L1", refunded=1))
        office.settled()
        for day in FAILURES:
            office.on(day).inspect("fail")
        office.on(PROPOSED).act("notify", CLERK, benefit="logistics")
        office.act("deliver", CLERK, benefit="logistics", how="in_person", to="示例户主")
        office.on(DELIVERED_UNTIL).act("hear", CLERK, benefit="logistics")
        office.act("revoke", REVIEWER, benefit="logistics", reason="连续三次不合格")
        for (
            name
        ) in REGISTERS:  # on the day of the clock on the wall: nothing is done on the office's own after that
            enter_rows(writer, {name: example_row(name)})
        with writer.transaction() as db:
            settings.put(db, "letterhead_example", "示例电商办", at=office.clock(), by="示例管理员")
            _fill(db, office)


def _fill(db: Database, office: SettlingOffice) -> None:
    """A row for each table of casework that has none."""
    day = settings.day_of_entry(db, office.clock()).isoformat()
    for action, table, row in [
        *_told(db, day),
        *_of_rules(db, day),
        *_of_audit(db, day),
        *_of_protection(day),
    ]:
        by = "示例负责人" if table.endswith("_steps") else "示例审核员"
        named = {"id": next_id(db, table), **row}
        record(db, action, {table: [named]}, at=office.clock(), by=by)
    assert [name for name in CASEWORK_TABLES if not db.table(name).count] == []


Told = list[tuple[str, str, dict[str, Any]]]


def _told(db: Database, day: str) -> Told:
    (township,) = db.execute("SELECT min(township_code) FROM townships").fetchone()
    (grant,) = db.execute(
        "SELECT min(id) FROM acts WHERE kind = 'grant' AND benefit = 'packaging'"
    ).fetchone()
    known = {"done_on": day, "known_at": f"{day}T00:00:00.000000Z"}
    receipt = {"slip_no": "示例单1", "kind": "receive", "item_entity": 1, "quantity": 20, "to_place": 1}
    notice = {
        "number": "示例公示1号",
        "kind": "packaging",
        "period_from": day,
        "period_to": day,
        "posted_on": day,
        "days": 1,
        "ends_on": day,
        "place": "示例公告栏",
        "phone": "0000-0000000",
        "entries": json.dumps([{"rests_on": [grant]}]),
    }
    step = {"notice_id": 1, "kind": "objection", "done_on": day, "text": "示例异议"}
    figure = {**known, "target": "示例目标", "as_of": day, "digest": "0" * 64, "figures": "{}"}
    bulletin = {
        **known,
        "month": "2021-08",
        "edition": 1,
        "number": "示例1号",
        "context": "{}",
        "changes": "[]",
    }
    period = {"period_from": "2021-01-01", "period_to": "2021-06-30", "edition": 1}
    assessed = {**known, **period, "number": "示例2号", "digest": "0" * 64, "scores": "[]", "changes": "[]"}
    veto = {"township_code": township, "year": 2021, "kind": "impose", "done_on": day, "reason": "示例理由"}
    return [
        ("packaging", "packaging_moves", {**receipt, "done_on": day}),
        ("public_notice", "public_notices", notice),
        ("public_notice", "public_notice_steps", step),
        ("reported_figure", "reported_figures", figure),
        ("scenario", "scenarios", {"name": "示例", "version": 1, "removed": 0, "levers": "{}"}),
        ("bulletin", "bulletins", bulletin),
        ("assessment", "assessments", assessed),
        ("veto", "vetoes", veto),
    ]


def _of_rules(db: Database, day: str) -> Told:
    (digest,) = db.execute("SELECT digest FROM programs WHERE program = 'produce-support'").fetchone()
    named = {"program": "produce-support", "version": 1, "removed": 0, "text": "# 示例"}
    baseline = {"program": "produce-support", "digest": digest, "done_on": day, "reason": "示例：随软件带来"}
    proposal = {**baseline, "kind": "proposal", "effective_on": day, "based_on": digest, "reason": "示例"}
    look = {"file": "procedure", "part": "defence_working_days", "kind": "look", "stated": "0" * 64}
    return [
        ("rule_draft", "rule_drafts", {**named, "name": "示例草稿", "based_on": digest}),
        ("rule_case", "rule_cases", {**named, "name": "示例情形"}),
        ("publication", "publications", {**baseline, "kind": "baseline"}),
        ("publication", "publications", proposal),
        ("publication", "publication_steps", {"publication_id": 2, "kind": "publish", "done_on": day}),
        ("confirmation", "confirmations", {**look, "done_on": day}),
    ]


def _of_audit(db: Database, day: str) -> Told:
    (seq, head) = db.execute("SELECT seq, hash FROM chain ORDER BY seq DESC LIMIT 1").fetchone()
    frame = Frame(known_at=f"{day}T00:00:00.000000Z", last=last_decision(db))
    numbers = [one.id for one in members(db, frame)]
    asked = json.dumps({**asdict(frame), "strata": ""})
    sample = {
        "number": "示例抽样1号",
        "seed": "示例种子",
        "size": 1,
        "population": len(numbers),
        "asked": asked,
    }
    (drawn,) = smallest("示例种子", numbers, 1)
    finding = {"sample_id": 1, "decision_id": drawn, "kind": "in_order", "done_on": day}
    recheck = {"head_seq": seq, "head_hash": head, "decisions": 1, "differences": 0, "seconds": 1}
    return [
        (
            "audit_sample",
            "audit_samples",
            {
                **sample,
                "population_digest": population_digest(numbers),
                "drawn": json.dumps([drawn]),
                "done_on": day,
            },
        ),
        ("audit_finding", "audit_findings", finding),
        ("recheck", "rechecks", {**recheck, "done_on": day}),
    ]


def _of_protection(day: str) -> Told:
    account = {"login": "demo-example", "name": "示例人员", "role": "auditor", "active": 1, "kind": "add"}
    extract = {"kind": "extract", "register": "households", "household_no": "H1", "fields": "head_name"}
    return [
        ("account", "accounts", account),
        ("personal", "personal_steps", {**extract, "rows": 1, "reason": "示例理由", "done_on": day}),
        ("backup", "backups", {"kind": "make", "cause": "asked", "file": "示例备份.db"}),
    ]

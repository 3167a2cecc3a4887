"""本户信息: a household is given every row that tells of it, in every version, and of nobody else; and it is written down."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data.integrity import check
from data.protection.personal_rows import household_of, kept_of
from data.protection.personal_steps import steps
from data.register import REGISTERS
from data.store import Database
from data.versions import current
from office import running
from office.casework.asked import Doer
from office.importing import carry_out
from office.personal.extract import Extract, extract, overview
from office.personal.showing import Shown, show, take_pack
from office.refusal import Refused
from tests.register_rows import Row, example_row, reported, rows_for
from tests.test_papers import text_of

CLERK = Doer("demo-clerk", "clerk")
REASON = "示例：户主本人要求"


@pytest.fixture
def demo(demo_db: Path, run_on: Callable[[Path], None]) -> Path:
    run_on(demo_db)
    return demo_db


def made(number: str, doer: Doer = CLERK, reason: str = REASON) -> Extract:
    with running.reader() as db:
        return extract(db, running.writer(), number, reason, doer=doer)


def entered(rows: Mapping[str, Row]) -> None:
    for name, row in rows.items():
        report = reported(running.writer(), name, row)
        assert report.good
        carry_out(running.writer(), report, by="示例录入员", source="entry-form")


def busiest(db: Database) -> str:
    """The household about which most was decided and done."""
    sql = (
        "SELECT household_no FROM settlement_lines JOIN acts ON acts.subject LIKE household_no || '/%'"
        " GROUP BY household_no ORDER BY count(*) DESC LIMIT 1"
    )
    return str(db.execute(sql).fetchone()[0])


def test_every_row_that_names_the_household_is_in_it_and_counted_apart(demo: Path) -> None:
    """Counted again by a plain walk over the tables, not by the references that the function follows."""
    with running.reader() as db:
        number = busiest(db)
        kept = kept_of(db, number)
        assert kept is not None
        for name, register in REGISTERS.items():
            if "household_no" not in register.by_name:
                continue
            sql = f"SELECT count(*) FROM {name} WHERE household_no = ?"
            assert len(kept.registers.get(name, [])) == db.execute(sql, [number]).fetchone()[0], name
        for table in ("decisions", "acts", "packaging_moves"):
            sql = f"SELECT count(*) FROM {table} WHERE subject LIKE ?"
            assert len(kept.casework.get(table, [])) == db.execute(sql, [f"{number}/%"]).fetchone()[0], table
    assert {"households", "goods", "inspections", "shipments"} <= set(kept.registers)
    assert {"decisions", "acts", "settlement_lines", "documents", "public_notices"} <= set(kept.casework)


def test_no_other_household_is_in_it(demo: Path) -> None:
    with running.reader() as db:
        number = busiest(db)
        others = [
            row[0] for row in db.execute("SELECT head_name FROM households WHERE household_no <> ?", [number])
        ]
        numbers = [
            row[0]
            for row in db.execute("SELECT household_no FROM households WHERE household_no <> ?", [number])
        ]
    files = made(number)
    texts = text_of(files.docx) + files.json.decode()
    assert [name for name in others if name in texts] == []
    assert [one for one in numbers if f'"{one}"' in texts or f"{one}/" in texts] == []


def test_the_three_files_tell_the_same_rows_in_plain_words(demo: Path) -> None:
    with running.reader() as db:
        number = busiest(db)
        counts = overview(db, number)
    files = made(number)
    assert counts is not None and sum(counts.values()) == files.rows
    book = load_workbook(BytesIO(files.xlsx))
    assert book.sheetnames == ["本户信息", "说明"]
    assert book["本户信息"].max_row == files.rows + 1
    notes = {str(row[0].value): str(row[1].value) for row in book["说明"].iter_rows()}
    assert "只交给本户" in notes["含个人信息"] and "示例录入员" in notes["提供"]
    data = json.loads(files.json)
    assert sum(len(rows) for part in ("registers", "casework") for rows in data[part].values()) == files.rows
    words = text_of(files.docx)
    for said in ("第四十五条", "物流补贴申请资格：", "公示", "户编号", "保存多久", "示例录入员"):
        assert said in words
    assert not any(word in words for word in ("eligible", "revoked", "None", "{{"))


def test_it_is_written_down_with_who_why_and_of_whom(demo: Path) -> None:
    with running.reader() as db:
        number = busiest(db)
    files = made(number)
    with running.reader() as db:
        (step,) = steps(db)
        assert check(db) == []
    assert (step.id, step.kind, step.household_no, step.rows) == (files.step, "extract", number, files.rows)
    assert (step.recorded_by, step.reason) == ("示例录入员", REASON)
    assert "inspections" in step.fields.split(",")


def test_versions_before_a_correction_are_in_it(inside: Path) -> None:
    entered(rows_for("goods"))
    renamed = reported(
        running.writer(), "households", example_row("households", head_name="新户主"), update=True
    )
    carry_out(running.writer(), renamed, by="示例审核员", reason="姓名写错", source="entry-form")
    files = made("H0001")
    words = text_of(files.docx)
    assert "示例户主" in words and "新户主" in words and "姓名写错" in words and "（第2版）" in words


def test_people_and_training_tied_to_the_household_are_in_it(inside: Path) -> None:
    entered(rows_for("attendances"))
    with running.reader() as db:
        kept = kept_of(db, "H0001")
    assert kept is not None and {"participants", "attendances"} <= set(kept.registers)


def test_who_was_shown_its_names_is_in_it_also_with_all_others(demo: Path) -> None:
    with running.reader() as db:
        number = busiest(db)
        settlement = db.execute(
            "SELECT settlements.number FROM settlement_lines JOIN settlements ON settlements.id = settlement_id"
            " WHERE household_no = ?",
            [number],
        ).fetchone()[0]
    auditor = Doer("demo-auditor", "auditor")
    for what in (
        Shown("goods", f"{number}/P01", ("head_name",), household_no=number),
        Shown("settlements", settlement, ("head_name",), rows=30),
        Shown("goods", "H0002/P01", ("head_name",), household_no="H0002"),
        Shown("settlements", "别的结算", ("head_name",), rows=30),
    ):
        show(running.writer(), what, "示例：抽样核对", doer=auditor)
    take_pack(running.writer(), 1_000, "示例：年度审计", doer=auditor)
    with running.reader() as db:
        kept = kept_of(db, number)
    assert kept is not None
    assert [row["id"] for row in kept.casework["personal_steps"]] == [1, 2, 5]


def test_a_row_belongs_to_a_household_through_the_rows_that_it_names(demo: Path) -> None:
    asked = {
        "household_interest": "SELECT i.claim_no, l.household_no FROM household_interest AS i"
        " JOIN household_loans AS l USING (loan_no) LIMIT 1",
        "trace_batches": "SELECT trace_code, household_no FROM trace_batches LIMIT 1",
        "certifications": "SELECT certificate_no, NULL FROM certifications LIMIT 1",
    }
    with running.reader() as db:
        for name, sql in asked.items():
            key, household = db.execute(sql).fetchone()
            row = current(db, REGISTERS[name], key)
            assert row is not None and household_of(db, REGISTERS[name], row) == household, name


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_may_not_is_refused_and_nothing_is_written(demo: Path, role: str) -> None:
    for said in (role, "clerk", None):
        with pytest.raises(Refused):
            made("H0001", Doer(f"demo-{role}", said))
    with running.reader() as db:
        assert steps(db) == []


@pytest.mark.parametrize(
    ("number", "reason", "said"),
    [
        ("H9999", REASON, "H9999"),
        ("' OR 1=1 --", REASON, "没有户编号"),
        ("H0001", "", "理由"),
        ("H0001", "为" * 201, "200"),
        ("H0001", "身份证 110105194912310021", "身份证"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    demo: Path, number: str, reason: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        made(number, reason=reason)
    assert said in refused.value.words.zh and refused.value.words.en
    with running.reader() as db:
        assert steps(db) == []

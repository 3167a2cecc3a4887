"""What an import would do is known before anything is written: new, changed, unchanged, and every fault."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from data.chain import head
from data.importing import write
from data.integrity import check
from data.problems import Refused
from data.register import REGISTERS
from data.store import Writer, reading
from office.importing import prepare
from tests.entering import Rows, enter, enter_county, good, household, new_writer, planned, sample

INSPECTIONS = REGISTERS["inspections"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def writer(file: Path) -> Iterator[Writer]:
    with new_writer(file) as writer:
        enter_county(writer)
        yield writer
        with writer.transaction() as db:
            assert check(db) == []


def faults(
    writer: Writer, rows: Rows, *, register: str = "inspections", update: bool = False
) -> list[tuple[Any, ...]]:
    found = planned(writer, register, rows, update=update).faults
    assert all(fault.message.zh and fault.message.en for fault in found)
    return [(fault.row, fault.column, fault.value) for fault in found]


def message(writer: Writer, rows: Rows, **more: Any) -> str:
    return planned(writer, "inspections", rows, **more).faults[0].message.zh


def counts(writer: Writer, rows: Rows, **more: Any) -> tuple[int, int, int, int]:
    plan = planned(writer, "inspections", rows, **more)
    return len(plan.new), len(plan.changed), plan.unchanged, len(plan.faults)


def test_an_import_is_one_entry_with_the_digest_of_its_rows(writer: Writer, file: Path) -> None:
    seq = enter(writer, "inspections", [sample("S1"), sample("S2", item="农残")])
    with reading(file) as db:
        assert seq == head(db).seq == 6
        action, actor, body = db.execute("SELECT action, actor, body FROM chain WHERE seq = 6").fetchone()
        rows = db.execute(
            "SELECT id, entity, version, sample_no, household_no, product_code, sampling_date, result_date,"
            " method, item, measured, limit_value, conclusion, reinspection_of, agency, good_entity,"
            " original_entity FROM inspections ORDER BY id"
        ).fetchall()
    assert (action, actor) == ("import", "周示例")
    assert json.loads(body) == {
        "register": "inspections",
        "rows": 2,
        "new": 2,
        "changed": 0,
        "digest": sha256(b"\n".join(map(rfc8785.dumps, rows))).hexdigest(),
        "source": "sha256:0",
        "reason": None,
    }


def test_the_same_file_again_changes_nothing(writer: Writer, file: Path) -> None:
    rows = [sample("S1"), sample("S2")]
    enter(writer, "inspections", rows)
    before = file.read_bytes()
    assert counts(writer, rows) == counts(writer, rows, update=True) == (0, 0, 2, 0)
    assert enter(writer, "inspections", rows) is None
    with reading(file) as db:
        assert head(db).seq == 6 and db.table("inspections").count == 2
    assert file.read_bytes() == before


def test_a_known_row_beside_a_new_one_is_unchanged(writer: Writer) -> None:
    enter(writer, "inspections", [sample("S1")])
    assert counts(writer, [sample("S1"), sample("S2")]) == (1, 0, 1, 0)


def test_optional_columns_may_be_missing_altogether(writer: Writer) -> None:
    row = {name: value for name, value in sample("S1").items() if value is not None}
    assert counts(writer, [row]) == (1, 0, 0, 0)
    enter(writer, "inspections", [row])
    assert counts(writer, [sample("S1")]) == (0, 0, 1, 0)


def test_a_known_key_with_other_content_is_a_fault_in_each_cell_that_differs(writer: Writer) -> None:
    enter(writer, "inspections", [sample("S1")])
    row = sample("S1", conclusion="fail", agency="示例站")
    assert faults(writer, [sample("S2"), row]) == [(3, "结论", "不合格"), (3, "检测机构", "示例站")]
    text = message(writer, [row])
    assert "“合格”" in text and "“不合格”" in text
    assert "“空白”" in planned(writer, "inspections", [row]).faults[1].message.zh


def test_yes_and_no_are_shown_as_words(writer: Writer) -> None:
    found = planned(writer, "goods", [good("H1", "P1", fit_for_online_sale=0)]).faults
    assert [(fault.column, fault.value) for fault in found] == [("是否符合网销", "否")]


def test_as_a_correction_it_becomes_the_next_version(writer: Writer, file: Path) -> None:
    enter(writer, "inspections", [sample("S1"), sample("S2")])
    plan = planned(
        writer, "inspections", [sample("S2"), sample("S1", conclusion="fail"), sample("S3")], update=True
    )
    assert (len(plan.new), len(plan.changed), plan.unchanged) == (1, 1, 1)
    (change,) = plan.changed
    assert (change.entity, change.version, change.place.row) == (1, 2, 3)
    assert "pass" in change.before and "fail" in change.after
    with writer.transaction() as db:
        write(db, plan, at=writer.now(), by="a", reason="录入有误", source="x")
    with reading(file) as db:
        rows = db.execute("SELECT entity, version, conclusion, reason FROM inspections").fetchall()
    assert rows[2:] == [(3, 1, "pass", "录入有误"), (1, 2, "fail", "录入有误")]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_correction_without_a_reason_is_refused(writer: Writer, file: Path, reason: str | None) -> None:
    enter(writer, "inspections", [sample("S1")])
    plan = planned(writer, "inspections", [sample("S1", conclusion="fail")], update=True)
    with pytest.raises(Refused, match="reason"), writer.transaction() as db:
        write(db, plan, at=writer.now(), by="a", reason=reason, source="x")
    with reading(file) as db:
        assert db.table("inspections").count == 1


def test_a_plan_with_a_fault_is_never_written(writer: Writer) -> None:
    plan = planned(writer, "inspections", [sample("S1"), sample("S2", product_code="P9")])
    with pytest.raises(ValueError, match="faults"), writer.transaction() as db:
        write(db, plan, at=writer.now(), by="a", reason=None, source="x")


def test_a_plan_that_the_register_has_overtaken_is_refused(writer: Writer, file: Path) -> None:
    plan = planned(writer, "inspections", [sample("S1")])
    enter(writer, "inspections", [sample("S1", conclusion="fail")])
    with pytest.raises(Refused, match="changed since"), writer.transaction() as db:
        write(db, plan, at=writer.now(), by="a", reason=None, source="x")
    with reading(file) as db:
        assert db.table("inspections").count == 1


def test_a_row_twice_counts_once(writer: Writer) -> None:
    assert counts(writer, [sample("S1"), sample("S2"), sample("S1")]) == (2, 0, 1, 0)
    enter(writer, "inspections", [sample("S1"), sample("S1")])
    assert counts(writer, [sample("S1"), sample("S1"), sample("S1")]) == (0, 0, 3, 0)


def test_a_key_twice_with_other_content_is_a_fault_in_both_places(writer: Writer) -> None:
    rows = [sample("S1"), sample("S2"), sample("S1", conclusion="fail")]
    for update in (False, True):
        assert faults(writer, rows, update=update) == [(2, "样品编号", "S1"), (4, "样品编号", "S1")]
    first, second = (fault.message for fault in planned(writer, "inspections", rows).faults)
    assert "第 4 行" in first.zh and "row 2" in second.en
    assert "合格 ≠ 不合格" in first.zh and "不合格 ≠ 合格" in second.zh


def test_a_key_of_two_columns_twice_is_told_by_its_last_column(writer: Writer) -> None:
    rows = [good("H2", "P2"), good("H2", "P2", source="acquired")]
    assert faults(writer, rows, register="goods") == [(2, "产品编码", "P2"), (3, "产品编码", "P2")]
    assert planned(writer, "goods", rows).faults[0].message.zh.startswith("H2/P2")


@pytest.mark.parametrize(
    ("register", "row", "column", "named"),
    [
        ("villages", {"village_code": "V2", "township_code": "T9", "village_name": "x", "poor_village": 0}, "乡镇编码", "T9"),
        ("households", household("H3", village_code="V9"), "村编码", "V9"),
        ("goods", good("H9", "P1"), "户编号", "H9"),
        ("goods", good("H1", "P9"), "产品编码", "P9"),
        ("inspections", sample("S1", household_no="H2", product_code="P2"), "产品编码", "没有 H2/P2。"),
        ("inspections", sample("S1", household_no="H9"), "户编号", "没有 H9。"),
        ("inspections", sample("S1", product_code="P9"), "产品编码", "没有 P9。"),
        ("inspections", sample("S1", reinspection_of="S0"), "复检原样品编号", "S0"),
    ],
)  # fmt: skip
def test_what_is_referred_to_must_exist(
    writer: Writer, register: str, row: dict[str, Any], column: str, named: str
) -> None:
    (fault,) = planned(writer, register, [row]).faults
    assert (fault.row, fault.column) == (2, column)
    assert named in fault.message.zh and named.strip("没有。 ") in fault.message.en


def test_an_unknown_household_and_an_unknown_product_are_told_both(writer: Writer) -> None:
    rows = [
        sample("S1", household_no="H9", product_code="P9"),
        sample("S2", household_no="H2", product_code="P2"),
    ]
    assert faults(writer, rows) == [(2, "户编号", "H9"), (2, "产品编码", "P9"), (3, "产品编码", "P2")]


def test_a_row_that_differs_or_stands_there_twice_is_asked_what_it_names_as_well(writer: Writer) -> None:
    enter(writer, "inspections", [sample("S1")])
    rows = [sample("S1", household_no="H9"), sample("S2"), sample("S2", product_code="P9")]
    assert set(faults(writer, rows)) == {
        (2, "户编号", "H9"), (3, "样品编号", "S2"), (4, "样品编号", "S2"), (4, "产品编码", "P9"),
    }  # fmt: skip


def test_every_row_with_a_missing_reference_is_named(writer: Writer) -> None:
    rows = [sample("S1", household_no="H9"), sample("S2"), sample("S3", household_no="H9")]
    assert [row for row, *_ in faults(writer, rows)] == [2, 4]


def test_all_faults_come_at_once_in_the_order_of_the_file(writer: Writer) -> None:
    enter(writer, "inspections", [sample("S1")])
    rows = [
        sample("R1", reinspection_of="S1", conclusion="pending"),
        sample("S2", household_no="H9"),
        sample("S1", conclusion="fail"),
        sample("S3"),
        sample("S3", agency="x"),
    ]
    assert [found[0] for found in faults(writer, rows)] == [2, 3, 4, 5, 6]


def test_codes_with_quotes_and_rare_characters_go_through(writer: Writer) -> None:
    rows = [sample(number, item="“引号”'\"\\\n𠮷") for number in ("样-1", "䶮2", "A'B", '"', "𠮷")]
    enter(writer, "inspections", rows)
    assert counts(writer, rows) == (0, 0, 5, 0)


def test_cycles_are_searched_for_again_after_a_file_was_checked(writer: Writer) -> None:
    with writer.transaction() as db:
        assert prepare(db, INSPECTIONS, "a.csv", b"").faults
    assert gc.isenabled()


def test_nothing_in_a_register_without_rows(writer: Writer) -> None:
    assert counts(writer, []) == (0, 0, 0, 0)
    assert enter(writer, "inspections", []) is None

"""Handing out and taking back: what a slip may say, exactly what is there, and to whom packaging goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.casework.documents import document, documents_about
from data.casework.packaging import held_by, last_move, moves, places
from data.integrity import check
from data.store import reading
from office.casework.asked import Doer
from office.casework.desk_list import places_of_goods
from office.paperwork.printing import print_document
from office.refusal import Refused
from office.stores.packaging import ToRecover, recovery, stock_lines
from office.stores.packaging_views import (
    held_rows,
    held_xlsx,
    moves_xlsx,
    recovery_xlsx,
    stock_rows,
    stock_xlsx,
)
from tests.casework import CLERK, H1P1, REVIEWER
from tests.packing import BOX, MACHINE, OTHER_STORE, STORE, Stores, held, in_store

AUDITOR = Doer("郑审计", "auditor")


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    office = Stores(tmp_path / "office.db")
    with office.writer:
        yield office


def refused(stores: Stores, kind: str, lines: dict[str, int], **more: Any) -> str:
    """What is said when a slip is refused; nothing of it is written."""
    with reading(stores.file) as db:
        before = moves(db)
    with pytest.raises(Refused) as told:
        stores.slip(kind, lines, **more)
    with reading(stores.file) as db:
        assert moves(db) == before
    assert told.value.words.zh and told.value.words.en
    return told.value.words.zh


def test_what_is_handed_out_leaves_the_store_and_is_held_since_that_day(stores: Stores) -> None:
    moved = stores.issue({BOX: 40, MACHINE: 1}, person="示例户主")
    with reading(stores.file) as db:
        assert (in_store(db, BOX), in_store(db, MACHINE)) == (60, 1)
        assert held(db) == {MACHINE: 1, BOX: 40}
        paper = document(db, moved.slip_no)
        assert paper is not None and paper.context["receiver"] == "示例户主"
        assert [line["quantity"] for line in paper.context["lines"]] == [40, 1]
        assert print_document(db, moved.slip_no)[1][:2] == b"PK"
        assert [row.held.since for row in held_rows(db, stores.day)] == ["2021-03-01", "2021-03-01"]
        assert check(db) == []


def test_exactly_what_is_in_the_store_can_be_handed_out_and_not_one_more(stores: Stores) -> None:
    said = refused(stores, "issue", {BOX: 101}, place=STORE, subject=H1P1)
    assert "示例中心库 只有“示例纸箱”100 个" in said and "没有登记任何内容" in said
    stores.issue({BOX: 100})
    assert "只有“示例纸箱”0 个" in refused(stores, "issue", {BOX: 1}, place=STORE, subject=H1P1)


def test_one_line_too_many_and_the_whole_slip_is_refused(stores: Stores) -> None:
    assert "示例封口机" in refused(stores, "issue", {BOX: 1, MACHINE: 3}, place=STORE, subject=H1P1)


def test_exactly_what_is_held_comes_back_and_not_one_more(stores: Stores) -> None:
    stores.issue({BOX: 40})
    for kind, place in (("return", STORE), ("use_up", None), ("lost", None)):
        said = refused(stores, kind, {BOX: 41}, place=place, subject=H1P1, reason="理由")
        assert f"{H1P1} 只有“示例纸箱”40 个" in said
    stores.slip("return", {BOX: 15}, place=OTHER_STORE, subject=H1P1)
    stores.slip("use_up", {BOX: 20}, subject=H1P1)
    stores.slip("lost", {BOX: 5}, subject=H1P1, reason="搬家遗失")
    with reading(stores.file) as db:
        assert held(db) == {} and in_store(db, BOX, OTHER_STORE) == 15 and in_store(db, BOX) == 60


def test_packaging_goes_only_to_a_good_whose_packaging_is_granted_that_day(stores: Stores) -> None:
    said = refused(stores, "issue", {BOX: 1}, place=STORE, subject="H1/P2")
    assert "尚未办理" in said and "给予" in said
    stores.on(date(2021, 3, 2)).inspect("pass", subject="H1/P2")
    stores.act("grant", subject="H1/P2", effective_on=date(2021, 3, 4))
    stores.on(date(2021, 3, 3))
    refused(stores, "issue", {BOX: 1}, place=STORE, subject="H1/P2")
    stores.on(date(2021, 3, 4)).issue({BOX: 1}, subject="H1/P2")


def test_to_whom_it_is_withheld_nothing_is_handed_out_and_the_refusal_says_since_when(stores: Stores) -> None:
    stores.act("withhold", subject="H2/P1")
    said = refused(stores, "issue", {BOX: 1}, place=STORE, subject="H2/P1")
    assert "“不给予”（自 2021-03-01 起）" in said


def test_until_the_day_it_is_taken_away_it_is_handed_out_and_then_stands_on_the_recovery_list(
    tmp_path: Path,
) -> None:
    stores = Stores(tmp_path / "office.db")
    with stores.writer:
        stores.issue({MACHINE: 1, BOX: 10})
        for day in (date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13)):
            stores.on(day).inspect("fail")
        stores.on(date(2021, 9, 14)).act("notify", CLERK)
        stores.act("deliver", CLERK, how="in_person", to="示例户主")
        stores.on(date(2021, 9, 23)).act("hear", CLERK)
        stores.slip("use_up", {BOX: 4}, subject=H1P1)
        stores.act("revoke", REVIEWER, reason="连续三次不合格", effective_on=date(2021, 9, 24))
        stores.issue({BOX: 1})
        with reading(stores.file) as db:
            assert recovery(db, date(2021, 9, 23)) == []
        stores.on(date(2021, 9, 24))
        assert "“已取消”（自 2021-09-24 起）" in refused(stores, "issue", {BOX: 1}, place=STORE, subject=H1P1)
        _handed_back(stores)


def _handed_back(stores: Stores) -> None:
    """The list names equipment and unused boxes, then its paper; once all is back nothing stands there."""
    with reading(stores.file) as db:
        (one,) = recovery(db, stores.day)
    assert (one.subject, one.state, one.since, one.document) == (H1P1, "revoked", date(2021, 9, 24), None)
    assert [(item.item_code, item.quantity) for item in one.held] == [(MACHINE, 1), (BOX, 7)]
    number = stores.act("recover", CLERK).documents[0]
    with reading(stores.file) as db:
        assert [found.document for found in recovery(db, stores.day)] == [number]
    stores.slip("return", {MACHINE: 1, BOX: 7}, place=STORE, subject=H1P1)
    with reading(stores.file) as db:
        assert recovery(db, stores.day) == []


def test_a_list_of_an_earlier_time_is_not_the_list_of_the_next(stores: Stores) -> None:
    stores.issue({MACHINE: 1})
    for day in (date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13)):
        stores.on(day).inspect("fail")
    stores.on(date(2021, 9, 14)).act("notify", CLERK)
    stores.act("deliver", CLERK, how="in_person", to="示例户主")
    stores.on(date(2021, 9, 23)).act("hear", CLERK)
    stores.act("revoke", REVIEWER, reason="连续三次不合格")
    first = stores.on(date(2021, 9, 24)).act("recover", CLERK).documents[0]
    stores.act("deliver_decision", CLERK, how="in_person", to="示例户主")
    with reading(stores.file) as db:
        assert [one.document for one in recovery(db, stores.day)] == [first]
    stores.act("reinstate", override=True, reason="示例：复核后恢复")
    stores.on(date(2021, 9, 24)).act("notify", CLERK)
    stores.act("deliver", CLERK, how="in_person", to="示例户主")
    stores.on(date(2021, 10, 20)).act("hear", CLERK)
    stores.act("revoke", REVIEWER, reason="仍不合格")
    stores.on(date(2021, 10, 21))
    with reading(stores.file) as db:
        assert [one.document for one in recovery(db, stores.day)] == [None]


def test_equipment_is_not_used_up(stores: Stores) -> None:
    stores.issue({MACHINE: 1})
    assert "是设备，不会用完" in refused(stores, "use_up", {MACHINE: 1}, subject=H1P1)


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001])
def test_a_quantity_is_whole_and_sensible(stores: Stores, quantity: int) -> None:
    assert "1 到 1,000,000" in refused(stores, "receive", {BOX: quantity}, place=STORE)


def test_a_million_of_an_item_fits_on_a_slip(stores: Stores) -> None:
    stores.slip("receive", {BOX: 1_000_000}, place=STORE)
    with reading(stores.file) as db:
        assert in_store(db, BOX) == 1_000_100


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("receive", {}, "存放点"),
        ("receive", {"place": "K9"}, "没有登记存放点“K9”"),
        ("receive", {"place": STORE, "subject": H1P1}, "不写农产品"),
        ("transfer", {"place": STORE}, "调入"),
        ("transfer", {"place": STORE, "to_place": STORE}, "同一个"),
        ("issue", {"place": STORE}, "农产品"),
        ("issue", {"place": STORE, "subject": "H9/P9"}, "没有登记“H9/P9”"),
        ("issue", {"subject": H1P1}, "存放点"),
        ("return", {"subject": H1P1}, "存放点"),
        ("use_up", {"place": STORE, "subject": H1P1}, "不写存放点"),
        ("lost", {"place": STORE}, "原因"),
        ("lost", {"place": STORE, "reason": "  "}, "原因"),
        ("write_off", {"reason": "受潮"}, "只写一个"),
        ("write_off", {"place": STORE, "subject": H1P1, "reason": "受潮"}, "只写一个"),
        ("receive", {"place": STORE, "reason": "送货人 13800138000"}, "手机号"),
        ("issue", {"place": STORE, "subject": H1P1, "person": "653128199001011234"}, "身份证"),
        ("borrow", {"place": STORE}, "没有“borrow”这种单据"),
    ],
)
def test_a_slip_says_all_that_its_kind_needs_and_no_more(
    stores: Stores, kind: str, more: dict[str, str], said: str
) -> None:
    assert said in refused(stores, kind, {BOX: 1}, **more)


def test_an_item_must_be_registered_and_stand_once(stores: Stores) -> None:
    assert "没有登记物资“B9”" in refused(stores, "receive", {"B9": 1}, place=STORE)
    assert "至少" in refused(stores, "receive", {}, place=STORE)


def test_who_may_hand_out_and_who_writes_off(stores: Stores) -> None:
    refused(stores, "receive", {BOX: 1}, place=STORE, doer=REVIEWER)
    refused(stores, "receive", {BOX: 1}, place=STORE, doer=AUDITOR)
    assert "审核员" in refused(stores, "write_off", {BOX: 1}, place=STORE, reason="受潮", doer=CLERK)
    stores.slip("write_off", {BOX: 2}, place=STORE, reason="受潮")
    with reading(stores.file) as db:
        assert in_store(db, BOX) == 98
        assert moves(db)[0].reason == "受潮"


def test_who_comes_second_is_told_who_recorded_what(stores: Stores) -> None:
    with reading(stores.file) as db:
        seen = last_move(db, subject=H1P1, place=STORE)
    first = stores.issue({BOX: 40}, seen=seen)
    said = refused(stores, "issue", {BOX: 40}, place=STORE, subject=H1P1, seen=seen)
    assert "李录入刚刚登记了发放" in said and first.slip_no in said
    with reading(stores.file) as db:
        again = last_move(db, subject=H1P1, place=STORE)
    stores.issue({BOX: 10}, seen=again)


def test_of_a_store_only_its_own_moves_count_as_news(stores: Stores) -> None:
    with reading(stores.file) as db:
        other = last_move(db, subject=None, place=OTHER_STORE)
        seen = last_move(db, subject=None, place=STORE)
    stores.slip("receive", {BOX: 1}, place=STORE, seen=seen)
    stores.slip("receive", {BOX: 1}, place=OTHER_STORE, seen=other)
    assert "入库" in refused(stores, "receive", {BOX: 1}, place=STORE, seen=seen)


def test_each_kind_counts_its_slips_by_year_and_papers_carry_the_offices_series(stores: Stores) -> None:
    first, second = (stores.slip("receive", {BOX: 1, MACHINE: 1}, place=STORE).slip_no for _ in range(2))
    assert (first, second) == ("入库〔2021〕2号", "入库〔2021〕3号")
    issued = stores.issue({BOX: 1})
    back = stores.slip("return", {BOX: 1}, place=STORE, subject=H1P1)
    assert issued.slip_no.endswith("领用〔2021〕1号") and back.slip_no.endswith("退回〔2021〕1号")
    assert stores.on(date(2022, 1, 4)).slip("receive", {BOX: 1}, place=STORE).slip_no == "入库〔2022〕1号"
    with reading(stores.file) as db:
        assert [paper.number for paper in documents_about(db, H1P1)] == [back.slip_no, issued.slip_no]


@pytest.mark.parametrize("day", [date(2021, 3, 4), date(2021, 3, 6)])
def test_a_slip_is_of_today_and_no_other_day(stores: Stores, day: date) -> None:
    stores.on(date(2021, 3, 5)).issue({BOX: 1})
    stores.day = day
    assert "今天是 2021-03-05" in refused(stores, "receive", {BOX: 1}, place=STORE)


def test_any_past_day_can_be_looked_at(stores: Stores) -> None:
    stores.on(date(2021, 3, 5)).issue({BOX: 40})
    stores.slip("transfer", {BOX: 10}, place=STORE, to_place=OTHER_STORE)
    with reading(stores.file) as db:
        before, after = (
            {(line.place.code, line.item.code): line.quantity for line in stock_lines(db, day)}
            for day in (date(2021, 3, 4), date(2021, 3, 5))
        )
        assert before == {(STORE, MACHINE): 2, (STORE, BOX): 100}
        assert after == {(STORE, MACHINE): 2, (STORE, BOX): 50, (OTHER_STORE, BOX): 10}
        assert held_rows(db, date(2021, 3, 4)) == []
        machine, box = stock_rows(db, date(2021, 3, 5))
        assert (machine.in_store, machine.handed_out, box.in_store, box.handed_out) == (2, 0, 60, 40)


def test_what_came_back_whole_and_is_handed_out_again_is_held_since_the_second_time(stores: Stores) -> None:
    stores.issue({BOX: 40, MACHINE: 1})
    stores.on(date(2021, 3, 5)).slip("return", {BOX: 39, MACHINE: 1}, place=STORE, subject=H1P1)
    stores.on(date(2021, 3, 9)).issue({BOX: 10, MACHINE: 1})
    stores.on(date(2021, 3, 10)).slip("use_up", {BOX: 2}, subject=H1P1)
    with reading(stores.file) as db:
        now, then = (
            {row.held.item_code: row.held.since for row in held_rows(db, day)}
            for day in (stores.day, date(2021, 3, 4))
        )
    assert now == {MACHINE: "2021-03-09", BOX: "2021-03-01"}
    assert then == {MACHINE: "2021-03-01", BOX: "2021-03-01"}


def test_slips_are_found_by_good_and_by_household(stores: Stores) -> None:
    stores.issue({BOX: 4})
    with reading(stores.file) as db:
        assert [m.subject for m in moves(db, subject=H1P1)] == [m.subject for m in moves(db, subject="H1")]
        assert moves(db, subject="H") == [] and moves(db, subject="H1/P") == []
        assert [m.kind for m in moves(db, place=STORE)] == ["issue", "receive", "receive"]
        assert moves(db, place=OTHER_STORE) == []


def test_each_list_is_an_excel_file_with_whole_numbers_and_without_heads_of_household(stores: Stores) -> None:
    stores.issue({BOX: 40, MACHINE: 1}, person="示例户主")
    with reading(stores.file) as db:
        known, names, day = places(db), places_of_goods(db), stores.day
        held_item = tuple(held_by(db, H1P1))
        taken = [ToRecover(H1P1, "revoked", day, held_item, None)]
        files = {
            "库存": stock_xlsx(stock_rows(db, day), known, day),
            "农户持有": held_xlsx(held_rows(db, day), names, day, ""),
            "待收回": recovery_xlsx(taken, names, day),
            "流水": moves_xlsx(moves(db), known, day, ""),
        }
    sheets = {name: load_workbook(BytesIO(content))[name] for name, content in files.items()}
    cells = {name: [list(row) for row in sheet.iter_rows(values_only=True)] for name, sheet in sheets.items()}
    assert cells["库存"][2][:4] == [BOX, "示例纸箱", "包材(消耗)", "个"] and cells["库存"][2][-2:] == [60, 40]
    assert [row[-2] for row in cells["农户持有"][1:]] == [1, 40]
    assert {row[-1] for row in cells["待收回"][1:]} == {"尚未开具"}
    assert [row[5] for row in cells["流水"][1:]] == [1, 40, 100, 2]
    assert not any("示例户主" in str(cell) for rows in cells.values() for row in rows for cell in row)

"""The ledger's table refuses by itself what no function may do, whoever writes to it and however."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.casework.ledger import next_id, record
from data.casework.packaging import items, places
from data.store import reading
from tests.casework import H1P1
from tests.entering import enter
from tests.packing import BOX, MACHINE, OTHER_STORE, STORE, Stores
from tests.recorded import behind_the_back, differences, raw

BELOW, FORCE, SO = "never|no more leaves", "packaging goes only", "a move names its own good"


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    """H1/P1 (entity 1) holds one machine and 40 boxes; the grant of its packaging is act 1."""
    office = Stores(tmp_path / "office.db")
    with office.writer:
        office.issue({MACHINE: 1, BOX: 40})
        yield office


def write(stores: Stores, kind: str, item: str = BOX, quantity: int = 1, **more: Any) -> None:
    """One row as some other program of ours might write it; `place`, `to` are codes of storage places."""
    with stores.writer.transaction() as db:
        known = places(db)
        into = kind in ("receive", "return")
        place = known[more.pop("place")].entity if "place" in more else None
        to = known[more.pop("to")].entity if "to" in more else None
        row: dict[str, Any] = {
            "id": next_id(db, "packaging_moves"),
            "slip_no": f"示例〔2021〕{next_id(db, 'packaging_moves')}号",
            "kind": kind,
            "item_entity": items(db)[item].entity,
            "quantity": quantity,
            "from_place": None if into else place,
            "to_place": place if into else to,
            "done_on": stores.day.isoformat(),
            "reason": "示例" if kind in ("lost", "write_off") else None,
        }
        record(db, "packaging", {"packaging_moves": [row | more]}, at=stores.clock(), by="李录入")


def refused(stores: Stores, words: str, kind: str, **more: Any) -> None:
    before = _rows(stores)
    with pytest.raises(sqlite3.IntegrityError, match=words):
        write(stores, kind, **more)
    assert _rows(stores) == before


def _rows(stores: Stores) -> int:
    with reading(stores.file) as db:
        return db.table("packaging_moves").count


GOOD: dict[str, Any] = {"from_good": 1, "subject": H1P1}
TO_GOOD: dict[str, Any] = {"to_good": 1, "subject": H1P1, "act_id": 1, "place": STORE}


def test_what_is_right_is_taken(stores: Stores) -> None:
    write(stores, "issue", quantity=60, **TO_GOOD)
    write(stores, "return", quantity=100, place=OTHER_STORE, **GOOD)
    write(stores, "transfer", quantity=100, place=OTHER_STORE, to=STORE)
    write(stores, "write_off", quantity=100, place=STORE)


@pytest.mark.parametrize(
    ("kind", "most", "more"),
    [
        ("issue", 60, TO_GOOD),
        ("transfer", 60, {"place": STORE, "to": OTHER_STORE}),
        ("write_off", 60, {"place": STORE}),
        ("return", 40, {"place": STORE, **GOOD}),
        ("use_up", 40, GOOD),
        ("lost", 40, GOOD),
    ],
)
def test_exactly_what_is_there_leaves_and_not_one_more(
    stores: Stores, kind: str, most: int, more: dict[str, Any]
) -> None:
    refused(stores, BELOW, kind, quantity=most + 1, **more)
    write(stores, kind, quantity=most, **more)


def test_nothing_goes_to_a_good_past_its_grant(stores: Stores) -> None:
    refused(stores, FORCE, "issue", place=STORE, to_good=2, subject="H1/P2", act_id=1)
    refused(stores, FORCE, "issue", **{**TO_GOOD, "act_id": 2})  # the grant of the other benefit
    refused(stores, FORCE, "issue", **{**TO_GOOD, "act_id": None})


def test_a_move_names_its_own_good_and_equipment_is_not_used_up(stores: Stores) -> None:
    refused(stores, SO, "use_up", **{**GOOD, "subject": "H1/P2"})
    refused(stores, SO, "use_up", item=MACHINE, **GOOD)
    refused(stores, SO, "use_up", from_good=1)
    refused(stores, SO, "receive", place=STORE, subject=H1P1)


def test_a_move_names_an_item_by_its_first_version_not_by_a_correction(stores: Stores) -> None:
    enter(
        stores.writer,
        "packaging_items",
        [{"item_code": BOX, "item_name": "示例大纸箱", "item_kind": "material", "item_unit": "个"}],
        reason="更正名称",
    )
    with reading(stores.file) as db:
        first = items(db)[BOX].entity
        corrected = db.execute("SELECT max(id) FROM packaging_items").fetchone()[0]
    refused(stores, SO, "receive", place=STORE, item_entity=corrected)
    write(stores, "receive", place=STORE, item_entity=first)


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_quantity_is_more_than_nothing(stores: Stores, quantity: int) -> None:
    refused(stores, "CHECK", "receive", quantity=quantity, place=STORE)


def test_what_is_lost_or_written_off_has_its_reason(stores: Stores) -> None:
    for reason in (None, " "):
        refused(stores, "CHECK", "write_off", place=STORE, reason=reason)


def test_a_slip_is_of_no_day_ahead_and_none_before_the_items_last(stores: Stores) -> None:
    refused(stores, BELOW, "receive", place=STORE, done_on="2099-01-01")
    stores.on(date(2021, 3, 5)).issue({BOX: 1})
    for day in ("2021-03-04", "2021-03-06"):
        refused(stores, BELOW, "receive", place=STORE, done_on=day)
    write(stores, "receive", place=STORE, done_on="2021-03-05")


def test_the_number_of_an_earlier_slip_is_not_given_again(stores: Stores) -> None:
    write(stores, "receive", place=STORE, slip_no="示例〔2021〕9号")
    refused(stores, SO, "receive", place=STORE, slip_no="示例〔2021〕9号")


def test_nothing_recorded_is_changed_or_taken_out(stores: Stores) -> None:
    tool = raw(stores.file)
    for statement in ("UPDATE packaging_moves SET quantity = 1", "DELETE FROM packaging_moves"):
        with pytest.raises(sqlite3.IntegrityError, match="rows are only added"):
            tool.execute(statement)
    tool.close()


def test_what_is_changed_behind_the_back_is_found(stores: Stores) -> None:
    assert differences(stores.file) == []
    behind_the_back(stores.file, "UPDATE packaging_moves SET quantity = 41 WHERE quantity = 40")
    assert any("packaging_moves" in str(found) for found in differences(stores.file))

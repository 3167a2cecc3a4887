"""An office with two stores, a machine and boxes: what its people record in the packaging ledger, day by day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data.casework.packaging import held_by, items, places, stock
from data.store import Database, Writer
from office.casework.asked import Doer
from office.stores.packaging import Line, Moved, Slip, move_in
from tests.casework import CLERK, H1P1, REVIEWER, Office
from tests.entering import enter

MACHINE, BOX = "B1", "B2"
STORE, OTHER_STORE = "K1", "K2"


def register_packaging(writer: Writer) -> None:
    """Two storage places, one kind of equipment, one material."""
    names = {STORE: "示例中心库", OTHER_STORE: "示例存放点"}
    enter(
        writer,
        "storage_places",
        [{"place_code": code, "place_name": name, "township_code": None} for code, name in names.items()],
    )
    things = {MACHINE: ("示例封口机", "equipment", "台"), BOX: ("示例纸箱", "material", "个")}
    enter(
        writer,
        "packaging_items",
        [
            {"item_code": code, "item_name": name, "item_kind": kind, "item_unit": unit}
            for code, (name, kind, unit) in things.items()
        ],
    )


class Stores(Office):
    """Packaging of H1/P1 is granted since 2021-03-01; the first store holds 2 machines and 100 boxes."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        register_packaging(self.writer)
        self.granted()
        self.slip("receive", {MACHINE: 2, BOX: 100}, place=STORE)

    def slip(self, kind: str, lines: dict[str, int], doer: Doer | None = None, **more: Any) -> Moved:
        """Record a slip today; by a reviewer where the kind is theirs."""
        doer = doer or (REVIEWER if kind in ("lost", "write_off") else CLERK)
        seen = more.pop("seen", None)
        asked = Slip(kind, tuple(Line(code, n) for code, n in lines.items()), **more)
        with self.writer.transaction() as db:
            return move_in(db, asked, doer=doer, at=self.clock(), day=self.day, seen=seen)

    def issue(self, lines: dict[str, int], subject: str = H1P1, **more: Any) -> Moved:
        return self.slip("issue", lines, place=STORE, subject=subject, **more)


def in_store(db: Database, code: str, place: str = STORE) -> int:
    """How much of an item lies in a store now."""
    return stock(db).get((places(db)[place].entity, items(db)[code].entity), 0)


def held(db: Database, subject: str = H1P1) -> dict[str, int]:
    """What a good holds now, by item code."""
    return {one.item_code: one.quantity for one in held_by(db, subject)}

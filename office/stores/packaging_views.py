"""The packaging ledger as lists: stock by item, what goods hold, what is to be handed back, every line of a slip.

Each is also an Excel file for the office's desk, in Chinese, without the heads of household.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.casework import packaging as ledger
from data.casework.packaging import HeldItem, Item, Move, Place
from data.lists import Cell, ListColumn, list_xlsx
from data.register import register
from data.store import Database
from data.words import Words
from office.casework.desk_list import Places
from office.casework.in_force import STATE_WORDS, in_force
from office.stores.packaging import KIND_WORDS, ToRecover, stock_lines
from office.stores.packaging_slips import BENEFIT
from rules.slip import zh_day

NOWHERE = Words("—", "—")  # outside: where things come from, and where what is used up goes
NOBODY = ("", "", "")  # product, township and village of a good that nothing is known of


@dataclass(frozen=True)
class StockRow:
    """One item: how much of it lies at each place (code), in all stores, and at households."""

    item: Item
    at: Mapping[str, int]
    in_store: int
    handed_out: int


@dataclass(frozen=True)
class HeldRow:
    """So much of one item that a good holds on a day, with the state of the good's packaging on it."""

    subject: str
    state: str
    held: HeldItem


def item_kind_words(kind: str) -> Words:
    """Equipment or material, in words."""
    return register("packaging_items").column("item_kind").choices[kind]


def stock_rows(db: Database, day: date) -> list[StockRow]:
    """Every registered item at the end of a day, by code; where there is none of it, too."""
    lines, held = stock_lines(db, day), ledger.held_by_goods(db, day=day)
    handed_out = [one for items in held.values() for one in items]
    return [
        StockRow(
            item,
            at={line.place.code: line.quantity for line in lines if line.item == item},
            in_store=sum(line.quantity for line in lines if line.item == item),
            handed_out=sum(one.quantity for one in handed_out if one.item_code == item.code),
        )
        for item in ledger.items(db).values()
    ]


def held_rows(db: Database, day: date) -> list[HeldRow]:
    """Everything that goods hold at the end of a day, by good and item."""
    found = ledger.held_by_goods(db, day=day)
    states = {subject: in_force(db, subject, BENEFIT, day).state for subject in found}
    return [HeldRow(subject, states[subject], one) for subject, held in found.items() for one in held]


def from_words(move: Move, places: Mapping[str, Place]) -> Words:
    """Where the quantity came from: a store, a household, or outside."""
    return _where(move.from_place, move.subject if move.kind not in ("issue", "receive") else None, places)


def to_words(move: Move, places: Mapping[str, Place]) -> Words:
    """Where it went to."""
    return _where(move.to_place, move.subject if move.kind == "issue" else None, places)


def stock_xlsx(rows: Sequence[StockRow], places: Mapping[str, Place], day: date) -> bytes:
    """The stock as an Excel file, a column for each place."""
    columns = [*_ITEM, *(ListColumn(place.name, 16) for place in places.values())]
    columns += [ListColumn("库存合计", 12), ListColumn("在农户", 12)]
    lines = [
        [*_item(r.item), *(r.at.get(code, 0) for code in places), r.in_store, r.handed_out] for r in rows
    ]
    return list_xlsx("库存", columns, lines, _about(day, len(lines)))


def held_xlsx(rows: Sequence[HeldRow], places: Places, day: date, asked: str) -> bytes:
    """What goods hold as an Excel file. `asked` says in words what they were chosen by."""
    columns = [*_GOOD, ListColumn("包装现行状态", 14), *_ITEM, ListColumn("数量", 10), ListColumn("自", 12)]
    lines: list[list[Cell]] = [
        [
            row.subject,
            *places.get(row.subject, NOBODY),
            STATE_WORDS[row.state].zh,
            row.held.item_code,
            row.held.name,
            item_kind_words(row.held.kind).zh,
            row.held.unit,
            row.held.quantity,
            row.held.since,
        ]
        for row in rows
    ]
    return list_xlsx("农户持有", columns, lines, _about(day, len(lines), asked))


def recovery_xlsx(rows: Sequence[ToRecover], places: Places, day: date) -> bytes:
    """What is to be handed back as an Excel file, one line for each item."""
    columns = [*_GOOD, ListColumn("包装现行状态", 14), ListColumn("自", 12), *_ITEM]
    columns += [ListColumn("应交回", 10), ListColumn("收回清单", 26)]
    lines: list[list[Cell]] = [
        [
            row.subject,
            *places.get(row.subject, NOBODY),
            STATE_WORDS[row.state].zh,
            row.since.isoformat(),
            held.item_code,
            held.name,
            item_kind_words(held.kind).zh,
            held.unit,
            held.quantity,
            row.document or "尚未开具",
        ]
        for row in rows
        for held in row.held
    ]
    return list_xlsx("待收回", columns, lines, _about(day, len(lines)))


def moves_xlsx(moves: Sequence[Move], places: Mapping[str, Place], day: date, asked: str) -> bytes:
    """Lines of slips as an Excel file. `asked` says in words what they were chosen by."""
    widths = {"单号": 24, "日期": 12, "办理": 10, "物资编码": 12, "物资": 20, "数量": 10, "单位": 8}
    widths |= {"从": 20, "到": 20, "说明": 40, "经办人": 14}
    columns = [ListColumn(title, width) for title, width in widths.items()]
    return list_xlsx("流水", columns, _move_lines(moves, places), _about(day, len(moves), asked))


_GOOD = [
    ListColumn("户编号/产品", 14),
    ListColumn("产品", 14),
    ListColumn("乡镇", 18),
    ListColumn("村", 14),
]
_ITEM = [
    ListColumn("物资编码", 12),
    ListColumn("物资", 20),
    ListColumn("类别", 16),
    ListColumn("单位", 8),
]


def _move_lines(moves: Sequence[Move], places: Mapping[str, Place]) -> Iterator[list[Cell]]:
    for move in moves:
        yield [
            move.slip_no,
            move.done_on,
            KIND_WORDS[move.kind].zh,
            move.item_code,
            move.item_name,
            move.quantity,
            move.unit,
            from_words(move, places).zh,
            to_words(move, places).zh,
            move.reason,
            move.recorded_by,
        ]


def _item(item: Item) -> list[Cell]:
    return [item.code, item.name, item_kind_words(item.kind).zh, item.unit]


def _where(place: str | None, subject: str | None, places: Mapping[str, Place]) -> Words:
    if place is not None:
        return Words(places[place].name, places[place].name)
    return Words(subject, subject) if subject else NOWHERE


def _about(day: date, rows: int, asked: str = "") -> list[tuple[str, str]]:
    return [("日期", zh_day(day)), ("行数", str(rows)), ("筛选", asked or "全部")]

"""Comparing a file's rows with each other and with what is registered; every fault at its place, none hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from data.canonical import Cell
from data.faults import Fault, Place
from data.register import REGISTERS, Column, Reference, Register
from data.tables import reference_column
from data.versions import Key, entities
from data.words import Words

Row = tuple[Cell, ...]
Registered = Mapping[Key, tuple[int, int, Row]]  # key → (entity, version, values)
BLANK = Words("空白", "blank")


@dataclass(frozen=True)
class RowsOfFile:
    """The rows of one file: values in the order of the register's columns, their keys, their places."""

    register: Register
    values: list[Row]
    keys: list[Key]
    places: Sequence[Place]

    def at(self, name: str) -> int:
        """The position of a column in a row."""
        return [column.name for column in self.register.columns].index(name)


def read_rows(
    register: Register, columns: Mapping[str, Sequence[Any]], places: Sequence[Place]
) -> RowsOfFile:
    """Checked columns as rows; a blank that stands for another column's value gets it.

    An optional column may be missing altogether.
    """
    blank = [None] * len(places)
    filled = {column.name: columns.get(column.name, blank) for column in register.columns}
    for name, other in register.blank_is.items():
        pairs = zip(filled[name], filled[other], strict=True)
        filled[name] = [instead if value is None else value for value, instead in pairs]
    keys = [filled[name] for name in register.key]
    values = list(zip(*filled.values(), strict=True))
    return RowsOfFile(register, values, list(keys[0] if len(keys) == 1 else zip(*keys, strict=True)), places)


def same_key_twice(rows: RowsOfFile) -> tuple[dict[Key, int], int, list[Fault]]:
    """(first row of each key, how many rows repeat an earlier one exactly, a fault on both places of each conflict)."""
    first: dict[Key, int] = dict(zip(reversed(rows.keys), range(len(rows.keys) - 1, -1, -1), strict=True))
    if len(first) == len(rows.keys):
        return first, 0, []
    repeated, faults = 0, {}
    for at, key in enumerate(rows.keys):
        if (earlier := first[key]) == at:
            continue
        if rows.values[at] == rows.values[earlier]:
            repeated += 1
            continue
        faults[at] = _twice(rows, at, earlier)
        faults.setdefault(earlier, _twice(rows, earlier, at))
    return first, repeated, list(faults.values())


def against_register(
    rows: RowsOfFile, first: Mapping[Key, int], registered: Registered, *, update: bool
) -> tuple[list[int], list[int], list[Fault]]:
    """(rows to add, rows that correct, faults where they differ and no correction was asked), by position."""
    new = [at for key, at in first.items() if key not in registered]
    differing = [
        first[key] for key, (_, _, values) in registered.items() if values != rows.values[first[key]]
    ]
    if update:
        return sorted(new), sorted(differing), []
    faults = [fault for at in differing for fault in _differences(rows, at, registered[rows.keys[at]][2])]
    return sorted(new), [], faults


def references_of(
    db: Database, rows: RowsOfFile, written: Iterable[int]
) -> tuple[dict[str, dict[Key, int]], list[Fault]]:
    """Per entity column the entity of every key named, and a fault for each row that names what does not exist."""
    at_all = list(written)
    values = [rows.values[at] for at in at_all]
    found, faults = {}, []
    for reference in rows.register.references:
        key = itemgetter(*map(rows.at, reference.columns))
        asked: set[Key] = set(map(key, values)) - {None}
        entity = entities(db, REGISTERS[reference.register], asked)
        own = set(rows.keys) if reference.register == rows.register.name else set()
        if missing := asked - entity.keys() - own:
            faults += [_missing(rows, at, reference) for at in at_all if key(rows.values[at]) in missing]
        found[reference_column(rows.register, reference)] = entity
    return found, faults


def fault_at(rows: RowsOfFile, at: int, column: str, message: Words) -> Fault:
    """A fault in one cell of the file."""
    place, about = rows.places[at], rows.register.column(column)
    return Fault(
        place.sheet, place.row, about.title.zh, shown(about, rows.values[at][rows.at(column)]).zh, message
    )


def shown(column: Column, value: Cell) -> Words:
    """A stored value as a reader knows it."""
    if value is None:
        return BLANK
    if column.kind == "yes_no":
        return Words("是", "yes") if value else Words("否", "no")
    return column.choices.get(str(value)) or Words(str(value), str(value))


def key_text(key: Key) -> str:
    return key if isinstance(key, str) else "/".join(key)


def _twice(rows: RowsOfFile, at: int, other: int) -> Fault:
    place, differ = rows.places[other], list(_differing(rows, rows.values[at], rows.values[other]))
    here = rows.places[at]
    zh = "；".join(f"{column.title.zh}：{mine.zh} ≠ {theirs.zh}" for column, mine, theirs in differ)
    en = "; ".join(f"{column.title.en}: {mine.en} ≠ {theirs.en}" for column, mine, theirs in differ)
    sheet_zh, sheet_en = (f"工作表“{place.sheet}”", f" of sheet {place.sheet!r}")
    if place.sheet == here.sheet:
        sheet_zh = sheet_en = ""
    key = key_text(rows.keys[at])
    return fault_at(
        rows,
        at,
        rows.register.key[-1],
        Words(
            f"{key} 在{sheet_zh}第 {place.row} 行也有，内容不同（{zh}）。请只留正确的一行。",
            f"{key} stands in row {place.row}{sheet_en} too, with other content ({en}). Keep the right one only.",
        ),
    )


def _differences(rows: RowsOfFile, at: int, registered: Row) -> Iterable[Fault]:
    key = key_text(rows.keys[at])
    for column, mine, theirs in _differing(rows, rows.values[at], registered):
        message = Words(
            f"{key} 已登记，此栏为“{theirs.zh}”，文件中为“{mine.zh}”。如系更正，请按更正导入并写明理由。",
            f"{key} is registered with {theirs.en!r} here; the file says {mine.en!r}."
            " If this is a correction, import it as one, with a reason.",
        )
        yield fault_at(rows, at, column.name, message)


def _differing(rows: RowsOfFile, one: Row, other: Row) -> Iterable[tuple[Column, Words, Words]]:
    for column, mine, theirs in zip(rows.register.columns, one, other, strict=True):
        if mine != theirs:
            yield column, shown(column, mine), shown(column, theirs)


def _missing(rows: RowsOfFile, at: int, reference: Reference) -> Fault:
    register = REGISTERS[reference.register]
    named = "/".join(str(rows.values[at][rows.at(name)]) for name in reference.columns)
    also_zh = "，本文件中也没有" if reference.register == rows.register.name else ""
    also_en = " nor in this file" if also_zh else ""
    message = Words(
        f"“{register.title.zh}”登记簿中没有 {named}{also_zh}。请先登记它，或更正此处。",
        f"{named} is not in the register of {register.title.en}{also_en}. Register it first, or correct it here.",
    )
    return fault_at(rows, at, reference.columns[-1], message)

"""Comparing a file's rows with each other and with what is registered; every fault at its place, none hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from data.canonical import Cell
from data.faults import Fault, Place
from data.numbers import number_text
from data.register import REGISTERS, Column, Reference, Register
from data.tables import reference_column
from data.versions import Key, entities
from data.words import Words

Row = tuple[Cell, ...]
Registered = Mapping[Key, tuple[int, int, Row]]  # key → (entity, version, values)
Unlike = Sequence[tuple[Column, Words, Words]]
BLANK = Words("空白", "blank")
AT_FAULT = Words("有误的内容", "something at fault")


@dataclass(frozen=True)
class RowsOfFile:
    """The rows of one file: values in the order of the register's columns, their keys, their places.

    `unusable` gives the rows, by column, of whose cell a fault has been told already.
    """

    register: Register
    values: list[Row]
    keys: list[Key]
    places: Sequence[Place]
    unusable: Mapping[str, Set[int]]

    def unusable_in(self, columns: Iterable[str]) -> set[int]:
        """The rows with a fault in one of these columns."""
        return set[int]().union(*(self.unusable.get(name, ()) for name in columns))

    def usable(self, at_all: Sequence[int], columns: Iterable[str]) -> Sequence[int]:
        """Those of the rows whose cells in all of these columns may be compared."""
        unusable = self.unusable_in(columns)
        return [at for at in at_all if at not in unusable] if unusable else at_all

    def at(self, name: str) -> int:
        """The position of a column in a row."""
        return [column.name for column in self.register.columns].index(name)


def read_rows(
    register: Register,
    columns: Mapping[str, Sequence[Any]],
    places: Sequence[Place],
    unusable: Mapping[str, Set[int]],
) -> RowsOfFile:
    """Checked columns as rows; a blank that stands for another column's value gets it.

    An optional column may be missing altogether.
    """
    blank = [None] * len(places)
    filled = {column.name: columns.get(column.name, blank) for column in register.columns}
    for name, other in register.blank_is.items():
        pairs = zip(filled[name], filled[other], strict=True)
        at_fault = unusable.get(name, ())
        filled[name] = [
            instead if value is None and at not in at_fault else value
            for at, (value, instead) in enumerate(pairs)
        ]
    keys = [filled[name] for name in register.key]
    values = list(zip(*filled.values(), strict=True))
    in_rows = list(keys[0] if len(keys) == 1 else zip(*keys, strict=True))
    return RowsOfFile(register, values, in_rows, places, unusable)


def with_what_stands(
    rows: RowsOfFile, registered: Registered, absent: Mapping[str, Sequence[range]]
) -> RowsOfFile:
    """The rows, those that are registered with the registered value of every column their sheet does not have."""
    columns = [(rows.at(name), where) for name, where in absent.items()]
    if not columns or not registered:
        return rows
    values = list(rows.values)
    for at, key in enumerate(rows.keys):
        if key in registered:
            kept = {place for place, where in columns if any(at in some for some in where)}
            stands = registered[key][2]
            values[at] = tuple(stands[i] if i in kept else value for i, value in enumerate(values[at]))
    return replace(rows, values=values)


def same_key_twice(rows: RowsOfFile) -> tuple[dict[Key, int], list[int], dict[int, Fault]]:
    """(first row of each key, the rows that repeat an earlier one exactly, a fault on both places of each conflict)."""
    keyed = rows.usable(range(len(rows.keys)), rows.register.key)
    first: dict[Key, int] = dict(
        zip(map(rows.keys.__getitem__, reversed(keyed)), reversed(keyed), strict=True)
    )
    repeated: list[int] = []
    faults: dict[int, Fault] = {}
    if len(first) == len(keyed):
        return first, repeated, faults
    for at in keyed:
        if (earlier := first[rows.keys[at]]) == at:
            continue
        if rows.values[at] == rows.values[earlier] and not rows.unusable:
            repeated.append(at)
        elif differ := _unlike(rows, at, earlier):
            faults[at] = _twice(rows, at, earlier, differ)
            faults.setdefault(earlier, _twice(rows, earlier, at, _unlike(rows, earlier, at)))
        else:
            repeated.append(at)
    return first, repeated, faults


def against_register(
    rows: RowsOfFile, first: Mapping[Key, int], registered: Registered
) -> tuple[list[int], list[int]]:
    """(rows to add, rows that are registered with other content), by position."""
    new = [at for key, at in first.items() if key not in registered]
    differing = [
        first[key] for key, (_, _, values) in registered.items() if values != rows.values[first[key]]
    ]
    return sorted(new), sorted(differing)


def differences(rows: RowsOfFile, differing: Iterable[int], registered: Registered) -> list[Fault]:
    """A fault in each cell where one of these rows is registered with other content."""
    known = [(at, registered[rows.keys[at]][2]) for at in differing if rows.keys[at] in registered]
    return [fault for at, values in known for fault in _differences(rows, at, values)]


def references_of(
    db: Database, rows: RowsOfFile, at_all: Sequence[int]
) -> tuple[dict[str, dict[Key, int]], list[Fault]]:
    """Per entity column the entity of every key that these rows name, and a fault wherever one does not exist."""
    found: dict[str, dict[Key, int]] = {}
    faults: list[Fault] = []
    for reference in rows.register.references:
        entity, missing = _named(db, rows, at_all, reference)
        found[reference_column(rows.register, reference)] = entity
        faults += _missing_parts(db, rows, at_all, reference, missing)
    return found, faults


def _named(
    db: Database, rows: RowsOfFile, at_all: Sequence[int], reference: Reference
) -> tuple[dict[Key, int], list[int]]:
    """The entities that a reference names, and the rows that name none although they name something."""
    key = itemgetter(*map(rows.at, reference.columns))
    usable = rows.usable(at_all, reference.columns)
    asked: set[Key] = set(map(key, map(rows.values.__getitem__, usable))) - {None}
    entity = entities(db, REGISTERS[reference.register], asked)
    own = set(rows.keys) if reference.register == rows.register.name else set()
    missing = asked - entity.keys() - own
    return entity, [at for at in usable if key(rows.values[at]) in missing] if missing else []


def _missing_parts(
    db: Database, rows: RowsOfFile, at_all: Sequence[int], reference: Reference, missing: list[int]
) -> Iterator[Fault]:
    """A fault for each row that names what does not exist: at the part that is unknown itself, else at the whole.

    A row that does not give the whole key is asked by its parts too.
    """
    whole = set(missing)
    unusable = rows.unusable_in(reference.columns)
    doubtful = sorted(whole.union(unusable.intersection(at_all)) if unusable else whole)
    for part in _parts(reference) if doubtful else ():
        for at in _named(db, rows, doubtful, part)[1]:
            whole.discard(at)
            yield _missing(rows, at, part)
    yield from (_missing(rows, at, reference) for at in sorted(whole))


def _parts(reference: Reference) -> Iterator[Reference]:
    """What the key of the named row names in its turn: a good (户编号/产品编码) its household and its product."""
    target = REGISTERS[reference.register]
    named = dict(zip(target.key, reference.columns, strict=True))
    for part in target.references:
        if set(part.columns) < set(target.key):
            yield Reference(tuple(named[column] for column in part.columns), part.register)


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
    if column.kind == "number":
        number = number_text(int(value), column.scale)
        return Words(number, number)
    return column.choices.get(str(value)) or Words(str(value), str(value))


def _key_text(rows: RowsOfFile, at: int) -> str:
    names = rows.register.key
    return "/".join(shown(rows.register.column(name), rows.values[at][rows.at(name)]).zh for name in names)


def _unlike(rows: RowsOfFile, at: int, other: int) -> Unlike:
    """Where two rows of the file differ; two cells at fault count as alike."""
    both = ((column, _said(rows, at, column), _said(rows, other, column)) for column in rows.register.columns)
    return [(column, mine, theirs) for column, mine, theirs in both if mine != theirs]


def _said(rows: RowsOfFile, at: int, column: Column) -> Words:
    if at in rows.unusable.get(column.name, ()):
        return AT_FAULT
    return shown(column, rows.values[at][rows.at(column.name)])


def _twice(rows: RowsOfFile, at: int, other: int, differ: Unlike) -> Fault:
    place, here = rows.places[other], rows.places[at]
    zh = "；".join(f"{column.title.zh}：{mine.zh} ≠ {theirs.zh}" for column, mine, theirs in differ)
    en = "; ".join(f"{column.title.en}: {mine.en} ≠ {theirs.en}" for column, mine, theirs in differ)
    sheet_zh, sheet_en = (f"工作表“{place.sheet}”", f" of sheet {place.sheet!r}")
    if place.sheet == here.sheet:
        sheet_zh = sheet_en = ""
    key = _key_text(rows, at)
    return fault_at(
        rows,
        at,
        rows.register.key[-1],
        Words(
            f"{key} 在{sheet_zh}第 {place.row} 行也有，内容不同（{zh}）。请只留正确的一行。",
            f"{key} stands in row {place.row}{sheet_en} too, with other content ({en}). Keep the right one only.",
        ),
    )


def _differences(rows: RowsOfFile, at: int, registered: Row) -> Iterator[Fault]:
    key = _key_text(rows, at)
    for column, mine, theirs in zip(rows.register.columns, rows.values[at], registered, strict=True):
        if mine == theirs or at in rows.unusable.get(column.name, ()):
            continue
        here, there = shown(column, mine), shown(column, theirs)
        message = Words(
            f"{key} 已登记，此栏为“{there.zh}”，文件中为“{here.zh}”。如系更正，请按更正导入并写明理由。",
            f"{key} is registered with {there.en!r} here; the file says {here.en!r}."
            " If this is a correction, import it as one, with a reason.",
        )
        yield fault_at(rows, at, column.name, message)


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

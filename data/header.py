"""Checking: where a sheet's header stands and which column is which; what is not known is dropped by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from data.converting import half_width
from data.faults import WITHHELD, Fault
from data.personal import personal_number
from data.raw import Sheet, is_blank, plain
from data.register import Column, Register
from data.words import Words

SEARCHED_ROWS = 20
PROBLEMS = "问题"  # the last column of a marked copy
NOTES = re.compile(r"\*|:|[(\[](必填|选填|可空|可不填|必须|required|optional)[)\]]")
LONGEST_TITLE = 50

MISSING = Words("缺少这一列。", "This column is missing.")


@dataclass(frozen=True)
class Header:
    """A found header: `at` is its index in the sheet's rows, `columns` maps field name to column index.

    `dropped` are the titles of unknown columns; `untitled_from` is the first index past the last title.
    """

    at: int
    row: int
    columns: dict[str, int]
    dropped: tuple[str, ...]
    untitled: frozenset[int]
    width: int
    faults: tuple[Fault, ...]


def find(register: Register, sheet: Sheet) -> Header | None:
    """The row with the most known titles among the first: at least two, and half of those required."""
    known = titles(register)
    near = [at for at, number in enumerate(sheet.numbers[:SEARCHED_ROWS]) if number <= SEARCHED_ROWS]
    scores = {at: len({known[t] for cell in sheet.rows[at] if (t := fold(cell)) in known}) for at in near}
    required = sum(column.required for column in register.columns)
    best = max(scores, key=lambda at: scores[at], default=None)
    if best is None or scores[best] < max(2, required / 2):
        return None
    return _header(register, sheet, best, known)


def titles(register: Register) -> dict[str, str]:
    """Folded title or name to field name."""
    both = {fold(column.title.zh): column.name for column in register.columns}
    return both | {column.name: column.name for column in register.columns}


def fold(cell: str) -> str:
    """A title as it is compared: half-width, no white space, no marks such as `*` or （必填）."""
    text = unicodedata.normalize("NFKC", plain(cell))
    return NOTES.sub("", "".join(half_width(text).split()).casefold())


def _header(register: Register, sheet: Sheet, at: int, known: dict[str, str]) -> Header:
    cells = sheet.rows[at]
    columns: dict[str, int] = {}
    doubled: list[str] = []
    dropped: list[str] = []
    for index, cell in enumerate(cells):
        title = fold(cell)
        name = known.get(title)
        if name in columns:
            doubled.append(name)
        elif name:
            columns[name] = index
        elif title and title != PROBLEMS:
            dropped.append(shown_title(cell))
    width = max((index for index, cell in enumerate(cells) if not is_blank(cell)), default=-1) + 1
    untitled = frozenset(index for index in range(width) if is_blank(cells[index]))
    faults = _faults(register, sheet, sheet.numbers[at], columns, doubled)
    return Header(at, sheet.numbers[at], columns, tuple(dropped), untitled, width, faults)


def shown_title(cell: str) -> str:
    """An unknown column's title, trimmed; never one that is itself a personal number."""
    text = half_width(plain(cell))
    return WITHHELD if personal_number(text, is_code=False) else text[:LONGEST_TITLE]


def _faults(
    register: Register, sheet: Sheet, row: int, columns: dict[str, int], doubled: Sequence[str]
) -> tuple[Fault, ...]:
    def fault(column: Column, message: Words) -> Fault:
        return Fault(sheet.name, row, column.title.zh, "", message)

    missing = [column for column in register.columns if column.required and column.name not in columns]
    found = [fault(column, MISSING) for column in missing]
    for name in dict.fromkeys(doubled):
        found.append(
            fault(
                register.column(name),
                Words(
                    "这一列出现了不止一次，请只保留一列。",
                    "This column stands here more than once; keep one.",
                ),
            )
        )
    return tuple(found)

"""What reading hands to checking: sheets of text cells, with the row numbers a person sees.

A cell that is more than text begins with `MARK`, a letter for what it is, and then its text. Ordinary text never
begins so, because a control character in a file is itself marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.faults import LeftOut

MARK = "\x02"
FORMULA, ERROR, DAY, TIME, SERIAL_1904, LONG_NUMBER, TOO_LONG, CONTROL = (
    MARK + letter for letter in "fedt4nlc"
)

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 100
MOST_CHARACTERS = 2_000


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that are not blank.

    `numbers` are their row numbers as Excel shows them; rows may be of different length. `merged` holds
    (first row, first column, last row, last column), from 1; `hidden` the numbers of hidden rows;
    `is_text` says that the rows' lengths are the file's own.
    """

    name: str
    numbers: Sequence[int]
    rows: Sequence[Sequence[str]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: frozenset[int] = frozenset()
    is_text: bool = False


@dataclass(frozen=True)
class Raw:
    """A file as read: its visible sheets, and what was left out already (hidden sheets)."""

    sheets: tuple[Sheet, ...]
    left_out: tuple[LeftOut, ...] = field(default=())


def plain(cell: str) -> str:
    """The cell's text as a person wrote it, without the mark."""
    return cell[2:] if cell.startswith(MARK) else cell


def is_blank(cell: str) -> bool:
    return not cell or cell.isspace()

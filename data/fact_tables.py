"""A table of ready facts for `evaluate`: any columns, one row per subject, as text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from data.csv_text import decoded
from data.faults import Unreadable
from data.raw import MOST_BYTES
from data.words import Words


@dataclass(frozen=True)
class FactFile:
    """The header, and the rows with the numbers a person sees; every row is as long as the header."""

    header: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


def read_fact_table(path: Path) -> FactFile:
    """A comma-separated text file (UTF-8 or GB18030). Raises Unreadable, OSError.

    A line without any cell is skipped, unless there is only one column: there it is a blank cell.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(
            Words("事实表超过 50 MB，未读取", "the table of facts is larger than 50 MB; it was not read")
        )
    content = path.read_bytes()
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(Words("事实表须为 CSV 文本文件", "the table of facts must be a CSV text file"))
    lines = csv.reader(io.StringIO(decoded(content), newline=""), strict=True)
    numbers, rows = [], []
    try:
        header = tuple(cell.strip() for cell in next(lines, []))
        for cells in lines:
            if cells or len(header) == 1:
                numbers.append(lines.line_num)
                rows.append(_as_long_as(header, tuple(cells or [""]), lines.line_num))
    except csv.Error as error:
        raise Unreadable(
            Words(f"第 {lines.line_num} 行读不成 CSV：{error}", f"row {lines.line_num} is not CSV: {error}")
        ) from None
    if not header or not rows:
        raise Unreadable(Words("事实表没有数据行", "the table of facts has no rows"))
    return FactFile(header, tuple(numbers), tuple(rows))


def _as_long_as(header: tuple[str, ...], cells: tuple[str, ...], number: int) -> tuple[str, ...]:
    if len(cells) != len(header):
        raise Unreadable(
            Words(
                f"第 {number} 行有 {len(cells)} 格，表头有 {len(header)} 格",
                f"row {number} has {len(cells)} cells, the header has {len(header)}",
            )
        )
    return cells

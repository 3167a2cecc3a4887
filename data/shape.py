"""Checking the table's shape: merged cells, hidden rows, and cells that stand under no title."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from data.faults import Fault
from data.header import Header
from data.raw import Sheet, is_blank
from data.register import Register
from data.words import Words


def shape_faults(register: Register, sheet: Sheet, header: Header, kept: Sequence[int]) -> list[Fault]:
    """Faults of the table as such, for the rows (indexes) that are data."""
    rows = {sheet.numbers[at] for at in kept}
    return [
        *_merged(sheet, rows | {header.row}),
        *_hidden(sheet, sorted(rows & sheet.hidden)),
        *_without_title(sheet, header, kept),
        *_cut_short(register, sheet, header, kept),
    ]


def _merged(sheet: Sheet, rows: set[int]) -> list[Fault]:
    """A merged cell hides what the other cells under it would say."""
    found = []
    for top, left, bottom, right in sorted(sheet.merged):  # a workbook has them in any order
        row = next((row for row in range(top, bottom + 1) if row in rows), None)
        if row is None:
            continue
        cells = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        found.append(
            Fault(
                sheet.name,
                row,
                "",
                cells,
                Words(
                    f"单元格 {cells} 是合并的。请取消合并，并在每一行填写完整。",
                    f"The cells {cells} are merged. Unmerge them and fill in every row.",
                ),
            )
        )
    return found


def _hidden(sheet: Sheet, hidden: list[int]) -> list[Fault]:
    """Hidden rows are mostly filtered ones: nobody looked at them, so they are neither taken nor dropped."""
    if not hidden:
        return []
    return [
        Fault(
            sheet.name,
            hidden[0],
            "",
            "",
            Words(
                f"有 {len(hidden)} 行数据被隐藏或筛选掉（第 {hidden[0]} 行起）。请显示全部行，或删除不需要的行。",
                f"{len(hidden)} rows with data are hidden or filtered out (from row {hidden[0]} on). "
                "Show all rows, or delete those that are not wanted.",
            ),
        )
    ]


def _without_title(sheet: Sheet, header: Header, kept: Sequence[int]) -> list[Fault]:
    """Cells under no title: one fault per untitled column, and one per row that is longer than the header."""
    if not header.untitled and max(map(len, sheet.rows)) <= header.width:
        return []
    found: list[Fault] = []
    seen: set[int] = set()
    for at in kept:
        row = sheet.rows[at]
        if len(row) > header.width and not is_blank("".join(row[header.width :])):
            found.append(_too_long(sheet, at, header.width))
        for index in header.untitled - seen:
            if index < len(row) and not is_blank(row[index]):
                seen.add(index)
                found.append(_untitled(sheet, at, get_column_letter(index + 1)))
    return found


def _cut_short(register: Register, sheet: Sheet, header: Header, kept: Sequence[int]) -> list[Fault]:
    """Rows of a text file that end before a required column; Excel itself leaves off blank cells at the end."""
    if not sheet.is_text:
        return []
    required = (header.columns.get(column.name, -1) for column in register.columns if column.required)
    least = max(required, default=-1) + 1
    words = Words(
        "这一行的单元格比表头少，可能缺了分隔符或行被截断。",
        "The row has fewer cells than the header: a separator is missing, or the row was cut off.",
    )
    return [Fault(sheet.name, sheet.numbers[at], "", "", words) for at in kept if len(sheet.rows[at]) < least]


def _too_long(sheet: Sheet, at: int, width: int) -> Fault:
    return Fault(
        sheet.name,
        sheet.numbers[at],
        "",
        "",
        Words(
            f"这一行的单元格比表头多（表头只有 {width} 列）。请检查是否多了分隔符，或给多出的列写上标题。",
            f"The row has more cells than the header ({width}). Look for a separator too many.",
        ),
    )


def _untitled(sheet: Sheet, at: int, letter: str) -> Fault:
    return Fault(
        sheet.name,
        sheet.numbers[at],
        "",
        letter,
        Words(
            f"{letter} 列有内容但没有标题。请写上标题，或删除这一列。",
            f"Column {letter} has something in it but no title. Give it one, or delete it.",
        ),
    )

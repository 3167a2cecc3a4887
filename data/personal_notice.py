"""A file says what it holds: which of it is personal, what for, how long it may be kept, who took it along and when.

In a workbook that is the sheet 说明, in a file's name a mark; a .csv has the mark only, so that it still imports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from data.protection.personal_fields import personal_columns, tells_of_one
from data.raw import Sheet
from data.register import Register
from data.words import Words

SHEET = "说明"
FIRST = "含个人信息"
MARK = Words("（含个人信息）", " (personal data)")
NAMING = ("户主姓名", "户主", "姓名")  # titles of columns in which lists name people
FOR_WHAT = "只用于办理本办公室的电商扶贫业务。只交给办理的人，不公开，不转给他人；用完按规定保管或者销毁。"

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Taken:
    """Who takes a file along, when (as written there), how long such rows are kept, and whether names are masked in it."""

    by: str
    at: str
    kept: str = ""
    masked: bool = False


def of_register(register: Register, taken: Taken | None) -> list[tuple[str, str]]:
    """What is said about the file of a register; nothing where nothing in it is personal."""
    named = "、".join(column.title.zh for column in personal_columns(register))
    linked = "经户编号或人员编号可以联系到一户或一人" if tells_of_one(register.name) else ""
    return _lines("；".join(filter(None, (_named(named, taken), linked))), taken)


def of_list(titles: Iterable[str], taken: Taken | None) -> list[tuple[str, str]]:
    """The same for a list with these columns; nothing where none of them names people."""
    return _lines(_named("、".join(title for title in titles if title in NAMING), taken), taken)


def marked(file_name: str, mark: str) -> str:
    """The file's name with the mark before its ending."""
    path = PurePosixPath(file_name)
    return f"{path.stem}{mark}{path.suffix}"


def write_sheet(book: Any, lines: Lines) -> None:
    """The sheet 说明 of a workbook, unless there is nothing to say."""
    if not lines:
        return
    page, bold = book.add_worksheet(SHEET), book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 90)
    for row, (name, value) in enumerate(lines):
        page.write_string(row, 0, name, bold)
        page.write_string(row, 1, value, wrapped)


def is_notice(sheet: Sheet) -> bool:
    """Whether a sheet of a file that comes in is the one that this module wrote."""
    return sheet.name == SHEET and bool(sheet.rows) and sheet.rows[0][:1] == [FIRST]


def _named(titles: str, taken: Taken | None) -> str:
    if not titles:
        return ""
    return f"{titles}（只有姓氏）" if taken is not None and taken.masked else titles


def _lines(held: str, taken: Taken | None) -> list[tuple[str, str]]:
    if not held:
        return []
    said = [(FIRST, held), ("用途", FOR_WHAT)]
    if taken is not None:
        said += [("保存多久", taken.kept)] if taken.kept else []
        said.append(("导出", f"{taken.by}，{taken.at}"))
    return said

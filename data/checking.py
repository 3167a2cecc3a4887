"""A read file becomes converted rows, or every fault at its place; nothing is looked up in the database here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.converting import Value, convert
from data.faults import WITHHELD, Fault, LeftOut, Place
from data.header import Header, find
from data.modelled import model_faults
from data.not_data import TITLE_ROW, why_not_data
from data.personal import PERSONAL_NUMBER
from data.raw import Raw, Sheet, plain
from data.register import Register
from data.shape import shape_faults
from data.words import Words

NO_ROWS = Words("文件里没有数据行。", "The file has no rows.")
OTHER_SHEET = Words(
    "没有找到这张登记表的表头，整张工作表未读取。", "This sheet has no such header; it was not read."
)
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Checked:
    """What a file holds for a register: `rows` by field name as stored, `places` in the same order.

    Rows with faults are among `rows` (refused values as None), so only a file without faults may be used.
    """

    rows: list[dict[str, Value]]
    places: list[Place]
    faults: list[Fault]
    ignored_columns: list[str]
    left_out: list[LeftOut]


@dataclass
class _Gathered:
    """The data rows of all sheets, by column; `absent` are cells of columns that a sheet does not have."""

    cells: dict[str, list[str]]
    places: list[Place] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ignored: dict[str, None] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    absent: set[tuple[int, str]] = field(default_factory=set)


def check(register: Register, raw: Raw, *, today: date) -> Checked:
    """Convert and check every row of every sheet that carries the register's header.

    All faults are reported at once: of the header, of single cells, and of rows (the register's model).
    """
    gathered = _Gathered({column.name: [] for column in register.columns}, left_out=list(raw.left_out))
    headers = [(sheet, find(register, sheet)) for sheet in raw.sheets]
    for sheet, header in headers:
        if header is not None:
            _gather(register, sheet, header, gathered)
        else:
            gathered.left_out.append(LeftOut(sheet.name, None, OTHER_SHEET))
    if not any(header for _, header in headers):
        return Checked([], [], [_no_header(register, raw)], [], list(raw.left_out))
    if not gathered.places and not gathered.faults:
        gathered.faults.append(_no_rows(headers))
    values = _convert(register, gathered, today)
    return _checked(register, gathered, values)


def check_rows(register: Register, rows: Sequence[Mapping[str, str]], *, today: date) -> Checked:
    """The same check for rows that were typed in: text by field name; row numbers count from 1."""
    names = [column.name for column in register.columns]
    cells = [names, *([row.get(name, "") for name in names] for row in rows)]
    return check(register, Raw((Sheet("", range(len(cells)), cells),)), today=today)


def _gather(register: Register, sheet: Sheet, header: Header, gathered: _Gathered) -> None:
    """Take the sheet's data rows over, column by column, and say what is left out."""
    gathered.faults.extend(header.faults)
    gathered.ignored.update(dict.fromkeys(header.dropped))
    for number in sheet.numbers[: header.at]:
        gathered.left_out.append(LeftOut(sheet.name, number, TITLE_ROW))
    kept: list[int] = []
    for at in range(header.at + 1, len(sheet.rows)):
        why = why_not_data(register, header, sheet, at)
        if why is None:
            kept.append(at)
        else:
            gathered.left_out.append(LeftOut(sheet.name, sheet.numbers[at], why))
    gathered.faults.extend(shape_faults(register, sheet, header, kept))
    first = len(gathered.places)
    gathered.places.extend(Place(sheet.name, sheet.numbers[at]) for at in kept)
    rows = [sheet.rows[at] for at in kept]
    for name, cells in gathered.cells.items():
        place = header.columns.get(name)
        if place is None:
            cells.extend([""] * len(rows))
            gathered.absent.update((index, name) for index in range(first, len(gathered.places)))
        else:
            cells.extend([row[place] if place < len(row) else "" for row in rows])


def _convert(register: Register, gathered: _Gathered, today: date) -> dict[str, list[Value]]:
    """Converted columns; refusals are added to the faults, and their cells to `absent`."""
    values: dict[str, list[Value]] = {}
    for column in register.columns:
        cells = gathered.cells[column.name]
        values[column.name], refused = convert(cells, column, today)
        if refused:
            for index, cell in enumerate(cells):
                if cell in refused:
                    gathered.faults.append(_fault(register, gathered, index, column.name, refused[cell]))
                    gathered.absent.add((index, column.name))
    for name, other in register.blank_is.items():
        values[name] = [
            values[other][at] if value is None and not (cell and (at, name) in gathered.absent) else value
            for at, (value, cell) in enumerate(zip(values[name], gathered.cells[name], strict=True))
        ]
    return values


def _checked(register: Register, gathered: _Gathered, values: dict[str, list[Value]]) -> Checked:
    for index, name, message in model_faults(register, values):
        if (index, name) not in gathered.absent:
            gathered.faults.append(_fault(register, gathered, index, name, message))
    names = list(values)
    rows = [dict(zip(names, row, strict=True)) for row in zip(*values.values(), strict=True)]
    return Checked(
        rows, gathered.places, _in_order(register, gathered.faults), list(gathered.ignored), gathered.left_out
    )


def _fault(register: Register, gathered: _Gathered, index: int, name: str, message: Words) -> Fault:
    place = gathered.places[index]
    cell = " ".join(plain(gathered.cells[name][index]).split())[:LONGEST_SHOWN]
    value = WITHHELD if message == PERSONAL_NUMBER else cell
    return Fault(place.sheet, place.row, register.column(name).title.zh, value, message)


def _in_order(register: Register, faults: list[Fault]) -> list[Fault]:
    """By sheet as they come, then row, then column; the first fault of a cell is enough."""
    sheets = {sheet: at for at, sheet in enumerate(dict.fromkeys(fault.sheet for fault in faults))}
    columns = {column.title.zh: at for at, column in enumerate(register.columns)}
    once = {(fault.sheet, fault.row, fault.column, fault.message): fault for fault in reversed(faults)}
    return sorted(
        once.values(),
        key=lambda fault: (sheets[fault.sheet], fault.row or 0, columns.get(fault.column, -1)),
    )


def _no_header(register: Register, raw: Raw) -> Fault:
    required = "、".join(column.title.zh for column in register.columns if column.required)
    sheet = raw.sheets[0].name if raw.sheets else ""
    return Fault(
        sheet,
        None,
        "",
        "",
        Words(
            f"前 20 行里没有找到“{register.title.zh}”的表头。必须有这些列：{required}。可下载空白模板填写。",
            f"No header of “{register.title.en}” in the first 20 rows. These columns are needed: {required}.",
        ),
    )


def _no_rows(headers: list[tuple[Sheet, Header | None]]) -> Fault:
    sheet, header = next((sheet, header) for sheet, header in headers if header)
    return Fault(sheet.name, header.row if header else None, "", "", NO_ROWS)

"""A read file becomes converted rows, or every fault at its place; nothing is looked up in the database here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from operator import itemgetter

from data.converting import Value, convert
from data.faults import WITHHELD, Fault, LeftOut, Place
from data.header import Header, find
from data.modelled import model_faults
from data.not_data import TITLE_ROW, rows_not_data
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
    """What a file holds for a register: the values as stored, by field name, and the rows' `places` in their order.

    Rows with faults are there too (refused values as None), so only a file without faults may be used.
    """

    columns: Mapping[str, list[Value]]
    places: list[Place]
    faults: list[Fault] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Value]]) -> Checked:
        """Rows that are known to be good; a field that one of them lacks is blank."""
        names = dict.fromkeys(name for row in rows for name in row)
        columns = {name: [row.get(name) for row in rows] for name in names}
        return cls(columns, [Place("", number) for number, _ in enumerate(rows, start=2)])

    @property
    def rows(self) -> list[dict[str, Value]]:
        """The values row by row; made anew each time."""
        names = list(self.columns)
        return [dict(zip(names, row, strict=True)) for row in zip(*self.columns.values(), strict=True)]


@dataclass
class _Gathered:
    """The data rows of all sheets, by column.

    `refused` are the cells that have a fault already, `without` the rows whose sheet does not have a column.
    """

    cells: dict[str, list[str]]
    places: list[Place] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ignored: dict[str, None] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    refused: set[tuple[int, str]] = field(default_factory=set)
    without: list[tuple[range, str]] = field(default_factory=list)

    def is_judged(self, index: int, name: str) -> bool:
        """What is wrong with this cell has been said, or there is none."""
        missing = (index in rows and name == column for rows, column in self.without)
        return (index, name) in self.refused or any(missing)


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
        return Checked({}, [], [_no_header(register, raw)], [], list(raw.left_out))
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
    not_data = rows_not_data(register, header, sheet)
    gathered.left_out.extend(LeftOut(sheet.name, sheet.numbers[at], why) for at, why in not_data.items())
    kept = [at for at in range(header.at + 1, len(sheet.rows)) if at not in not_data]
    gathered.faults.extend(shape_faults(register, sheet, header, kept))
    first = len(gathered.places)
    gathered.places.extend(map(Place, repeat(sheet.name), map(sheet.numbers.__getitem__, kept)))
    rows = _filled_up([sheet.rows[at] for at in kept], 1 + max(header.columns.values()))
    for name, cells in gathered.cells.items():
        place = header.columns.get(name)
        if place is None:
            cells.extend([""] * len(rows))
            gathered.without.append((range(first, len(gathered.places)), name))
        else:
            cells.extend(map(itemgetter(place), rows))


def _filled_up(rows: list[Sequence[str]], width: int) -> list[Sequence[str]]:
    """The rows, the short ones with blank cells at the end."""
    if min(map(len, rows), default=width) >= width:
        return rows
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _convert(register: Register, gathered: _Gathered, today: date) -> dict[str, list[Value]]:
    """Converted columns; refusals are added to the faults, and their cells to `refused`."""
    values: dict[str, list[Value]] = {}
    for column in register.columns:
        cells = gathered.cells[column.name]
        values[column.name], refused = convert(cells, column, today)
        if refused:
            for index, cell in enumerate(cells):
                if cell in refused:
                    gathered.faults.append(_fault(register, gathered, index, column.name, refused[cell]))
                    gathered.refused.add((index, column.name))
    for name, other in register.blank_is.items():
        if None in values[name]:
            values[name] = [
                values[other][at] if value is None and (at, name) not in gathered.refused else value
                for at, value in enumerate(values[name])
            ]
    return values


def _checked(register: Register, gathered: _Gathered, values: dict[str, list[Value]]) -> Checked:
    for index, name, message in model_faults(register, values):
        if not gathered.is_judged(index, name):
            gathered.faults.append(_fault(register, gathered, index, name, message))
    faults = _in_order(register, gathered.faults)
    return Checked(values, gathered.places, faults, list(gathered.ignored), gathered.left_out)


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

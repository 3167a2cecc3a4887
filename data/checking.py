"""A read file becomes converted rows, or every fault at its place; nothing is looked up in the database here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from operator import itemgetter

from data.cells import text_cell
from data.converting import Value, convert
from data.faults import WITHHELD, Fault, LeftOut, Place
from data.header import Header, find
from data.modelled import model_faults
from data.not_data import BLANK_ROW, TITLE_ROW, blank_rows, rows_not_data
from data.personal import PERSONAL_NUMBER
from data.personal_notice import is_notice
from data.raw import Raw, Sheet, plain
from data.register import Register
from data.shape import shape_faults
from data.templates import is_explanations
from data.words import Words

NO_ROWS = Words("文件里没有数据行。", "The file has no rows.")
OTHER_SHEET = Words(
    "没有找到这张登记表的表头，整张工作表未读取。", "This sheet has no such header; it was not read."
)
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Checked:
    """What a file holds for a register: the values as stored, by field name, and the rows' `places` in their order.

    Rows with faults are there too, so only a file without faults may be written. `unusable` gives, by field
    name, the rows whose cell has a fault of its own, so that nothing more can be said about its value; `absent`
    the rows of sheets that do not have an optional column at all, which says nothing about its value either.
    """

    columns: Mapping[str, list[Value]]
    places: list[Place]
    unusable: Mapping[str, Set[int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    absent: Mapping[str, list[range]] = field(default_factory=dict)

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
    """The data rows of all sheets, by column; `refused` are the rows, by column, whose cell has a fault already."""

    cells: dict[str, list[str]]
    places: list[Place] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ignored: dict[str, None] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    refused: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    absent: dict[str, list[range]] = field(default_factory=lambda: defaultdict(list))


def check(register: Register, raw: Raw, *, today: date) -> Checked:
    """Convert and check every row of every sheet that carries the register's header.

    All faults are reported at once: of the header, of single cells, and of rows (the register's model).
    """
    gathered = _Gathered({column.name: [] for column in register.columns}, left_out=list(raw.left_out))
    headers = [(sheet, find(register, sheet)) for sheet in raw.sheets]
    for sheet, header in headers:
        if header is not None:
            _gather(register, sheet, header, gathered)
        elif not (is_explanations(sheet) or is_notice(sheet)):
            gathered.left_out.append(LeftOut(sheet.name, None, OTHER_SHEET))
    if not any(header for _, header in headers):
        return Checked({}, [], faults=[_no_header(register, raw)], left_out=list(raw.left_out))
    if not gathered.places and not gathered.faults:
        gathered.faults.append(_no_rows(headers))
    values = _convert(register, gathered, today)
    return _checked(register, gathered, values, raw)


def check_rows(register: Register, rows: Sequence[Mapping[str, str]], *, today: date) -> Checked:
    """The same check for rows that were typed in: text by field name; row numbers count from 1."""
    names = [column.name for column in register.columns]
    cells = [names, *([text_cell(row.get(name, "")) for name in names] for row in rows)]
    return check(register, Raw((Sheet("", range(len(cells)), cells),)), today=today)


def _gather(register: Register, sheet: Sheet, header: Header, gathered: _Gathered) -> None:
    """Take the sheet's data rows over, column by column, and say what is left out."""
    gathered.faults.extend(header.faults)
    gathered.ignored.update(dict.fromkeys(header.dropped))
    for number in sheet.numbers[: header.at]:
        gathered.left_out.append(LeftOut(sheet.name, number, TITLE_ROW))
    not_data = rows_not_data(register, header, sheet)
    gathered.left_out.extend(_left_out(sheet, not_data))
    kept = [at for at in range(header.at + 1, len(sheet.rows)) if at not in not_data]
    gathered.faults.extend(shape_faults(register, sheet, header, kept))
    first = len(gathered.places)
    gathered.places.extend(map(Place, repeat(sheet.name), map(sheet.numbers.__getitem__, kept)))
    rows = _filled_up([sheet.rows[at] for at in kept], 1 + max(header.columns.values()))
    for name, cells in gathered.cells.items():
        place = header.columns.get(name)
        if place is None:
            cells.extend([""] * len(rows))
            if register.column(name).required:  # that it is missing has been said of the header
                gathered.refused[name].update(range(first, len(gathered.places)))
            elif name not in register.blank_is:  # there a blank has a meaning of its own
                gathered.absent[name].append(range(first, len(gathered.places)))
        else:
            cells.extend(map(itemgetter(place), rows))


def _left_out(sheet: Sheet, not_data: Mapping[int, Words]) -> Iterator[LeftOut]:
    """Each row with what it is; blank ones, of which a form may have hundreds, at once."""
    blank = [sheet.numbers[at] for at, why in not_data.items() if why == BLANK_ROW]
    for at, why in not_data.items():
        if why != BLANK_ROW:
            yield LeftOut(sheet.name, sheet.numbers[at], why)
    if blank:
        yield LeftOut(sheet.name, blank[0], blank_rows(len(blank), blank[0]))


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
                    gathered.refused[column.name].add(index)
    for name, other in register.blank_is.items():
        if None in values[name]:
            values[name] = _filled_in(values[name], values[other], gathered.refused[name])
    return values


def _filled_in(values: list[Value], others: list[Value], refused: set[int]) -> list[Value]:
    """The values, a blank one that of the other column; where that has none either, the blank says nothing."""
    blank = {at for at, value in enumerate(values) if value is None} - refused
    refused |= {at for at in blank if others[at] is None}
    return [others[at] if at in blank else value for at, value in enumerate(values)]


def _checked(register: Register, gathered: _Gathered, values: dict[str, list[Value]], raw: Raw) -> Checked:
    """The model's faults come in; only one of a single cell makes its value unusable."""
    across = {check.message: check.asks for check in register.row_checks.values()}
    unusable = {name: set(rows) for name, rows in gathered.refused.items() if rows}
    for index, name, message in model_faults(register, values):
        if any(index in gathered.refused[asked] for asked in (name, *across.get(message, ()))):
            continue
        gathered.faults.append(_fault(register, gathered, index, name, message))
        if message not in across:
            unusable.setdefault(name, set()).add(index)
    faults = in_order(register, raw, gathered.faults)
    ignored, absent = list(gathered.ignored), dict(gathered.absent)
    return Checked(values, gathered.places, unusable, faults, ignored, gathered.left_out, absent)


def _fault(register: Register, gathered: _Gathered, index: int, name: str, message: Words) -> Fault:
    place = gathered.places[index]
    cell = " ".join(plain(gathered.cells[name][index]).split())[:LONGEST_SHOWN]
    value = WITHHELD if message == PERSONAL_NUMBER else cell
    return Fault(place.sheet, place.row, register.column(name).title.zh, value, message)


def in_order(register: Register, raw: Raw | None, faults: Sequence[Fault]) -> list[Fault]:
    """By sheet as the file has them, then row, then column; what is said of a cell is said once.

    `raw` is None for rows that were typed in.
    """
    sheets = {sheet.name: at for at, sheet in enumerate(raw.sheets if raw else ())}
    columns = {column.title.zh: at for at, column in enumerate(register.columns)}
    once = {(fault.sheet, fault.row, fault.column, fault.message): fault for fault in faults}
    return sorted(
        once.values(),
        key=lambda fault: (sheets.get(fault.sheet, 0), fault.row or 0, columns.get(fault.column, -1)),
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

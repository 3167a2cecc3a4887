"""A valid row of any register with everything it refers to: for any test that needs rows of the newer registers.

`rows_for("shop_sales")` gives, in the order in which they can be entered, one row for each register that a row of
`shop_sales` needs, itself last: `{register: {field: text as typed}}`. The values are the registers' own examples
(H0001, V001, Z001, …), which fit each other. `enter_rows(writer, rows_for(name))` enters them through the real import.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import BytesIO, StringIO

import xlsxwriter

from data.register import REGISTERS, Column, Register
from data.store import Writer
from office.importing import Report, carry_out, prepare_rows

Row = dict[str, str]
BY = "示例录入员"


def example_row(name: str, **other: str) -> Row:
    """The row of the register's examples, as typed; `other` values instead of some."""
    row = {column.name: column.example for column in REGISTERS[name].columns}
    assert other.keys() <= row.keys(), other
    return row | other


def needed_by(name: str) -> list[str]:
    """The registers that a row of this one refers to, near and far, in the order in which they can be entered."""
    found, asked = {name}, [name]
    while asked:
        named = {reference.register for reference in REGISTERS[asked.pop()].references}
        asked += named - found
        found |= named
    return [one for one in REGISTERS if one in found and one != name]


def rows_for(name: str, **other: str) -> dict[str, Row]:
    """One row each of everything the register refers to, then its own; `other` values in its own row."""
    return {one: example_row(one) for one in needed_by(name)} | {name: example_row(name, **other)}


def enter_rows(writer: Writer, rows: Mapping[str, Row]) -> None:
    """Enter one row per register; every row must be accepted."""
    for name, row in rows.items():
        report = reported(writer, name, row)
        assert report.good, [(fault.column, fault.message.zh) for fault in report.faults]
        carry_out(writer, report, by=BY, source="entry-form")


def reported(writer: Writer, name: str, *rows: Row, update: bool = False) -> Report:
    """What an import of these rows would do."""
    with writer.transaction() as db:
        return prepare_rows(db, REGISTERS[name], rows, update=update)


def another_value(column: Column, text: str) -> str:
    """A valid value of the same column that is not this one, for columns that name nothing."""
    if column.kind == "yes_no":
        return "否" if text == "是" else "是"
    if column.kind == "number":
        return next(n for n in ("1", "2") if float(n) != float(text or 0))
    if column.kind == "choice":
        return next(words.zh for words in column.choices.values() if words.zh != text)
    return {"date": "2021-09-01", "month": "2021-07"}.get(column.kind, f"{text}又")


def as_csv(register: Register, *rows: Row) -> bytes:
    """The rows as a file with Chinese titles."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.title.zh for column in register.columns])
    writer.writerows([[row[column.name] for column in register.columns] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(register: Register, *rows: Row) -> bytes:
    """The same as a workbook, numbers as numbers."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, column in enumerate(register.columns):
            sheet.write_string(0, at, column.title.zh)
            for number, row in enumerate(rows, 1):
                text = row[column.name]
                if column.kind == "number" and text:
                    sheet.write_number(number, at, float(text))
                elif text:
                    sheet.write_string(number, at, text)
    return content.getvalue()

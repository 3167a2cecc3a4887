"""Good files to begin from: what the office's own software writes, in every encoding and kind that it takes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import openpyxl
import xlwt

from data.exports import export_csv, export_xlsx
from data.register import REGISTERS
from data.store import reading
from data.templates import template
from data.versions import as_known
from office.audit_pack.building import packed_bytes
from office.rulekeeping.cases import as_file, cases_of

ROOT = Path(__file__).resolve().parent.parent
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
SHORT = 12  # rows of a seed: an edit then meets something each time
REGISTERS_USED = ("townships", "households", "goods", "inspections", "shipments")


def seeds(office: Path) -> Mapping[str, Sequence[bytes]]:
    """Good inputs by the name of their target, from a demonstration database."""
    with reading(office) as db:
        rows = {name: list(as_known(db, REGISTERS[name]))[:SHORT] for name in REGISTERS_USED}
        cases = as_file(cases_of(db, "produce-support"), "produce-support").encode()
        pack = packed_bytes(db)
    written = {name: export_csv(REGISTERS[name], rows[name]).decode("utf-8-sig") for name in rows}
    books = [export_xlsx(REGISTERS[name], rows[name]) for name in rows]
    programmes = [path.read_bytes() for path in sorted((ROOT / "rules" / "programs").glob("*.toml"))]
    others = [
        (ROOT / "rules" / f"{name}.toml").read_bytes() for name in ("procedure", "targets", "assessment")
    ]
    return {
        "csv": [text.encode(encoding) for text in written.values() for encoding in ENCODINGS],
        "xlsx": [*books, *map(by_openpyxl, written.values()), template(REGISTERS["inspections"])],
        "xls": [by_xlwt(text) for text in written.values()],
        "rules": [*programmes, *others],
        "programme": programmes,
        "cases": [cases, *(p.read_bytes() for p in sorted((ROOT / "tests" / "cases").glob("*.toml")))],
        "facts": [b"a,b,c\n1,true,2021-01-01\n", "甲,乙\n1,\n".encode("gb18030")],
        "pack": [pack],
        "backup": [office.read_bytes()],
        "address": [b"2021-09-30", b"1", b"list,import", "示例".encode(), b"[x](http://192.0.2.1)"],
        "sign-in": [
            b"/goods?day=2021-09-30",
            b"/audit",
            b"//192.0.2.1",
            b"/\\192.0.2.1",
            b"https://192.0.2.1",
        ],
    }


def by_openpyxl(text: str) -> bytes:
    """Shared strings, styles and dates as Excel and WPS write them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in text.splitlines():
        sheet.append(line.split(","))
    sheet.merge_cells("A20:B21")
    sheet.row_dimensions[3].hidden = True
    return _saved(book.save)


def by_xlwt(text: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一月")
    for at, line in enumerate(text.splitlines()):
        for place, cell in enumerate(line.split(",")):
            sheet.write(at, place, float(cell) if cell.isdigit() and at else cell)
    return _saved(book.save)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    content = io.BytesIO()
    save(content)
    return content.getvalue()


@cache
def seeds_of(office: Path) -> Mapping[str, Sequence[bytes]]:
    """The same, made once."""
    return seeds(office)

"""Importing 100,000 inspections from a file: read, checked, compared, written and chained."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import xlsxwriter

from bench.county import county
from bench.report import Row, ratio_row
from bench.timing import Taken, timed
from bench.yardstick import Size, yardstick
from data.register import REGISTERS
from data.store import open_writer, reading
from office.importing import Report, carry_out, prepare, source_of

_ROWS = 100_000
_GOODS = 10_000
_SEED = 20210930
_ROUNDS = 3


def rows(folder: Path) -> Iterator[Row]:
    """The two rows of the table that are about imports."""
    base = yardstick(folder, Size(_GOODS, 0, _SEED))
    cells = _cells()
    for name, content, others, most in (
        ("inspections.xlsx", _workbook(cells), _pandas_excel, 3.0),
        ("inspections.csv", _csv(cells), _pandas_csv, 25.0),
    ):
        ours, theirs = [], []
        for _ in range(_ROUNDS):
            ours.append(_imported(base, name, content))
            theirs.append(timed(partial(others, content))[0])
        work = f"import of {_ROWS:,} inspections, {name.rpartition('.')[2]}"
        yield ratio_row(work, Taken(tuple(ours)).middle, Taken(tuple(theirs)).middle, "pandas as text", most)


def _imported(base: Path, name: str, content: bytes) -> float:
    """Seconds of one import into a fresh copy of the database."""
    with TemporaryDirectory(dir=base.parent) as folder:
        path = Path(shutil.copy(base, folder))
        with open_writer(path) as writer:

            def work() -> Report:
                with reading(path) as db:
                    report = prepare(db, REGISTERS["inspections"], name, content)
                return carry_out(writer, report, by="bench", source=source_of(content))

            taken, report = timed(work)
            if report.accepted != _ROWS:
                raise AssertionError(f"{report.accepted} rows were entered, not {_ROWS}")
            return taken


def _cells() -> pd.DataFrame:
    """The file's rows under their Chinese titles, every cell a text, as an office sends them."""
    register = REGISTERS["inspections"]
    drawn = county(_GOODS, _ROWS, _SEED)[0]["inspections"]
    choices = {
        column.name: {key: words.zh for key, words in column.choices.items()} for column in register.columns
    }
    columns = {
        column.title.zh: [_said(choices[column.name], value) for value in drawn[column.name].tolist()]
        for column in register.columns
        if column.name in drawn
    }
    return pd.DataFrame(columns)


def _said(choices: dict[str, str], value: str | None) -> str:
    return "" if value is None else choices.get(value, value)


def _csv(cells: pd.DataFrame) -> bytes:
    return cells.to_csv(index=False).encode("utf-8-sig")


def _workbook(cells: pd.DataFrame) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("检验")
    for at, row in enumerate([list(cells.columns), *cells.itertuples(index=False)]):
        sheet.write_row(at, 0, [value or None for value in row])
    book.close()
    return file.getvalue()


def _pandas_excel(content: bytes) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(content), dtype=str)


def _pandas_csv(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str)

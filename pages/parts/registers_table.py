"""How the rows of a register stand in a table: titles with units, days, money, choices in words, codes with their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.comparing import shown
from data.numbers import number_text
from data.register import Column, Register
from office.registry.listing import Listed
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words
from pages.parts.upload_report import titled

Called = Mapping[str, Mapping[str, str]]
MARKDOWN = "\\`*_{}[]()#+-.!|<>~$:"
YEARS = 10_000  # a whole number below this may be a year; it gets no comma


def table_of(listed: Listed) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The rows of a page as a frame under the register's titles, and how each column is drawn."""
    columns = listed.register.columns
    cells = {titled(c): [cell(c, row[c.name], listed.called) for row in listed.rows] for c in columns}
    if any(row["version"] > 1 for row in listed.rows):
        cells[_("更正次数")] = [row["version"] - 1 or None for row in listed.rows]
    drawn = {titled(column): config for column in columns if (config := _drawn(column)) is not None}
    return pd.DataFrame(cells), drawn


def cell(column: Column, value: Any, called: Called) -> Any:
    """A stored value as a table sorts and shows it; None for what is not filled in."""
    if value is None:
        return None
    if column.kind == "date":
        return date.fromisoformat(value)
    if column.kind == "month":
        return date.fromisoformat(f"{value}-01")
    if column.kind == "number":
        return value / 10**column.scale if column.scale else value
    return in_words(column, value, called)


def in_words(column: Column, value: Any, called: Called) -> str:
    """A stored value in words, with its unit where it stands alone: 1,234.50 元; "" for what is not filled in."""
    if value is None:
        return ""
    if column.kind == "date":
        return day_words(date.fromisoformat(value), lang())
    if column.kind == "month":
        return month_words(value)
    if column.kind == "number":
        return _number_words(column, int(value))
    name = called.get(column.name, {}).get(value, "")
    return f"{value}　{name}" if name else say(shown(column, value))


def month_words(month: str) -> str:
    """2021年9月, and 2021-09 in English."""
    year, number = month.split("-")
    return _("{year}年{month}月").format(year=year, month=int(number))


def key_words(register: Register, key: Sequence[Any]) -> str:
    """A row's key for a heading: H0001/P01."""
    parts = zip(register.key, key, strict=True)
    return "/".join(in_words(register.column(name), part, {}) for name, part in parts)


def as_plain(text: str) -> str:
    """Text of a register where Markdown would be read: it means nothing there."""
    return "".join(f"\\{letter}" if letter in MARKDOWN else letter for letter in text)


def _number_words(column: Column, value: int) -> str:
    whole, point, fraction = number_text(value, column.scale).partition(".")
    plain = whole if _is_plain(column) else f"{int(whole):,}"
    unit = f" {say(column.unit)}" if column.unit and not _is_plain(column) else ""
    return f"{plain}{point}{fraction}{unit}"


def _is_plain(column: Column) -> bool:
    """A year or a running number: written without commas."""
    return column.scale == 0 and (column.high < YEARS or column.unit is None)


def _drawn(column: Column) -> Any:
    config = st.column_config
    about = say(column.description)
    if column.kind == "date":
        return config.DateColumn(format=_("YYYY年M月D日"), help=about, width=118)
    if column.kind == "month":
        return config.DateColumn(format=_("YYYY年M月"), help=about, width=90)
    if column.kind == "number":
        written = "%d" if _is_plain(column) else f"%.{column.scale}f"
        written = "accounting" if column.scale == 2 else "localized" if not column.scale else written
        return config.NumberColumn(format="%d" if _is_plain(column) else written, help=about)
    return config.TextColumn(help=about)

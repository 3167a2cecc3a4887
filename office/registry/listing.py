"""A register as a list, as far as a role may see it: a page of rows, what their codes are called, and the file of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from data.exports import export_csv, export_xlsx
from data.papers.filters import masked
from data.personal_notice import Taken, of_register
from data.protection.personal_fields import masked_cell
from data.register import REGISTERS, Column, Register
from data.register_lists import RowsAsked, name_column, named_by, names_of, rows_asked, rows_counted
from data.store import Database
from office.permissions import may

PAGE = 500  # rows on a screen; the rest is a page further

NAMES_SHOWN = "names_shown"  # no role: one row as it is shown after its reason was written down (office/personal/showing.py)
ORDER = "一二三四五六七八九十"  # how the plan numbers its parts

Row = dict[str, Any]


@dataclass(frozen=True)
class Listed:
    """One page of a list: how many rows there are in all, these rows, and by column what their codes are called."""

    register: Register
    total: int
    rows: list[Row]
    called: Mapping[str, Mapping[str, str]]


def sees_names(role: str) -> bool:
    """Whether a role is shown what is personal; NAMES_SHOWN stands for somebody who gave a reason just now."""
    return role == NAMES_SHOWN or may(role, "see_household_heads")


def clauses() -> tuple[str, ...]:
    """Every clause of the plan that some register carries out, in the order of the plan."""
    found = {clause for register in REGISTERS.values() for clause in register.clauses}
    return tuple(sorted(found, key=lambda clause: [ORDER.find(letter) for letter in clause]))


def listed(db: Database, asked: RowsAsked, role: str, page: int = 1) -> Listed:
    """The page of rows (from 1) that a role sees; names of people are masked, and not searched, where it may not see them."""
    register = REGISTERS[asked.register]
    allowed = replace(asked, personal=sees_names(role))
    total = rows_counted(db, allowed)
    rows = rows_asked(db, allowed, first=(page - 1) * PAGE, most=PAGE)
    return Listed(
        register, total, [shielded(register, row, role) for row in rows], called(db, register, rows, role)
    )


def list_file(
    db: Database, asked: RowsAsked, role: str, kind: Literal["xlsx", "csv"], taken: Taken | None = None
) -> bytes:
    """All rows asked for as a file that imports again (except for names that the role may not see).

    `taken`: who takes it along; a workbook then says what of it is personal.
    """
    register = REGISTERS[asked.register]
    rows = rows_asked(db, replace(asked, personal=sees_names(role)))
    return _file(register, rows, role, kind, taken)


def shielded(register: Register, row: Mapping[str, Any], role: str) -> Row:
    """The row as a role may see it."""
    if sees_names(role):
        return dict(row)
    return {name: _masked(register.by_name.get(name), value) for name, value in row.items()}


def called(
    db: Database, register: Register, rows: Iterable[Mapping[str, Any]], role: str
) -> dict[str, dict[str, str]]:
    """By column of codes what each code in the rows is called, masked where the role may not see names of people."""
    kept = list(rows)
    found: dict[str, dict[str, str]] = {}
    for column in register.columns:
        other = named_by(register, column.name)
        if other is None or other is register:
            continue
        codes = {row[column.name] for row in kept if row[column.name] is not None}
        found[column.name] = _as_seen(other, names_of(db, other, codes), role)
    return {name: names for name, names in found.items() if names}


def _as_seen(register: Register, names: dict[str, str], role: str) -> dict[str, str]:
    column = name_column(register)
    if sees_names(role) or column is None or not column.personal:
        return names
    return {code: masked(name) for code, name in names.items()}


def _file(
    register: Register,
    rows: Iterable[Mapping[str, Any]],
    role: str,
    kind: Literal["xlsx", "csv"],
    taken: Taken | None,
) -> bytes:
    seen = _shielded_all(register, rows, role)
    if kind == "csv":
        return export_csv(register, seen)
    return export_xlsx(register, seen, of_register(register, taken) if taken else ())


def _shielded_all(register: Register, rows: Iterable[Mapping[str, Any]], role: str) -> Iterator[Row]:
    return (shielded(register, row, role) for row in rows)


def _masked(column: Column | None, value: Any) -> Any:
    return masked_cell(column, value) if column is not None and column.personal and value else value

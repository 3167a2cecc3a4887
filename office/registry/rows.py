"""One row of a register: its values, what it refers to, what refers to it, and every version it ever had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.comparing import shown
from data.register import REGISTERS, Column, Register
from data.register_lists import name_column, referring
from data.store import Database
from data.versions import history
from data.words import Words
from office.registry.listing import Row, called, shielded

Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Link:
    """A row that this one refers to, and what it is called ("" where it has no name)."""

    register: Register
    key: Key
    name: str


@dataclass(frozen=True)
class Version:
    """One version of a row: who wrote it, when, why, and what it changed (nothing for the first)."""

    number: int
    at: str
    by: str
    reason: str
    changes: tuple[tuple[Column, Words, Words], ...]


@dataclass(frozen=True)
class RowSeen:
    """A row as a role sees it. `versions` begin with the newest; `referring` counts rows by register."""

    register: Register
    key: Key
    row: Row
    name: str
    called: Mapping[str, Mapping[str, str]]
    links: tuple[Link, ...]
    referring: Mapping[str, int]
    versions: tuple[Version, ...]


def look_at_row(db: Database, register: Register, key: Key, role: str) -> RowSeen | None:
    """The row with this key as it stands now; None where there is none."""
    found = history(db, register, key)
    if not found:
        return None
    versions = [shielded(register, row, role) for row in found]
    row = versions[-1]
    names = called(db, register, [row], role)
    return RowSeen(
        register=register,
        key=key,
        row=row,
        name=_name(register, row),
        called=names,
        links=tuple(_links(register, row, names)),
        referring=referring(db, register, row["entity"]),
        versions=tuple(reversed(_versions(register, found, versions))),
    )


def _name(register: Register, row: Mapping[str, Any]) -> str:
    column = name_column(register)
    return "" if column is None else str(row[column.name])


def _links(register: Register, row: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> list[Link]:
    links = []
    for reference in register.references:
        key = tuple(row[name] for name in reference.columns)
        if None in key:
            continue
        said = [names.get(name, {}).get(row[name], "") for name in reference.columns]
        links.append(Link(REGISTERS[reference.register], key, " · ".join(filter(None, said))))
    return links


def _versions(register: Register, stored: Sequence[Mapping[str, Any]], seen: Sequence[Row]) -> list[Version]:
    """What changed is told from what is stored, and said as the role sees it."""
    return [
        Version(
            row["version"],
            row["recorded_at"],
            row["recorded_by"],
            row["reason"] or "",
            _changes(register, stored[at - 1 : at + 1], seen[at - 1 : at + 1]) if at else (),
        )
        for at, row in enumerate(seen)
    ]


def _changes(
    register: Register, stored: Sequence[Mapping[str, Any]], seen: Sequence[Row]
) -> tuple[tuple[Column, Words, Words], ...]:
    (old, new), (before, after) = stored, seen
    return tuple(
        (column, shown(column, before[column.name]), shown(column, after[column.name]))
        for column in register.columns
        if old[column.name] != new[column.name]
    )

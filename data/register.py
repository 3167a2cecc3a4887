"""The registers as everything reads them: one definition each, from which all else about them follows.

`REGISTERS` holds them in dependency order. A register is one file in `data/registers/`; a new file there is
found by itself. The files are read at first use: the library they are written in takes a second to load.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any, Literal

import data.registers
from data.faults import UnknownRegister
from data.words import Words

Kind = Literal["code", "name", "text", "date", "choice", "yes_no", "number"]


@dataclass(frozen=True)
class Column:
    """One column: its words, what may stand in it, and whether the value is personal.

    `choices` maps the stored English code to its words, `also_read` maps other words that offices write to a
    code. `may_be_future` is for dates that may lie ahead. A number is stored as value × 10^`scale`, from `low` on
    (as stored). `given_elsewhere`: a running number of others (of a carrier, a platform).
    """

    name: str
    title: Words
    description: Words
    kind: Kind
    choices: dict[str, Words]
    required: bool
    example: str
    personal: bool = False
    unit: Words | None = None
    also_read: dict[str, str] = field(default_factory=dict)
    may_be_future: bool = False
    scale: int = 0
    low: int = 0
    given_elsewhere: bool = False


@dataclass(frozen=True)
class Reference:
    """These columns together name a row of another register (by its key, in the same order)."""

    columns: tuple[str, ...]
    register: str


@dataclass(frozen=True)
class RowCheck:
    """What is said, and at which column, when a check across columns does not hold."""

    column: str
    message: Words


@dataclass(frozen=True)
class About:
    """What a register's file says beside its model: `ABOUT` in each file of `data/registers/`.

    `position` orders the registers so that a reference points to an earlier one or to itself; `blank_is` maps
    a column to the one whose value a blank stands for; `row_checks` gives the model's checks across columns
    their words.
    """

    model: Any
    name: str
    position: int
    title: Words
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    row_checks: Mapping[str, RowCheck] = field(default_factory=dict)
    blank_is: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Register:
    """One register; `model` is the pandera model that validates a frame of converted rows."""

    name: str
    title: Words
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    references: tuple[Reference, ...]
    model: Any
    row_checks: Mapping[str, RowCheck] = field(default_factory=dict)
    blank_is: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def column(self, name: str) -> Column:
        return self.by_name[name]


class _Registers(Mapping[str, Register]):
    """All registers in dependency order, read from their files at first use."""

    @cached_property
    def _found(self) -> dict[str, Register]:
        names = [module.name for module in pkgutil.iter_modules(data.registers.__path__)]
        abouts = [import_module(f"data.registers.{name}").ABOUT for name in names if name != "fields"]
        in_order = sorted(abouts, key=lambda about: about.position)
        return {about.name: _register(about) for about in in_order}

    def __getitem__(self, name: str) -> Register:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _register(about: About) -> Register:
    """A register out of its file: the columns are the pandera model's own fields."""
    fields = about.model.to_schema().columns
    return Register(
        name=about.name,
        title=about.title,
        key=about.key,
        columns=tuple(_column(name, field) for name, field in fields.items()),
        references=about.references,
        model=about.model,
        row_checks=about.row_checks,
        blank_is=about.blank_is,
    )


def _column(name: str, column: Any) -> Column:
    about = column.metadata
    return Column(
        name=name,
        title=Words(column.title, about["title_en"]),
        description=Words(column.description, about["description_en"]),
        kind=about["kind"],
        choices=about.get("choices", {}),
        required=not column.nullable,
        example=about["example"],
        personal=about.get("personal", False),
        unit=about.get("unit"),
        also_read=about.get("also_read", {}),
        may_be_future=about.get("may_be_future", False),
        scale=about.get("scale", 0),
        low=about.get("low", 0),
        given_elsewhere=about.get("given_elsewhere", False),
    )


REGISTERS: Mapping[str, Register] = _Registers()


def register(name: str) -> Register:
    """The register of this name (`packaging-items` is `packaging_items`); raises `UnknownRegister` naming those that exist."""
    named = name.replace("-", "_")
    if named not in REGISTERS:
        known = "、".join(f"{key}（{found.title.zh}）" for key, found in REGISTERS.items())
        raise UnknownRegister(
            Words(
                f"没有名为“{name}”的登记簿。可用：{known}。",
                f"There is no register {name!r}. There are: {', '.join(REGISTERS)}.",
            )
        )
    return REGISTERS[named]

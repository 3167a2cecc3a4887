"""The registers as everything reads them: one definition each, from which all else about them follows.

`REGISTERS` holds them in dependency order. A register is one file in `data/registers/`, named as the register; a
new file there is found by itself. A file is read at first use: the library they are written in takes a second to load.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import data.registers
from data.faults import UnknownRegister
from data.numbers import LARGEST
from data.words import Words

if TYPE_CHECKING:
    from data.registers.across import Across

Kind = Literal["code", "name", "text", "date", "month", "choice", "yes_no", "number"]
Group = Literal[
    "organisation", "villages", "goods", "stations", "supply",
    "logistics", "training", "sales", "shops", "finance",
]  # fmt: skip
GROUPS: dict[Group, Words] = {
    "organisation": Words("组织、任务和宣传", "Organisation"),
    "villages": Words("乡镇、村和户", "Villages and households"),
    "goods": Words("农产品、检验和包装", "Goods, inspections and packaging"),
    "stations": Words("服务站点", "Stations"),
    "supply": Words("供应和追溯", "Supply and tracing"),
    "logistics": Words("网络、物流和冷链", "Networks and logistics"),
    "training": Words("培训和人员", "Training and people"),
    "sales": Words("渠道和销售", "Channels and sales"),
    "shops": Words("网店", "Online shops"),
    "finance": Words("金融、资金和到账", "Finance and funds"),
}
NOT_REGISTERS = ("fields", "across", "naming")  # what the files of registers are written with


@dataclass(frozen=True)
class Column:
    """One column: its words, what may stand in it, and whether the value is personal.

    `choices` maps the stored English code to its words, `also_read` maps other words that offices write to a
    code. `may_be_future` is for dates that may lie ahead. A number is stored as value × 10^`scale`, from `low` to
    `high` (as stored). `given_elsewhere`: a running number of others (of a carrier, a platform).
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
    high: int = LARGEST
    given_elsewhere: bool = False


@dataclass(frozen=True)
class Reference:
    """These columns together name a row of another register (by its key, in the same order)."""

    columns: tuple[str, ...]
    register: str


@dataclass(frozen=True)
class RowCheck:
    """What is said, and at which column, when a check across columns does not hold.

    `asks` are all the columns it looks at, where known: with a fault in one of them it has nothing to say.
    """

    column: str
    message: Words
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class About:
    """What a register's file says beside its model: `ABOUT` in each file of `data/registers/`.

    `position` orders the registers so that a reference points to an earlier one or to itself; `blank_is` maps
    a column to the one whose value a blank stands for; `row_checks` gives the model's checks across columns
    their words, `across` are checks that bring their own. `clauses` of the plan are carried out with the register;
    `group` is where it is listed, `day` the date or month by which its rows are ordered, "" if none.
    """

    model: Any
    name: str
    position: int
    title: Words
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    row_checks: Mapping[str, RowCheck] = field(default_factory=dict)
    blank_is: Mapping[str, str] = field(default_factory=dict)
    across: tuple[Across, ...] = ()
    clauses: tuple[str, ...] = ()
    group: Group = "organisation"
    day: str = ""


@dataclass(frozen=True, eq=False)
class Register:
    """One register; `schema` is what validates a frame of converted rows: the pandera model and the checks across."""

    name: str
    title: Words
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    references: tuple[Reference, ...]
    model: Any
    row_checks: Mapping[str, RowCheck] = field(default_factory=dict)
    blank_is: Mapping[str, str] = field(default_factory=dict)
    across: tuple[Across, ...] = ()
    clauses: tuple[str, ...] = ()
    group: Group = "organisation"
    day: str = ""

    @cached_property
    def schema(self) -> Any:
        from pandera.pandas import Check

        made = self.model.to_schema()
        # The frame is made with these types; looked at again, they take half of the time of a row that is entered.
        made = made.update_columns({name: {"dtype": None} for name in made.columns})
        made.checks = [*made.checks, *(Check(one.holds, name=one.name) for one in self.across)]
        return made

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def column(self, name: str) -> Column:
        return self.by_name[name]

    def __reduce__(self) -> tuple[Any, ...]:
        return register, (self.name,)  # to another process goes its name


class _Registers(Mapping[str, Register]):
    """All registers in dependency order; asked for one, only its own file is read."""

    def __init__(self) -> None:
        self._read: dict[str, Register] = {}

    @cached_property
    def _names(self) -> frozenset[str]:
        names = {module.name for module in pkgutil.iter_modules(data.registers.__path__)}
        return frozenset(names.difference(NOT_REGISTERS))

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self._names, key=lambda name: _about(name).position)

    def __getitem__(self, name: str) -> Register:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = _register(_about(name))
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._in_order)

    def __len__(self) -> int:
        return len(self._names)


def _about(name: str) -> About:
    about: About = import_module(f"data.registers.{name}").ABOUT
    return about


def _register(about: About) -> Register:
    """A register out of its file: the columns are the pandera model's own fields."""
    fields = about.model.to_schema().columns
    columns = tuple(_column(name, field) for name, field in fields.items())
    by_name = {column.name: column for column in columns}
    checks = {one.name: RowCheck(one.columns[0], one.words(by_name), one.columns) for one in about.across}
    return Register(
        name=about.name,
        title=about.title,
        key=about.key,
        columns=columns,
        references=about.references,
        model=about.model,
        row_checks={**about.row_checks, **checks},
        blank_is=about.blank_is,
        across=about.across,
        clauses=about.clauses,
        group=about.group,
        day=about.day,
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
        high=about.get("high", LARGEST),
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

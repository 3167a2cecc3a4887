"""What both formats can say: inputs, and decision tables of which the first row that matches answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rules.program import FactKind, Operator

FINDINGS = ("holds", "fails", "unknown")
AMOUNTS = ("none", "some", "all")  # how many of the conditions asked; `some` is not all of them


@dataclass(frozen=True)
class Among:
    """The value is known and one of these; none of them: never met."""

    values: tuple[str | bool, ...]


@dataclass(frozen=True)
class Beside:
    """A count is known and stands so beside a number."""

    operator: Operator
    threshold: int


Cell = Among | Beside | None  # None: whatever the value is


@dataclass(frozen=True)
class Input:
    """What is handed in: a fact, an event's figure or a latch; null where it is unknown."""

    name: str  # a plain identifier, different from all others of the model
    label: str  # in the plan's language, for people
    about: str
    kind: FactKind
    choices: tuple[str, ...] = ()
    may_be_unknown: bool = False


@dataclass(frozen=True)
class Row:
    """One line of a table: a cell beside each column, and the answer."""

    cells: tuple[Cell, ...]
    answer: str | bool
    about: str = ""


@dataclass(frozen=True)
class Table:
    """One decision table. Columns are names of inputs or of earlier tables; the first row that matches answers."""

    name: str
    label: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    answers: tuple[str, ...] = FINDINGS  # every word it may answer; none: it answers true or false

    @property
    def kind(self) -> FactKind:
        """The type of its answer."""
        return "choice" if self.answers else "yes_no"


@dataclass(frozen=True)
class Model:
    """A programme on a day: what is handed in, and its tables, each after those it reads."""

    program: str
    digest: str
    day: date
    about: str
    inputs: tuple[Input, ...]
    tables: tuple[Table, ...]
    identifiers: Mapping[tuple[str, str], str]  # of a part of the programme and its name there

    @property
    def parts(self) -> tuple[Input | Table, ...]:
        """All that a column may read."""
        return (*self.inputs, *self.tables)

    @cached_property
    def kinds(self) -> dict[str, FactKind]:
        """The type of every input and of every table's answer."""
        return {part.name: part.kind for part in self.parts}

    @cached_property
    def labels(self) -> dict[str, str]:
        """What people call every input and table."""
        return {part.name: part.label for part in self.parts}


def one_each(cells: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """A row for each cell, in which the others may be whatever they are."""
    return [tuple(cell if i == at else None for i in range(len(cells))) for at, cell in enumerate(cells)]

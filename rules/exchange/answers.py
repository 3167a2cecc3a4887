"""Gates of latches, counts of findings and the rows of a benefit as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.exchange.model import AMOUNTS, Among, Cell, Row, Table, one_each
from rules.exchange.naming import Names
from rules.exchange.words import benefit_about, both, cited
from rules.flat import WIDEST, chunks
from rules.program import Answer, Gate, Latch, Program, VerdictRow, Words
from rules.slip import FINDINGS

_HOW_MANY = {"none": ("none",), "some": ("some", "all"), "all": ("all",)}
_MOVES = {"sets": Words("出现", "set"), "clears": Words("消除", "cleared")}


def latch_tables(names: Names, latch: Latch) -> tuple[Table, Table]:
    """Whether one event sets a latch, and whether it clears it: true or false."""
    return _gate(names, latch, "sets", latch.set_when), _gate(names, latch, "clears", latch.clear_when)


def _gate(names: Names, latch: Latch, move: str, gate: Gate) -> Table:
    columns = tuple(names.of("event_condition", name) for name in dict.fromkeys(gate.conditions))
    held: tuple[Cell, ...] = (Among(("holds",)),) * len(columns)
    rows = one_each(held) if gate.word == "any" else [held]
    about = cited(f"{latch.name} {both(_MOVES[move])}", latch.text, latch.citation)
    answered = (*(Row(cells, True) for cells in rows), Row((None,) * len(columns), False))
    return Table(
        names.of(move, latch.name),
        f"{latch.text.zh}：{_MOVES[move].zh}",
        about,
        columns,
        answered,
        answers=(),
    )


@dataclass
class BenefitTables:
    """The tables of one benefit: how many conditions have a finding, where a row asks that, and its rows."""

    program: Program
    names: Names
    benefit: str
    columns: dict[str, None] = field(default_factory=dict)
    counted: dict[str, Table] = field(default_factory=dict)

    def made(self) -> tuple[Table, ...]:
        """The tables, the benefit's own last."""
        benefit = self.program.benefits[self.benefit]
        asked = [self._cells(row) for row in benefit.rows]
        columns = tuple(self.columns)
        rows = tuple(
            Row(tuple(cells.get(c) for c in columns), row.verdict, f"第 {at} 行 / row {at}")
            for at, (row, cells) in enumerate(zip(benefit.rows, asked, strict=True), 1)
            if cells is not None
        )
        about = benefit_about(benefit, (at for at, cells in enumerate(asked, 1) if cells is None))
        name = self.names.of("benefit", benefit.name)
        own = Table(name, benefit.title.zh, about, columns, rows, self.program.better)
        return (*self.counted.values(), own)

    def _cells(self, row: VerdictRow) -> dict[str, Among] | None:
        """What a row asks of each column; None where it asks one of them for two things at once."""
        cells: dict[str, Among] = {}
        for finding, scope in row.when.items() if row.when else ():
            if isinstance(scope, tuple):
                asks = [self._asked(name, finding) for name in scope]
            else:
                asks = [(self._counted(finding), Among(_HOW_MANY[scope or "all"]))]
            for column, cell in asks:
                if not cell.values or cells.setdefault(column, cell) != cell:
                    return None
        self.columns |= dict.fromkeys(cells)
        return cells

    def _asked(self, name: str, finding: Answer) -> tuple[str, Among]:
        if name in self.program.latches:  # on holds, off fails, never unknown
            on: dict[Answer, tuple[bool, ...]] = {"holds": (True,), "fails": (False,), "unknown": ()}
            return self.names.of("latch", name), Among(on[finding])
        return self.names.of("condition", name), Among((finding,))

    def _counted(self, finding: Answer) -> str:
        """The table that says how many of the conditions asked have this finding."""
        name = self.names.of(f"how_many_{finding}", self.benefit)
        if name not in self.counted:
            asked = self.program.conditions_asked(self.benefit)
            columns = tuple(self.names.of("condition", condition) for condition in asked)
            title = self.program.benefits[self.benefit].title.zh
            label = f"{title}：“{FINDINGS[finding].zh}”的条件有多少"
            self.counted |= {t.name: t for t in _counts(self.names, name, label, columns, finding)}
        return name


def _counts(
    names: Names, name: str, label: str, columns: tuple[str, ...], finding: Answer
) -> Iterator[Table]:
    """How many columns have this finding; of many they are counted in parts, because a table has a row for each."""
    found = Among((finding,))
    if len(columns) <= WIDEST:
        yield _count(name, label, columns, found, found)
        return
    parts = []
    for number, chunk in enumerate(chunks(columns), 1):
        parts.append(names.of(f"{name}_part", str(number)))
        yield _count(parts[-1], f"{label} ({number})", chunk, found, found)
    yield _count(name, label, tuple(parts), Among(("all",)), Among(("some", "all")))


def _count(name: str, label: str, columns: tuple[str, ...], whole: Among, some: Among) -> Table:
    """`all` where every column is `whole`, `some` where one is `some`, `none` otherwise."""
    rows = (
        Row((whole,) * len(columns), "all"),
        *(Row(cells, "some") for cells in one_each((some,) * len(columns))),
        Row((None,) * len(columns), "none"),
    )
    about = f"{label} / how many of the conditions are so: all, some or none"
    return Table(name, label, about, columns, rows, AMOUNTS)

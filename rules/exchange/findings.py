"""Conditions as tables of three answers: rows for `holds`, rows for `fails`, and in every other case `unknown`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.exchange.model import Among, Beside, Cell, Row, Table, one_each
from rules.exchange.naming import Names
from rules.exchange.words import cited, lines
from rules.flat import WIDEST, chunks
from rules.program import COUNT_OPERATORS, Comparison, Condition, Fact, Group, Named, Operator, Test

_OPPOSITE: dict[Operator, Operator] = {
    "at_least": "less_than",
    "at_most": "more_than",
    "more_than": "at_most",
    "less_than": "at_least",
}
_OTHERWISE = "其余情形：有未知 / otherwise something is not known"


@dataclass(frozen=True)
class Part:
    """One thing that a test asks: its column, when it holds, when it fails, and the value behind the number."""

    column: str
    holds: Among | Beside
    fails: Among | Beside
    about: str = ""


@dataclass
class Conditions:
    """The conditions of one stage (of events, or of the facts of a day) becoming tables."""

    names: Names
    facts: Mapping[str, Fact]
    values: Mapping[str, int]
    fact_part: str  # what the names of facts and conditions of this stage begin with
    condition_part: str
    tables: list[Table] = field(default_factory=list)

    def add(self, condition: Condition) -> None:
        """Append the table of a condition, after those of the groups inside its test."""
        name = self.names.of(self.condition_part, condition.name)
        about = cited(condition.name, condition.text, condition.citation)
        self._add(name, condition.text.zh, about, condition.test)

    def _add(self, name: str, label: str, about: str, test: Test) -> None:
        group = test if isinstance(test, Group) else Group("all", (test,))
        tests = group.parts
        if len(tests) > WIDEST:  # a table has a row for each column, so that a wide one would grow too large
            tests = tuple(Group(group.word, chunk) for chunk in chunks(tests))
        parts = tuple(dict.fromkeys(self._part(name, label, one) for one in tests))
        said = lines([about, *dict.fromkeys(part.about for part in parts)])
        columns = tuple(part.column for part in parts)
        self.tables.append(Table(name, label, said, columns, _rows(group.word, parts)))

    def _part(self, name: str, label: str, test: Test) -> Part:
        if isinstance(test, Comparison):
            return self._compared(test)
        if isinstance(test, Named):
            return _found(self.names.of(self.condition_part, test.condition))
        number = 1 + sum(table.name.startswith(f"{name}_part_") for table in self.tables)
        inner = self.names.of(f"{name}_part", str(number))
        about = f"“{label}”里的一组（{test.word}） / a group within “{label}” ({test.word})"
        self._add(inner, f"{label} ({number})", about, test)
        return _found(inner)

    def _compared(self, test: Comparison) -> Part:
        fact, value = self.facts[test.fact], test.value
        column = self.names.of(self.fact_part, fact.name)
        if test.operator in COUNT_OPERATORS:
            threshold = self.values[value] if isinstance(value, str) else value
            assert isinstance(threshold, int)
            named = f"{value} = {threshold}" if isinstance(value, str) else ""
            opposite = Beside(_OPPOSITE[test.operator], threshold)
            return Part(column, Beside(test.operator, threshold), opposite, named)
        assert not isinstance(value, int) or isinstance(value, bool)
        asked = value if isinstance(value, tuple) else (value,)
        every: tuple[str | bool, ...] = (True, False) if fact.kind == "yes_no" else fact.choices
        among = Among(tuple(v for v in every if v in asked))
        others = Among(tuple(v for v in every if v not in asked))
        return Part(column, *((others, among) if test.operator == "is_not" else (among, others)))


def _found(column: str) -> Part:
    return Part(column, Among(("holds",)), Among(("fails",)))


def _rows(word: str, parts: tuple[Part, ...]) -> tuple[Row, ...]:
    """`all` holds where every part holds and fails where one fails; `any` the other way round (strong Kleene)."""
    held: tuple[Cell, ...] = tuple(part.holds for part in parts)
    failed: tuple[Cell, ...] = tuple(part.fails for part in parts)
    holds = [held] if word == "all" else one_each(held)
    fails = one_each(failed) if word == "all" else [failed]
    made = [(cells, "holds") for cells in holds] + [(cells, "fails") for cells in fails]
    rows = [Row(cells, answer, _said(cells, parts)) for cells, answer in made if Among(()) not in cells]
    return (*rows, Row((None,) * len(parts), "unknown", _OTHERWISE))


def _said(cells: tuple[Cell, ...], parts: tuple[Part, ...]) -> str:
    """The values behind the numbers of a row."""
    asked = [part.about for cell, part in zip(cells, parts, strict=True) if cell is not None]
    return "；".join(dict.fromkeys(said for said in asked if said))

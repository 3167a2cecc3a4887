"""A support programme as frozen values: what the loader builds and everything else reads."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

Answer = Literal["holds", "fails", "unknown"]
FactKind = Literal["choice", "yes_no", "count"]
Operator = Literal["is", "is_not", "one_of", "at_least", "at_most", "more_than", "less_than"]
Scalar = str | bool | int | None  # the value of a fact; None is unknown

COUNT_OPERATORS: tuple[Operator, ...] = ("at_least", "at_most", "more_than", "less_than")
CHOICE_OPERATORS: tuple[Operator, ...] = ("is", "is_not", "one_of")


class NotInForce(ValueError):
    """Deciding was asked for a day on which a needed parameter has no value yet."""


@dataclass(frozen=True)
class Words:
    """The same words in both languages of the interface."""

    zh: str
    en: str


@dataclass(frozen=True)
class Citation:
    """Where the plan says it (`reading = "text"`), or that the office reads it so (`"office"`)."""

    clause: str
    quote: str
    reading: Literal["text", "office"]
    note: str = ""


@dataclass(frozen=True)
class DatedValue:
    """A parameter's value from a day on; a new value is a new entry, none is ever edited."""

    since: date
    value: int
    note: str = ""


@dataclass(frozen=True)
class Parameter:
    """A number that decides something: whole, within `low`..`high` (both allowed), dated."""

    name: str
    title: Words
    unit: str
    low: int
    high: int
    values: tuple[DatedValue, ...]
    citation: Citation

    def value_on(self, day: date) -> int | None:
        """The value in force on `day`: the latest `since` not after it; None before the first."""
        at = bisect_right([v.since for v in self.values], day)
        return self.values[at - 1].value if at else None


@dataclass(frozen=True)
class Fact:
    """What a rule may ask. Counts are whole numbers from 0; unknown only where it is allowed."""

    name: str
    kind: FactKind
    choices: tuple[str, ...] = ()  # of a choice, in the file's order
    may_be_unknown: bool = False
    more_is: Literal["worse", "better"] | None = None
    title: Words | None = None


@dataclass(frozen=True)
class Comparison:
    """One fact against one value; a count's right side is a number or a parameter's name."""

    fact: str
    operator: Operator
    value: str | bool | int | tuple[str | bool, ...]


@dataclass(frozen=True)
class Named:
    """The finding of another condition of the same kind, inside `all` or `any`."""

    condition: str


@dataclass(frozen=True)
class Group:
    """`all` or `any` over tests, three-valued (strong Kleene)."""

    word: Literal["all", "any"]
    parts: tuple[Test, ...]


Test = Comparison | Named | Group


@dataclass(frozen=True)
class Condition:
    """A named test: on an event (event condition) or on the facts of a day (condition)."""

    name: str
    test: Test
    text: Words
    citation: Citation


@dataclass(frozen=True)
class Gate:
    """What sets or clears a latch: any or all of some event conditions."""

    word: Literal["any", "all"]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Latch:
    """A standing that one event sets and a later one clears; on or off, never unknown."""

    name: str
    set_when: Gate
    clear_when: Gate
    text: Words
    citation: Citation


Scope = tuple[str, ...] | Literal["none", "some", "all"] | None


@dataclass(frozen=True)
class When:
    """What a row asks of the findings. Names: all of these; a word: how many of the conditions asked."""

    holds: Scope = None
    fails: Scope = None
    unknown: Scope = None

    def items(self) -> tuple[tuple[Answer, Scope], ...]:
        """The three asks that are set, as (finding, names or word)."""
        asks: tuple[tuple[Answer, Scope], ...] = (
            ("holds", self.holds),
            ("fails", self.fails),
            ("unknown", self.unknown),
        )
        return tuple((answer, scope) for answer, scope in asks if scope is not None)


@dataclass(frozen=True)
class VerdictRow:
    """One line of the answers: the verdict, and when it is given (None: in every other case)."""

    verdict: str
    when: When | None


@dataclass(frozen=True)
class Benefit:
    """What is decided: its rows from the top, the first that matches gives the verdict."""

    name: str
    title: Words
    rows: tuple[VerdictRow, ...]
    readings: dict[str, Citation] = field(default_factory=dict)


@dataclass(frozen=True)
class Program:
    """A whole programme file. `digest` is the SHA-256 of its bytes, `text` the bytes as text."""

    program: str
    title: Words
    source: str
    subject: str
    better: tuple[str, ...]  # every verdict, worst first
    parameters: dict[str, Parameter]
    events: dict[str, Fact]
    event_conditions: dict[str, Condition]
    latches: dict[str, Latch]
    facts: dict[str, Fact]
    conditions: dict[str, Condition]
    benefits: dict[str, Benefit]
    digest: str
    text: str

    @cached_property
    def needed_parameters(self) -> tuple[str, ...]:
        """Parameters that some test compares with, in the file's order."""
        asked: set[str] = set()
        for condition in (*self.event_conditions.values(), *self.conditions.values()):
            asked |= {
                c.value
                for c in comparisons(condition.test)
                if isinstance(c.value, str) and c.operator in COUNT_OPERATORS
            }
        return tuple(name for name in self.parameters if name in asked)

    def values_on(self, day: date, also: tuple[str, ...] = ()) -> dict[str, int]:
        """Every parameter's value in force on `day`.

        Raises NotInForce when a parameter that a test (or `also`) needs has none yet.
        """
        found = {name: p.value_on(day) for name, p in self.parameters.items()}
        for name in (*self.needed_parameters, *also):
            if found.get(name) is None:
                raise NotInForce(f"{self.program}: {name} has no value on {day.isoformat()}")
        return {name: value for name, value in found.items() if value is not None}

    def conditions_asked(self, benefit: str) -> tuple[str, ...]:
        """The conditions that `"none"`, `"some"` and `"all"` count over in a benefit's rows.

        These are the conditions its rows name, in the file's order (latches are not counted);
        where no row names any, every condition of the programme.
        """
        return self._asked[benefit]

    @cached_property
    def _asked(self) -> dict[str, tuple[str, ...]]:
        named = {name: self._named_in_rows(name) for name in self.benefits}
        asked = {b: tuple(name for name in self.conditions if name in names) for b, names in named.items()}
        return {benefit: names or tuple(self.conditions) for benefit, names in asked.items()}

    def _named_in_rows(self, benefit: str) -> set[str]:
        return {
            name
            for row in self.benefits[benefit].rows
            if row.when is not None
            for _, scope in row.when.items()
            if isinstance(scope, tuple)
            for name in scope
        }

    def latches_asked(self, benefit: str) -> tuple[str, ...]:
        """The latches that a benefit's rows name, in the file's order."""
        named = self._named_in_rows(benefit)
        return tuple(name for name in self.latches if name in named)

    @cached_property
    def conditions_in_order(self) -> tuple[str, ...]:
        """Every condition after the ones its test names."""
        return _dependencies_first(self.conditions)

    @cached_property
    def event_conditions_in_order(self) -> tuple[str, ...]:
        """Every event condition after the ones its test names."""
        return _dependencies_first(self.event_conditions)

    def citation(self, benefit: str, condition: str) -> Citation:
        """What a condition or latch rests on, for this benefit."""
        own = self.benefits[benefit].readings.get(condition)
        if own is not None:
            return own
        source = self.conditions.get(condition) or self.latches[condition]
        return source.citation


def comparisons(test: Test) -> tuple[Comparison, ...]:
    """The comparisons of a test, inner ones too, without following names of conditions."""
    if isinstance(test, Comparison):
        return (test,)
    if isinstance(test, Named):
        return ()
    return tuple(c for part in test.parts for c in comparisons(part))


def names_in(test: Test) -> tuple[str, ...]:
    """The conditions that a test names, inner ones too."""
    if isinstance(test, Named):
        return (test.condition,)
    if isinstance(test, Comparison):
        return ()
    return tuple(name for part in test.parts for name in names_in(part))


def _dependencies_first(conditions: dict[str, Condition]) -> tuple[str, ...]:
    from rules.order import dependencies_first  # it reads the types above

    return dependencies_first(conditions)

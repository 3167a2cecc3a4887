"""Stocks: units (villages, stations, goods …) that count on a day because of rows that hold on it.

A unit is asked for from a day until before another; spans say which row makes it count from when until before when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from rules.county_rows import FAR, NONE, CountyRows
from rules.day_numbers import month_ends, months_of
from rules.history import Bools, Ints
from rules.indicators.parts import Level, parts_of, places_of
from rules.target import Counted, Months, Target

View = Callable[[CountyRows, int, Target], "Stock"]


@dataclass(frozen=True)
class Spans:
    """Rows of a register, each making one unit count on the days `since` ≤ D < `until`."""

    register: str
    entity: Ints
    unit: Ints
    since: Ints
    until: Ints

    def on(self, day: int) -> Bools:
        """Which of the rows hold on a day."""
        return (self.since <= day) & (day < self.until)

    def of(self, kept: Bools) -> Spans:
        """Some of the rows."""
        columns = (self.entity, self.unit, self.since, self.until)
        return Spans(self.register, *(column[kept] for column in columns))


@dataclass(frozen=True)
class Stock:
    """`no_data`: the registers it rests on are empty. `beside` are further figures of the day."""

    register: str
    entity: Ints
    township: Ints
    village: Ints
    asked_from: Ints
    asked_until: Ints
    spans: tuple[Spans, ...]
    no_data: bool
    beside: Mapping[str, int] = field(default_factory=dict)

    def asked(self, day: int) -> Bools:
        """Which units are asked for on a day."""
        return (self.asked_from <= day) & (day < self.asked_until)

    def counts(self, day: int) -> Bools:
        """Which units some row makes count on a day, asked for or not."""
        found = np.zeros(self.entity.size, dtype=bool)
        for spans in self.spans:
            found[spans.unit[spans.on(day)]] = True
        return found

    def only(self, township: int) -> Stock:
        """The same with the units of one township alone (NONE: of those without)."""
        return replace(self, asked_from=np.where(self.township == township, self.asked_from, FAR))


def fixed(asked: Bools) -> tuple[Ints, Ints]:
    """Units that are asked for on every day or on none."""
    size = asked.size
    return np.where(asked, -FAR, FAR).astype(np.int64), np.full(size, FAR, dtype=np.int64)


def count_stock(
    view: View, rows: CountyRows, day: int, target: Target, township: int | None = None
) -> Counted:
    """What counts on a day, of what is asked for where the target is a share; of nothing (0) there is no share."""
    stock = view(rows, day, target)
    stock = stock if township is None else stock.only(township)
    asked = stock.asked(day)
    counts = stock.counts(day)
    have, lack = asked & counts, asked & ~counts
    if stock.no_data:
        return Counted(None, beside=stock.beside)
    if target.is_share and not asked.any():
        return Counted(None, 0, beside=stock.beside)
    of = asked.astype(np.int64) if target.is_share else None
    by_township, by_village = parts_of(
        rows, stock.township, stock.village, have.astype(np.int64), of, asked | have
    )
    return Counted(
        int(have.sum()),
        None if of is None else int(of.sum()),
        by_township,
        by_village,
        {stock.register: stock.entity[have], **_rests_on(stock, have, day)},
        {stock.register: stock.entity[lack]},
        stock.beside,
    )


def months_of_stock(
    view: View, rows: CountyRows, day: int, target: Target, level: Level | None = None
) -> Mapping[str, Months]:
    """How many counted at each month's end, up to the day; by township or village code, or of all under ``""``."""
    stock = view(rows, day, target)
    start = min((_start(stock, spans) for spans in stock.spans), default=FAR)
    if stock.no_data or start > day:
        return {}
    first = int(months_of(np.array([start]))[0])
    ends = month_ends(first, day)
    asked = (stock.asked_from[:, None] <= ends) & (ends < stock.asked_until[:, None])
    have = asked & _covered(stock, ends)
    groups = places_of(rows, stock.township, stock.village, level)
    found = {}
    for code, at in groups.items():
        figures = have.sum(axis=0) if level is None else have[at].sum(axis=0)
        found[code] = Months(first, tuple(figures.tolist()))
    return found


def _start(stock: Stock, spans: Spans) -> int:
    """The first day on which a row makes a unit count that is asked for."""
    begin = np.maximum(spans.since, stock.asked_from[spans.unit])
    finish = np.minimum(spans.until, stock.asked_until[spans.unit])
    return int(begin[begin < finish].min(initial=FAR))


def _covered(stock: Stock, ends: Ints) -> NDArray[np.bool_]:
    """Units × ends: does some row make the unit count on that day."""
    wide = ends.size + 1
    steps = np.zeros(stock.entity.size * wide, dtype=np.int64)
    for spans in stock.spans:
        begin, finish = np.searchsorted(ends, spans.since), np.searchsorted(ends, spans.until)
        kept = begin < finish
        at = spans.unit[kept] * wide
        steps += np.bincount(at + begin[kept], minlength=steps.size)
        steps -= np.bincount(at + finish[kept], minlength=steps.size)
    return np.cumsum(steps.reshape(-1, wide), axis=1)[:, :-1] > 0


def _rests_on(stock: Stock, have: Bools, day: int) -> dict[str, Ints]:
    """The rows that make the counted units count, where they stand in another register; each once."""
    found: dict[str, list[Ints]] = {}
    for spans in stock.spans:
        if spans.register != stock.register:
            held = spans.entity[spans.on(day) & have[spans.unit]]
            found.setdefault(spans.register, []).append(held)
    return {register: _each_once(np.concatenate(held)) for register, held in found.items()}


def _each_once(entity: Ints) -> Ints:
    """In ascending order; marking them is much faster than sorting."""
    marks = np.zeros(int(entity.max(initial=0)) + 1, dtype=bool)
    marks[entity] = True
    return np.flatnonzero(marks)


def village_units(rows: CountyRows, asked: Bools, spans: tuple[Spans, ...], no_data: bool) -> Stock:
    """A stock of villages."""
    villages = rows.villages
    at = np.arange(villages.entity.size)
    return Stock("villages", villages.entity, villages.township, at, *fixed(asked), spans, no_data)


def within(register: str, entity: Ints, unit: Ints, since: Ints, until: Ints) -> Spans:
    """Spans of rows that name a unit; rows that name none are left out."""
    return Spans(register, entity, unit, since, until).of(unit != NONE)

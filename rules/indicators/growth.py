"""Growth: sums of a year against the same months of an earlier one, reporter by reporter.

A month counts once somebody reported it in both years. In it a station or shop counts that reported in both years, or was
not open in the one it lacks (then that is nothing); one that was open and has no figure is left out of both years, because a
blank is not nothing. A figure of a month in which the station or shop was not open at all is never counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rules.county_rows import NONE, CountyRows
from rules.day_numbers import months_of
from rules.history import Bools, Ints
from rules.indicators.parts import Level, parts_of, places_of
from rules.target import Counted, Months, Target

View = Callable[[CountyRows, int, Target], "Flow"]
JANUARY_IS_DUE = 2  # until the end of this month a year without figures leaves the word to the year before
Table = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Source:
    """Monthly figures of one register: the reporters (stations or shops) that are looked at, and their rows."""

    register: str
    reporters: str  # the register that they stand in
    entity: Ints
    township: Ints
    village: Ints
    asked: Bools
    opened: Ints
    closed: Ints
    row_entity: Ints
    row_reporter: Ints
    row_month: Ints
    amount: Ints


@dataclass(frozen=True)
class Figures:
    """A source as tables, reporters × months from `first` on: amounts, which were reported, when each was open."""

    source: Source
    first: int
    amount: Table
    reported: Marks
    open: Marks
    rows: Ints  # the rows that are in it, with their place in the tables
    place: Ints


@dataclass(frozen=True)
class Flow:
    """All that is added up month by month. `no_data`: there is no row at all."""

    first: int
    sources: tuple[Figures, ...]
    no_data: bool


@dataclass(frozen=True)
class Compared:
    """A year against an earlier one: sums over `months` months, and per source who counted in which month."""

    year: int
    base_year: int
    value: int
    of: int
    months: int
    sums: tuple[tuple[Ints, Ints], ...] = field(repr=False)
    counts: tuple[Marks, ...] = field(repr=False)
    columns: Ints = field(repr=False)


def flow_of(sources: tuple[Source, ...], day: int) -> Flow:
    """The sources' rows up to the day's month, in tables that begin with the first year of any."""
    last = int(months_of(np.array([day]))[0])
    kept = [np.flatnonzero(s.asked[s.row_reporter] & (s.row_month <= last)) for s in sources]
    months = [int(s.row_month[at].min()) for s, at in zip(sources, kept, strict=True) if at.size]
    first = min(months) // 12 * 12 if months else last // 12 * 12
    pairs = zip(sources, kept, strict=True)
    tables = tuple(_figures(source, at, first, last) for source, at in pairs)
    return Flow(first, tables, not any(source.row_entity.size for source in sources))


def flow_once(view: View, rows: CountyRows, day: int, target: Target) -> Flow:
    """A target's flow on a day: count, months and years are made from the same tables."""
    asked = (view, day, target.name, target.denominator)
    if asked not in rows.kept:
        rows.kept[asked] = view(rows, day, target)
    found: Flow = rows.kept[asked]
    return found


def _figures(source: Source, at: Ints, first: int, last: int) -> Figures:
    wide = last - first + 1
    months = np.arange(first, last + 1)
    opened, closing = months_of(source.opened), months_of(source.closed - 1)
    is_open = (opened[:, None] <= months) & (months <= closing[:, None]) & source.asked[:, None]
    place = source.row_reporter[at] * wide + source.row_month[at] - first
    inside = is_open.ravel()[place]
    place, at = place[inside], at[inside]
    amount = np.zeros(is_open.size, dtype=np.int64)
    reported = np.zeros(is_open.size, dtype=bool)
    amount[place], reported[place] = source.amount[at], True
    shape = is_open.shape
    return Figures(source, first, amount.reshape(shape), reported.reshape(shape), is_open, at, place)


def compared(flow: Flow, year: int, base_year: int, last: int) -> Compared | None:
    """A year up to its month `last` (1 to 12) against the same months of another; None where no month has both."""
    this, base = year * 12 - flow.first, base_year * 12 - flow.first
    if base < 0 or this >= _width(flow):
        return None
    months = np.arange(min(last, _width(flow) - this))
    both = np.zeros(months.size, dtype=bool)
    seen = [(f.reported[:, this + months], f.reported[:, base + months]) for f in flow.sources]
    if seen:
        both = np.any([t.any(axis=0) for t, _ in seen], axis=0) & np.any(
            [b.any(axis=0) for _, b in seen], axis=0
        )
    if not both.any():
        return None
    columns = months[both]
    counts, sums = [], []
    for figures in flow.sources:
        counting = _counting(figures, this + columns, base + columns)
        counts.append(counting)
        sums.append(
            (
                (figures.amount[:, this + columns] * counting).sum(axis=1),
                (figures.amount[:, base + columns] * counting).sum(axis=1),
            )
        )
    value, of = (int(sum(int(pair[side].sum()) for pair in sums)) for side in (0, 1))
    return Compared(year, base_year, value, of, columns.size, tuple(sums), tuple(counts), this + columns)


def _counting(figures: Figures, this: Ints, base: Ints) -> Marks:
    """Reporters × months: neither year has a blank where the reporter was open."""
    blank = figures.open & ~figures.reported
    counting: Marks = ~blank[:, this] & ~blank[:, base]
    return counting


def _width(flow: Flow) -> int:
    return flow.sources[0].amount.shape[1] if flow.sources else 0


def years_compared(flow: Flow, day: int) -> list[Compared]:
    """Every year against the year before, the day's own to date."""
    today = int(months_of(np.array([day]))[0])
    found = [
        compared(flow, year, year - 1, 12 if year < today // 12 else today % 12 + 1)
        for year in range(flow.first // 12 + 1, today // 12 + 1)
    ]
    return [one for one in found if one is not None]


def asked_for(flow: Flow, day: int, target: Target) -> Compared | None:
    """The comparison that decides on a day: with the year before, or with the baseline year where it is compound.

    In January and February, while the new year has no figures, it is the whole year before.
    """
    today = int(months_of(np.array([day]))[0])
    year, month = today // 12, today % 12 + 1
    found = _against(flow, year, month, target)
    if found is None and month <= JANUARY_IS_DUE:
        found = _against(flow, year - 1, 12, target)
    return found


def _against(flow: Flow, year: int, last: int, target: Target) -> Compared | None:
    if target.progress == "year_on_year" or target.baseline is None:
        return compared(flow, year, year - 1, last)
    return compound_of(flow, year, last, target)


def compound_of(flow: Flow, year: int, last: int, target: Target) -> Compared | None:
    """A year against the same months of the baseline year; None in that year itself and before."""
    if target.baseline is None or year <= target.baseline.year:
        return None
    return compared(flow, year, target.baseline.year, last)


def count_growth(
    view: View, rows: CountyRows, day: int, target: Target, township: int | None = None
) -> Counted:
    """This year's sum (`value`) and that of the year it is compared with (`of`); `beside` says which and how many months."""
    flow = flow_once(view, rows, day, target)
    found = None if flow.no_data else asked_for(flow, day, target)
    if found is None:
        return Counted(None)
    at = [_here(figures.source, township) for figures in flow.sources]
    sides = [
        np.concatenate([pair[side] * here for pair, here in zip(found.sums, at, strict=True)])
        for side in (0, 1)
    ]
    township_of = np.concatenate([figures.source.township for figures in flow.sources])
    village_of = np.concatenate([figures.source.village for figures in flow.sources])
    there = np.concatenate([c.any(axis=1) & f.source.asked & here for f, c, here in _three(flow, found, at)])
    by_township, by_village = parts_of(rows, township_of, village_of, sides[0], sides[1], there)
    counted, missing = _behind(flow, found, at)
    return Counted(
        int(sides[0].sum()),
        int(sides[1].sum()),
        by_township,
        by_village,
        counted,
        missing,
        {"year": found.year, "base_year": found.base_year, "months": found.months},
    )


def _three(flow: Flow, found: Compared, at: list[Bools]) -> list[tuple[Figures, Marks, Bools]]:
    return list(zip(flow.sources, found.counts, at, strict=True))


def _here(source: Source, township: int | None) -> Bools:
    if township is None:
        return np.ones(source.entity.size, dtype=bool)
    here: Bools = source.township == township
    return here


def _behind(flow: Flow, found: Compared, at: list[Bools]) -> tuple[dict[str, Ints], dict[str, Ints]]:
    """The rows of the year that count, and the reporters that lack a month of it."""
    counted, missing = {}, {}
    for figures, counts, here in _three(flow, found, at):
        source, marks = figures.source, np.zeros(figures.amount.shape, dtype=bool)
        marks[:, found.columns] = counts & here[:, None]
        counted[source.register] = source.row_entity[figures.rows[marks.ravel()[figures.place]]]
        months = figures.open[:, found.columns] & ~figures.reported[:, found.columns]
        lacking = months.any(axis=1) & here
        missing[source.reporters] = source.entity[lacking]
    return counted, missing


def months_of_flow(
    view: View, rows: CountyRows, day: int, target: Target, level: Level | None = None
) -> Mapping[str, Months]:
    """The sum of each month; None where nobody reported it."""
    flow = flow_once(view, rows, day, target)
    if flow.no_data:
        return {}
    found: dict[str, tuple[Table, Marks]] = {}
    for figures in flow.sources:
        source = figures.source
        for code, here in places_of(rows, source.township, source.village, level).items():
            keep = here & source.asked
            amounts: Ints = figures.amount[keep].sum(axis=0)
            seen = np.asarray(figures.reported[keep].any(axis=0))
            before = found.get(code)
            found[code] = (amounts, seen) if before is None else (before[0] + amounts, before[1] | seen)
    series = {code: _series(flow.first, *tables) for code, tables in found.items()}
    return {code: months for code, months in series.items() if months is not None}


def _series(first: int, amounts: Table, seen: Marks) -> Months | None:
    """From the first month with data on; None where there is none."""
    if not seen.any():
        return None
    start = int(np.argmax(seen))
    pairs = zip(amounts[start:].tolist(), seen[start:].tolist(), strict=True)
    return Months(first + start, tuple(amount if known else None for amount, known in pairs))


def reporter_place(rows: CountyRows, township: Ints, village: Ints) -> Ints:
    """The township a reporter lies in: its village's, or else its own."""
    of_village = rows.villages.township[village] if rows.villages.township.size else village
    found: Ints = np.where(village != NONE, of_village, township)
    return found

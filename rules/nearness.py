"""How near every good stands to another answer, found by trying it on all goods at once.

The same trials as `rules.trying` makes for one good (further inspections on the days after, judged on the
last of them under its values; a day without any), as arrays over goods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from rules.deciding import Judged
from rules.facts import FAR, Standing, facts_of, judge_goods
from rules.history import Bools, Events, Ints
from rules.program import Program, comparisons
from rules.table import FactTable
from rules.trying import AGE, FURTHER, Values, ages_compared

ValuesOn = Callable[[int], Values]
NEVER = -1


def failures_until(
    program: Program,
    standing: Standing,
    judged: Judged,
    day: int,
    values_on: ValuesOn,
    verdict: str,
    most: int = FURTHER,
) -> dict[str, Ints]:
    """For each benefit, how many failures in a row, one a day from the next day on, bring `verdict`.

    0 where it is the answer on `day` (in `judged`) already, NEVER where `most` failures do not bring it.
    """
    size = standing.goods.on.size
    found = {benefit: np.full(size, NEVER, dtype=np.int64) for benefit in program.benefits}
    if verdict not in program.better:
        return found
    number = program.better.index(verdict)
    for count in range(most + 1):
        if count:
            judged = _after_failures(program, standing, day, count, values_on(day + count))
        for benefit, column in found.items():
            column[(column == NEVER) & (judged.verdicts[benefit] == number)] = count
    return found


def changes_on(
    program: Program, standing: Standing, judged: Judged, day: int, values_on: ValuesOn
) -> dict[str, Ints]:
    """For each benefit, the first later day on which the answer differs without another inspection.

    NEVER where no such day comes. `judged` are the answers on `day`.
    """
    size = standing.goods.on.size
    first = {benefit: np.full(size, NEVER, dtype=np.int64) for benefit in program.benefits}
    latches = _Latches(program, standing)
    for on in _turning_days(program, standing, day, values_on):
        for rows, values in _by_values(on, day, program, values_on):
            later = latches.judged(on, rows, values)
            for benefit, column in first.items():
                other = later.verdicts[benefit] != judged.verdicts[benefit][rows]
                sooner = (column[rows] == NEVER) | (on[rows] < column[rows])
                hit = rows[other & sooner]
                column[hit] = on[hit]
    return first


def conditions_of_age(program: Program) -> tuple[str, ...]:
    """The conditions that ask how long ago the last inspection was."""
    return tuple(
        name
        for name, condition in program.conditions.items()
        if any(c.fact == AGE for c in comparisons(condition.test))
    )


def _after_failures(program: Program, standing: Standing, day: int, count: int, values: Values) -> Judged:
    goods = replace(standing.goods, on=np.full_like(standing.goods.on, day + count))
    supposed = Standing(goods, _with_failures(standing.events, day, count))
    return judge_goods(program, facts_of(supposed, program, values), values)


def _with_failures(events: Events, day: int, count: int) -> Events:
    """The events of every good, each followed by `count` failed ones, sampled on the days after `day`."""
    ends = np.searchsorted(events.good, np.arange(events.goods), side="right")  # behind each good's own
    at = np.repeat(ends, count)

    def more(column: np.ndarray, values: np.ndarray) -> np.ndarray:
        return np.insert(column, at, values)

    days = np.tile(day + 1 + np.arange(count, dtype=np.int64), events.goods)
    return Events(
        events.goods,
        more(events.good, np.repeat(np.arange(events.goods, dtype=np.int64), count)),
        more(events.day, days),
        more(events.failed, np.ones(days.size, dtype=bool)),
        more(events.sample, np.full(days.size, -1, dtype=np.int64)),
    )


class _Latches:
    """The goods on other days: their events stay, so that each set of values judges them only once."""

    def __init__(self, program: Program, standing: Standing) -> None:
        self.program, self.standing = program, standing
        self._known: dict[tuple[tuple[str, int], ...], dict[str, Ints]] = {}

    def judged(self, on: Ints, rows: Ints, values: Values) -> Judged:
        """The answers for some goods (`rows`), each on its own day."""
        latches = self._standing_under(values)
        there = replace(self.standing.goods, on=on)
        facts = Standing(there, self.standing.events).plain_facts | latches
        table = FactTable({name: column[rows] for name, column in facts.items()}, rows.size)
        return judge_goods(self.program, table, values)

    def _standing_under(self, values: Values) -> dict[str, Ints]:
        key = tuple(sorted(values.items()))
        if key not in self._known:
            columns = facts_of(self.standing, self.program, values).columns
            self._known[key] = {name: columns[name] for name in self.program.latches}
        return self._known[key]


def _turning_days(program: Program, standing: Standing, day: int, values_on: ValuesOn) -> Iterator[Ints]:
    """Days, one per good, on which an answer can change by itself; a day not after `day` is none.

    These are the days a parameter's new value counts from, those of the household's entry and leaving,
    and those on which the age of the last inspection passes a threshold.
    """
    goods, events = standing.goods, standing.events
    epochs = [d for d in _epochs(program) if d > day]
    for epoch in epochs:
        yield np.full(goods.on.size, epoch, dtype=np.int64)
    yield goods.poor_from
    yield goods.poor_until
    last = np.full(goods.on.size, day - 1_000_000, dtype=np.int64)
    last[events.last >= 0] = events.day[events.last[events.last >= 0]]
    for age in sorted(ages_compared(program, [values_on(d) for d in (day, *epochs)])):
        yield last + age
        yield last + age + 1


def _by_values(
    on: Ints, day: int, program: Program, values_on: ValuesOn
) -> Iterator[tuple[Ints, Mapping[str, int]]]:
    """The goods whose day is a later one, together with those under the same parameter values."""
    epochs = np.array(_epochs(program), dtype=np.int64)
    period = np.searchsorted(epochs, on, side="right")
    later: Bools = (on > day) & (on < FAR)
    for number in np.unique(period[later]):
        rows = np.flatnonzero(later & (period == number))
        yield rows, values_on(int(on[rows[0]]))


def _epochs(program: Program) -> list[int]:
    """The days from which some parameter has a new value, ascending."""
    days = {v.since for p in program.parameters.values() for v in p.values}
    return sorted((d - date(1970, 1, 1)).days for d in days)

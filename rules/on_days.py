"""Goods on many days at once: each good on each of its days is judged as if it were a good of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import numpy as np

from rules.facts import Goods, Standing, facts_of, judge_goods, standing_of
from rules.history import Ints, Samples
from rules.program import Program

ValuesOn = Callable[[int], Mapping[str, int]]
AT_ONCE = 2_000_000  # inspections judged at a time, those of a good once for each of its days


def dated_from(program: Program) -> list[int]:
    """The day numbers from which some parameter has another value, ascending."""
    return sorted({(v.since - date(1970, 1, 1)).days for p in program.parameters.values() for v in p.values})


def verdicts_on_days(
    program: Program, goods: Goods, samples: Samples, good: Ints, on: Ints, values_on: ValuesOn
) -> dict[str, Ints]:
    """Per benefit the verdict (its place in `program.better`) of each `good` (a place in `goods`) on its day `on`.

    Each day is judged under the parameter values of its own; the programme must be in force on all of them.
    """
    found = {benefit: np.empty(good.size, dtype=np.int64) for benefit in program.benefits}
    for rows, standing, _ in standings(program, goods, samples, good, on):
        values = values_on(int(on[rows[0]]))
        judged = judge_goods(program, facts_of(standing, program, values), values)
        for benefit, column in found.items():
            column[rows] = judged.verdicts[benefit]
    return found


def standings(
    program: Program, goods: Goods, samples: Samples, good: Ints, on: Ints
) -> Iterator[tuple[Ints, Standing, Ints]]:
    """(rows, what is known of each, where its samples stand in `samples`) for rows that share their parameter values.

    Not more than AT_ONCE inspections come at a time, but at least one row.
    """
    period = np.searchsorted(np.array(dated_from(program), dtype=np.int64), on, side="right")
    inspections = np.bincount(samples.good, minlength=goods.on.size)
    for number in np.unique(period):
        rows = np.flatnonzero(period == number)
        portion = np.cumsum(inspections[good[rows]]) // AT_ONCE
        for some in np.split(rows, np.flatnonzero(np.diff(portion)) + 1):
            repeated, place = repeated_samples(samples, good[some])
            yield some, standing_of(goods_on(goods, good[some], on[some]), repeated), place


def goods_on(goods: Goods, good: Ints, on: Ints) -> Goods:
    """The goods at these places, each on its day."""
    columns = (goods.standardised, goods.source, goods.fit_for_online_sale, goods.poor_from, goods.poor_until)
    return Goods(on, *(column[good] for column in columns))


def repeated_samples(samples: Samples, good: Ints) -> tuple[Samples, Ints]:
    """The samples of the goods asked, once for each time that one is asked, and the place of each in `samples`.

    Their `good` is the asking row.
    """
    place, row = _spread(samples.good, good)
    again_good = samples.good[samples.again_of]
    order = np.argsort(again_good, kind="stable")  # by good; within one the later result stays the later
    again, again_row = _spread(again_good[order], good)
    again = order[again]
    starts = np.searchsorted(row, again_row)  # where the samples of that row begin
    begins = np.searchsorted(samples.good, again_good[again])
    found = Samples(
        row,
        samples.sampled[place],
        samples.result[place],
        samples.conclusion[place],
        starts + samples.again_of[again] - begins,
        samples.again_result[again],
        samples.again_conclusion[again],
    )
    return found, place


def _spread(owner: Ints, asked: Ints) -> tuple[Ints, Ints]:
    """For each asked good all places in `owner` (sorted) that are its own, and beside them the asking row."""
    begin = np.searchsorted(owner, asked, side="left")
    count = np.searchsorted(owner, asked, side="right") - begin
    row = np.repeat(np.arange(asked.size, dtype=np.int64), count)
    within = np.arange(row.size, dtype=np.int64) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(begin, count) + within, row

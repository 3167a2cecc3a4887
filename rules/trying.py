"""What would change the answer for one good, found by trying it (decision slip, timeline).

A trial is the good on another day, with further inspections or without. All trials of one kind are
judged together, as if they were so many goods.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product

import numpy as np

from rules.combinations import threshold
from rules.deciding import Judged
from rules.facts import FAR, WINDOW, Goods, facts_of, judge_goods, standing_of
from rules.history import Ints, Samples
from rules.program import COUNT_OPERATORS, Program, comparisons

Values = Mapping[str, int]
CONCLUSIONS = ("pass", "fail")
AGE = "days_since_last_inspection"
FURTHER = 4  # how many further inspections are tried


@dataclass(frozen=True)
class Further:
    """One further inspection that is supposed."""

    day: int
    conclusion: str  # "pass" or "fail"


@dataclass(frozen=True)
class Change:
    """What brings another verdict: further inspections, or (with none) a day on which it lapses.

    `before`: the same single inspection on that day or later no longer has this effect; None where
    no such day was found within the days tried.
    """

    to: str
    by: tuple[Further, ...]
    lapse: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class OneGood:
    """A good's rows (arrays of one) and its inspections, as the registers hold them."""

    program: Program
    values_on: Callable[[int], Values]  # parameter values in force on a day, what-if values included
    goods: Goods
    samples: Samples

    def known_by(self, day: int) -> OneGood:
        """The same good with nothing but what is known on a day."""
        s = self.samples
        kept = s.result <= day
        row = np.cumsum(kept) - 1
        spoken = (s.again_result <= day) & kept[s.again_of]
        known = Samples(
            s.good[kept],
            s.sampled[kept],
            s.result[kept],
            s.conclusion[kept],
            row[s.again_of[spoken]],
            s.again_result[spoken],
            s.again_conclusion[spoken],
        )
        return OneGood(self.program, self.values_on, self.goods, known)

    def judged(self, days: Sequence[int], further: Sequence[Sequence[Further]], values: Values) -> Judged:
        """The good on each of the days, on each with the further inspections given for it."""
        on = np.array(days, dtype=np.int64)
        g = self.goods
        goods = Goods(
            on,
            *(
                np.repeat(column, on.size)
                for column in (g.standardised, g.source, g.fit_for_online_sale, g.poor_from, g.poor_until)
            ),
        )
        standing = standing_of(goods, _repeated(self.samples, further))
        return judge_goods(self.program, facts_of(standing, self.program, values), values)

    def verdicts(self, benefit: str, days: Sequence[int]) -> list[str]:
        """The verdict on each day (ascending), each under the parameter values of its day."""
        found: list[str] = []
        dated = [(day, self.values_on(day)) for day in days]
        for _, same in groupby(dated, key=lambda d: sorted(d[1].items())):
            some = list(same)
            judged = self.judged([day for day, _ in some], [()] * len(some), some[0][1])
            found += [self.program.better[v] for v in judged.verdicts[benefit]]
        return found


def changes(good: OneGood, benefit: str, day: int, verdict: str) -> tuple[Change, ...]:
    """What brings each other verdict after `day`: fewest inspections first, the lapse last."""
    known = good.known_by(day)
    found: dict[str, Change] = {}
    for count in range(1, FURTHER + 1):
        trials = [
            tuple(Further(day + 1 + i, word) for i, word in enumerate(words))
            for words in product(CONCLUSIONS, repeat=count)
        ]
        judged = known.judged([day + count] * len(trials), trials, known.values_on(day + count))
        for further, number in zip(trials, judged.verdicts[benefit], strict=True):
            to = good.program.better[number]
            if to != verdict and to not in found:
                before = _no_longer_on(known, benefit, further, to) if count == 1 else None
                found[to] = Change(to, further, before=before)
    lapse = _lapse(known, benefit, day, verdict)
    return (*found.values(), *((lapse,) if lapse else ()))


def verdicts_over(good: OneGood, benefit: str, first: int, last: int) -> list[tuple[int, int, str]]:
    """The verdict over time as (from, up to and including, verdict), from `first` to `last`."""
    s = good.samples
    known_on = {int(d) for d in np.concatenate((s.result, s.again_result))}
    turning = {d for d in _turning_days(good, first, known_on) | known_on | {first} if first <= d <= last}
    days = sorted(turning)
    bands: list[tuple[int, int, str]] = []
    for day, until, verdict in zip(
        days, [*(d - 1 for d in days[1:]), last], good.verdicts(benefit, days), strict=True
    ):
        if bands and bands[-1][2] == verdict:
            bands[-1] = (bands[-1][0], until, verdict)
        else:
            bands.append((day, until, verdict))
    return bands


def _lapse(known: OneGood, benefit: str, day: int, verdict: str) -> Change | None:
    days = sorted(d for d in _turning_days(known, day, set()) if d > day)
    for later, to in zip(days, known.verdicts(benefit, days), strict=True):
        if to != verdict:
            return Change(to, (), lapse=later)
    return None


def _turning_days(good: OneGood, since: int, known_on: set[int]) -> set[int]:
    """Days on which an answer can change without a new inspection.

    These are the days a parameter's new value counts from, those of the household's entry and leaving,
    and those on which the age of an inspection passes a threshold.
    """
    program, s = good.program, good.samples
    epochs = {_day(v.since) for p in program.parameters.values() for v in p.values}
    household = {d for d in (int(good.goods.poor_from[0]), int(good.goods.poor_until[0])) if d < FAR}
    turning = epochs | household
    ages = _ages_compared(good, {since} | {d for d in epochs if d >= since})
    return turning | {int(sampled) + age + later for sampled in s.sampled for age in ages for later in (0, 1)}


def ages_compared(program: Program, valued: Sequence[Values]) -> set[int]:
    """The ages of an inspection that conditions compare with, under each of the parameter values."""
    compared = [
        c
        for condition in program.conditions.values()
        for c in comparisons(condition.test)
        if c.fact == AGE and c.operator in COUNT_OPERATORS
    ]
    return {threshold(c, values) for c in compared for values in valued}


def _ages_compared(good: OneGood, days: set[int]) -> set[int]:
    return ages_compared(good.program, [good.values_on(day) for day in days])


def _no_longer_on(known: OneGood, benefit: str, further: Sequence[Further], to: str) -> int | None:
    """The first later day on which the same single inspection no longer brings the verdict."""
    (one,) = further
    values = known.values_on(one.day)
    window = values.get(WINDOW, 0)
    days = list(range(one.day, one.day + window + 2))
    judged = known.judged(days, [(Further(d, one.conclusion),) for d in days], values)
    for day, number in zip(days, judged.verdicts[benefit], strict=True):
        if known.program.better[number] != to:
            return day
    return None


def _repeated(samples: Samples, further: Sequence[Sequence[Further]]) -> Samples:
    """One good's samples once per trial, each followed by the trial's further inspections."""
    trials, own = len(further), samples.good.size
    good = np.repeat(np.arange(trials), own)
    more = [
        (trial, f.day, CONCLUSIONS.index(f.conclusion)) for trial, some in enumerate(further) for f in some
    ]
    added = np.array(more, dtype=np.int64).reshape(-1, 3)
    all_good = np.concatenate((good, added[:, 0]))
    order = np.argsort(all_good, kind="stable")  # further inspections are later than all known ones
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    again_of = np.concatenate([place[trial * own + samples.again_of] for trial in range(trials)] or [order])

    def both(column: Ints, extra: Ints) -> Ints:
        return np.concatenate((np.tile(column, trials), extra))[order]

    return Samples(
        all_good[order],
        both(samples.sampled, added[:, 1]),
        both(samples.result, added[:, 1]),
        both(samples.conclusion, added[:, 2]),
        again_of,
        np.tile(samples.again_result, trials),
        np.tile(samples.again_conclusion, trials),
    )


def _day(day: object) -> int:
    return int(np.datetime64(str(day), "D").astype(np.int64))

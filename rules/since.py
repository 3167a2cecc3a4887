"""Since when the answers about many goods have stood, found by trying every day on which they can have turned.

The same days as `rules.trying.verdicts_over` tries for one good, as arrays over goods: all of them are judged in
one go, as if each good on each of its days were a good of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rules.facts import Goods
from rules.history import Ints, Samples
from rules.on_days import ValuesOn, dated_from, goods_on, repeated_samples, verdicts_on_days
from rules.program import Program
from rules.trying import ages_compared

AT_ONCE = 1_000_000  # inspections judged at a time, those of a good once for each of its days


def standing_since(
    program: Program, goods: Goods, samples: Samples, asked: Ints, first: Ints, day: int, values_on: ValuesOn
) -> dict[str, Ints]:
    """For each benefit and asked good the day number from which its answer has stood up to `day` without a break.

    `asked` are places in `goods`; `first` is the first day to look at of each, not after `day`: an answer older than
    that counts from there. What `samples` (those of all goods) hold and a day did not know yet is left out.
    """
    goods, (samples, _) = goods_on(goods, asked, first), repeated_samples(samples, asked)
    found = {benefit: np.empty(first.size, dtype=np.int64) for benefit in program.benefits}
    turning = _turning(program, goods, samples, first, day, values_on)
    for low, high in _portions(turning, np.bincount(samples.good, minlength=first.size)):
        kept = slice(*np.searchsorted(turning >> 20, (low, high)))
        good, on = turning[kept] >> 20, turning[kept] & ((1 << 20) - 1)
        for benefit, verdicts in verdicts_on_days(program, goods, samples, good, on, values_on).items():
            turned = np.ones(good.size, dtype=bool)
            turned[1:] = (good[1:] != good[:-1]) | (verdicts[1:] != verdicts[:-1])
            found[benefit][good[turned]] = on[turned]  # of several days the last assignment stays
    return found


def _turning(
    program: Program, goods: Goods, samples: Samples, first: Ints, day: int, values_on: ValuesOn
) -> Ints:
    """Every good with every day on which its answer can turn, packed as good << 20 | day and sorted."""
    each = np.arange(first.size, dtype=np.int64)
    epochs = dated_from(program)
    valued = [values_on(d) for d in {*epochs, day} if min(epochs, default=day) <= d <= day]
    ages = np.array([a + later for a in ages_compared(program, valued) for later in (0, 1)], dtype=np.int64)
    pairs = [
        (each, first),
        (each, goods.poor_from),
        (each, goods.poor_until),
        (samples.good, samples.result),
        (samples.good[samples.again_of], samples.again_result),
        (np.repeat(samples.good, ages.size), (samples.sampled[:, None] + ages).ravel()),
        *((each, np.full(first.size, epoch)) for epoch in epochs),
    ]
    good = np.concatenate([some for some, _ in pairs])
    on = np.concatenate([days for _, days in pairs])
    kept = (on >= first[good]) & (on <= day)
    return np.unique(good[kept] << 20 | on[kept])


def _portions(turning: Ints, inspections: Ints) -> Iterator[tuple[int, int]]:
    """Goods from … up to …, each portion with about AT_ONCE inspections to judge."""
    days = np.bincount(turning >> 20, minlength=inspections.size)
    portion = np.cumsum(days * (inspections + 1)) // AT_ONCE
    cuts = np.flatnonzero(np.diff(portion)) + 1
    yield from zip([0, *cuts.tolist()], [*cuts.tolist(), inspections.size], strict=True)

"""The whole invented county: its households and goods, what the inspectors found, and who ships what they sell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from random import Random

from data.seed.calendar import days_before, entry_day
from data.seed.case_stories import ALONE, CASES, FIRST_YEAR
from data.seed.families import Good, goods, villages
from data.seed.histories import samples_of
from data.seed.sample import Row, Sample

SHIPPERS_IN_A_HUNDRED = 12
_SHORTEST_AGO = 160  # days before the first year's record: a good that does well was inspected since


@dataclass(frozen=True)
class County:
    """Everything that is invented, in a fixed order; `samples` with the day of their entry, `shippers` do well."""

    households: int
    seed: int
    villages: list[Row]
    goods: tuple[Good, ...]
    samples: tuple[tuple[Sample, date], ...]
    shippers: tuple[Good, ...]

    def of_story(self, name: str) -> list[Good]:
        """The goods with a story, in the order of their numbers."""
        return [good for good in self.goods if good.story and good.story.name == name]

    def granted_first(self) -> frozenset[str]:
        """The goods with which the office began in the first year: shippers, and what later cases are about."""
        begun = {case.good for case in (*CASES, *ALONE) if case.steps[0].kind == "notify"}
        of_cases = [self.of_story(name)[0] for name in begun if self.of_story(name)]
        return frozenset(good.subject for good in (*self.shippers, *of_cases))


def county(households: int = 2000, seed: int = 20210930) -> County:
    """The same county for the same households and seed. Raises ValueError below one."""
    if households < 1:
        raise ValueError("a demonstration needs at least one household")
    rng = Random(seed)
    places = villages(rng)
    everyone = tuple(goods(households, rng))
    samples = tuple(found for good in everyone for found in _recorded(good, rng))
    return County(households, seed, places, everyone, samples, _shippers(everyone, samples, seed))


def _recorded(good: Good, rng: Random) -> list[tuple[Sample, date]]:
    """The samples that are on file by the working day, each with the day of its entry."""
    entered = [
        (sample, entry_day(sample.result, not_before=good.entered, held_back=sample.held_back))
        for sample in samples_of(good, rng)
    ]
    return [(sample, day) for sample, day in entered if day is not None]


def _shippers(
    everyone: tuple[Good, ...], samples: tuple[tuple[Sample, date], ...], seed: int
) -> tuple[Good, ...]:
    """Some of the goods without a story that were visited all along and passed every time."""
    found: dict[tuple[str, str], list[tuple[Sample, date]]] = defaultdict(list)
    for sample, entered in samples:
        found[sample.household_no, sample.product_code].append((sample, entered))
    well = [good for good in everyone if _does_well(good, found[good.household.number, good.product.code])]
    rng = Random(seed + 1)
    chosen = set(
        rng.sample(range(len(well)), min(len(well), max(3, len(well) * SHIPPERS_IN_A_HUNDRED // 100)))
    )
    return tuple(good for at, good in enumerate(well) if at in chosen)


def _does_well(good: Good, samples: list[tuple[Sample, date]]) -> bool:
    ordinary = good.story is None and good.fit == 1 and not good.product.standardised
    passed = all(sample.conclusion == "pass" for sample, _ in samples)
    early = [s.sampled for s, entered in samples if entered <= FIRST_YEAR]
    late = any(sample.sampled > days_before(120) for sample, _ in samples)
    return ordinary and passed and late and bool(early) and (FIRST_YEAR - max(early)).days < _SHORTEST_AGO

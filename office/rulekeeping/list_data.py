"""What of the data moved an answer between two recorded lists: time, an inspection, a correction, a register's row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from data.evidence import GoodsRead
from data.rulekeeping.run_lists import versions_of_inspections
from data.store import Database
from office.days import day_number
from office.deciding import decide_all
from office.gathering import Gathered, as_goods, as_samples
from rules.facts import standing_of
from rules.history import Bools, Ints
from rules.program import Program, Words

WHAT: Mapping[str, Words] = {
    "registered": Words("新登记的产品", "a good newly registered"),
    "unregistered": Words("那一天还没有登记", "a good not registered on that day"),
    "time": Words("时间推移", "time gone by"),
    "inspected": Words("新的检验", "a new inspection"),
    "corrected": Words("检验更正", "a corrected inspection"),
    "household": Words("农户登记变动（建档、退出）", "the household's row (registered, left)"),
    "product": Words("产品登记变动（是否标准化）", "the product's row (standardised)"),
    "good": Words("帮扶农产品登记变动（来源、符合网销）", "the good's row (source, fit for online sale)"),
    "elsewhere": Words("其他登记变动", "another change of the registers"),
}
Verdict = Callable[[str, str], str | None]
COLUMNS = {  # what of a good's row each kind of change is seen by
    "household": ("poor_from", "poor_until"),
    "product": ("standardised",),
    "good": ("source", "fit"),
}


class DataBetween:
    """Two states of the registers, each on its day as known at its instant, and what lies between them."""

    def __init__(self, db: Database, old: Gathered, new: Gathered) -> None:
        self._old, self._new = _places(old), _places(new)
        day = day_number(new.as_of)
        self._later = replace(
            old,
            as_of=new.as_of,
            standing=standing_of(as_goods(old.goods, new.as_of), as_samples(old.samples)),
        )
        self._rows = _changed_rows(old.goods, new.goods, self._old, self._new)
        self._inspected, self._corrected = _inspections(db, old, new, day)

    def by_time(self, program: Program, values: Mapping[str, int]) -> Verdict:
        """What these rules would say on the new side's day of what the old side knew."""
        answers = decide_all(self._later, program, values)
        verdicts = {benefit: answers.verdicts(benefit) for benefit in program.benefits}

        def verdict(subject: str, benefit: str) -> str | None:
            known = subject in self._old and benefit in verdicts
            return str(verdicts[benefit][self._old[subject]]) if known else None

        return verdict

    def what(self, subject: str, *, time_alone: bool) -> tuple[str, ...]:
        """Words of WHAT for one good whose answer the data moved; `time_alone`: the day by itself does it."""
        if subject not in self._old:
            return ("registered",)
        if subject not in self._new:
            return ("unregistered",)
        found = () if time_alone else tuple(name for name, goods in self._events() if subject in goods)
        return ("time",) if time_alone else found or ("elsewhere",)

    def _events(self) -> tuple[tuple[str, set[str]], ...]:
        rows = tuple(self._rows.items())
        return (("inspected", self._inspected), ("corrected", self._corrected), *rows)


def _places(data: Gathered) -> dict[str, int]:
    return {subject: at for at, subject in enumerate(data.goods.subject.tolist())}


def _changed_rows(
    old: GoodsRead, new: GoodsRead, before: Mapping[str, int], after: Mapping[str, int]
) -> dict[str, set[str]]:
    both = [subject for subject in before if subject in after]
    left = np.array([before[subject] for subject in both], dtype=np.int64)
    right = np.array([after[subject] for subject in both], dtype=np.int64)
    found = {}
    for name, columns in COLUMNS.items():
        other = np.zeros(len(both), dtype=bool)
        for column in columns:
            other |= getattr(old, column)[left] != getattr(new, column)[right]
        found[name] = {both[at] for at in np.flatnonzero(other).tolist()}
    return found


def _inspections(db: Database, old: Gathered, new: Gathered, day: int) -> tuple[set[str], set[str]]:
    """The goods with an inspection that the old side had not recorded, and those with a corrected one."""
    known, _ = _versions(old)
    rows, goods = _versions(new)
    fresh = ~np.isin(rows, known) & (_results(new) <= day)
    gone = ~np.isin(known, rows)
    versions = versions_of_inspections(db, np.concatenate((rows[fresh], known[gone])))
    replaced = {versions[row][0] for row in known[gone].tolist()}
    inspected: set[str] = set()
    corrected = _subjects(old, gone)
    for row, good in zip(rows[fresh].tolist(), goods[fresh].tolist(), strict=True):
        (corrected if versions[row][0] in replaced else inspected).add(str(new.goods.subject[good]))
    return inspected, corrected


def _versions(data: Gathered) -> tuple[Ints, Ints]:
    """Every row version of an inspection that speaks, and the good (a place) that it is of."""
    samples = data.samples
    rows = np.concatenate((samples.id, samples.again_id))
    return rows, np.concatenate((samples.good, samples.good[samples.again_of]))


def _results(data: Gathered) -> Ints:
    found: Ints = np.concatenate((data.samples.result, data.samples.again_result))
    return found


def _subjects(data: Gathered, chosen: Bools) -> set[str]:
    _, goods = _versions(data)
    return {str(data.goods.subject[good]) for good in goods[chosen].tolist()}

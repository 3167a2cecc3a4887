"""A draft beside what is in force on a day: who gains, who loses, why and where. Nothing is kept.

The draft may have other conditions, verdict rows, verdicts and benefits than the rules in force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.store import Database
from office.answering import gathered_on, names_of_goods, while_all_stands
from office.because import Turn
from office.comparing import Comparison, compare, moves
from office.deciding import Answers, decide_all
from office.programs import program_in_force, values_in_force
from rules.program import Program, Words

GAIN, LOSS, OTHER = "gain", "loss", "other"
DIRECTIONS: Mapping[str, Words] = {
    GAIN: Words("变好", "gains"),
    LOSS: Words("变差", "loses"),
    OTHER: Words("不能比较", "cannot be compared"),
}
PLACES = ("township", "product", "household")  # what the changes can be grouped by, besides their reason


@dataclass(frozen=True)
class Effects:
    """Both sides, and one row per change.

    `changed`: subject, benefit, before, after (None: not decided there), direction, turns (office.because), product_code,
    product_name, household_no, head_name, village_name, township_code, township_name.
    """

    comparison: Comparison
    changed: pd.DataFrame

    @property
    def before(self) -> Answers:
        """What the rules in force say."""
        return self.comparison.before

    @property
    def after(self) -> Answers:
        """What the draft says."""
        return self.comparison.after

    @property
    def benefits(self) -> dict[str, Words]:
        """The benefits of either side with their titles."""
        both = {**self.before.program.benefits, **self.after.program.benefits}
        return {name: benefit.title for name, benefit in both.items()}

    def of(self, benefit: str) -> pd.DataFrame:
        """The changes of one benefit."""
        return self.changed[self.changed["benefit"] == benefit]

    def moves(self, benefit: str) -> dict[tuple[str | None, str | None], int]:
        """(before, after) → goods, those that stay too; raises rather than not add up."""
        return moves(self.comparison, benefit)


def effects_of(db: Database, day: date, draft: Program, against: Program | None = None) -> Effects:
    """The draft's answers on a day beside those of the rules in force then (or of `against`).

    Raises Refused where either is not in force on the day, is not about goods, or leaves a good without an answer.
    """
    rules = against or program_in_force(db, day, draft.program)
    key = (day, rules.digest, draft.digest)
    return while_all_stands("effects", db, key, lambda: _effects(db, day, rules, draft))


def _effects(db: Database, day: date, rules: Program, draft: Program) -> Effects:
    comparison = compare(_answers(db, day, rules), _answers(db, day, draft))
    known = _Directions(rules, draft)
    rows = [
        (c.subject, c.benefit, c.before, c.after, known.of(c.before, c.after), c.turns)
        for c in comparison.changed
    ]
    frame = pd.DataFrame(rows, columns=["subject", "benefit", "before", "after", "direction", "turns"])
    frame = frame.astype(object).where(frame.notna(), None)
    names = names_of_goods(db)
    return Effects(comparison, frame.merge(names, on="subject", how="left"))


def _answers(db: Database, day: date, program: Program) -> Answers:
    values = values_in_force(program, day)
    return while_all_stands(
        "answers_of", db, (day, program.digest), lambda: decide_all(gathered_on(db, day), program, values)
    )


class _Directions:
    """Whether a move is for the better: in the order of every programme that knows both verdicts."""

    def __init__(self, *programs: Program) -> None:
        self._ranks = [{verdict: rank for rank, verdict in enumerate(p.better)} for p in programs]

    def of(self, before: str | None, after: str | None) -> str:
        """`gain`, `loss`, or `other` where nobody knows both verdicts, or the two orders differ about them."""
        found = {
            ranks[after] > ranks[before]
            for ranks in self._ranks
            if before is not None and after is not None and {before, after} <= ranks.keys()
        }
        if len(found) != 1:
            return OTHER
        return GAIN if found.pop() else LOSS


def directions(rows: pd.DataFrame) -> dict[str, int]:
    """How many changes there are of each direction."""
    counted = Counter(rows["direction"].tolist())
    return {direction: counted[direction] for direction in DIRECTIONS}


def by_reason(rows: pd.DataFrame) -> list[tuple[tuple[Turn, ...], dict[str, int]]]:
    """The conditions that made it (together) with the changes of each direction, the most frequent first.

    Every change is in exactly one line.
    """
    found: dict[tuple[Turn, ...], Counter[str]] = {}
    for turns, direction in zip(rows["turns"].tolist(), rows["direction"].tolist(), strict=True):
        found.setdefault(turns, Counter())[direction] += 1
    lines = [(turns, {d: counted[d] for d in DIRECTIONS}) for turns, counted in found.items()]
    return sorted(lines, key=lambda line: -sum(line[1].values()))


def by_place(rows: pd.DataFrame, place: str) -> pd.DataFrame:
    """(code, name, gain, loss, other) for each township, product or household that a change touches."""
    code, name = {
        "township": ("township_code", "township_name"),
        "product": ("product_code", "product_name"),
        "household": ("household_no", "household_no"),
    }[place]
    found = pd.DataFrame({"code": rows[code], "name": rows[name], "direction": rows["direction"]})
    counted = found.groupby(["code", "name", "direction"]).size().unstack(fill_value=0)
    counted = counted.reindex(columns=list(DIRECTIONS), fill_value=0).astype("int64").reset_index()
    counted.columns.name = None
    if place == "township":
        return counted
    order = -counted[list(DIRECTIONS)].sum(axis=1)
    return counted.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def first_day_it_differs(rules: Program, draft: Program, day: date) -> date:
    """The first day, not before `day`, on which a dated value of the draft begins that the rules have not; else `day`."""
    known = {(name, v.since, v.value) for name, p in rules.parameters.items() for v in p.values}
    begins = [
        v.since
        for name, p in draft.parameters.items()
        for v in p.values
        if (name, v.since, v.value) not in known
    ]
    later = [since for since in begins if since > day]
    return min(later) if later and len(later) == len(begins) else day

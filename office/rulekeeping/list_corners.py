"""Old and new rules beside old and new data: the four lists of verdicts that say what moved each name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from data.decisions import Run, program_text, run
from data.rulekeeping.run_lists import ListOfRun, findings_of, lists_of
from data.store import Database
from office.because import Side, Turn, decisive
from office.deciding import decide_all
from office.gathering import Gathered
from office.programs import loaded
from office.refusal import refuse
from office.rulekeeping.list_data import DataBetween
from rules.program import Program

RULE, DATA, BOTH, ACT = "rule", "data", "both", "act"
PARTS = (RULE, DATA, BOTH, ACT)
Verdict = str | None  # None: not decided on that side
Verdicts = Mapping[str, Mapping[str, str]]  # benefit → subject → verdict


@dataclass(frozen=True)
class Recorded:
    """One side: the run, the programme it used, and its list per benefit."""

    run: Run
    program: Program
    lists: Mapping[str, ListOfRun]

    @cached_property
    def verdicts(self) -> Verdicts:
        """What the run said."""
        return {
            benefit: {subject: verdict for subject, (_, verdict) in said.verdicts.items()}
            for benefit, said in self.lists.items()
        }

    def verdict(self, subject: str, benefit: str) -> Verdict:
        """What the run said; None where it said nothing of it."""
        return self.verdicts.get(benefit, {}).get(subject)

    def counts(self, benefit: str) -> dict[Verdict, int]:
        """How many goods have each verdict."""
        return dict(Counter(self.verdicts.get(benefit, {}).values()))

    @property
    def rules(self) -> tuple[str, tuple[tuple[str, int], ...]]:
        """What makes the rules of this side: the text's digest and the values in force."""
        return self.run.digest, tuple(sorted(self.run.parameters.items()))


def recorded(db: Database, number: int) -> Recorded:
    """A recorded run with its list and the programme as it was kept."""
    found = run(db, number)
    if found is None:
        raise refuse(f"没有第 {number} 次存档", f"there is no recorded run {number}")
    if found.scope:
        raise refuse(
            f"第 {number} 次存档只判定了 {found.scope}，不是全部产品，不能对比名单",
            f"run {number} decided {found.scope} only, not all goods: its list cannot be compared",
        )
    text = program_text(db, found.digest)
    if text is None:
        raise refuse(
            f"第 {number} 次存档所用的规则文本没有留存", f"the programme text of run {number} was not kept"
        )
    return Recorded(found, loaded(text.encode("utf-8"), f"{found.program}.toml"), lists_of(db, number))


class Corners:
    """The two lists as they were recorded, and the two never drawn up: each side's rules on the other's data."""

    def __init__(self, before: Recorded, after: Recorded, old: Gathered, new: Gathered) -> None:
        self.before, self.after = before, after
        self.same_rules = before.rules == after.rules
        self.new_rules = before.verdicts if self.same_rules else _decided(after, old)
        self.new_data = after.verdicts if self.same_rules else _decided(before, new)

    @property
    def benefits(self) -> tuple[str, ...]:
        """The benefits of either side."""
        return tuple({**self.before.lists, **self.after.lists})

    def parts(self, benefit: str) -> Iterator[tuple[str, str | None]]:
        """Each good of either list with which of rule, data or both moved its verdict; None where it is the same."""
        before, after = (side.verdicts.get(benefit, {}) for side in (self.before, self.after))
        rules, data = self.new_rules.get(benefit, {}), self.new_data.get(benefit, {})
        for subject in {**before, **after}:
            was = before.get(subject)
            if was == after.get(subject):
                yield subject, None
                continue
            by_rules, by_data = rules.get(subject) != was, data.get(subject) != was
            yield subject, BOTH if by_rules == by_data else RULE if by_rules else DATA


def _decided(rules: Recorded, data: Gathered) -> Verdicts:
    answers = decide_all(data, rules.program, rules.run.parameters)
    subjects = answers.subjects.tolist()
    return {
        benefit: dict(zip(subjects, answers.verdicts(benefit).tolist(), strict=True))
        for benefit in rules.program.benefits
    }


class ByTime:
    """Whether the other day alone, with nothing recorded since, does what the new data did."""

    def __init__(self, corners: Corners, between: DataBetween) -> None:
        self._corners = corners
        before, after = corners.before, corners.after
        self._old = between.by_time(before.program, before.run.parameters)
        self._new = self._old if corners.same_rules else between.by_time(after.program, after.run.parameters)

    def alone(self, subject: str, benefit: str, part: str) -> bool:
        """Data by itself is tried under the old rules, together with the rules under the new ones."""
        if part == DATA:
            return self._old(subject, benefit) == self._corners.new_data.get(benefit, {}).get(subject)
        return self._new(subject, benefit) == self._corners.after.verdict(subject, benefit)


class Reasons:
    """Which findings turned each of some verdicts, from what both runs kept; worked out once for equal findings."""

    def __init__(
        self, db: Database, before: Recorded, after: Recorded, moved: Iterable[tuple[str, str]]
    ) -> None:
        names = list(moved)
        self._sides = (before, after)
        self._found = tuple(findings_of(db, side.run.id, names) for side in self._sides)
        self._known: dict[tuple[str, int, int], tuple[Turn, ...]] = {}

    def of(self, subject: str, benefit: str) -> tuple[Turn, ...]:
        """Empty where the verdict rows made it, or where there is only one side."""
        was, now = (found.get((subject, benefit)) for found in self._found)
        if was is None or now is None:
            return ()
        key = (benefit, id(was), id(now))  # equal findings are one object: see findings_of
        if key not in self._known:
            before, after = self._sides
            self._known[key] = decisive(
                _side(before.program, benefit, was), _side(after.program, benefit, now)
            )
        return self._known[key]


def _side(program: Program, benefit: str, findings: Mapping[str, str]) -> Side:
    asked = (*program.latches_asked(benefit), *program.conditions_asked(benefit))
    return Side(program, benefit, {name: findings[name] for name in asked})

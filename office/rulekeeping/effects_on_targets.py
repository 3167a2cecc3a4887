"""What the alternatives of the targets would do: the status of a target with another goal, deadline or look back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from data.store import Database
from office.cited import Cited
from office.rulekeeping.effects import Effect
from office.targets.gathering import county_rows, the_targets
from office.targets.measuring import Standing, standing_on
from office.targets.status_words import STATUS_WORDS
from rules.alternatives import Alternative
from rules.program import DatedValue, Words
from rules.target import Target


class Targets:
    """The targets on a day, asked again with other goals and deadlines."""

    def __init__(self, db: Database, day: date) -> None:
        self.day, self.rows = day, county_rows(db, day)
        self.known: Mapping[str, Target] = the_targets()
        self.standing: dict[str, Standing] = {}

    def value_effect(self, part: Cited, one: Alternative, value: Words) -> Effect:
        """A target with another value in one of its parts: its status before and after."""
        target = self.known[part.name.partition(".")[0]]
        before = self._before(target)
        after = standing_on(self.rows, _changed(target, part.kind, one.value, self.day), self.day)
        was, now = STATUS_WORDS[before.status], STATUS_WORDS[after.status]
        figures = {"status": int(before.status != after.status)}
        if before.status == after.status:
            does = Words(f"状态不变：{was.zh}", f"the status stays: {was.en}")
        else:
            does = Words(f"状态：{was.zh} → {now.zh}", f"status: {was.en} → {now.en}")
        return Effect(value, one.why, does, figures)

    def _before(self, target: Target) -> Standing:
        if target.name not in self.standing:
            self.standing[target.name] = standing_on(self.rows, target, self.day)
        return self.standing[target.name]


def _changed(target: Target, kind: str, value: int | date, day: date) -> Target:
    if kind == "deadline" and target.deadline is not None and isinstance(value, date):
        return replace(target, deadline=replace(target.deadline, day=value))
    if kind == "looks_back" and target.looks_back is not None and isinstance(value, int):
        return replace(target, looks_back=replace(target.looks_back, values=(DatedValue(day, value),)))
    if kind == "goal" and isinstance(value, int):
        since = min((target.goal[0].since, day))
        return replace(target, goal=(DatedValue(since, value),))
    raise ValueError(f"{target.name} has no {kind} to change")

"""What-if, draft, then-and-now: two sets of answers side by side, and why each one changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from office.because import Side, Turn, decisive
from office.deciding import Answers
from rules.deciding import ANSWERS
from rules.history import Ints
from rules.patterns import grouped


class PartsDoNotAddUp(RuntimeError):
    """The parts of a comparison are not the whole: nothing of it is shown."""


@dataclass(frozen=True)
class Changed:
    """One good whose answer differs. None stands for a good that is not decided on that side.

    `turns`: the conditions and latches whose finding made the difference; empty where the verdict rows did.
    """

    subject: str
    benefit: str
    before: str | None
    after: str | None
    turns: tuple[Turn, ...]

    @property
    def because(self) -> tuple[str, ...]:
        """The names of what made the difference."""
        return tuple(turn.name for turn in self.turns)


@dataclass(frozen=True)
class Comparison:
    """Both sides' counts, and every answer that changed: `before` with the changes gives `after`.

    `sides` has, per benefit of either side, both verdicts of each of `subjects` (None: not decided there).
    """

    before: Answers
    after: Answers
    changed: tuple[Changed, ...]
    subjects: np.ndarray
    sides: Mapping[str, tuple[np.ndarray, np.ndarray]]


def compare(before: Answers, after: Answers) -> Comparison:
    """Every good and benefit whose verdict differs, with the conditions whose finding made it so.

    The two programmes may differ in conditions, verdict rows, verdicts and benefits.
    """
    subjects, left, right = _together(before.subjects, after.subjects)
    changed: list[Changed] = []
    sides = {}
    for benefit in {**before.program.benefits, **after.program.benefits}:
        was, now = _verdicts(before, benefit, left), _verdicts(after, benefit, right)
        sides[benefit] = was, now
        at = np.flatnonzero(was != now)
        because = _because(before, after, benefit, left[at], right[at])
        columns = (subjects[at].tolist(), was[at].tolist(), now[at].tolist(), because)
        changed += [Changed(s, benefit, b, a, why) for s, b, a, why in zip(*columns, strict=True)]
    changed.sort(key=lambda c: (c.subject, c.benefit))
    return Comparison(before, after, tuple(changed), subjects, sides)


def moves(comparison: Comparison, benefit: str) -> dict[tuple[str | None, str | None], int]:
    """(before, after) → goods, those that stay too. Raises PartsDoNotAddUp unless both sides' totals come of them."""
    was, now = comparison.sides[benefit]
    found: dict[tuple[str | None, str | None], int] = {}
    pairs = [(b, a) for b in _kinds(was) for a in _kinds(now)]
    for before, after in pairs:
        number = int(np.count_nonzero((was == before) & (now == after)))
        if number:
            found[before, after] = number
    for at, answers in enumerate((comparison.before, comparison.after)):
        _must_add_up(found, at, answers, benefit)
    changed = sum(n for (b, a), n in found.items() if b != a)
    if changed != sum(c.benefit == benefit for c in comparison.changed):
        raise PartsDoNotAddUp(f"{benefit}: {changed} goods move, another number is listed")
    return found


def _must_add_up(
    found: Mapping[tuple[str | None, str | None], int], side: int, answers: Answers, benefit: str
) -> None:
    totals = answers.counts().get(benefit, {})
    parts = dict.fromkeys(totals, 0)
    for pair, number in found.items():
        verdict = pair[side]
        if verdict is not None:
            parts[verdict] = parts.get(verdict, 0) + number
    if parts != totals:
        raise PartsDoNotAddUp(f"{benefit}: the moves come to {parts}, the answers are {totals}")


def _kinds(verdicts: np.ndarray) -> list[str | None]:
    return list(dict.fromkeys(verdicts.tolist()))


def _together(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, Ints, Ints]:
    """Every good of either side, in order, and its place on each; -1 where it is not there."""
    if before is after:
        here = np.arange(before.size, dtype=np.int64)
        return before, here, here
    every = sorted({*before.tolist(), *after.tolist()})
    subjects = np.array(every, dtype=object)
    at = {subject: place for place, subject in enumerate(every)}
    return subjects, _places(at, before), _places(at, after)


def _places(at: Mapping[str, int], some: np.ndarray) -> Ints:
    places = np.full(len(at), -1, dtype=np.int64)
    places[[at[subject] for subject in some.tolist()]] = np.arange(some.size)
    return places


def _verdicts(answers: Answers, benefit: str, places: Ints) -> np.ndarray:
    found = np.full(places.size, None, dtype=object)
    if benefit in answers.program.benefits:
        there = places >= 0
        found[there] = answers.verdicts(benefit)[places[there]]
    return found


def _because(
    before: Answers, after: Answers, benefit: str, left: Ints, right: Ints
) -> list[tuple[Turn, ...]]:
    """For each changed good what made the difference, worked out once for each pattern of findings."""
    found: list[tuple[Turn, ...]] = [()] * left.size
    both = np.flatnonzero((left >= 0) & (right >= 0))
    if not both.size or any(benefit not in side.program.benefits for side in (before, after)):
        return found
    sides = ((before, left[both]), (after, right[both]))
    columns = [
        (answers.judged.findings[name][places].astype(np.int64) + 1, 3)
        for answers, places in sides
        for name in asked(answers, benefit)
    ]
    of_row, example = grouped(columns, both.size)
    reasons = [
        decisive(*(Side(a.program, benefit, _asked_of(a, benefit, int(places[at]))) for a, places in sides))
        for at in example.tolist()
    ]
    for at, pattern in zip(both.tolist(), of_row.tolist(), strict=True):
        found[at] = reasons[pattern]
    return found


def asked(answers: Answers, benefit: str) -> tuple[str, ...]:
    """The latches and conditions that a benefit's rows ask."""
    program = answers.program
    return (*program.latches_asked(benefit), *program.conditions_asked(benefit))


def _asked_of(answers: Answers, benefit: str, at: int) -> dict[str, str]:
    return {name: ANSWERS[int(answers.judged.findings[name][at])] for name in asked(answers, benefit)}


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """The document that `compare --json` prints."""
    return {
        "before": comparison.before.counts(),
        "after": comparison.after.counts(),
        "changed": [
            {
                "subject": c.subject,
                "benefit": c.benefit,
                "before": c.before,
                "after": c.after,
                "because": list(c.because),
            }
            for c in comparison.changed
        ],
    }

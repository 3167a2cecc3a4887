"""What-if and then-and-now: two sets of answers side by side, and why each one changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from office.deciding import Answers
from rules.deciding import ANSWERS


@dataclass(frozen=True)
class Changed:
    """One good whose answer differs. None stands for a good that is not decided on that side."""

    subject: str
    benefit: str
    before: str | None
    after: str | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Both sides' counts, and every answer that changed: `before` with the changes gives `after`."""

    before: Answers
    after: Answers
    changed: tuple[Changed, ...]


def compare(before: Answers, after: Answers) -> Comparison:
    """Every good and benefit whose verdict differs, with the conditions whose finding made it so.

    Both sides must have the same benefits and verdicts, as two versions of one programme have.
    """
    subjects = (
        np.union1d(before.subjects, after.subjects)
        if before.subjects.size + after.subjects.size
        else before.subjects
    )
    left, right = _places(subjects, before.subjects), _places(subjects, after.subjects)
    changed: list[Changed] = []
    for benefit in {**before.program.benefits, **after.program.benefits}:
        was, now = _verdicts(before, benefit, left), _verdicts(after, benefit, right)
        for at in np.flatnonzero(was != now):
            because = _because(before, after, benefit, int(left[at]), int(right[at]))
            changed.append(Changed(subjects[at], benefit, was[at], now[at], because))
    changed.sort(key=lambda c: (c.subject, c.benefit))
    return Comparison(before, after, tuple(changed))


def _places(subjects: np.ndarray, some: np.ndarray) -> np.ndarray:
    places = np.full(subjects.size, -1, dtype=np.int64)
    if some.size:
        places[np.searchsorted(subjects, some)] = np.arange(some.size)
    return places


def _verdicts(answers: Answers, benefit: str, places: np.ndarray) -> np.ndarray:
    found = np.full(places.size, None, dtype=object)
    if benefit in answers.program.benefits:
        there = places >= 0
        found[there] = answers.verdicts(benefit)[places[there]]
    return found


def _because(before: Answers, after: Answers, benefit: str, left: int, right: int) -> tuple[str, ...]:
    """The conditions and latches of the benefit whose finding differs; those of the side that is there."""
    sides = [_asked(a, benefit, at) for a, at in ((before, left), (after, right)) if at >= 0]
    if len(sides) == 1:
        return ()
    was, now = sides
    return tuple(name for name in {**was, **now} if was.get(name) != now.get(name))


def _asked(answers: Answers, benefit: str, at: int) -> dict[str, str]:
    program = answers.program
    if benefit not in program.benefits:
        return {}
    names = (*program.latches_asked(benefit), *program.conditions_asked(benefit))
    return {name: ANSWERS[int(answers.judged.findings[name][at])] for name in names}


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

"""The rules told once more, one good at a time, to hold every faster telling against.

Follows the definitions and the programme's rows word for word; written to be read, not to be fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DEFAULTS: Mapping[str, int] = {
    "inspection_validity_days": 180,
    "long_term_consecutive_failures": 3,
    "long_term_failures_in_window": 3,
    "long_term_failure_percent": 50,
    "failure_window_days": 365,
    "readmission_passes": 2,
}


@dataclass(frozen=True)
class Inspection:
    """One inspection as known; `original` is the sample number that a re-inspection is about."""

    sample_no: str
    sampled: date
    result: date
    conclusion: str
    original: str | None = None


@dataclass(frozen=True)
class Good:
    """One good as known, with its household's and its product's part in the decision."""

    standardised: bool
    fit: bool | None
    poor_from: date
    poor_until: date | None
    inspections: tuple[Inspection, ...]


@dataclass(frozen=True)
class Event:
    """A counted inspection: its sampling date and whether it failed."""

    day: date
    failed: bool


def events(inspections: Iterable[Inspection], day: date) -> list[Event]:
    """The counted inspections known on the day, in order."""
    known = [i for i in inspections if i.result <= day]
    counted = []
    for first in (i for i in known if i.original is None):
        again = [i for i in known if i.original == first.sample_no]
        spoken = max(again, key=lambda i: (i.result, i.sample_no)) if again else first
        if spoken.conclusion in ("pass", "fail"):
            counted.append((first.sampled, first.sample_no, spoken.conclusion == "fail"))
    return [Event(sampled, failed) for sampled, _, failed in sorted(counted)]


def trailing(past: Sequence[Event], failed: bool) -> int:
    """How many of the last events in a row ended so."""
    run = 0
    for event in reversed(past):
        if event.failed != failed:
            break
        run += 1
    return run


def sets(past: Sequence[Event], values: Mapping[str, int]) -> bool:
    """Does the last of these events make the good one that fails for a long time."""
    if trailing(past, True) >= values["long_term_consecutive_failures"]:
        return True
    since = past[-1].day - timedelta(days=values["failure_window_days"])
    window = [event for event in past if event.day > since]
    failures = sum(event.failed for event in window)
    return (
        past[-1].failed
        and failures >= values["long_term_failures_in_window"]
        and 100 * failures // len(window) >= values["long_term_failure_percent"]
    )


def long_term_failing(history: Sequence[Event], values: Mapping[str, int]) -> bool:
    """Is the latch on after these events."""
    on = False
    for end in range(1, len(history) + 1):
        past = history[:end]
        if sets(past, values):
            on = True
        elif trailing(past, False) >= values["readmission_passes"]:
            on = False
    return on


def verdicts(good: Good, day: date, values: Mapping[str, int] = DEFAULTS) -> dict[str, str]:
    """The answer for both benefits."""
    history = events(good.inspections, day)
    if long_term_failing(history, values):
        return {"packaging": "revoked", "logistics": "revoked"}
    recent = (day - history[-1].day).days <= values["inspection_validity_days"] if history else None
    passed = not history[-1].failed if history else None
    poor = good.poor_from <= day and (good.poor_until is None or day < good.poor_until)
    logistics = [poor, not good.standardised, recent, passed]
    return {"packaging": _answer([*logistics, good.fit]), "logistics": _answer(logistics)}


def _answer(findings: list[bool | None]) -> str:
    if False in findings:
        return "not_eligible"
    return "cannot_decide" if None in findings else "eligible"

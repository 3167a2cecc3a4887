"""Which running figures one inspection event can really carry: they are not independent.

A failure ends every run of passes and counts in its own window, and the reverse; a run reaches into the
window or fills it; the percentage is that of the window. Without this, the proof would report events that
no inspection can ever be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.combinations import Span
from rules.faults import LARGEST
from rules.program import Fact

FIGURES = (
    "consecutive_failures",
    "consecutive_passes",
    "failures_in_window",
    "failure_percent_in_window",
    "inspections_in_window",
)
_FREE: Span = (0, LARGEST)


def is_running_figure(fact: Fact) -> bool:
    """Whether this event fact is one of those that depend on one another."""
    if fact.name == "conclusion":
        return fact.kind == "choice" and set(fact.choices) == {"pass", "fail"}
    return fact.kind == "count" and fact.name in FIGURES


@dataclass(frozen=True)
class Event:
    """One counted inspection with its running figures."""

    conclusion: str
    consecutive_failures: int
    consecutive_passes: int
    failures_in_window: int
    failure_percent_in_window: int
    inspections_in_window: int


def possible_event(conclusion: str | None, spans: Mapping[str, Span]) -> Event | None:
    """An event with this conclusion (None: any) and each figure within its span; None if there is none."""
    failures, passes, failed, percent, window = (spans.get(name, _FREE) for name in FIGURES)
    event = None
    if conclusion != "pass" and passes[0] == 0:
        event = _after_a_failure(failures, failed, percent, window)
    if event is None and conclusion != "fail" and failures[0] == 0:
        event = _after_a_pass(passes, failed, percent, window)
    return event


def _after_a_failure(run: Span, failed: Span, percent: Span, window: Span) -> Event | None:
    shortest = max(run[0], 1)
    if shortest > run[1]:
        return None
    all_failed = max(failed[0], window[0], 1)  # the run fills the window
    if percent[0] <= 100 <= percent[1] and all_failed <= min(failed[1], window[1], run[1]):
        return Event("fail", max(shortest, all_failed), 0, all_failed, 100, all_failed)
    found = _mixed_window((max(failed[0], shortest), failed[1]), 1, percent, window)
    return Event("fail", shortest, 0, *found) if found else None


def _after_a_pass(run: Span, failed: Span, percent: Span, window: Span) -> Event | None:
    shortest = max(run[0], 1)
    if shortest > run[1]:
        return None
    all_passed = max(window[0], 1)
    if percent[0] == failed[0] == 0 and all_passed <= min(window[1], run[1]):
        return Event("pass", 0, max(shortest, all_passed), 0, 0, all_passed)
    found = _mixed_window((max(failed[0], 1), failed[1]), shortest, percent, window)
    return Event("pass", 0, shortest, *found) if found else None


def _mixed_window(failed: Span, passes: int, percent: Span, window: Span) -> tuple[int, int, int] | None:
    """Failures, percentage and inspections of a window with failures and at least `passes` passes."""
    low, high = percent[0], min(percent[1], 100)
    if low > high or low == 100:
        return None
    # Fewer failures than `start` cannot reach the percentage beside so many passes or inspections;
    # from there on, 101 steps are enough to meet every rounding.
    start = max(failed[0], -(-low * window[0] // 100), -(-low * passes // (100 - low)))
    for failures in range(start, min(failed[1], start + 202) + 1):
        fewest = max(window[0], failures + passes, 100 * failures // (high + 1) + 1)
        most = min(window[1], 100 * failures // low) if low else window[1]
        if fewest <= most:
            return failures, 100 * failures // fewest, fewest
    return None

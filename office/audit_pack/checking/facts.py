"""From the registers to the facts of a good on a day: counted inspections in order, latches, and what they rest on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .programme import Programme, Scalar
from .registers import Counted, Good, Inspection, Registers, known

WINDOW = "failure_window_days"


class Answer(NamedTuple):
    """What the registers say of one good: its facts, and the rows of inspections that they rest on."""

    facts: dict[str, Scalar]
    evidence: list[int]


def facts_of(
    registers: Registers,
    programme: Programme,
    values: Mapping[str, int],
    entity: int,
    good: Good,
    day: str,
    known_at: str,
) -> Answer:
    """The facts of one good on a day as known at an instant, and its evidence in the order in which it is kept."""
    history = registers.counted(entity, day, known_at)
    household = known(registers.households[good.household], known_at)
    product = known(registers.products[good.product], known_at)
    failures, passes = (_in_a_row(history, failed) for failed in (True, False))
    facts: dict[str, Scalar] = {
        "standardised": product.standardised == 1,
        "registered_poor_household": household.since <= day
        and (household.left_on is None or day < household.left_on),
        "source": good.source,
        "fit_for_online_sale": None if good.fit is None else good.fit == 1,
        "inspections": len(history),
        "last_conclusion": None if not history else "fail" if history[-1].failed else "pass",
        "days_since_last_inspection": number(day) - number(history[-1].sampled) if history else None,
        "consecutive_failures": failures[-1] if failures else 0,
        "consecutive_passes": passes[-1] if passes else 0,
    }
    facts |= _latches(programme, values, history, failures, passes)
    replacing = sorted((one for event in history for one in event.replaced_by), key=_order)
    return Answer(facts, [event.id for event in history] + [one.id for one in replacing])


def _order(one: Inspection) -> tuple[str, str]:
    return one.result, one.sample_no


def _in_a_row(history: list[Counted], failed: bool) -> list[int]:
    """For each event, how many up to it ended so without a break."""
    run, found = 0, []
    for event in history:
        run = run + 1 if event.failed == failed else 0
        found.append(run)
    return found


def _latches(
    programme: Programme,
    values: Mapping[str, int],
    history: list[Counted],
    failures: list[int],
    passes: list[int],
) -> dict[str, Scalar]:
    """Each latch: on if some event set it and no later one cleared it."""
    if not programme.latches:
        return {}
    windows = _windows(history, values[WINDOW]) if any("window" in name for name in programme.events) else []
    on: dict[str, Scalar] = dict.fromkeys(programme.latches, False)
    with_values = tuple(values.items())
    for at, event in enumerate(history):
        asked: dict[str, Scalar] = {
            "conclusion": "fail" if event.failed else "pass",
            "consecutive_failures": failures[at],
            "consecutive_passes": passes[at],
        }
        asked |= windows[at] if windows else {}
        key = (with_values, tuple(asked.values()))
        if key not in programme.moved:  # few events differ in what is asked of them
            programme.moved[key] = programme.moves(asked, values)
        for latch, (sets, clears) in programme.moved[key].items():
            on[latch] = True if sets else False if clears else on[latch]
    return on


def _windows(history: list[Counted], days: int) -> list[dict[str, int]]:
    """For each event, the events up to it that were sampled less than so many days before it."""
    sampled = [number(event.sampled) for event in history]
    failed_before = [0]
    for event in history:
        failed_before.append(failed_before[-1] + event.failed)
    found = []
    for at, day in enumerate(sampled):
        first = bisect_right(sampled, day - days)
        inspections, failures = at + 1 - first, failed_before[at + 1] - failed_before[first]
        found.append(
            {
                "inspections_in_window": inspections,
                "failures_in_window": failures,
                "failure_percent_in_window": 100 * failures // inspections,
            }
        )
    return found


@lru_cache(maxsize=100_000)
def number(day: str) -> int:
    """A day as a whole number."""
    return date.fromisoformat(day).toordinal()

"""Broadband reaches the villages, and couriers do: networks, subscriptions, outlets, cold stores, reward claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from data.seed.registers.scene import (
    DOES_POORLY,
    DOES_WELL,
    MONTHS,
    Change,
    Entry,
    Scene,
    between,
    month_starts,
    month_text,
    told,
)
from data.seed.sample import Row

LAST_REACHED = date(2020, 11, 13)  # the last village, well before the deadline
_SUBSCRIBED_FIRST, _SUBSCRIBED_LAST = 520, 921  # of a thousand households
_FLATTENS = 132  # months: the rise would end in half of them
_NOTHING_OF = (6, 2021, 7)  # a township that did not report a month


def networks(scene: Scene) -> Iterator[Entry]:
    """By village, fixed and mobile; by township and month, how many households subscribe."""
    rng = scene.rng("networks")
    late = rng.choice(scene.villages).code
    for village in scene.villages:
        mobile = _reached(rng, 0.82, date(2019, 9, 20))
        fixed = _reached(rng, 0.55, date(2020, 9, 25)) if village.code != late else LAST_REACHED
        row: Row = {"village_code": village.code, "fixed_on": None, "mobile_on": None}
        changes = [
            Change(mobile, "登记移动宽带通达日期", {"mobile_on": mobile.isoformat()}),
            Change(fixed, "登记固定宽带通达日期", {"fixed_on": fixed.isoformat()}),
        ]
        yield from told("village_networks", row, date(2017, 10, 12), *changes)
    yield from _subscriptions(scene, rng)


def _reached(rng: Random, before: float, last: date) -> date:
    """The day on which a village was reached: mostly before the registers begin."""
    if rng.random() < before:
        return between(date(2014, 5, 5), date(2017, 9, 15), rng)
    return between(date(2017, 11, 6), last, rng)


def _subscriptions(scene: Scene, rng: Random) -> Iterator[Entry]:
    """A share that rises and flattens; better in one township and worse in another."""
    homes = [rng.randrange(2600, 5400) for _ in scene.townships]
    for at, (year, month) in enumerate(MONTHS[:-1]):
        for nth, township in enumerate(scene.townships):
            if (nth, year, month) == _NOTHING_OF:
                continue
            rise = (
                (_SUBSCRIBED_LAST - _SUBSCRIBED_FIRST)
                * at
                * (_FLATTENS - at)
                // (_FLATTENS - len(MONTHS))
                // len(MONTHS)
            )
            share = _SUBSCRIBED_FIRST + rise + {DOES_WELL: 45, DOES_POORLY: -60}.get(nth, 6 * nth - 20)
            households = homes[nth] + 2 * at
            row: Row = {
                "township_code": township,
                "month": month_text(at),
                "subscriptions": households * share // 1000,
                "households": households,
            }
            yield from told("broadband_counts", row, month_starts(at + 1))

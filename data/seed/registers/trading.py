"""How much the county trades in a month, and who of those at work does it: the totals first, then everybody's share.

The totals are told by kind of trade, because the plan's targets look at different parts of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from data.seed.registers.scene import DOES_POORLY, DOES_WELL, MONTHS, shares

# January to December: the festival peak, the quiet spring, the harvest.
_SEASON = (1.35, 0.8, 0.75, 0.76, 0.8, 0.88, 0.95, 1.15, 1.3, 1.4, 1.32, 1.05)
_FIRST_YEAR_GROWS = 1.2
_CHANCE = 0.015
# A township's trade beside the others' in the first year and how it changes in a year, in hundredths.
_WELL, _POORLY = (1.5, 1.15), (0.7, 0.72)


@dataclass(frozen=True)
class Trade:
    """One kind of trade: 元 in an ordinary month of the first year, then percent of the same month a year before."""

    name: str
    first: int
    grows: dict[int, int]


POOR_UP = Trade("上行 of stations in poor villages", 190_000, {2018: 122, 2019: 121, 2020: 120, 2021: 118})
POOR_OTHER = Trade("the rest of them", 230_000, {2018: 126, 2019: 128, 2020: 127, 2021: 127})
OTHER_UP = Trade("上行 of the other stations", 220_000, {2018: 130, 2019: 131, 2020: 129, 2021: 131})
OTHER_REST = Trade("the rest of theirs", 280_000, {2018: 128, 2019: 130, 2020: 128, 2021: 129})
POOR_SHOPS = Trade("shops in poor villages", 75_000, {2018: 124, 2019: 122, 2020: 120, 2021: 119})
OTHER_SHOPS = Trade("other shops", 230_000, {2018: 134, 2019: 134, 2020: 131, 2021: 132})
STATION_SHOPS = Trade("shops run by a station", 60_000, {2018: 125, 2019: 125, 2020: 125, 2021: 125})


def months_of(trade: Trade, rng: Random) -> list[int]:
    """分 of every month from 2017-10 on."""
    found: list[int] = []
    for at, (year, month) in enumerate(MONTHS):
        chance = rng.uniform(1 - _CHANCE, 1 + _CHANCE)
        if at < 12:
            fen = trade.first * 100 * _SEASON[month - 1] * _FIRST_YEAR_GROWS ** (at / 12)
        else:
            fen = found[at - 12] * trade.grows[year] / 100
        found.append(int(fen * chance) // 1000 * 1000)
    return found


def township_weight(township_at: int | None, at: int) -> float:
    """How much somebody of a township does beside the others in the month of that number."""
    first, yearly = {DOES_WELL: _WELL, DOES_POORLY: _POORLY}.get(
        -1 if township_at is None else township_at, (1, 1)
    )
    return float(first * yearly ** (at / 12))


def split(total: int, weights: Sequence[float], rng: Random) -> list[int]:
    """A month's total among those at work, with some luck; in whole 元."""
    return shares(total, [weight * rng.uniform(0.75, 1.3) for weight in weights])

"""Figures of targets for showing: percent with one decimal, always rounded down, so that 99.97 % is never read as reached.

Nothing here decides; what decides is asked of whole numbers (rules/status.py).
"""

from __future__ import annotations

from decimal import Decimal
from math import isqrt

from rules.target import Counted, Target

_PER_MILLE = 1000


def actual_of(target: Target, value: int | None, of: int | None) -> Decimal | None:
    """What was counted in the target's unit; None without data, or for a growth from nothing (无基期)."""
    if value is None:
        return None
    if target.is_growth:
        return growth_percent(value, of or 0)
    if target.is_share:
        return share_percent(value, of or 0)
    return Decimal(value)


def share_percent(value: int, of: int) -> Decimal | None:
    """A part of a whole in percent."""
    return Decimal(value * _PER_MILLE // of).scaleb(-1) if of else None


def growth_percent(value: int, base: int) -> Decimal | None:
    """A sum against an earlier one in percent; None where that was nothing."""
    return Decimal((value - base) * _PER_MILLE // base).scaleb(-1) if base else None


def compound_percent(value: int, base: int, years: int) -> Decimal | None:
    """年均: the rate that, year after year, makes `value` out of `base`; exact to the tenth shown."""
    if not base or years < 1:
        return None
    low, high = -_PER_MILLE, _PER_MILLE * (isqrt(value // base) + value // base + 1)
    while low < high:  # the largest rate in per mille that `value` still reaches
        middle = (low + high + 1) // 2
        if value * _PER_MILLE**years >= base * (_PER_MILLE + middle) ** years:
            low = middle
        else:
            high = middle - 1
    return Decimal(low).scaleb(-1)


def shown(target: Target, counted: Counted) -> Decimal | None:
    """A count in the target's unit."""
    return actual_of(target, counted.value, counted.of)

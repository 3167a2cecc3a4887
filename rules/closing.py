"""Who closes the gap fastest: what each township or village still lacks, at its own pace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rules.projecting import observed_pace
from rules.target import Months, Part, Target


@dataclass(frozen=True)
class Gap:
    """One place: its part and what it still lacks (units, of a growth 分).

    `missing` None: the target asks nothing of a single place, or there is no base. `pace`: units per month of its own last
    12 months. `months`: whole months until the gap is closed at that pace; None: not at that pace.
    """

    place: str
    part: Part
    missing: int | None
    pace: Fraction | None
    months: int | None


def gaps(
    target: Target, goal: int, parts: Mapping[str, Part], months: Mapping[str, Months]
) -> tuple[Gap, ...]:
    """Every place that has a part, the soonest to close first, those without a gap last."""
    found = [_gap(target, goal, place, part, months.get(place)) for place, part in parts.items()]
    return tuple(sorted(found, key=_soonest))


def lacking(target: Target, goal: int, part: Part) -> int | None:
    """What a place lacks by itself; None where the goal is one for the whole county or there is no base."""
    if target.is_growth:
        return max(0, -(-part.of * (100 + goal) // 100) - part.value) if part.of else None
    if target.is_share:
        return max(0, -(-goal * part.of // 100) - part.value) if part.of else None
    return None


def _gap(target: Target, goal: int, place: str, part: Part, months: Months | None) -> Gap:
    missing = lacking(target, goal, part)
    if target.is_growth or months is None:
        return Gap(place, part, missing, None, 0 if missing == 0 else None)
    method = observed_pace(months)
    pace = method.rate if method.kind == "pace" else None
    to_close = 0 if missing == 0 else -(-missing // pace) if missing and pace and pace > 0 else None
    return Gap(place, part, missing, pace, to_close)


def _soonest(gap: Gap) -> tuple[bool, bool, int, int, str]:
    closed = gap.missing == 0
    return closed, gap.months is None, gap.months or 0, gap.missing or 0, gap.place

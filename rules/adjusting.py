"""What a settled claim changes by once more is known: nothing settled is edited, the next settlement carries the change.

All in 分 and whole numbers. The settlement that decided the claim stays the measure: what its cap left, and how
much of what was asked it could give out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Before:
    """What one household has of one settled claim.

    `paid` by all lines together, `due` by the last of them; `ceiling`: what the cap left of the claim where it left
    less than was due; `given`, `asked`: what the settlement that decided the claim paid out, for what was asked of it.
    """

    paid: int
    due: int
    ceiling: int | None
    given: int
    asked: int


def change(before: Before, due: int) -> int:
    """By how much the payment changes when `due` is what the household is entitled to now (0: to nothing).

    An equal due changes nothing. Otherwise the claim is entitled to what that settlement would have paid for it:
    `due` within the ceiling, its share of the pool rounded down. More due never brings less than was paid, and
    less due never more, whatever the roundings.
    """
    if due == before.due:
        return 0
    if due == 0:
        return -before.paid
    within = due if before.ceiling is None else min(due, before.ceiling)
    owed = within * before.given // before.asked if before.asked else within
    owed = max(owed, before.paid) if due > before.due else min(owed, before.paid)
    return owed - before.paid

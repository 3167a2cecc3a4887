"""Which copies are kept: of the last seven days, five weeks and twelve months that have any, the newest each.

Besides these whatever somebody made by hand, or an upgrade made, in the last seven days. The newest of all is its day's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from office.backup.anchors import Anchor
from office.days import HERE

DAYS, WEEKS, MONTHS = 7, 5, 12
BY_HAND_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Copy:
    """What the rule looks at: a copy's file, when it was made, and whether a person or an upgrade asked for it."""

    file: str
    at: datetime
    by_hand: bool = False


def copy_of(anchor: Anchor) -> Copy:
    """A copy as its line says."""
    return Copy(anchor.file, datetime.fromisoformat(anchor.at), anchor.cause != "daily")


def to_forget(copies: Iterable[Copy], now: datetime) -> list[Copy]:
    """The copies that the rule lets go, the oldest first; asked again about the rest, it lets nothing more go."""
    # What a wrong clock dated later counts for nothing, and stays until that time has come.
    past = (copy for copy in copies if copy.at <= now)
    ordered = sorted(past, key=lambda copy: (copy.at, copy.file), reverse=True)
    kept = {
        *_newest_of_each(ordered, DAYS, lambda at: at.date()),
        *_newest_of_each(ordered, WEEKS, lambda at: at.isocalendar()[:2]),
        *_newest_of_each(ordered, MONTHS, lambda at: (at.year, at.month)),
        *(copy for copy in ordered if copy.by_hand and copy.at > now - BY_HAND_FOR),
    }
    return [copy for copy in reversed(ordered) if copy not in kept]


def _newest_of_each(
    newest_first: Sequence[Copy], number: int, part_of: Callable[[datetime], Hashable]
) -> Iterable[Copy]:
    """The newest copy of each of the last `number` parts of time, as the calendar here has them."""
    found: dict[Hashable, Copy] = {}
    for copy in newest_first:
        found.setdefault(part_of(copy.at.astimezone(HERE)), copy)
    return list(found.values())[:number]

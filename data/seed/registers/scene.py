"""What every teller of the demonstration's further registers begins with: places, people, months, and when things are entered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import NamedTuple

from data.seed.calendar import ENTRY_DAYS, WORKING_DAY, office_day
from data.seed.county import County
from data.seed.families import Household
from data.seed.sample import Row, Sample

COUNTED_ON = date(2020, 3, 16)  # the plan was signed on this day
DOES_WELL, DOES_POORLY = 1, 7  # which of the nine townships do well and poorly, so that tables tell something
MONTHS = tuple((2017 + at // 12, at % 12 + 1) for at in range(9, 9 + len(ENTRY_DAYS)))  # 2017-10 … 2021-09


class Entry(NamedTuple):
    """A row as it stood from the day on which it was known; `reason` where it corrects an earlier one."""

    known: date
    register: str
    row: Row
    reason: str | None = None


class Change(NamedTuple):
    """What becomes known of a row later on: the day, why it is corrected, the new values."""

    known: date
    reason: str
    values: Mapping[str, str | int | None]


@dataclass(frozen=True)
class Village:
    """One village; `listed` and `left` are the days of its time as a poor village, if it ever was one."""

    code: str
    township: str
    township_at: int
    at: int
    listed: date | None
    left: date | None

    def poor_on(self, day: date) -> bool:
        """Whether it is a poor village on a day."""
        return self.listed is not None and self.listed <= day and (self.left is None or day < self.left)

    @property
    def poor_when_counted(self) -> bool:
        """Whether it is one of those that the plan's targets look at."""
        return self.poor_on(COUNTED_ON)


@dataclass(frozen=True)
class Scene:
    """The county of before, with what the further registers need of it; claims and numbers as they were entered."""

    county: County
    claims: Sequence[tuple[date, Row]]
    numbers: dict[Sample, str]

    def rng(self, of: str) -> Random:
        """A stream of chances of its own, so that no part disturbs another."""
        return Random(f"{self.county.seed}/{of}")

    @cached_property
    def villages(self) -> tuple[Village, ...]:
        """All villages in the order of their codes, the poor ones with their time."""
        return tuple(_villages(self.county.villages, self.rng("poor villages")))

    @cached_property
    def poor(self) -> tuple[Village, ...]:
        """The poor villages that the plan's targets look at."""
        return tuple(village for village in self.villages if village.poor_when_counted)

    @cached_property
    def townships(self) -> tuple[str, ...]:
        """The codes of the nine townships."""
        return tuple(dict.fromkeys(village.township for village in self.villages))

    @cached_property
    def households(self) -> tuple[Household, ...]:
        """All households in the order of their numbers."""
        return tuple({good.household.number: good.household for good in self.county.goods}.values())

    def some(self, among_2000: int, least: int) -> int:
        """How many of something that hangs on households, in proportion and never fewer than `least`."""
        return max(least, round(among_2000 * self.county.households / 2000))


def _villages(rows: Sequence[Row], rng: Random) -> Iterator[Village]:
    """Most were listed in 2014 to 2016, one became poor in 2018; some left before the plan, more after it."""
    townships = list(dict.fromkeys(str(row["township_code"]) for row in rows))
    poor = [str(row["village_code"]) for row in rows if row["poor_village"]]
    order = rng.sample(poor, len(poor))
    late, early, after = set(order[:1]), set(order[1:4]), set(order[4 : 4 + len(poor) // 4])
    for at, row in enumerate(rows):
        code, township = str(row["village_code"]), str(row["township_code"])
        listed = date(2014 + rng.randrange(3), rng.randrange(1, 13), 1) if code in poor else None
        left = between(date(2019, 10, 8), date(2019, 12, 20), rng) if code in early else None
        left = between(date(2020, 10, 12), date(2020, 12, 18), rng) if code in after else left
        listed = date(2018, 3, 12) if code in late else listed
        yield Village(code, township, townships.index(township), at, listed, left)


def between(first: date, last: date, rng: Random) -> date:
    """An office day by chance; `first` where `last` lies before it."""
    return max(first, office_day(first + timedelta(days=rng.randrange(max(1, (last - first).days + 1)))))


def entered_on(known: date) -> date | None:
    """The day on which something known is entered: the month's last office day; None after the end."""
    at = bisect_left(ENTRY_DAYS, known)
    return ENTRY_DAYS[at] if at < len(ENTRY_DAYS) else None


def iso(day: date | None) -> str | None:
    """A day as it is stored."""
    return day.isoformat() if day else None


def told(
    register: str, row: Mapping[str, str | int | None], known: date, *changes: Change
) -> Iterator[Entry]:
    """A row as it was entered at first, and once more for all that became known by each later entry."""
    first = entered_on(known)
    current, waiting, reason = dict(row), first, None
    for change in sorted(changes, key=lambda change: change.known):
        day = entered_on(max(change.known, known))
        if waiting is not None and day != waiting:
            yield Entry(waiting, register, dict(current), reason)
            reason = change.reason
        if day is None:
            return
        current, waiting = {**current, **change.values}, day
        reason = None if day == first else reason
    if waiting is not None:
        yield Entry(waiting, register, current, reason)


def ended(field: str, day: date | None, reason: str) -> Iterable[Change]:
    """The end of something, known on its day; nothing where it has none by the working day."""
    return [] if day is None or day > WORKING_DAY else [Change(day, reason, {field: day.isoformat()})]


def month_text(at: int) -> str:
    """The month of that number as it is stored."""
    return "{:04d}-{:02d}".format(*MONTHS[at])


def month_starts(at: int) -> date:
    """The first day of the month of that number, also of the one after the last."""
    year, month = MONTHS[0]
    months = year * 12 + month - 1 + at
    return date(months // 12, months % 12 + 1, 1)


def month_ends(at: int) -> date:
    """Its last day."""
    return month_starts(at + 1) - timedelta(days=1)


def open_share(opened: date, closed: date | None, at: int) -> float:
    """Which part of a month something was open; 0 for not at all."""
    until = min(month_starts(at + 1), closed or date.max)
    days = (until - max(month_starts(at), opened)).days
    return max(0, days) / (month_starts(at + 1) - month_starts(at)).days


def quarter_ends(start: date) -> date:
    """The last day of the quarter that begins on a day."""
    return date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1) - timedelta(days=1)


def bias(township_at: int | None, well: float = -0.5, poorly: float = 0.5) -> float:
    """What is added to a chance, so that the township that does well comes first and the poor one last."""
    return {DOES_WELL: well, DOES_POORLY: poorly}.get(-1 if township_at is None else township_at, 0.0)


def spread(count: int, first: date, last: date) -> list[date]:
    """So many office days, evenly from the first to the last."""
    span = (last - first).days
    return [office_day(first + timedelta(days=span * at // max(1, count - 1))) for at in range(count)]


def shares(total: int, weights: Iterable[float], step: int = 100) -> list[int]:
    """A total split by weights into whole steps; what is left over goes to the first."""
    parts = list(weights)
    whole = sum(parts) or 1
    found = [int(total * weight / whole) // step * step for weight in parts]
    return [found[0] + total - sum(found), *found[1:]] if found else []

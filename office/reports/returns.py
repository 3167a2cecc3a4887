"""Station returns of a month looked at as data: in time, late, missing, corrected, odd, of a closed station."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data.reporting.report_rows import StationMonth
from data.settings import SHANGHAI
from office.months import day_after
from office.reports.transactions import counted
from rules.program import Words

ODD: Mapping[str, Words] = {
    "more": Words("比上月大幅增加", "far more than the month before"),
    "less": Words("比上月大幅减少", "far less than the month before"),
    "orders": Words("单数与金额不符", "orders and amounts do not agree"),
}


@dataclass(frozen=True)
class Due:
    """How many returns of a month are due, came in time, came late, are missing."""

    due: int
    in_time: int
    late: int
    missing: int


@dataclass(frozen=True)
class Odd:
    """A return to be looked at again: why (a key of ODD), the month before and now (分, or orders beside 分)."""

    station: StationMonth
    why: str
    before: int
    now: int


@dataclass(frozen=True)
class Quality:
    """What the data of a month are worth. Stations by their code; nothing here says that somebody erred."""

    missing: tuple[StationMonth, ...]
    late: tuple[StationMonth, ...]
    corrected: tuple[StationMonth, ...]
    corrected_late: int  # of these, after the township's check
    odd: tuple[Odd, ...]
    closed: tuple[StationMonth, ...]


def state(returned: StationMonth, return_day: int) -> str:
    """`in_time`, `late`, `missing`, or `not_due` where the station was not open in the month."""
    if not returned.open:
        return "not_due"
    if returned.reported_on is None:
        return "missing"
    in_time = date.fromisoformat(returned.reported_on) <= day_after(returned.month, return_day)
    return "in_time" if in_time else "late"


def due_by_township(rows: Iterable[StationMonth], return_day: int) -> dict[str, Due]:
    """How the returns of each township came in."""
    states: dict[str, list[str]] = {}
    for returned in rows:
        if (found := state(returned, return_day)) != "not_due":
            states.setdefault(returned.township, []).append(found)
    return {township: due_of(found) for township, found in states.items()}


def due_of(states: Sequence[str]) -> Due:
    """The same of any returns that are due."""
    return Due(len(states), states.count("in_time"), states.count("late"), states.count("missing"))


def quality(
    month: Sequence[StationMonth],
    before: Sequence[StationMonth],
    *,
    return_day: int,
    check_day: int,
    times: int,
) -> Quality:
    """The month's returns beside those of the month before."""
    earlier = {one.station: one for one in before}
    corrected = tuple(one for one in month if one.open and one.corrected_at)
    return Quality(
        missing=tuple(one for one in month if state(one, return_day) == "missing"),
        late=tuple(one for one in month if state(one, return_day) == "late"),
        corrected=corrected,
        corrected_late=sum(_here(one.corrected_at) > day_after(one.month, check_day) for one in corrected),
        odd=tuple(odd for one in month for odd in _odd(one, earlier.get(one.station), times)),
        closed=tuple(one for one in month if not one.open and one.reported_on is not None),
    )


def _odd(now: StationMonth, before: StationMonth | None, times: int) -> Iterable[Odd]:
    found = counted(now)
    if found is None:
        return
    if (found.orders == 0) != (found.sold == 0):
        yield Odd(now, "orders", found.orders, found.sold)
    last = counted(before) if before is not None else None
    if last is None or last.total == 0:
        return
    if found.total > times * last.total:
        yield Odd(now, "more", last.total, found.total)
    elif found.total * times < last.total:
        yield Odd(now, "less", last.total, found.total)


def _here(instant: str | None) -> date:
    return datetime.fromisoformat(instant or "").astimezone(SHANGHAI).date()

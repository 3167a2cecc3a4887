"""The stations' monthly returns: with season and growth, with gaps, late ones, and ones that were put right later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from data.seed.calendar import office_day
from data.seed.registers.scene import MONTHS, Change, Entry, Scene, month_starts, month_text, open_share, told
from data.seed.registers.stations import Station
from data.seed.registers.trading import (
    OTHER_REST,
    OTHER_UP,
    POOR_OTHER,
    POOR_UP,
    Trade,
    months_of,
    split,
    township_weight,
)

NOT_YET_IN = 3  # returns of August 2021 that the office still waits for
_GAP, _LATE = 0.012, 0.035
_SERVICES = 12  # percent of what is not 上行
_ORDER = 6_800  # 分, about what one order comes to
# Which returns of one station were wrong at first: months before the working day; by how much (times, of); why it was
# put right.
_CORRECTED = 4
_CORRECTIONS = {
    3: (10, 1, "站点重报：上行额多录一位小数，按台账更正"),
    6: (1, 2, "站点重报：漏报半个月上行额，按台账更正"),
    10: (11, 10, "核对平台数据：退款未扣除，更正上行额"),
    15: (9, 10, "站点重报：按收款记录更正上行额"),
    22: (1, 3, "核对发现误录，更正上行额"),
}


def station_returns(scene: Scene, everyone: Sequence[Station]) -> Iterator[Entry]:
    """Every return up to August 2021; September's are not due yet."""
    rng = scene.rng("station returns")
    poor = [station for station in everyone if station.of_the_poor]
    other = [station for station in everyone if not station.of_the_poor]
    yield from _group(poor, POOR_UP, POOR_OTHER, 1, rng)
    yield from _group(other, OTHER_UP, OTHER_REST, NOT_YET_IN - 1, rng)
    yield from _after_closing(everyone)


def _group(group: Sequence[Station], up: Trade, rest: Trade, not_yet_in: int, rng: Random) -> Iterator[Entry]:
    """The returns of those who trade as told; what a gap would have said is missing."""
    sold, others = months_of(up, rng), months_of(rest, rng)
    last = len(MONTHS) - 2
    for at in range(last + 1):
        working = [station for station in group if open_share(station.opened, station.closed, at)]
        weights = [_weight(station, at) for station in working]
        parts = zip(working, split(sold[at], weights, rng), split(others[at], weights, rng), strict=True)
        missing = rng.sample(working[1:], not_yet_in) if at == last else ()
        for nth, (station, up_fen, rest_fen) in enumerate(parts):
            wrong = _CORRECTIONS.get(last + 1 - at) if group[0].of_the_poor and nth == _CORRECTED else None
            gap = station in missing or (nth > 0 and at < last and wrong is None and rng.random() < _GAP)
            if not gap:
                yield from _return(station, at, up_fen, rest_fen, rng, wrong)


def _weight(station: Station, at: int) -> float:
    months_open = max(0, (month_starts(at + 1) - station.opened).days // 30)
    township = station.village.township_at if station.village else None
    grown = min(1.0, 0.35 + 0.08 * months_open) * township_weight(township, at)
    return station.weight * grown * open_share(station.opened, station.closed, at)


def _return(
    station: Station, at: int, up: int, rest: int, rng: Random, wrong: tuple[int, int, str] | None
) -> Iterator[Entry]:
    services = rest * _SERVICES // 10_000 * 100
    after = rng.randrange(6, 19) if rng.random() < _LATE else rng.randrange(5)
    reported = month_starts(at + 1) + timedelta(days=after)
    row: dict[str, str | int | None] = {
        "station_code": station.code,
        "month": month_text(at),
        "sold": up,
        "bought": rest - services,
        "services": services,
        "orders": up // _ORDER + 1,
        "reported_on": reported.isoformat(),
    }
    if wrong is None:
        yield from told("station_returns", row, reported)
        return
    times, of, reason = wrong
    right = Change(office_day(reported + timedelta(days=34)), reason, {"sold": up})
    yield from told("station_returns", {**row, "sold": up * times // of}, reported, right)


def _after_closing(everyone: Sequence[Station]) -> Iterator[Entry]:
    """One station went on reporting after it was closed: for whoever looks at the quality of the data."""
    closed = next(station for station in everyone if station.closed and not station.of_the_poor)
    assert closed.closed is not None
    month = date(closed.closed.year, closed.closed.month + 1, 1)
    reported = date(month.year, month.month + 1, 3)
    row: dict[str, str | int | None] = {
        "station_code": closed.code,
        "month": f"{month:%Y-%m}",
        "sold": 86_000,
        "bought": 120_000,
        "services": 5_000,
        "orders": 12,
        "reported_on": reported.isoformat(),
    }
    yield from told("station_returns", row, reported)

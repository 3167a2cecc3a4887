"""Service stations over the years, the households tied to them, their counters, and the jobs at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.seed.calendar import office_day
from data.seed.registers.scene import (
    Entry,
    Scene,
    Village,
    between,
    bias,
    ended,
    iso,
    told,
)

# Which share of the poor villages had a station by when.
_OPENED = (
    (0.4, date(2016, 10, 10), date(2017, 9, 29)),
    (0.7, date(2017, 10, 16), date(2018, 12, 21)),
    (0.9, date(2019, 1, 7), date(2019, 12, 20)),
    (1.0, date(2020, 3, 20), date(2020, 11, 27)),
)
ONE_SHORT_UNTIL = date(2021, 3, 15)  # the one poor village that had no station at the end of 2020
CLOSED_ON, REOPENED_ON = date(2020, 4, 24), date(2020, 7, 6)  # of the station that came back under a new code
_ELSEWHERE = 0.6  # how many of the other villages have a station
_CLOSED_FOR_GOOD = (date(2019, 6, 28), date(2020, 9, 25))
_TIED = 0.3


@dataclass(frozen=True)
class Station:
    """One station; `weight` is how much it does beside the others."""

    code: str
    name: str
    level: str
    township: str | None
    village: Village | None
    opened: date
    closed: date | None
    weight: float

    def open_on(self, day: date) -> bool:
        """Whether it works on a day."""
        return self.opened <= day and (self.closed is None or day < self.closed)

    @property
    def of_the_poor(self) -> bool:
        """Whether it is a village station in a village that the targets look at."""
        return self.village is not None and self.village.poor_when_counted


def stations(scene: Scene) -> tuple[Station, ...]:
    """The county's centre, one in each township, and those of the villages in the order of their opening."""
    rng = scene.rng("stations")
    found = [Station("Z000", "示例县级服务中心", "county", None, None, date(2016, 9, 1), None, 6.0)]
    for at, township in enumerate(scene.townships, start=1):
        opened = between(date(2017, 1, 9), date(2017, 9, 22), rng)
        name = f"示例乡镇站{at:02d}"
        found.append(Station(f"Z0{at:02d}", name, "township", township, None, opened, None, 2.5))
    of_villages = sorted(_of_villages(scene, rng), key=lambda one: (one[1], one[0].at))
    for number, (village, opened, closed) in enumerate(of_villages, start=1):
        name, weight = f"示例村级站{number:03d}", rng.uniform(0.6, 1.5)
        code = f"Z1{number:02d}"
        found.append(Station(code, name, "village", village.township, village, opened, closed, weight))
    return tuple(found)


def _of_villages(scene: Scene, rng: Random) -> Iterator[tuple[Village, date, date | None]]:
    """Where and when: the poor villages first, the last of them too late; one closed and opened again."""
    order = sorted(scene.poor, key=lambda village: rng.random() + _bias(village))
    for at, village in enumerate(order):
        if at == len(order) - 1:
            yield village, ONE_SHORT_UNTIL, None
        elif at == 2:
            yield village, _opened(at, len(order), rng), CLOSED_ON
            yield village, REOPENED_ON, None
        else:
            yield village, _opened(at, len(order), rng), None
    others = [village for village in scene.villages if not village.poor_when_counted]
    chosen = [village for village in others if rng.random() + _bias(village) < _ELSEWHERE]
    for at, village in enumerate(chosen):
        closed = _CLOSED_FOR_GOOD[at] if at < len(_CLOSED_FOR_GOOD) else None
        first = date(2017, 4, 10) if closed else date(2017, 5, 8)
        yield village, between(first, date(2018, 5, 25) if closed else date(2021, 8, 20), rng), closed


def _bias(village: Village) -> float:
    return bias(village.township_at, well=-0.35, poorly=0.4)


def _opened(at: int, count: int, rng: Random) -> date:
    first, last = next((first, last) for until, first, last in _OPENED if at < until * count)
    return between(first, last, rng)


def told_of_stations(scene: Scene, everyone: Sequence[Station]) -> Iterator[Entry]:
    """The stations themselves, who is tied to them, their counters."""
    rng = scene.rng("functions of stations")
    for station in everyone:
        row = {
            "station_code": station.code,
            "station_name": station.name,
            "level": station.level,
            "township_code": station.township,
            "village_code": station.village.code if station.village else None,
            "opened_on": iso(station.opened),
            "closed_on": None,
            "sells": 1,
            "buys": int(rng.random() < 0.95),
            "parcels": int(station.level != "village" or rng.random() < 0.85),
            "pays": int(station.level != "village" or rng.random() < 0.7),
        }
        ends = ended("closed_on", station.closed, "登记停用日期")
        yield from told("stations", row, station.opened, *ends)
    yield from _tied(scene, everyone)
    yield from _counters(everyone, scene.rng("counters"))


def _tied(scene: Scene, everyone: Sequence[Station]) -> Iterator[Entry]:
    """Some households of a village with a station are tied to it, a few of them no longer; one at least in any case."""
    rng = scene.rng("tied households")
    at_villages: dict[str, list[Station]] = {}
    for station in everyone:
        if station.village:
            at_villages.setdefault(station.village.code, []).append(station)
    tied = 0
    for household in scene.households:
        for station in at_villages.get(household.village, []):
            if rng.random() > _TIED and tied:
                continue
            since = between(max(station.opened, household.since), date(2021, 7, 30), rng)
            until = station.closed or household.left
            until = between(since, date(2021, 9, 10), rng) if until is None and rng.random() < 0.06 else until
            if until is not None and until <= since:
                continue
            tied += 1
            row: dict[str, str | int | None] = {
                "station_code": station.code,
                "household_no": household.number,
                "since": iso(since),
                "until": None,
            }
            known = max(since, household.entered)
            yield from told("station_households", row, known, *ended("until", until, "登记终止日期"))


def _counters(everyone: Sequence[Station], rng: Random) -> Iterator[Entry]:
    """Counters at two stations of three, from some months after their opening."""
    for station in everyone:
        if rng.random() < 0.66:
            opened = office_day(station.opened + timedelta(days=rng.randrange(20, 200)))
            if station.open_on(opened) and opened <= date(2021, 9, 17):
                row = {"station_code": station.code, "opened_on": iso(opened), "closed_on": None}
                closed = station.closed or (date(2021, 5, 14) if rng.random() < 0.04 else None)
                closed = closed if closed and closed >= opened else None
                yield from told("counters", row, opened, *ended("closed_on", closed, "登记撤除日期"))

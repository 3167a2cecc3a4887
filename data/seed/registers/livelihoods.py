"""What it brings: demonstration villages, jobs, and the money that reached households."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from data.seed.calendar import WORKING_DAY, office_day
from data.seed.registers.people import Person
from data.seed.registers.scene import (
    DOES_POORLY,
    Entry,
    Scene,
    between,
    ended,
    iso,
    spread,
    told,
)
from data.seed.registers.selling import Purchase
from data.seed.registers.stations import Station
from data.seed.sample import Row

_JOBS = 92
_POSTS = ("站点服务员", "客服", "打包员", "分拣员", "主播助理", "配送员")
_WAGES, _DIVIDENDS, _OTHER = 150, 120, 20  # households among 2,000
_FIRST_SALES = date(2018, 11, 15)


def livelihoods(
    scene: Scene, stations: Sequence[Station], everyone: Sequence[Person], bought: Sequence[Purchase]
) -> Iterator[Entry]:
    """Demonstration villages, jobs, payouts."""
    yield from _demonstration_villages(scene, stations)
    yield from _jobs(scene, stations, everyone)
    yield from _payouts(scene, bought)


def _demonstration_villages(scene: Scene, stations: Sequence[Station]) -> Iterator[Entry]:
    """One in each township; the last is named and not established, another was withdrawn and replaced."""
    rng = scene.rng("demonstration villages")
    settled = {
        one.village.code
        for one in stations
        if one.village and one.opened < date(2018, 6, 1) and not one.closed
    }
    order = [at for at in range(9) if at != DOES_POORLY] + [DOES_POORLY]
    named_on = spread(9, date(2018, 4, 16), date(2020, 9, 14))
    for at, named in zip(order, named_on, strict=True):
        of_township = [village for village in scene.villages if village.township_at == at]
        likely = [village for village in of_township if village.code in settled] or of_township
        established = office_day(named + timedelta(days=rng.randrange(240, 330)))
        chosen = rng.sample(likely, 2) if at == 4 and len(likely) > 1 else [rng.choice(likely)]
        for nth, village in enumerate(chosen):
            since = named if nth == len(chosen) - 1 else office_day(named - timedelta(days=160))
            withdrawn = named if nth < len(chosen) - 1 else None
            row: Row = {
                "village_code": village.code,
                "named_on": iso(since),
                "established_on": None,
                "until": None,
            }
            done = None if at == DOES_POORLY or withdrawn else established
            changes = [
                *ended("established_on", done, "登记建成日期"),
                *ended("until", withdrawn, "登记撤销日期"),
            ]
            yield from told("demonstration_villages", row, since, *changes)


def _jobs(scene: Scene, stations: Sequence[Station], everyone: Sequence[Person]) -> Iterator[Entry]:
    """At stations and elsewhere; three of five go to poor households; one of six has ended."""
    rng = scene.rng("jobs")
    poor = [one for one in everyone if one.kind == "household"]
    others = [one for one in everyone if one.kind == "practitioner" and one.until is None]
    for nth in range(1, _JOBS + 1):
        person = rng.choice(poor if nth % 5 < 3 and poor else others)
        since = between(max(person.since, date(2018, 1, 8)), date(2021, 8, 31), rng)
        likely = [one for one in stations if one.opened <= since and one.closed is None]
        station = rng.choice(likely) if nth % 3 else None
        row: Row = {
            "job_no": f"GW{nth:03d}",
            "post": _POSTS[nth % len(_POSTS)],
            "employer": station.name if station else f"示例电商企业{nth % 7 + 1:02d}",
            "station_code": station.code if station else None,
            "participant_no": person.number,
            "poor_household": int(person.kind == "household"),
            "since": iso(since),
            "until": None,
        }
        until = between(since, date(2021, 9, 10), rng) if nth % 6 == 1 else None
        yield from told("jobs", row, since, *ended("until", until, "登记离岗日期"))


def _payouts(scene: Scene, bought: Sequence[Purchase]) -> Iterator[Entry]:
    """Every payout that a household was there for, in the order of days."""
    entered = {one.number: one.entered for one in scene.households}
    lines = sorted(line for line in _paid(scene, bought) if entered[line[1]] <= line[0] <= WORKING_DAY)
    for nth, (day, number, source, amount) in enumerate(lines, start=1):
        row: Row = {
            "payout_no": f"DZ{nth:05d}",
            "household_no": number,
            "paid_on": iso(day),
            "source": source,
            "amount": amount,
        }
        yield from told("payouts", row, day)


def _paid(scene: Scene, bought: Sequence[Purchase]) -> list[tuple[date, str, str, int]]:
    """Day, household, source, 分: for purchases some days later; for sales every quarter; wages and dividends of some."""
    lines = [
        (office_day(one.known + timedelta(days=5)), one.good.household.number, "purchase", one.amount)
        for one in bought
    ]
    rng = scene.rng("payouts")
    sellers = list({good.household.number: good.household for good in scene.county.shippers}.values())
    for household in sellers:
        first = max(_FIRST_SALES, household.entered)
        size = rng.randrange(300, 1500)
        for day in (date(year, month, 18) for year in range(2018, 2022) for month in (2, 5, 8, 11)):
            if day > first:
                amount = 100 * size * (day.year - 2013) // 5 * rng.randrange(70, 131) // 100
                lines.append((office_day(day), household.number, "sale", amount))
    there = [one for one in scene.households if one.entered < date(2018, 1, 1) and one.left is None]
    there = there or list(scene.households)
    for source, many, months, low, high in (
        ("wage", _WAGES, (3, 6, 9, 12), 800, 2400),
        ("dividend", _DIVIDENDS, (12,), 200, 1200),
        ("other", _OTHER, (6,), 100, 400),
    ):
        for household in rng.sample(there, min(len(there), scene.some(many, 3))):
            for year in range(2019, 2022):
                for month in months:
                    day, amount = office_day(date(year, month, 20)), 100 * rng.randrange(low, high)
                    lines.append((day, household.number, source, amount))
    return lines

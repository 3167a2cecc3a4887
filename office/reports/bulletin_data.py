"""The figures of a month's bulletin: gathered from the registers, decisions, settlements and targets as known at K."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.reporting.report_rows import (
    OTHER,
    StationMonth,
    inspected,
    led,
    settled,
    shop_months,
    station_months,
    townships,
)
from data.seed.townships import OTHER_UNITS
from data.store import Database
from office.deciding import decide_all
from office.gathering import gather
from office.months import earlier, first_day, last_day, up_to
from office.programs import program_in_force, values_in_force
from office.refusal import Refused
from office.reports.returns import Due, Quality, due_by_township, due_of, quality, state
from office.reports.standings import standings
from office.reports.transactions import Amounts, Table, by_month, must_add_up, whole
from office.targets.measuring import Standing
from rules.load_assessment import assessment
from rules.program import Words

MONTHS_SHOWN = 24
COUNTY = Words("县级及其他", "County level and others")
_PACKAGING, _LOGISTICS = "packaging", "logistics"


@dataclass(frozen=True)
class PlaceMonth:
    """One township's month (code OTHER: of none), or the county's (code None)."""

    code: str | None
    now: Amounts | None
    before: Amounts | None
    year_before: Amounts | None
    due: Due
    led: int


@dataclass(frozen=True)
class HelpFigures:
    """Counts of inspections, verdicts on the last day, and what was settled in the month (分)."""

    samples: int
    passed: int
    failed: int
    pending: int
    goods: int | None
    eligible_packaging: int | None
    eligible_logistics: int | None
    claims_settled: int
    households_settled: int
    settled: int


@dataclass(frozen=True)
class BulletinFigures:
    """Everything that a bulletin says in figures. `names`: townships by code, those that have a part in the month."""

    month: str
    names: dict[str, Words]
    places: tuple[PlaceMonth, ...]
    whole: PlaceMonth
    series: tuple[tuple[str, Amounts | None], ...]
    help: HelpFigures
    targets: tuple[Standing, ...]
    quality: Quality
    return_day: int
    check_day: int


def figures(db: Database, month: str, known_at: str) -> BulletinFigures:
    """The month's figures as known at K. Raises ValueError where the townships do not add up to the county."""
    shown = up_to(month, MONTHS_SHOWN)
    stations = station_months(db, shown[0], month, known_at)
    shops = shop_months(db, shown[0], month, known_at)
    table = by_month(stations, shops)
    must_add_up(table, stations, shops, shown)
    values = assessment().values_on(last_day(month))
    return_day, check_day = values["station_return_day"], values["township_check_day"]
    of_month = _of(stations, month)
    places = _places(db, month, known_at, table, of_month, return_day)
    return BulletinFigures(
        month=month,
        names=_names(db, known_at, places),
        places=places,
        whole=_county(places, table, month, of_month, return_day),
        series=tuple((one, whole(table, one)) for one in shown),
        help=_help(db, month, known_at),
        targets=standings(db, last_day(month), known_at),
        quality=quality(
            of_month,
            _of(stations, earlier(month)),
            return_day=return_day,
            check_day=check_day,
            times=values["odd_jump_times"],
        ),
        return_day=return_day,
        check_day=check_day,
    )


def _of(rows: Sequence[StationMonth], month: str) -> list[StationMonth]:
    return [row for row in rows if row.month == month]


def _places(
    db: Database,
    month: str,
    known_at: str,
    table: Table,
    of_month: Sequence[StationMonth],
    return_day: int,
) -> tuple[PlaceMonth, ...]:
    """The nine townships always; 其他单位 and what belongs to none where they have a part."""
    due = due_by_township(of_month, return_day)
    households: dict[str, set[str]] = {}
    for one in led(db, first_day(month), last_day(month), known_at):
        households.setdefault(one.township, set()).add(one.household)
    parts = {code for of in _three(month) for code in table.get(of, {})} | due.keys() | households.keys()
    known = townships(db, known_at)
    codes = [*(code for code in known if code in parts or is_township(code)), *sorted(parts - known.keys())]
    return tuple(
        PlaceMonth(
            code,
            table.get(month, {}).get(code),
            table.get(earlier(month), {}).get(code),
            table.get(earlier(month, 12), {}).get(code),
            due.get(code, Due(0, 0, 0, 0)),
            len(households.get(code, ())),
        )
        for code in codes
    )


def _county(
    places: Sequence[PlaceMonth],
    table: Table,
    month: str,
    of_month: Sequence[StationMonth],
    return_day: int,
) -> PlaceMonth:
    """The county as its own rows give it; the townships must add up to that."""
    states = [how for row in of_month if (how := state(row, return_day)) != "not_due"]
    found = PlaceMonth(
        None,
        whole(table, month),
        whole(table, earlier(month)),
        whole(table, earlier(month, 12)),
        due_of(states),
        sum(one.led for one in places),
    )
    parts = [one.due for one in places]
    if Due(*(sum(getattr(one, name) for one in parts) for name in vars(found.due))) != found.due:
        raise ValueError(f"{month}: the returns of the townships do not add up to the county's")
    return found


def _three(month: str) -> tuple[str, str, str]:
    """The month, the one before, and the same one last year."""
    return month, earlier(month), earlier(month, 12)


def is_township(code: str) -> bool:
    """Whether it is one of the nine: neither 其他单位 nor what belongs to none."""
    return code not in (OTHER_UNITS, OTHER)


def _names(db: Database, known_at: str, places: Sequence[PlaceMonth]) -> dict[str, Words]:
    known = townships(db, known_at)
    return {
        one.code: Words(known[one.code], known[one.code]) if one.code in known else COUNTY
        for one in places
        if one.code is not None
    }


def _help(db: Database, month: str, known_at: str) -> HelpFigures:
    first, last = first_day(month), last_day(month)
    samples: dict[str, int] = {}
    for row in inspected(db, first, last, known_at):
        samples[row.conclusion] = samples.get(row.conclusion, 0) + row.samples
    lines = settled(db, first, last, known_at)
    goods, eligible = _verdicts(db, month, known_at)
    return HelpFigures(
        samples=sum(samples.values()),
        passed=samples.get("pass", 0),
        failed=samples.get("fail", 0),
        pending=sum(samples.values()) - samples.get("pass", 0) - samples.get("fail", 0),
        goods=goods,
        eligible_packaging=eligible.get(_PACKAGING),
        eligible_logistics=eligible.get(_LOGISTICS),
        claims_settled=len({line.claim for line in lines}),
        households_settled=len({line.household for line in lines}),
        settled=sum(line.paid for line in lines),
    )


def _verdicts(db: Database, month: str, known_at: str) -> tuple[int | None, dict[str, int]]:
    """How many goods there were on the month's last day, and how many were eligible for each benefit."""
    day = last_day(month)
    program = program_in_force(db, day, known_at=known_at)
    try:
        values = values_in_force(program, day)
    except Refused:  # the month lies before the programme
        return None, {}
    answers = decide_all(gather(db, day, known_at), program, values)
    counts = answers.counts()
    eligible = {benefit: found.get("eligible", 0) for benefit, found in counts.items()}
    return len(answers.subjects), eligible

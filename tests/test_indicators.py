"""Every indicator equals a plain recomputation, on counties drawn by chance, on any day, as known at any instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.canonical import instant_text
from data.register import REGISTERS
from data.store import Database, Writer, open_writer
from data.versions import as_known
from office.targets.gathering import rows_anew
from rules.county_rows import CountyRows
from rules.indicators import INDICATORS
from rules.load_targets import targets
from rules.target import Counted, Progress, Target, day_number
from tests import plain_indicators as plain
from tests.county_by_chance import corrections_of, county_by_chance, enter

FIRST, SECOND = datetime(2021, 12, 31, 1, tzinfo=UTC), datetime(2021, 12, 31, 2, tzinfo=UTC)
TARGETS = targets()
VALID = 180  # days, as the programme has had since 2020-03-16
IN_FORCE = date(2020, 3, 16)
GROWTH = {"county_transactions": "all", "poor_village_sales": "sold", "poor_village_stations": "stations"}


class RolledBack(Exception):
    """Leaves a transaction without a trace."""


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    path: Path = tmp_path_factory.mktemp("indicators") / "office.db"
    with open_writer(path, migrate=True, clock=lambda: FIRST) as writer:
        yield writer


def with_county(writer: Writer, seed: int, look: Any) -> None:
    """`look(db)` at a county drawn by chance, of which nothing stays."""
    draw = Random(seed)
    rows = county_by_chance(draw)
    with pytest.raises(RolledBack), writer.transaction() as db:
        enter(db, rows, FIRST)
        enter(db, corrections_of(draw, rows), SECOND, "更正")
        look(db)
        raise RolledBack


def known(db: Database, known_at: str | None, day: date) -> plain.PlainCounty:
    rows = {name: list(as_known(db, register, known_at)) for name, register in REGISTERS.items()}
    return plain.PlainCounty(rows, day)


def expected(target: Target, county: plain.PlainCounty, on: date) -> plain.Plain:
    """What the target's indicator should count on a day."""
    fixed = target.denominator.day if target.denominator else None
    poor = county.poor(fixed or on)
    begin = target.counted_from.day if target.counted_from else date.min
    if target.name in GROWTH:
        chosen = None if target.name == "county_transactions" else poor
        them = plain.reporters(county, GROWTH[target.name], chosen)
        base = target.baseline.year if target.progress == "compound" and target.baseline else None
        return plain.growth(them, on, base)
    return {
        "villages_broadband": lambda: plain.broadband_villages(county, county.township_of, on),
        "poor_villages_broadband": lambda: plain.broadband_villages(county, poor, on),
        "broadband_penetration": lambda: plain.penetration(county, on),
        "stations_in_poor_villages": lambda: plain.stations_in(county, poor, on),
        "poor_villages_using": lambda: plain.using(county, poor, on, 12),
        "logistics_stations": lambda: plain.station_logistics(county, on),
        "logistics_villages": lambda: plain.village_logistics(county, on),
        "training": lambda: plain.trained(county, begin, on),
        "village_leaders": lambda: plain.leaders(county, poor, on),
        "staff_trained": lambda: plain.staff(county, on),
        "new_certificates": lambda: plain.certificates(county, begin, on),
        "goods_inspected": lambda: plain.goods(county, on, VALID if county.day >= IN_FORCE else None),
        "demonstration_villages": lambda: plain.demonstrations(county, on),
    }[target.name]()


def must_be_equal(counted: Counted, other: plain.Plain) -> None:
    assert (counted.value, counted.of) == (other.value, other.of)
    if other.value is None:
        return
    ours = {code: [part.value, part.of or 0] for code, part in counted.by_township.items()}
    assert {code: part for code, part in ours.items() if any(part)} == {
        code: part for code, part in other.townships.items() if any(part)
    }
    assert {key: counted.beside[key] for key in other.beside} == other.beside


def variants(target: Target) -> list[Target]:
    """The target of the file, and the same with what a file may say otherwise."""
    found = [target]
    if target.denominator and target.denominator.day:
        found.append(replace(target, denominator=replace(target.denominator, day=None)))
    if target.is_growth:
        compound: Progress = "compound"
        found.append(replace(target, progress=compound))
    return found


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    day=st.dates(date(2019, 6, 1), date(2022, 2, 28)),
    before=st.booleans(),
    back=st.integers(0, 400),
)
def test_every_indicator_equals_a_plain_recomputation(
    writer: Writer, seed: int, day: date, before: bool, back: int
) -> None:
    def look(db: Database) -> None:
        known_at = instant_text(FIRST) if before else None
        rows, county = rows_anew(db, day, known_at), known(db, known_at, day)
        for on in (day, day - timedelta(days=back)):
            for target in TARGETS.values():
                for one in variants(target):
                    counted = INDICATORS[one.indicator].count(rows, day_number(on), one)
                    must_be_equal(counted, expected(one, county, on))

    with_county(writer, seed, look)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), day=st.dates(date(2019, 6, 1), date(2022, 2, 28)))
def test_a_month_of_a_stock_is_what_the_indicator_counts_at_its_end(
    writer: Writer, seed: int, day: date
) -> None:
    def look(db: Database) -> None:
        rows = rows_anew(db, day)
        for target in TARGETS.values():
            indicator = INDICATORS[target.indicator]
            months = indicator.months(rows, day_number(day), target)
            if indicator.months_are == "flow" or months is None or target.name == "broadband_penetration":
                continue
            for at, value in enumerate(months.values):
                first = date((months.first + at) // 12, (months.first + at) % 12 + 1, 1)
                end = min(plain.last_day(f"{first:%Y-%m}"), day)
                assert value == (indicator.count(rows, day_number(end), target).value or 0), target.name

    with_county(writer, seed, look)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), day=st.dates(date(2019, 6, 1), date(2022, 2, 28)))
def test_a_month_of_a_flow_is_what_was_reported_and_blank_where_nothing_was(
    writer: Writer, seed: int, day: date
) -> None:
    def look(db: Database) -> None:
        rows, county = rows_anew(db, day), known(db, None, day)
        for name, what in GROWTH.items():
            target = TARGETS[name]
            chosen = None if what == "all" else county.poor(IN_FORCE)
            sums = plain.by_month(plain.reporters(county, what, chosen))
            months = INDICATORS[target.indicator].months(rows, day_number(day), target)
            found = (
                {
                    f"{(months.first + at) // 12}-{(months.first + at) % 12 + 1:02d}": value
                    for at, value in enumerate(months.values)
                    if value is not None
                }
                if months
                else {}
            )
            assert found == sums

    with_county(writer, seed, look)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), day=st.dates(date(2019, 6, 1), date(2022, 2, 28)))
def test_the_townships_add_up_to_the_whole_in_every_figure_and_month(
    writer: Writer, seed: int, day: date
) -> None:
    def look(db: Database) -> None:
        rows = rows_anew(db, day)
        for target in TARGETS.values():
            _adds_up(rows, target, day)

    with_county(writer, seed, look)


def _adds_up(rows: CountyRows, target: Target, day: date) -> None:
    indicator, number = INDICATORS[target.indicator], day_number(day)
    counted = indicator.count(rows, number, target)
    if counted.value is None:
        return
    parts = counted.by_township.values()
    assert sum(part.value for part in parts) == counted.value
    assert sum(part.of or 0 for part in parts) == (counted.of or 0)
    months, by = indicator.months(rows, number, target), indicator.months_by(rows, number, target, "township")
    for at, value in enumerate(months.values if months else ()):
        there = [one.of(months.first + at) for one in by.values()] if months else []
        assert sum(part or 0 for part in there) == (value or 0)
    _villages_add_up(rows, counted)
    for at, code in enumerate(rows.townships.code.tolist()):
        alone = indicator.count(rows, number, target, at)
        part = counted.by_township.get(code)
        if target.is_growth or part is None:
            continue
        assert (alone.value or 0, alone.of or 0) == (part.value, part.of or 0)


def _villages_add_up(rows: CountyRows, counted: Counted) -> None:
    """A township's villages are no more than the township, and all of it where only villages are counted."""
    for at, code in enumerate(rows.townships.code.tolist()):
        part = counted.by_township.get(code)
        villages = rows.villages.code[rows.villages.township == at].tolist()
        parts = [counted.by_village[village] for village in villages if village in counted.by_village]
        value, of = sum(one.value for one in parts), sum(one.of or 0 for one in parts)
        assert value <= (part.value if part else 0) and of <= ((part.of or 0) if part else 0)
        if part is not None and list(counted.missing) == ["villages"]:
            assert (value, of) == (part.value, part.of or 0)

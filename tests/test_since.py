"""Since when every good's answer has stood, worked out for all at once, is what trying each good alone finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import rules.since
from data.canonical import instant_text
from data.store import Database, reading
from office.days import day_number, day_of, now
from office.explaining import bands
from office.gathering import Gathered, as_goods, as_samples, gather
from office.programs import in_force_since, program_named, values_in_force
from rules.history import Ints
from rules.since import standing_since

PROGRAM = program_named()


@pytest.fixture
def db(demo_db: Path) -> Iterator[Database]:
    with reading(demo_db) as db:
        yield db


def since(gathered: Gathered, asked: Ints, first: Ints) -> dict[str, Ints]:
    return standing_since(
        PROGRAM,
        as_goods(gathered.goods, gathered.as_of),
        as_samples(gathered.samples),
        asked,
        first,
        day_number(gathered.as_of),
        lambda day: values_in_force(PROGRAM, day_of(day)),
    )


def firsts(gathered: Gathered) -> Ints:
    return np.maximum(gathered.goods.registered, day_number(in_force_since(PROGRAM)))


@pytest.mark.parametrize("day", [date(2021, 9, 30), date(2020, 11, 15)])
@pytest.mark.parametrize("at_once", [rules.since.AT_ONCE, 50])
def test_it_is_the_first_day_of_the_last_band_of_every_good(
    db: Database, day: date, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules.since, "AT_ONCE", at_once)
    known_at = instant_text(now())
    gathered = gather(db, day, known_at)
    found = since(gathered, np.arange(gathered.goods.entity.size), firsts(gathered))
    for at, subject in enumerate(gathered.goods.subject):
        alone = gather(db, day, known_at, subject)
        for benefit in PROGRAM.benefits:
            last = bands(alone, PROGRAM, benefit, day)[-1]
            assert day_of(int(found[benefit][at])) == last.since, (subject, benefit)


def test_asked_for_a_few_goods_in_any_order_and_not_before_a_day(db: Database) -> None:
    gathered = gather(db, date(2021, 9, 30), instant_text(now()))
    every = since(gathered, np.arange(gathered.goods.entity.size), firsts(gathered))
    asked = np.array([7, 2, 31, 30])
    some = since(gathered, asked, firsts(gathered)[asked])
    late = day_number(date(2021, 9, 1))
    not_before = since(gathered, asked, np.full(asked.size, late))
    for benefit in PROGRAM.benefits:
        assert some[benefit].tolist() == every[benefit][asked].tolist()
        assert not_before[benefit].tolist() == np.maximum(every[benefit][asked], late).tolist()


def test_asked_for_no_good_it_gives_nothing(db: Database) -> None:
    gathered = gather(db, date(2021, 9, 30), instant_text(now()))
    nothing = np.empty(0, dtype=np.int64)
    assert {
        benefit: column.size for benefit, column in since(gathered, nothing, nothing).items()
    } == dict.fromkeys(PROGRAM.benefits, 0)

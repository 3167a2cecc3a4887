"""The order in which inspections were entered makes no difference to any decision."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.plain import Inspection
from data.store import reading
from office.deciding import Decision, decide_all
from office.gathering import gather, known_now
from office.programs import program_named, values_in_force
from tests.entering import enter, enter_county, new_writer
from tests.histories import inspection
from tests.random_goods import days, inspections

PROGRAM = program_named()


def row_of(one: Inspection) -> dict[str, object]:
    """The inspection as the register has it, of the county's first good."""
    row = inspection(one.sample_no, "H1", "P1", one.sampled.isoformat(), one.conclusion)
    return row | {"result_date": one.result.isoformat(), "reinspection_of": one.original}


def decided(rows: list[Inspection], day: date, orders: Random, *, at_once: bool) -> list[Decision]:
    """The decisions after entering the rows in some order, in one file or in one file each."""
    mixed = sorted(rows, key=lambda _: orders.random())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        with new_writer(path) as writer:
            enter_county(writer)
            if at_once:
                enter(writer, "inspections", [row_of(i) for i in mixed])
            else:  # a re-inspection needs its original in the database or in the same file
                for one in sorted(mixed, key=lambda i: i.original is not None):
                    enter(writer, "inspections", [row_of(one)])
        with reading(path) as db:
            return list(decide_all(gather(db, day, known_now(db)), PROGRAM, values_in_force(PROGRAM, day)))


@settings(max_examples=15, deadline=None)
@given(
    inspections().filter(bool),
    days.filter(lambda d: d >= date(2020, 3, 16)),
    st.randoms(use_true_random=False),
)
def test_any_order_of_entering_gives_the_same_decisions(
    rows: tuple[Inspection, ...], day: date, orders: Random
) -> None:
    once = decided(list(rows), day, orders, at_once=True)
    assert once == decided(list(rows), day, orders, at_once=False)
    assert once == decided(list(rows), day, orders, at_once=True)
    assert once

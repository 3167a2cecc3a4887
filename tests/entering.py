"""A few registered things to begin with, and the short way to enter more through the real import path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from data.checking import Checked
from data.importing import Plan, plan, write
from data.register import REGISTERS
from data.store import Writer, open_writer

Rows = Sequence[Mapping[str, Any]]
FIRST_INSTANT = datetime(2021, 1, 4, 8, tzinfo=UTC)


class Clock:
    """An hour later each time it is asked."""

    def __init__(self) -> None:
        self.instant = FIRST_INSTANT

    def __call__(self) -> datetime:
        self.instant += timedelta(hours=1)
        return self.instant


def new_writer(path: Path) -> Writer:
    """A new, empty database whose clock starts on FIRST_INSTANT."""
    return open_writer(path, clock=Clock(), migrate=True)


def planned(writer: Writer, register: str, rows: Rows, *, update: bool = False) -> Plan:
    """The plan of rows that stand from row 2 on in a file."""
    with writer.transaction() as db:
        return plan(db, REGISTERS[register], Checked.of(rows), update=update)


def enter(
    writer: Writer, register: str, rows: Rows, *, reason: str | None = None, by: str = "周示例"
) -> int | None:
    """Enter rows; with a reason, as corrections."""
    ready = planned(writer, register, rows, update=reason is not None)
    assert not ready.faults, ready.faults
    with writer.transaction() as db:
        return write(db, ready, at=writer.now(), by=by, reason=reason, source="sha256:0")


def enter_county(writer: Writer) -> None:
    """One township and village, two households, two products, three goods."""
    enter(writer, "townships", [{"township_code": "T1", "township_name": "示例镇"}])
    village = {"village_code": "V1", "township_code": "T1", "village_name": "示例村", "poor_village": 1}
    enter(writer, "villages", [village])
    enter(writer, "households", [household("H1"), household("H2")])
    enter(writer, "products", [product("P1"), product("P2")])
    enter(writer, "goods", [good("H1", "P1"), good("H1", "P2"), good("H2", "P1")])


def household(number: str, **other: Any) -> dict[str, Any]:
    return {
        "household_no": number,
        "village_code": "V1",
        "head_name": "示例户主",
        "registered_on": "2019-01-01",
        "left_on": None,
        **other,
    }


def product(code: str, **other: Any) -> dict[str, Any]:
    return {"product_code": code, "product_name": "示例产品", "category": "fruit", "standardised": 1, **other}


def good(household_no: str, product_code: str, **other: Any) -> dict[str, Any]:
    return {
        "household_no": household_no,
        "product_code": product_code,
        "source": "grown",
        "fit_for_online_sale": None,
        "registered_on": "2019-01-02",
        **other,
    }


def sample(number: str, day: str = "2020-03-16", conclusion: str = "pass", **other: Any) -> dict[str, Any]:
    """An inspection of H1/P1 with its result on the day of sampling."""
    return {
        "sample_no": number,
        "household_no": "H1",
        "product_code": "P1",
        "sampling_date": day,
        "result_date": None,
        "method": "rapid",
        "item": None,
        "measured": None,
        "limit_value": None,
        "conclusion": conclusion,
        "reinspection_of": None,
        "agency": None,
        **other,
    }

"""The decision cases of tests/cases: each goes from the registers through both engines to its verdicts."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.checking import Checked
from data.importing import plan, write
from data.register import register
from data.store import open_writer, reading
from office.days import known_at_from
from office.deciding import decide_all, reasons
from office.gathering import gather
from office.programs import program_named, values_in_force
from tests.histories import Entry, entries_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "produce-support.toml").read_text("utf-8"))["case"]
FIT = {"yes": 1, "no": 0, "unknown": None}


def subject_of(case: dict[str, Any]) -> tuple[str, str]:
    return f"H{CASES.index(case) + 1:03d}", "P02" if case.get("good", {}).get("standardised") else "P01"


@pytest.fixture(scope="module")
def cases_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database in which every case has a household of its own."""
    path = tmp_path_factory.mktemp("cases") / "cases.db"
    start = datetime(2017, 1, 1, tzinfo=UTC)
    with open_writer(path, clock=lambda: start, migrate=True) as writer, writer.transaction() as db:
        for at, name, rows, reason in batches():
            into = register(name)
            planned = plan(db, into, Checked.of(rows), update=reason is not None)
            assert not planned.faults, planned.faults
            write(db, planned, at=at, by="test", reason=reason, source="test")
    return path


def batches() -> list[tuple[datetime, str, list[dict[str, Any]], str | None]]:
    first = datetime(2017, 1, 1, tzinfo=UTC)
    households, goods = [], []
    inspections: list[Entry] = []
    for case in CASES:
        household, product = subject_of(case)
        about, good = case.get("household", {}), case.get("good", {})
        registered, left = about.get("registered", "2018-01-01"), about.get("left")
        households.append(
            dict(
                household_no=household,
                village_code="V1",
                head_name="示例户",
                registered_on=registered,
                left_on=left,
            )
        )
        goods.append(
            dict(
                household_no=household,
                product_code=product,
                source="grown",
                fit_for_online_sale=FIT[good.get("fit", "yes")],
                registered_on=good.get("registered", "2019-01-01"),
            )
        )
        inspections += entries_of(household, product, case["history"])
    found: list[tuple[datetime, str, list[dict[str, Any]], str | None]] = [
        (first, "townships", [dict(township_code="T1", township_name="示例镇")], None),
        (
            first,
            "villages",
            [dict(village_code="V1", township_code="T1", village_name="示例村01", poor_village=1)],
            None,
        ),
        (first, "households", households, None),
        (
            first,
            "products",
            [
                dict(product_code=f"P0{n + 1}", product_name=f"示例{n}", category="fruit", standardised=n)
                for n in (0, 1)
            ],
            None,
        ),
        (first, "goods", goods, None),
    ]
    for recorded in sorted({(e.recorded, e.reason or "") for e in inspections}):
        same = [e.row for e in inspections if (e.recorded, e.reason or "") == recorded]
        at = datetime.combine(recorded[0], datetime.min.time(), UTC) + timedelta(hours=2)
        found.append((at, "inspections", same, recorded[1] or None))
    return found


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_case(case: dict[str, Any], cases_db: Path) -> None:
    program, as_of = program_named(), case["as_of"]
    known_at = known_at_from(str(case.get("known_at", "2026-01-01")))
    with reading(cases_db) as db:
        values = values_in_force(program, as_of, case.get("set"))
        answers = decide_all(gather(db, as_of, known_at, "/".join(subject_of(case))), program, values)
    decisions = {d.benefit: d for d in answers}
    assert {name: d.verdict for name, d in decisions.items()} == case["expect"]
    assert list(reasons(program, decisions["packaging"])) == case["because"]


def test_all_cases_together_answer_as_each_alone(cases_db: Path) -> None:
    program, day = program_named(), date(2021, 6, 30)
    known_at = known_at_from("2026-01-01")
    with reading(cases_db) as db:
        values = values_in_force(program, day)
        together = {(d.subject, d.benefit): d for d in decide_all(gather(db, day, known_at), program, values)}
        for subject in {s for s, _ in together}:
            for alone in decide_all(gather(db, day, known_at, subject), program, values):
                assert alone == together[subject, alone.benefit]


def test_every_verdict_and_every_condition_decides_in_some_case() -> None:
    program = program_named()
    assert {v for c in CASES for v in c["expect"].values()} == set(program.better)
    assert {name for c in CASES for name in c["because"]} == {*program.conditions, *program.latches}


def test_case_names_are_sentences_of_their_own() -> None:
    names = [c["name"] for c in CASES]
    assert len(set(names)) == len(names)
    assert all(len(re.findall(r"\S+", name)) >= 4 for name in names)

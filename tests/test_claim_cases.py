"""The cases of claims in tests/cases: each goes from registers and acts through both engines to its verdict and amount."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.store import reading
from office.days import known_at_from
from office.programs import program_named
from office.subsidy.claim_slips import explain_claim
from office.subsidy.claims import check_claims
from tests.casework import CLERK, REVIEWER, Office
from tests.entering import enter, good, household
from tests.histories import entries_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "logistics-claim.toml").read_text("utf-8"))["case"]
EARLY, END = date(2021, 5, 1), date(2021, 12, 31)
NOTICE = date(2021, 9, 14)
PROGRAM = program_named("logistics-claim")


def household_of(case: dict[str, Any]) -> str:
    return f"C{CASES.index(case) + 1:03d}"


def claim_of(case: dict[str, Any]) -> str:
    return f"{household_of(case)}-{case.get('claim', {}).get('claim_no', 'B')}"


@dataclass(frozen=True)
class Happening:
    """Something that was entered or done on a day; corrections come after what they correct."""

    day: date
    kind: str
    household: str
    rows: Sequence[dict[str, Any]] = ()
    reason: str | None = None


def happenings() -> Iterator[Happening]:
    for case in CASES:
        number = household_of(case)
        for entry in entries_of(number, "P1", case.get("history", ["2021-02-01 pass"])):
            yield Happening(entry.recorded, "inspections", number, [entry.row], entry.reason)
        for line in case.get("acts", ["2021-03-01 grant"]):
            day, kind = line.split()
            if kind == "revoke":
                yield Happening(NOTICE, "notify", number)
            yield Happening(date.fromisoformat(day), kind, number)
        told = [case.get("claim", {}), *case.get("others", [])]
        rows = [shipment(case, nth, about) for nth, about in enumerate(told)]
        yield Happening(EARLY if "known_at" in case else END, "shipments", number, rows)


def shipment(case: dict[str, Any], nth: int, about: dict[str, Any]) -> dict[str, Any]:
    """A claim line that is payable but for what is said about it; its numbers begin with the case's own."""
    number = household_of(case)
    row = {
        "claim_no": f"A{nth}" if nth else "B",
        "claimant": "household",
        "household_no": "N1" if about.get("neighbour") else number,
        "product_code": "P1",
        "claimed_on": "2021-04-20",
        "shipped_on": "2021-04-10",
        "waybill_no": f"own{nth}",
        "platform": "示例平台",
        "order_no": f"own{nth}",
        "sold_online": 1,
        "origin": "county",
        "destination_province": "guangdong",
        "destination_in_county": None,
        "weight": 2500,
        "fee": 800,
        "refunded": 0,
        "other_subsidy": 0,
    }
    row |= {name: None if value == "blank" else value for name, value in about.items() if name != "neighbour"}
    named = {name: f"{number}-{row[name]}" for name in ("claim_no", "waybill_no", "order_no") if row[name]}
    return row | named


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One office in which every case has a household of its own, worked through day by day."""
    path = tmp_path_factory.mktemp("claims") / "office.db"
    office = Office(path)
    with office.writer:
        numbers = ["N1", *map(household_of, CASES)]
        enter(office.writer, "households", [household(number) for number in numbers])
        enter(office.writer, "goods", [good(number, "P1", fit_for_online_sale=1) for number in numbers])
        for happening in sorted(happenings(), key=lambda one: (one.day, one.reason is not None)):
            office.on(happening.day)
            if happening.rows:
                enter(office.writer, happening.kind, happening.rows, reason=happening.reason)
            else:
                act(office, happening.kind, f"{happening.household}/P1")
    return path


def act(office: Office, kind: str, subject: str) -> None:
    """The right to claim, granted or withheld whatever the rules say, or taken away by the whole path."""
    about: dict[str, Any] = {"subject": subject, "benefit": "logistics"}
    if kind == "notify":
        office.act("notify", CLERK, **about)
        office.act("deliver", CLERK, how="in_person", to="示例户主", **about)
    elif kind == "revoke":
        office.act("hear", CLERK, **about)
        office.act("revoke", REVIEWER, reason="连续三次不合格", **about)
    else:
        against = office.standing("logistics", subject=subject).may[kind].only_as_override
        about |= {"override": True, "reason": "示例理由"} if against else {}
        office.act(kind, REVIEWER, **about)


def known_at(case: dict[str, Any]) -> str:
    return known_at_from(str(case.get("known_at", "2026-01-01")))


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_case(case: dict[str, Any], county: Path) -> None:
    with reading(county) as db:
        slip = explain_claim(db, claim_of(case), END, known_at(case))
    asked = PROGRAM.conditions
    failing = [name for name in asked if slip.findings[name] == "fails"]
    unknown = [name for name in asked if slip.findings[name] == "unknown"]
    assert (slip.verdict, failing or unknown) == (case["expect"], case["because"])
    assert slip.due == case.get("due", 100 if case["expect"] == "payable" else 0)


def test_all_claims_together_answer_as_each_alone(county: Path) -> None:
    known = known_at_from("2026-01-01")
    with reading(county) as db:
        together = check_claims(db, END, known)
        for frozen in together.frozen(np.arange(together.entity.size)):
            alone = explain_claim(db, frozen.claim_no, END, known).claims
            assert list(alone.frozen(np.array([0]))) == [frozen]


def test_every_verdict_and_every_condition_decides_in_some_case() -> None:
    assert {case["expect"] for case in CASES} == set(PROGRAM.better)
    assert {name for case in CASES for name in case["because"]} == set(PROGRAM.conditions)


def test_case_names_are_sentences_of_their_own() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names)
    assert all(len(re.findall(r"\S+", name)) >= 4 for name in names)

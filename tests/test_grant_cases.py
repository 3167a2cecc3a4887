"""The cases of grants in tests/cases: each goes from the registers through both engines to its verdict and amount."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.store import reading
from office.days import known_at_from
from office.grants.checking import check_grants
from office.grants.kinds import KINDS, Kind
from office.grants.slips import explain_grant, slip_of
from office.programs import program_named
from tests.entering import new_writer
from tests.granting import ENTER, enter_county

END, KNOWN = date(2021, 12, 31), known_at_from("2026-01-01")
DUE = {"rewards": 70_000, "households": 59_375, "enterprises": 356_250}


def cases_of(kind: Kind) -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "cases" / f"{kind.program}.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["case"]
    return found


CASES = {name: cases_of(kind) for name, kind in KINDS.items()}
EVERY = [(name, nth, case) for name, cases in CASES.items() for nth, case in enumerate(cases, 1)]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database in which every case has an outlet or loan of its own."""
    path = tmp_path_factory.mktemp("grants") / "office.db"
    with new_writer(path) as writer:
        enter_county(writer)
        for name, nth, case in EVERY:
            ENTER[KINDS[name].register](writer, number_of(name, nth), case)
    return path


def number_of(name: str, nth: int) -> str:
    return f"{name[0]}{nth:03d}"


@pytest.mark.parametrize(("name", "nth", "case"), EVERY, ids=[f"{n}: {c['name']}" for n, _, c in EVERY])
def test_case(name: str, nth: int, case: dict[str, Any], county: Path) -> None:
    with reading(county) as db:
        slip = explain_grant(db, KINDS[name], f"{number_of(name, nth)}-B", END, KNOWN)
    asked = program_named(KINDS[name].program).conditions
    failing = [one for one in asked if slip.findings[one] == "fails"]
    unknown = [one for one in asked if slip.findings[one] == "unknown"]
    assert (slip.verdict, failing or unknown) == (case["expect"], case["because"])
    assert slip.granted == (case.get("due", DUE[name]) if case["expect"] == "payable" else 0)


@pytest.mark.parametrize("name", KINDS)
def test_all_claims_together_answer_as_each_alone(name: str, county: Path) -> None:
    with reading(county) as db:
        together = check_grants(db, KINDS[name], END, KNOWN)
        for number in together.claims.claim_no:
            alone = explain_grant(db, KINDS[name], number, END, KNOWN)
            beside = slip_of(db, together, number)
            asked = (
                "verdict",
                "row",
                "findings",
                "facts",
                "lines",
                "granted",
                "amount",
                "outcome",
                "earlier",
            )
            assert {one: getattr(alone, one) for one in asked} == {one: getattr(beside, one) for one in asked}


@pytest.mark.parametrize("name", KINDS)
def test_every_verdict_and_every_condition_decides_in_some_case(name: str) -> None:
    program, cases = program_named(KINDS[name].program), CASES[name]
    assert {case["expect"] for case in cases} == set(program.better)
    assert {one for case in cases for one in case["because"]} == set(program.conditions)


def test_case_names_are_sentences_of_their_own() -> None:
    for cases in CASES.values():
        found = [case["name"] for case in cases]
        assert len(set(found)) == len(found)
        assert all(len(re.findall(r"\S+", one)) >= 4 for one in found)

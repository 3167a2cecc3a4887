"""The demonstration's claims: a year of parcels, plainly invented, with every wrong claim among them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from data.seed import WORKING_DAY, county, demonstration
from data.seed.claim_stories import CORRECTED_ON, CORRECTIONS, WRONG_CLAIMS
from data.seed.shipping import Claim, claim_lines, numbered

SIZES = (60, 2000)


@cache
def told(households: int) -> tuple[tuple[Claim, dict[str, Any]], ...]:
    lines = claim_lines(county(households))
    return tuple(zip(lines, numbered(lines), strict=True))


def of_story(households: int, name: str) -> list[tuple[Claim, dict[str, Any]]]:
    return [(line, row) for line, row in told(households) if line.story and line.story.name == name]


def row_of(households: int, wanted: Claim) -> dict[str, Any]:
    return next(row for line, row in told(households) if line is wanted)


def test_a_few_thousand_parcels_are_claimed_in_a_year_fewer_in_a_small_county() -> None:
    assert 3000 <= len(told(2000)) <= 6000 and 40 <= len(told(60)) <= 300
    shipped = sorted(line.shipped for line, _ in told(2000))
    assert (shipped[0].isoformat()[:7], shipped[-1] <= WORKING_DAY) == ("2020-10", True)
    assert len({(day.year, day.month) for day in shipped}) == 12


@pytest.mark.parametrize("households", SIZES)
def test_a_claim_follows_its_parcel_and_is_entered_by_month_after_it(households: int) -> None:
    entered = {
        row["claim_no"]: batch.at.date()
        for batch in demonstration(households)
        if batch.register == "shipments" and batch.reason is None
        for row in batch.rows
    }
    assert len(entered) == len(told(households)) == len({row["claim_no"] for _, row in told(households)})
    for line, row in told(households):
        assert line.shipped <= line.claimed <= entered[row["claim_no"]] <= WORKING_DAY


def test_every_platform_is_plainly_invented_and_nothing_of_a_buyer_is_there() -> None:
    for _, row in told(2000):
        assert row["platform"] is None or row["platform"].startswith("示例")
        assert not {name for name in row if "buyer" in name or "phone" in name or "address" in name}


@pytest.mark.parametrize("households", SIZES)
@pytest.mark.parametrize("story", WRONG_CLAIMS, ids=lambda story: story.name)
def test_every_wrong_claim_is_there_with_what_is_wrong_about_it(households: int, story: Any) -> None:
    found = of_story(households, story.name)
    assert len(found) >= min(story.claims, max(1, round(story.claims * households / 2000)))
    for line, row in found:
        assert {name: row[name] for name in story.changed} == story.changed
        if story.claimed_after is not None:
            assert (line.claimed - line.shipped).days == story.claimed_after
        if story.of_story is not None:
            assert line.good.story is not None and line.good.story.name == story.of_story


@pytest.mark.parametrize("households", SIZES)
def test_what_is_claimed_twice_repeats_its_waybill_or_its_order_and_nothing_else_does(
    households: int,
) -> None:
    for line, row in told(households):
        if line.same_as is not None and line.story is not None:
            first = row_of(households, line.same_as)
            assert row["order_no"] == first["order_no"] and row["claim_no"] > first["claim_no"]
            same_waybill = row["waybill_no"] == first["waybill_no"]
            assert same_waybill == (line.story.again != "same order by a station")
            assert (row["claimant"] == "household") == (line.story.again == "same waybill")
    waybills = Counter(row["waybill_no"] for _, row in told(households))
    repeated = [line for line, _ in told(households) if line.same_as and "waybill" in str(line.story)]
    assert sum(number - 1 for number in waybills.values()) == len(
        [line for line in repeated if line.story and line.story.again != "same order by a station"]
    )


@pytest.mark.parametrize("households", SIZES)
def test_settled_claims_are_corrected_in_september(households: int) -> None:
    found = [b for b in demonstration(households) if b.register == "shipments" and b.reason]
    assert {b.at.date() for b in found} == {CORRECTED_ON}
    assert {b.reason for b in found} >= {correction.reason for correction in CORRECTIONS}
    rows = {row["claim_no"]: row for _, row in told(households)}
    for batch in found:
        for row in batch.rows:
            assert row != rows[row["claim_no"]] and str(row["claimed_on"]) <= "2021-08-31"


def test_the_same_seed_tells_the_same_claims() -> None:
    assert numbered(claim_lines(county(60, 7))) == numbered(claim_lines(county(60, 7)))
    assert numbered(claim_lines(county(60, 7))) != numbered(claim_lines(county(60, 8)))

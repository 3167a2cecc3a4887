"""The reference that settling is measured against decides and adds up as the office does, on a small drawn county."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.setting import DAY
from bench.settled_county import settled_county
from bench.settling import must_be_equal, settled
from bench.settling_reference import Reference, fetched
from bench.yardstick import KNOWN_AT, Size
from data.store import reading
from office.programs import program_named, values_in_force
from office.subsidy.claims import read_claims
from office.subsidy.settlement_lines import draw_up
from office.subsidy.settlement_terms import terms_on

SIZE, SHIPMENTS = Size(400, 6_000, 7), 1_500


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settled_county(tmp_path_factory.mktemp("bench"), SIZE, SHIPMENTS)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"amount_method": 1},
        {"amount_method": 2, "percent_of_fee": 33},
        {"household_year_cap_fen": 150},
        {"claim_period_days": 30},
    ],
    ids=str,
)
def test_both_give_every_claim_the_same_answer_and_sum(drawn: Path, changed: dict[str, int]) -> None:
    with reading(drawn) as db:
        terms = terms_on(db, DAY, None, changed)
    reference = Reference(fetched(drawn))
    theirs = reference.settle(DAY, KNOWN_AT, {**values_in_force(program_named(), DAY), **terms.values})
    reference.close()
    with reading(drawn) as db:
        ours = settled(read_claims(db, DAY, KNOWN_AT), terms)
    assert set(theirs["verdict"].tolist()) == {0, 1, 2}
    must_be_equal(ours, theirs)
    theirs["capped"][int(theirs["capped"].argmax())] += 1
    with pytest.raises(AssertionError, match="capped differs 1 times"):
        must_be_equal(ours, theirs)


def test_a_settlement_drawn_up_says_what_the_benchmark_adds_up(drawn: Path) -> None:
    with reading(drawn) as db:
        terms = terms_on(db, DAY, None, {"household_year_cap_fen": 150})
        made = draw_up(db, terms, KNOWN_AT)
        _, left, _ = settled(read_claims(db, DAY, KNOWN_AT), terms)
    assert made.total_paid == int(left.sum()) > 0

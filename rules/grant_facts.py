"""What claims of grants have in common: the facts about when they were made, and how their answers are asked for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rules.answerable import must_have, must_match, renumbered
from rules.deciding import Judged, judge
from rules.facts import answered
from rules.history import Bools, Ints
from rules.program import Fact, Program, Words
from rules.table import FactTable

REFUSED = 0  # the place of the worst verdict in a programme's `better`


def by_name(*facts: Fact) -> dict[str, Fact]:
    """Facts under their names."""
    return {fact.name: fact for fact in facts}


CLAIM_FACTS: Mapping[str, Fact] = by_name(
    Fact(
        "days_to_claim",
        "count",
        title=Words("期间结束到申报的天数", "Days from the period's end to the claim"),
    ),
    Fact(
        "claimed_before",
        "yes_no",
        title=Words("重叠的期间此前已申报", "An overlapping period claimed before"),
    ),
)


def claim_columns(last: Ints, claimed: Ints, before: Bools) -> dict[str, Ints]:
    """The facts of CLAIM_FACTS. The registers take no claim that was made before its period ended."""
    return {
        "days_to_claim": claimed - last,
        "claimed_before": before.astype(np.int64),
    }


def judge_claims(
    program: Program, known: Mapping[str, Fact], facts: FactTable, values: Mapping[str, int]
) -> Judged:
    """The answers about claims whose facts are numbered as in `known`. Raises NotProved where one has no answer."""
    columns = {
        name: renumbered(fact, known[name], facts.columns[name]) for name, fact in program.facts.items()
    }
    return answered(program, judge(program, FactTable(columns, facts.size), values), values)


def must_ask_only(program: Program, known: Mapping[str, Fact], amounts: tuple[str, ...]) -> None:
    """Refuse (CannotAsk) a programme that asks claims for what the registers do not hold, or has no amounts."""
    must_match("facts", program.facts, known)
    must_match("events", program.events, {})
    must_have(program, amounts, Words("申报要计算金额", "claims come to an amount"))

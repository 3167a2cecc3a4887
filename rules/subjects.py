"""What programmes are about: goods, claimed shipments, claims of grants. Each subject answers its own questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from rules import claim_facts, facts, interest_facts, reward_facts
from rules.deciding import Judged
from rules.grant_facts import judge_claims, must_ask_only
from rules.program import Fact, Program
from rules.table import FactTable

Judge = Callable[[Program, FactTable, Mapping[str, int]], Judged]


@dataclass(frozen=True)
class Subject:
    """What a programme about it may ask (`facts`), must have beside (`needed`), and who gives the answers (`judge`).

    `must_be_answerable` raises CannotAsk for a programme that asks what the registers do not hold. `needed` are the
    parameters that no test compares with, but that facts are counted or amounts computed with.
    """

    facts: Mapping[str, Fact]
    needed: Callable[[Program], tuple[str, ...]]
    must_be_answerable: Callable[[Program], None]
    judge: Judge


def _of_claims(known: Mapping[str, Fact], amounts: tuple[str, ...]) -> Subject:
    """A subject whose every fact is the registers', and whose claims come to an amount."""

    def judge(program: Program, table: FactTable, values: Mapping[str, int]) -> Judged:
        return judge_claims(program, known, table, values)

    asks_only = partial(must_ask_only, known=known, amounts=amounts)
    return Subject(known, lambda _program: amounts, asks_only, judge)


GOODS = Subject(facts.GOOD_FACTS, facts.parameters_of_facts, facts.must_be_answerable, facts.judge_goods)
OTHERS: Mapping[str, Subject] = {
    facts.SHIPMENT: Subject(
        claim_facts.SHIPMENT_FACTS,
        lambda _program: claim_facts.AMOUNTS,
        claim_facts.must_be_answerable,
        claim_facts.judge_parcels,
    ),
    reward_facts.SUBJECT: _of_claims(reward_facts.REWARD_FACTS, reward_facts.AMOUNTS),
    interest_facts.HOUSEHOLD: _of_claims(interest_facts.HOUSEHOLD_FACTS, interest_facts.AMOUNTS),
    interest_facts.ENTERPRISE: _of_claims(interest_facts.ENTERPRISE_FACTS, interest_facts.AMOUNTS),
}


def subject_of(program: Program) -> Subject:
    """Who answers a programme: goods, unless it names another subject that is known here."""
    return OTHERS.get(program.subject, GOODS)


def must_be_answerable(program: Program) -> None:
    """Refuse (CannotAsk) a programme that asks its subject for what the registers do not hold."""
    subject_of(program).must_be_answerable(program)


def parameters_also_needed(program: Program) -> tuple[str, ...]:
    """Parameters that no test compares with, but that facts are counted or amounts computed with."""
    return subject_of(program).needed(program)

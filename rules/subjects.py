"""What programmes are about: goods, or claimed shipments. Each subject answers its own questions."""

from __future__ import annotations

from rules import claim_facts, facts
from rules.program import Program


def must_be_answerable(program: Program) -> None:
    """Refuse (CannotAsk) a programme that asks its subject for what the registers do not hold."""
    if program.subject == facts.SHIPMENT:
        claim_facts.must_be_answerable(program)
    else:
        facts.must_be_answerable(program)


def parameters_also_needed(program: Program) -> tuple[str, ...]:
    """Parameters that no test compares with, but that facts are counted or amounts computed with."""
    if program.subject == facts.SHIPMENT:
        return claim_facts.AMOUNTS
    return facts.parameters_of_facts(program)

"""One recorded decision decided again: as it was decided then, with all that is known now, and by the rule of now.

The recorded decision never changes; what differs is shown beside it with the facts that differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.rulekeeping.populations import Kept
from data.store import Database
from office.deciding import Decision, decide_all, reasons
from office.explaining import Explained, explain
from office.gathering import gather, known_now
from office.programs import program_in_force, program_kept, values_in_force
from office.refusal import Refused
from rules.program import Program, Words

THEN, KNOWN_NOW, RULE_NOW = "then", "known_now", "rule_now"
WAYS: Mapping[str, Words] = {
    THEN: Words("当时的规则和取值，当时所知", "rule of then, as known then"),
    KNOWN_NOW: Words("当时的规则和取值，现在所知的全部", "rule of then, with all known now"),
    RULE_NOW: Words(
        "现在对那天适用的规则，现在所知的全部",
        "rule that now counts for that day, all known now",
    ),
}


@dataclass(frozen=True)
class Again:
    """One way of deciding again. `verdict` is None where it is refused, with the reason in `refused`.

    `facts` are the facts that differ from the frozen ones: before and after.
    """

    way: str
    verdict: str | None
    same: bool
    facts: Mapping[str, tuple[Any, Any]]
    refused: Words | None = None


def what_spoke_against(program: Program, kept: Kept) -> tuple[str, ...]:
    """What the recorded verdict rested on: standings that were on, else conditions that failed or were unknown."""
    return reasons(program, as_decision(kept))


def as_decision(kept: Kept) -> Decision:
    """A recorded decision as the one that was answered."""
    return Decision(kept.subject, kept.benefit, kept.verdict, kept.row, kept.findings, kept.facts)  # type: ignore[arg-type]


def decided_again(db: Database, kept: Kept) -> tuple[Again, ...]:
    """The three ways, each on the day that was decided about."""
    now = known_now(db)

    def rule_now() -> tuple[Program, Mapping[str, int]]:
        program = program_in_force(db, kept.as_of, kept.program)
        return program, values_in_force(program, kept.as_of)

    def rule_then() -> tuple[Program, Mapping[str, int]]:
        return program_kept(db, kept.program, kept.digest), kept.parameters

    return (
        _again(db, kept, THEN, rule_then, kept.known_at),
        _again(db, kept, KNOWN_NOW, rule_then, now),
        _again(db, kept, RULE_NOW, rule_now, now),
    )


def explained_then(db: Database, kept: Kept) -> tuple[Program, Explained]:
    """The decision slip as it could be printed then: its rule and values, its day, what was known. Raises Refused."""
    program = program_kept(db, kept.program, kept.digest)
    dated = values_in_force(program, kept.as_of)
    tried = {name: value for name, value in kept.parameters.items() if dated.get(name) != value}
    return program, explain(
        db, kept.subject, program, kept.as_of, kept.known_at, tried or None, (kept.benefit,)
    )


def _again(db: Database, kept: Kept, way: str, rule: Any, known_at: str) -> Again:
    try:
        program, values = rule()
        found = decide_all(gather(db, kept.as_of, known_at, kept.subject), program, values).of(
            0, kept.benefit
        )
    except (Refused, KeyError) as problem:
        words = problem.words if isinstance(problem, Refused) else _no_benefit(kept.benefit)
        return Again(way, None, False, {}, Words(words.zh, words.en))
    differ = {
        name: (kept.facts.get(name), found.facts.get(name))
        for name in dict.fromkeys((*kept.facts, *found.facts))
        if kept.facts.get(name) != found.facts.get(name)
    }
    return Again(way, found.verdict, found.verdict == kept.verdict, differ)


def _no_benefit(benefit: str) -> Words:
    return Words(f"这套规则没有“{benefit}”这一项", f'this rule has no benefit "{benefit}"')

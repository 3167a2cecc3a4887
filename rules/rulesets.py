"""From flat nodes to rulesets of safe size, in the only forms that durable-rules answers rightly.

Its limits (measured on 2.0.28): 65 rules that match at once are an error, 256 that share a comparison
let an unrelated rule fire, 512 distinct comparisons on one level hang it, 253 fields are too many, and
field names are told apart by a 32-bit hash only. So rules are spread, fields are named here, every
pattern is `$and` of one-key mappings that begins with `kind`, and only words are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rules.flat import Conjunction, Network, Node

MOST_RULES = 48
MOST_COMPARISONS = 150
MOST_FIELDS = 100
KIND = "kind"

Definition = dict[str, Any]  # what durable-rules takes for one rule, without its action


class EqualHashes(ValueError):
    """Two field names that durable-rules cannot tell apart."""


@dataclass(frozen=True)
class Rule:
    """One conjunction, and the note that its firing leaves: (node or row number, finding)."""

    met: Conjunction
    note: tuple[int, int]


@dataclass(frozen=True)
class RulesetPlan:
    """Rules that are asked together. A message carries `fields`, all of them, and its kind."""

    rules: tuple[Rule, ...]
    fields: dict[int, str]  # input or node number → the field that carries its word

    def definitions(self, kind: str) -> dict[str, Definition]:
        """The rules as durable-rules takes them; made afresh, because it changes what it is given."""
        return {f"r{i}": {"all": [{"m": self._pattern(kind, rule.met)}]} for i, rule in enumerate(self.rules)}

    def _pattern(self, kind: str, met: Conjunction) -> Definition:
        parts: list[Definition] = [{KIND: kind}]
        for literal in met:
            equality = {self.fields[literal.of]: literal.word}
            parts.append(equality if literal.equal else {"$neq": equality})
        return {"$and": parts}


def layers(network: Network) -> tuple[tuple[RulesetPlan, ...], ...]:
    """The rulesets of each layer of nodes; a layer is asked when all earlier ones have answered."""
    number = max((node.layer for node in network.nodes), default=-1) + 1
    rules: list[list[tuple[Rule, ...]]] = [[] for _ in range(number)]
    for place, node in enumerate(network.nodes, len(network.inputs)):
        rules[node.layer].append(tuple(_rules(place, node)))
    return tuple(tuple(spread(of_layer)) for of_layer in rules)


def _rules(number: int, node: Node) -> Iterator[Rule]:
    for finding, side in ((1, node.holds), (0, node.fails)):
        for met in side:
            yield Rule(met, (number, finding))


def spread(groups: Iterable[tuple[Rule, ...]]) -> Iterator[RulesetPlan]:
    """The rules in order, as many to a ruleset as is safe; a group stays together."""
    taken: list[Rule] = []
    for group in groups:
        if taken and not _is_safe([*taken, *group]):
            yield _plan(taken)
            taken = []
        taken += group
    if taken:
        yield _plan(taken)


def _is_safe(rules: Sequence[Rule]) -> bool:
    literals = {literal for rule in rules for literal in rule.met}
    return (
        len(rules) <= MOST_RULES
        and len(literals) < MOST_COMPARISONS
        and len({literal.of for literal in literals}) <= MOST_FIELDS
    )


def _plan(rules: Sequence[Rule]) -> RulesetPlan:
    asked = dict.fromkeys(literal.of for rule in rules for literal in rule.met)
    fields = {number: f"f{i}" for i, number in enumerate(asked)}
    must_be_told_apart([KIND, "sid", "id", "$s", *fields.values()])
    return RulesetPlan(tuple(rules), fields)


def must_be_told_apart(names: Sequence[str]) -> None:
    """Refuse field names with equal hashes: a rule on one would answer for the other."""
    by_hash: dict[int, str] = {}
    for name in names:
        other = by_hash.setdefault(name_hash(name), name)
        if other != name:
            raise EqualHashes(f"{other} and {name} have the same hash in durable-rules")


def name_hash(name: str) -> int:
    """FNV-1a with 32 bits, as durable-rules computes it over the UTF-8 bytes of a field's name."""
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value

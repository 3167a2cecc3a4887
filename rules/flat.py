"""Flat nodes: the only shape in which a programme reaches the engine, never deep, never wide.

A *node* has a finding. It says under which conjunctions of equalities it holds and under which it
fails; where neither is met it is unknown (strong Kleene). Wide groups are split, equal nodes are one
and nothing is ever expanded, so that no programme can make a node large.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal as OneOf
from typing import TypeVar

T = TypeVar("T")

WIDEST = 16  # members of a node, literals of a conjunction (one more where "not unknown" goes with them)
UNKNOWN_WORD = "unknown"
FINDING_WORDS = ("fails", "holds", UNKNOWN_WORD)  # places 0, 1 and -1, as in the results


class CannotCompile(ValueError):
    """The programme breaks a promise of the loader: a wrong type, a circle, an empty group."""


@dataclass(frozen=True)
class Literal:
    """One input or node (by number) is this word, or is another one."""

    of: int
    word: str
    equal: bool = True

    def negated(self) -> Literal:
        """The opposite; exact, because every input and node always has one of its words."""
        return Literal(self.of, self.word, not self.equal)


Conjunction = tuple[Literal, ...]


@dataclass(frozen=True)
class Node:
    """A finding: holds if any conjunction of `holds` is met, fails if any of `fails` is."""

    holds: tuple[Conjunction, ...]
    fails: tuple[Conjunction, ...]
    layer: int  # asks inputs and nodes of earlier layers only


@dataclass(frozen=True)
class Network:
    """Nodes over inputs. Input i has number i, node j the number `len(inputs) + j`."""

    inputs: tuple[tuple[str, ...], ...]  # the words of each input's codes; unknown last
    nodes: tuple[Node, ...]
    outputs: dict[str, int]  # the number of each named finding


@dataclass
class Build:
    """A network in the making; asking twice for the same node gives the same number."""

    inputs: tuple[tuple[str, ...], ...]
    nodes: list[Node] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)

    def node(self, holds: Iterable[Conjunction], fails: Iterable[Conjunction]) -> int:
        """The number of the node with these conjunctions."""
        both = (tuple(dict.fromkeys(holds)), tuple(dict.fromkeys(fails)))
        if both not in self.known:
            layer = 1 + max((self._layer(one.of) for side in both for c in side for one in c), default=-1)
            self.known[both] = len(self.inputs) + len(self.nodes)
            self.nodes.append(Node(*both, layer=layer))
        return self.known[both]

    def _layer(self, number: int) -> int:
        return self.nodes[number - len(self.inputs)].layer if number >= len(self.inputs) else -1

    def joined(self, word: OneOf["all", "any"], members: Iterable[int]) -> int:
        """`all` or `any` of nodes, three-valued."""
        left = tuple(dict.fromkeys(members))
        if not left:
            raise CannotCompile(f"{word} of nothing")
        while len(left) > WIDEST:
            left = tuple(self.joined(word, chunk) for chunk in chunks(left))
        if len(left) == 1:
            return left[0]
        held, failed = (tuple(Literal(one, finding) for one in left) for finding in ("holds", "fails"))
        if word == "all":
            return self.node([held], [(one,) for one in failed])
        return self.node([(one,) for one in held], [failed])

    def met(self, word: OneOf["all", "any"], literals: Sequence[Literal]) -> int:
        """A two-valued node: all or any of the literals are met; otherwise it fails."""
        return self.joined(word, [self._met(word, chunk) for chunk in chunks(tuple(literals))])

    def _met(self, word: OneOf["all", "any"], literals: Conjunction) -> int:
        opposite = tuple(one.negated() for one in literals)
        if word == "all":
            return self.node([literals], [(one,) for one in opposite])
        return self.node([(one,) for one in literals], [opposite])

    def made(self, outputs: dict[str, int]) -> Network:
        """The finished network."""
        return Network(self.inputs, tuple(self.nodes), outputs)


def chunks(items: Sequence[T]) -> list[tuple[T, ...]]:
    """The items in order, WIDEST at a time."""
    return [tuple(items[i : i + WIDEST]) for i in range(0, len(items), WIDEST)]

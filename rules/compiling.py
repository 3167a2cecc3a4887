"""From a programme to flat nodes: conditions and gates over facts, rows of answers over findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.flat import (
    FINDING_WORDS,
    UNKNOWN_WORD,
    WIDEST,
    Build,
    CannotCompile,
    Conjunction,
    Literal,
    Network,
    chunks,
)
from rules.order import dependencies_first
from rules.patterns import ABOVE, AT, BELOW, Key, key_of, words_of
from rules.program import (
    COUNT_OPERATORS,
    Comparison,
    Condition,
    Fact,
    Gate,
    Named,
    Program,
    Scope,
    Test,
    When,
    comparisons,
)

SIDES = {"at_least": (AT, ABOVE), "at_most": (BELOW, AT), "more_than": (ABOVE,), "less_than": (BELOW,)}


@dataclass(frozen=True)
class Answers:
    """The rows of one benefit over the findings in `names`: the first that is met is the answer."""

    network: Network
    names: tuple[str, ...]
    rows: tuple[Conjunction | None, ...]  # None: can never be met


def conditions_network(
    conditions: Mapping[str, Condition], facts: Mapping[str, Fact], gates: Mapping[str, Gate]
) -> tuple[tuple[Key, ...], Network]:
    """Conditions over the keys of their facts, gates over the conditions. Raises CannotCompile."""
    keys = tuple(dict.fromkeys(_keys(conditions, facts)))
    build = Build(tuple(words_of(key, facts) for key in keys))
    place = {key: i for i, key in enumerate(keys)}
    found: dict[str, int] = {}
    for name in dependencies_first(conditions):
        found[name] = _node(build, conditions[name].test, facts, place, found)
    if len(found) < len(conditions):
        raise CannotCompile(f"conditions in a circle: {sorted(conditions.keys() - found)}")
    joined = {
        name: build.joined(gate.word, [found[c] for c in gate.conditions]) for name, gate in gates.items()
    }
    return keys, build.made(found | joined)


def benefit_answers(program: Program, benefit: str) -> Answers:
    """The rows of a benefit over the findings of the conditions and latches that it asks."""
    asked = program.conditions_asked(benefit)
    names = (*asked, *program.latches_asked(benefit))
    build = Build((FINDING_WORDS,) * len(names))
    place = {name: i for i, name in enumerate(names)}
    rows = tuple(_row(build, row.when, place, len(asked)) for row in program.benefits[benefit].rows)
    return Answers(build.made({}), names, rows)


def _keys(conditions: Mapping[str, Condition], facts: Mapping[str, Fact]) -> Iterable[Key]:
    for condition in conditions.values():
        for comparison in comparisons(condition.test):
            fact = facts.get(comparison.fact)
            if fact is None or not _fits(comparison, fact):
                raise CannotCompile(f"{condition.name}: {comparison} does not fit its fact")
            yield key_of(comparison, fact.kind)


def _fits(comparison: Comparison, fact: Fact) -> bool:
    """Types are exact: True is no number, "3" is no count, nothing is converted."""
    value, counted = comparison.value, comparison.operator in COUNT_OPERATORS
    if counted or fact.kind == "count":
        return counted and fact.kind == "count" and type(value) in (int, str)
    choices: Sequence[str | bool] = (False, True) if fact.kind == "yes_no" else fact.choices
    several = value if comparison.operator == "one_of" else (value,)
    return (
        isinstance(several, tuple)
        and bool(several)
        and all(any(type(v) is type(c) and v == c for c in choices) for v in several)
    )


def _node(
    build: Build, test: Test, facts: Mapping[str, Fact], place: Mapping[Key, int], found: Mapping[str, int]
) -> int:
    if isinstance(test, Named):
        if test.condition not in found:
            raise CannotCompile(f"there is no condition {test.condition}")
        return found[test.condition]
    if isinstance(test, Comparison):
        fact = facts[test.fact]
        key = place[key_of(test, fact.kind)]
        return (_choice_node if fact.kind == "choice" else _small_node)(build, test, key, fact)
    return build.joined(test.word, [_node(build, part, facts, place, found) for part in test.parts])


def _small_node(build: Build, test: Comparison, key: int, _: Fact) -> int:
    """A yes/no, or a count beside its threshold: every word that holds and every word that fails."""
    words = build.inputs[key]
    held = SIDES.get(test.operator) or _answers_asked(test)
    holds, fails = (
        [(Literal(key, word),) for code, word in enumerate(words[:-1]) if (code in held) is side]
        for side in (True, False)
    )
    return build.node(holds, fails)


def _answers_asked(test: Comparison) -> tuple[int, ...]:
    several = test.value if isinstance(test.value, tuple) else (test.value,)
    return tuple(code for code in (0, 1) if (bool(code) in several) is not (test.operator == "is_not"))


def _choice_node(build: Build, test: Comparison, key: int, fact: Fact) -> int:
    """A choice is one of the words asked, or is known and none of them."""
    words = build.inputs[key]
    code = {choice: i for i, choice in enumerate(fact.choices)}
    several = test.value if isinstance(test.value, tuple) else (test.value,)
    asked = [words[code[str(value)]] for value in dict.fromkeys(several)]
    if test.operator == "is_not":
        return build.node(*reversed(_one_of(key, asked)))
    return build.joined("any", [build.node(*_one_of(key, chunk)) for chunk in chunks(asked)])


def _one_of(key: int, words: Sequence[str]) -> tuple[list[Conjunction], list[Conjunction]]:
    one_of: list[Conjunction] = [(Literal(key, word),) for word in words]
    known = Literal(key, UNKNOWN_WORD, equal=False)
    return one_of, [(known, *(Literal(key, word, equal=False) for word in words))]


def _row(build: Build, when: When | None, place: Mapping[str, int], conditions: int) -> Conjunction | None:
    """What must be met for this row, as at most WIDEST literals."""
    literals: list[Literal] = []
    for finding, scope in when.items() if when else ():
        if isinstance(scope, tuple):
            literals += [Literal(place[name], finding) for name in scope]
        elif conditions:
            literals.append(_counted(build, finding, scope, conditions))
        elif scope == "some":
            return None
    if len(literals) > WIDEST:
        literals = [Literal(build.met("all", literals), "holds")]
    return tuple(dict.fromkeys(literals))


def _counted(build: Build, finding: str, scope: Scope, conditions: int) -> Literal:
    """None, some or all of the conditions have this finding."""
    every = [Literal(i, finding) for i in range(conditions)]
    if scope == "all":
        return Literal(build.met("all", every), "holds")
    return Literal(build.met("any", every), "fails" if scope == "none" else "holds")

"""Tests as the file writes them → Comparison, Named, Group; each fault with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

from rules.place import Place
from rules.program import (
    CHOICE_OPERATORS,
    COUNT_OPERATORS,
    Comparison,
    Fact,
    Group,
    Named,
    Operator,
    Test,
    Words,
)

DEEPEST = 50  # groups inside groups
OPERATORS: tuple[Operator, ...] = (*CHOICE_OPERATORS, *COUNT_OPERATORS)
_ANY_TEST = Words(
    "{ fact = …, <比较> = … }、{ all = […] } 或 { any = […] }",
    "{ fact = …, <comparison> = … }, { all = […] } or { any = […] }",
)
_PARTS = Words("条件名称或测试", "names of conditions or tests")
_CHOICES = Words("可选值", "choices")


@dataclass(frozen=True)
class Known:
    """What a test may name. A fact that is itself faulty is known as None and checked no further."""

    facts: Mapping[str, Fact | None]
    parameters: Collection[str]
    conditions: Collection[str]
    choices: Mapping[str, Collection[str]]


def asking(
    facts: Mapping[str, Fact | None], parameters: Collection[str], conditions: Collection[str]
) -> Known:
    """What tests may name; the choices of every fact in a form that is quick to look up."""
    choices = {name: dict.fromkeys(fact.choices) for name, fact in facts.items() if fact is not None}
    return Known(facts, parameters, conditions, choices)


def read_test(place: Place, known: Known, depth: int = 0) -> Test | None:
    """The test that stands at `place`, or None where it is faulty (noted) or absent."""
    if not place.there:
        return None
    if not isinstance(place.value, dict):
        place.expected(_ANY_TEST)
        return None
    if not place.value:
        place.fault("测试为空，应为{}", "the test is empty, expected {}", _ANY_TEST)
        return None
    words = [word for word in ("all", "any") if word in place.value]
    if not words:
        return _comparison(place, known)
    if len(place.value) > 1:
        zh, en = "{}须单独使用，这里有 {} 个键", "{} must stand alone, here are {} keys"
        place.fault(zh, en, words[0], len(place.value))
    return _group(place.child(words[0]), words[0], place.value[words[0]], known, depth)


def _group(place: Place, word: str, value: object, known: Known, depth: int) -> Group | None:
    if depth >= DEEPEST:
        place.fault("嵌套过深，最多 {} 层", "nested too deep, at most {} levels", DEEPEST)
        return None
    parts: list[Test] = []
    for item in Place(place.notes, place.key, value).items(_PARTS):
        if isinstance(item.value, str):
            name = item.one_of(known.conditions)
            parts += [Named(name)] if name is not None else []
        else:
            part = read_test(item, known, depth + 1)
            parts += [part] if part is not None else []
    return Group("all" if word == "all" else "any", tuple(parts))


def _comparison(place: Place, known: Known) -> Comparison | None:
    part = place.table(("fact",), OPERATORS)
    used = [operator for operator in OPERATORS if part[operator].there]
    if len(used) > 1:
        place.fault("一个测试只能有一个比较，这里有{}", "a test has one comparison only, here are {}", used)
        return None
    name = part["fact"].one_of(known.facts)
    if not used:
        if set(cast(dict[str, object], place.value)) <= {"fact"}:
            place.fault("缺少比较，应为{}之一", "no comparison, expected one of {}", OPERATORS)
        return None
    fact = known.facts.get(name) if name is not None else None
    return _compared(part[used[0]], used[0], fact, known) if fact is not None else None


def _compared(place: Place, operator: Operator, fact: Fact, known: Known) -> Comparison | None:
    fitting = COUNT_OPERATORS if fact.kind == "count" else CHOICE_OPERATORS
    if operator not in fitting:
        place.fault(
            "{}的类型是{}，比较应为{}之一",
            "{} is of type {}, expected one of the comparisons {}",
            fact.name,
            fact.kind,
            fitting,
        )
        return None
    if fact.kind == "count":
        number = _number(place, known)
        return Comparison(fact.name, operator, number) if number is not None else None
    if operator != "one_of":
        value = _choice(place, fact, known)
        return Comparison(fact.name, operator, value) if value is not None else None
    values = tuple(_choice(item, fact, known) for item in place.items(_CHOICES))
    return Comparison(fact.name, operator, tuple(value for value in values if value is not None))


def _number(place: Place, known: Known) -> int | str | None:
    if isinstance(place.value, str):
        return place.one_of(known.parameters)
    if type(place.value) is not int:
        place.expected(Words("整数或参数名称", "a whole number or the name of a parameter"))
        return None
    return place.whole()


def _choice(place: Place, fact: Fact, known: Known) -> str | bool | None:
    if fact.kind == "choice":
        return place.one_of(known.choices[fact.name])
    if type(place.value) is bool:
        return place.value
    place.expected(Words("true 或 false", "true or false"))
    return None

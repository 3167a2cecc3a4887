"""A programme's text → its answers: conditions in three values, rows from the top. Written anew for this checker."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

Scalar = str | bool | int | None
COUNTS = ("at_least", "at_most", "more_than", "less_than")


class NotReadable(ValueError):
    """The text is no programme that can be followed, or does not answer what is asked."""


class Programme:
    """One programme as its text says it; whatever it lacks is NotReadable when it is needed."""

    def __init__(self, text: str) -> None:
        try:
            raw = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise NotReadable(str(error)) from None
        self.name, self.subject = str(raw.get("program")), str(raw.get("subject"))
        self.better: list[str] = raw.get("better", [])
        self.parameters: dict[str, Any] = raw.get("parameters", {})
        self.events: dict[str, Any] = raw.get("events", {})
        self.event_conditions: dict[str, Any] = raw.get("event_conditions", {})
        self.latches: dict[str, Any] = raw.get("latches", {})
        self.facts: dict[str, Any] = raw.get("facts", {})
        self.conditions: dict[str, Any] = raw.get("conditions", {})
        self.benefits: dict[str, Any] = raw.get("benefits", {})
        self.moved: dict[Any, dict[str, tuple[bool, bool]]] = {}  # kept by whoever asks for moves
        self._asked = {name: self._conditions_asked(rows["verdicts"]) for name, rows in self.benefits.items()}

    def values_on(self, day: str) -> dict[str, int]:
        """Every parameter's value in force on a day: the latest `from` not after it."""
        found: dict[str, int] = {}
        for name, parameter in self.parameters.items():
            for dated in parameter["values"]:
                if dated["from"] <= date.fromisoformat(day):
                    found[name] = dated["value"]
        return found

    def findings(self, facts: Mapping[str, Scalar], values: Mapping[str, int]) -> dict[str, str]:
        """What every condition finds; a latch holds where it is on."""
        found = _found(self.conditions, facts, values)
        return found | {name: "holds" if facts[name] is True else "fails" for name in self.latches}

    def moves(self, event: Mapping[str, Scalar], values: Mapping[str, int]) -> dict[str, tuple[bool, bool]]:
        """For every latch, whether an event sets it and whether it clears it."""
        found = _found(self.event_conditions, event, values)
        return {
            name: (_opens(told["set_when"], found), _opens(told["clear_when"], found))
            for name, told in self.latches.items()
        }

    def answer(self, benefit: str, found: Mapping[str, str]) -> tuple[str, int]:
        """The verdict, and which row gave it, from 1."""
        for number, row in enumerate(self.benefits[benefit]["verdicts"], start=1):
            asks = row.get("when", {})
            if all(self._met(benefit, answer, scope, found) for answer, scope in asks.items()):
                return row["verdict"], number
        raise NotReadable(f"no row of {benefit} answers")

    def _met(self, benefit: str, answer: str, scope: Any, found: Mapping[str, str]) -> bool:
        if isinstance(scope, list):
            return all(found[name] == answer for name in scope)
        each = [found[name] == answer for name in self._asked[benefit]]
        return {"none": not any(each), "some": any(each), "all": all(each)}[scope]

    def _conditions_asked(self, rows: list[dict[str, Any]]) -> list[str]:
        """The conditions that none, some and all count over: those the rows name, else every one."""
        scopes = [scope for row in rows for scope in row.get("when", {}).values()]
        named = {name for scope in scopes if isinstance(scope, list) for name in scope}
        return [name for name in self.conditions if name in named] or list(self.conditions)


def _found(
    conditions: Mapping[str, Any], facts: Mapping[str, Scalar], values: Mapping[str, int]
) -> dict[str, str]:
    """Every condition's finding; one that names others waits until those are found."""
    found: dict[str, str] = {}
    waiting = dict(conditions)
    while waiting:
        ready = [name for name, told in waiting.items() if _named_in(told["test"]) <= found.keys()]
        if not ready:
            raise NotReadable("conditions name one another in a ring")
        for name in ready:
            found[name] = _test(waiting.pop(name)["test"], facts, values, found)
    return found


def _named_in(test: Any) -> set[str]:
    if isinstance(test, str):
        return {test}
    parts = [part for word in ("all", "any") for part in test.get(word, [])]
    return set().union(*map(_named_in, parts)) if parts else set()


def _test(test: Any, facts: Mapping[str, Scalar], values: Mapping[str, int], found: Mapping[str, str]) -> str:
    """`all` fails as soon as a part fails, `any` holds as soon as one holds; then what is unknown stays unknown."""
    if isinstance(test, str):
        return found[test]
    for word, decisive, otherwise in (("all", "fails", "holds"), ("any", "holds", "fails")):
        if word in test:
            answers = [_test(part, facts, values, found) for part in test[word]]
            if decisive in answers:
                return decisive
            return "unknown" if "unknown" in answers else otherwise
    value = facts[test["fact"]]
    ((operator, right),) = [(key, right) for key, right in test.items() if key != "fact"]
    if value is None:
        return "unknown"
    return "holds" if _compare(value, operator, right, values) else "fails"


def _compare(value: Scalar, operator: str, right: Any, values: Mapping[str, int]) -> bool:
    if operator in COUNTS:
        number, threshold = int(value or 0), values[right] if isinstance(right, str) else right
        return {
            "at_least": number >= threshold,
            "at_most": number <= threshold,
            "more_than": number > threshold,
            "less_than": number < threshold,
        }[operator]
    same = [type(value) is type(one) and value == one for one in (right if operator == "one_of" else [right])]
    return not any(same) if operator == "is_not" else any(same)


def _opens(gate: Mapping[str, list[str]], found: Mapping[str, str]) -> bool:
    ((word, names),) = gate.items()
    held = [found[name] == "holds" for name in names]
    return all(held) if word == "all" else any(held)

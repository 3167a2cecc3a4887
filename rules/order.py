"""Conditions that name one another, put in an order in which each comes after those it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rules.program import Condition, names_in


def dependencies_first(conditions: Mapping[str, Condition]) -> tuple[str, ...]:
    """Every condition after the ones it names; conditions in a cycle, or upon one, are left out.

    It does not recurse, so that a chain of named conditions may have any length.
    """
    asked_by: dict[str, list[str]] = {name: [] for name in conditions}
    waiting: dict[str, int] = {}
    for name, condition in conditions.items():
        named = {other for other in names_in(condition.test) if other in conditions}
        waiting[name] = len(named)
        for other in named:
            asked_by[other].append(name)
    ready = [name for name, count in waiting.items() if count == 0]
    for name in ready:
        for other in asked_by[name]:
            waiting[other] -= 1
            if waiting[other] == 0:
                ready.append(other)
    return tuple(ready)


def cycles(conditions: Mapping[str, Condition]) -> tuple[tuple[str, ...], ...]:
    """The rings of conditions that name one another, each once, its first name repeated at the end."""
    left = dict(conditions)
    found: list[tuple[str, ...]] = []
    while left := _without(left, dependencies_first(left)):
        rings = _rings(left)
        found += [(*ring, ring[0]) for ring in rings]
        left = _without(left, [name for ring in rings for name in ring])
    return tuple(found)


def reached(conditions: Mapping[str, Condition], names: tuple[str, ...]) -> tuple[str, ...]:
    """These conditions and all that they name, directly or through others, in the file's order."""
    found = dict.fromkeys(names)
    waiting = list(names)
    while waiting:
        for name in names_in(conditions[waiting.pop()].test):
            if name not in found:
                found[name] = None
                waiting.append(name)
    return tuple(name for name in conditions if name in found)


def _without(conditions: Mapping[str, Condition], names: Iterable[str]) -> dict[str, Condition]:
    gone = set(names)
    return {name: condition for name, condition in conditions.items() if name not in gone}


def _rings(left: Mapping[str, Condition]) -> list[tuple[str, ...]]:
    """Rings among conditions that each name at least one of them: along the first such name of each."""
    following = {name: next(n for n in names_in(c.test) if n in left) for name, c in left.items()}
    seen: set[str] = set()
    found = []
    for start in left:
        path: dict[str, None] = {}
        name = start
        while name not in seen:
            seen.add(name)
            path[name] = None
            name = following[name]
        if name in path:
            walked = list(path)
            found.append(tuple(walked[walked.index(name) :]))
    return found

"""What the tests of exports share: situations to try, and a programme's answers in the names of its export."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from rules import plain
from rules.combinations import Space, axes_of
from rules.exchange.model import Model
from rules.program import Fact, Program, Scalar
from rules.proof import asked_conditions, spaces_of
from rules.truths import benefit_rows

DAY = date(2021, 9, 30)
WHOLE = int(os.environ.get("EXCHANGE_COMBINATIONS", "20000"))  # up to which every one is tried
Situation = dict[str, Scalar]


def space_on(program: Program, benefit: str, day: date = DAY) -> Space:
    """The combinations that the proof goes through with the values in force on a day."""
    in_force = program.values_on(day).items()
    return next(space for values, space in spaces_of(program, benefit) if values.items() <= in_force)


def every_situation(program: Program, benefit: str) -> list[Situation]:
    """Every combination of a benefit, whole: facts that it does not ask are unknown, or their first value."""
    space = space_on(program, benefit)
    assert space.size <= WHOLE
    return [_whole(program, space.example(number)) for number in range(space.size)]


def situation_of_each_row(program: Program, benefit: str) -> list[Situation]:
    """One combination for every verdict row."""
    space = space_on(program, benefit)
    return [_whole(program, space.example(number)) for number in _one_of_each_row(program, benefit)]


def telling_situations(program: Program, benefit: str, by_chance: int = 0, seed: int = 1) -> list[Situation]:
    """One combination of every verdict row, all that differ from it in one value, and some by chance."""
    space = space_on(program, benefit)
    numbers: dict[int, None] = {}
    for number in _one_of_each_row(program, benefit):
        numbers |= dict.fromkeys((number, *_neighbours(space, number)))
    numbers |= dict.fromkeys(random.Random(seed).sample(range(space.size), by_chance))
    return [_whole(program, space.example(number)) for number in numbers]


def _one_of_each_row(program: Program, benefit: str) -> list[int]:
    space, conditions = space_on(program, benefit), asked_conditions(program, benefit)
    first = benefit_rows(program, benefit, space, conditions, program.values_on(DAY)).first
    rows = range(len(program.benefits[benefit].rows))
    return [int(np.flatnonzero(first == row)[0]) for row in rows]


def every_event(program: Program) -> list[Situation]:
    """Every combination of what the event conditions ask."""
    space = Space(axes_of(program.events, program.event_conditions.values(), program.values_on(DAY)))
    return [_first_of(program.events) | space.example(number) for number in range(space.size)]


def handed_in(model: Model, situation: Mapping[str, Scalar], part: str, program: Program) -> Situation:
    """A situation in the names of the export."""
    return {
        model.identifiers["latch" if name in program.latches else part, name]: value
        for name, value in situation.items()
    }


def answers_to_facts(
    program: Program, model: Model, situation: Situation, values: Mapping[str, int]
) -> dict[str, str | None]:
    """What the plain evaluator finds and decides, in the names of the export."""
    found = plain.findings(program, situation, values)
    answers: dict[str, str | None] = {
        model.identifiers["condition", name]: found[name] for name in program.conditions
    }
    for name, benefit in program.benefits.items():
        row = plain.verdict_row(program, name, found)
        answers[model.identifiers["benefit", name]] = None if row is None else benefit.rows[row].verdict
    return answers


def answers_to_event(
    program: Program, model: Model, event: Situation, values: Mapping[str, int]
) -> dict[str, str | bool]:
    """What the plain evaluator finds of an event and what it does to the latches, in the names of the export."""
    found = plain.event_findings(program, event, values)
    answers: dict[str, str | bool] = {
        model.identifiers["event_condition", name]: finding for name, finding in found.items()
    }
    for name, (sets, clears) in plain.latch_moves(program, event, values).items():
        answers[model.identifiers["sets", name]] = sets
        answers[model.identifiers["clears", name]] = clears
    return answers


def _neighbours(space: Space, number: int) -> Iterator[int]:
    step = space.size
    for length, place in zip(space.shape, space.places(number), strict=True):
        step //= length
        yield from (number + (other - place) * step for other in range(length) if other != place)


def _whole(program: Program, asked: Situation) -> Situation:
    return _first_of(program.facts) | dict.fromkeys(program.latches, False) | asked


def _first_of(facts: Mapping[str, Fact]) -> Situation:
    firsts: dict[str, Scalar] = {"yes_no": False, "count": 0}
    return {
        name: None
        if fact.may_be_unknown
        else firsts.get(fact.kind, fact.choices[0] if fact.choices else None)
        for name, fact in facts.items()
    }

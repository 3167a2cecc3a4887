"""Program → faults: a programme is gone through case by case before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from rules import proof_words as words
from rules.combinations import Space, axes_of, dated_values, whole_axis
from rules.order import reached
from rules.program import Condition, Program, names_in
from rules.proof_effort import EFFORT, Effort, benefit_effort
from rules.proof_gaps import gaps
from rules.proof_latches import latch_faults
from rules.proof_turns import first_turn
from rules.proof_words import ProofFault
from rules.truths import Rows, benefit_rows

__all__ = ["LIMIT", "ProofFault", "prove"]

LIMIT = 10_000_000  # combinations of one benefit or latch, over all of its dated values
_LISTED = 20_000  # gaps of one benefit that are listed one by one


def prove(program: Program, listed: int | None = None) -> tuple[ProofFault, ...]:
    """Every fault of a programme, each with one concrete example; none: the programme may be used.

    After `listed` gaps of a benefit one fault says that there are more.
    """
    effort, most = Effort(EFFORT), _LISTED if listed is None else listed
    found = [fault for latch in program.latches for fault in latch_faults(program, latch, LIMIT, effort)]
    found += [f for benefit in program.benefits for f in _benefit_faults(program, benefit, effort, most)]
    return (*found, *_unused(program))


def asked_conditions(program: Program, benefit: str) -> dict[str, Condition]:
    """The conditions a benefit's rows ask or count over, and all that these name."""
    scopes = [s for row in program.benefits[benefit].rows if row.when for _, s in row.when.items()]
    named = {name for scope in scopes if isinstance(scope, tuple) for name in scope}
    counts = any(isinstance(scope, str) for scope in scopes)
    asked = tuple(n for n in program.conditions_asked(benefit) if counts or n in named)
    return {name: program.conditions[name] for name in reached(program.conditions, asked)}


def spaces_of(program: Program, benefit: str) -> tuple[tuple[dict[str, int], Space], ...]:
    """For every change of values: the values, and the combinations of a benefit's facts and latches.

    Values that leave every threshold in its order are not tried again: they answer every combination alike.
    """
    conditions = asked_conditions(program, benefit).values()
    latches = tuple(whole_axis(name, (False, True)) for name in program.latches_asked(benefit))
    found: dict[tuple[object, ...], tuple[dict[str, int], Space]] = {}
    for values in dated_values(program, conditions):
        space = Space((*axes_of(program.facts, conditions, values), *latches))
        found.setdefault(space.order, (values, space))
    return tuple(found.values())


def _benefit_faults(program: Program, benefit: str, effort: Effort, listed: int) -> Iterator[ProofFault]:
    spaces = spaces_of(program, benefit)
    number = sum(space.size for _, space in spaces)
    where, title = f"benefits.{benefit}", program.benefits[benefit].title
    if number > LIMIT:
        yield words.not_exhausted(where, title, number, LIMIT)
        return
    conditions = asked_conditions(program, benefit)
    if not effort.allows(benefit_effort(program, benefit, conditions, [space for _, space in spaces])):
        yield words.too_much(where, title, number, len(conditions))
        return
    answered = [
        (space, benefit_rows(program, benefit, space, conditions, values)) for values, space in spaces
    ]
    yield from gaps(program, benefit, answered, listed)
    yield from _unreachable(program, benefit, answered)
    yield from _not_monotone(program, benefit, answered)


Answered = list[tuple[Space, Rows]]


def _unreachable(program: Program, benefit: str, answered: Answered) -> Iterator[ProofFault]:
    for row in range(len(program.benefits[benefit].rows)):
        if any((rows.first == row).any() for _, rows in answered):
            continue
        met = next(((space, rows) for space, rows in answered if rows.met[row] >= 0), None)
        if met is None:
            yield words.unreachable(program, benefit, row, None, {})
        else:
            number = met[1].met[row]
            taken_by = int(met[1].first[number])
            yield words.unreachable(program, benefit, row, taken_by, met[0].example(number))


def _not_monotone(program: Program, benefit: str, answered: Answered) -> Iterator[ProofFault]:
    for fact in (f for f in program.facts.values() if f.more_is is not None):
        for space, rows in answered:
            fault = _turned(program, benefit, fact.name, space, rows) if fact.name in space.position else None
            if fault is not None:
                yield fault
                break


def _turned(program: Program, benefit: str, fact: str, space: Space, rows: Rows) -> ProofFault | None:
    """The first pair of counts, next to one another but for gaps, whose worse one has the better verdict."""
    axis = space.position[fact]
    verdicts = [row.verdict for row in program.benefits[benefit].rows]
    below = prod(space.shape[axis + 1 :])
    known = len(space.axes[axis].spans)  # unknown, the last value, is not compared
    rank = np.array([*(program.better.index(v) for v in verdicts), -1], dtype=np.int16)
    worse_when_more = program.facts[fact].more_is == "worse"
    ranks = rank[rows.first].reshape(-1, space.shape[axis], below)[:, :known]
    found = first_turn(ranks, rising=worse_when_more)
    if found is None:
        return None
    above, counts, rest = found
    numbers = [(above * space.shape[axis] + place) * below + rest for place in counts]
    sides = [(space.example(n), verdicts[rows.first[n]]) for n in numbers]
    better, worse = sides if worse_when_more else reversed(sides)
    return words.not_monotone(program, benefit, fact, worse, better)


def _unused(program: Program) -> Iterator[ProofFault]:
    used = {name for benefit in program.benefits for name in asked_conditions(program, benefit)}
    used |= {name for condition in program.conditions.values() for name in names_in(condition.test)}
    of_events = {
        name
        for latch in program.latches.values()
        for gate in (latch.set_when, latch.clear_when)
        for name in gate.conditions
    }
    of_events |= {name for c in program.event_conditions.values() for name in names_in(c.test)}
    yield from (words.unused("event_conditions", n) for n in program.event_conditions if n not in of_events)
    yield from (words.unused("conditions", name) for name in program.conditions if name not in used)

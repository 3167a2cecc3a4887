"""The proof of latches: some event can set each, some event can clear it, and no event does both."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rules import proof_words as words
from rules.combinations import Bits, Space, Stretch, axes_of, dated_values
from rules.order import reached
from rules.possible_events import is_running_figure, possible_event
from rules.program import Condition, Program, Scalar
from rules.proof_words import ProofFault
from rules.truths import condition_truths, gate_opens

Example = dict[str, Scalar]


def latch_faults(program: Program, latch: str, limit: int) -> Iterator[ProofFault]:
    """The faults of one latch over every event that can be, on every day on which values change."""
    conditions = _asked(program, latch)
    dated = dated_values(program, conditions.values())
    spaces = [(values, Space(axes_of(program.events, conditions.values(), values))) for values in dated]
    number = sum(space.size for _, space in spaces)
    if number > limit:
        yield words.not_exhausted(f"latches.{latch}", program.latches[latch].text, number, limit)
        return
    sets, clears, both = None, None, None
    for values, space in spaces:
        events = PossibleEvents(program, space)
        for stretch in space.stretches():
            truths = condition_truths(conditions, stretch, values)
            set_when = gate_opens(program.latches[latch].set_when, truths)
            clear_when = gate_opens(program.latches[latch].clear_when, truths)
            sets = sets or events.first(stretch, set_when)
            clears = clears or events.first(stretch, clear_when)
            both = both or events.first(stretch, set_when & clear_when)
    if not sets:
        yield words.latch_fault(program, "never_set", latch, {})
    if not clears:
        yield words.latch_fault(program, "never_cleared", latch, {})
    if both:
        yield words.latch_fault(program, "set_and_cleared", latch, both)


def _asked(program: Program, latch: str) -> dict[str, Condition]:
    gates = (program.latches[latch].set_when, program.latches[latch].clear_when)
    names = tuple(name for gate in gates for name in gate.conditions)
    return {name: program.event_conditions[name] for name in reached(program.event_conditions, names)}


class PossibleEvents:
    """The combinations of a space of event facts that one event can carry."""

    def __init__(self, program: Program, space: Space) -> None:
        self._space = space
        self._bound = [i for i, a in enumerate(space.axes) if is_running_figure(program.events[a.name])]
        self._known: dict[tuple[int, ...], Example | None] = {}

    def first(self, stretch: Stretch, bits: Bits) -> Example | None:
        """The first possible event among these combinations."""
        numbers = stretch.numbers(bits & stretch.every)
        if not self._bound or not len(numbers):
            return self._space.example(int(numbers[0])) if len(numbers) else None
        places = np.array([self._space.places_on(axis, numbers) for axis in self._bound])
        _, firsts = np.unique(places, axis=1, return_index=True)
        for at in sorted(firsts):
            figures = self._figures(tuple(int(i) for i in places[:, at]))
            if figures is not None:
                return self._space.example(int(numbers[at])) | figures
        return None

    def _figures(self, places: tuple[int, ...]) -> Example | None:
        """Running figures of a real event in these places of the bound axes."""
        if places not in self._known:
            axes = [self._space.axes[i] for i in self._bound]
            chosen = list(zip(axes, places, strict=True))
            spans = {axis.name: axis.spans[place] for axis, place in chosen if axis.spans}
            conclusion = next((str(axis.values[place]) for axis, place in chosen if not axis.spans), None)
            event = possible_event(conclusion, spans)
            self._known[places] = {a.name: getattr(event, a.name) for a in axes} if event else None
        return self._known[places]

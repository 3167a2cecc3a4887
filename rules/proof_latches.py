"""The proof of latches: some event can set each, some event can clear it, and no event does both."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rules import proof_words as words
from rules.combinations import Bits, Space, Stretch, axes_of, dated_values
from rules.order import reached
from rules.possible_events import is_running_figure, possible_event
from rules.program import Condition, Program, Scalar
from rules.proof_effort import Effort, tests_effort
from rules.proof_words import ProofFault
from rules.truths import condition_truths, gate_opens

Example = dict[str, Scalar]
_ONE_EVENT = 15  # effort of finding out whether one event can be


def latch_faults(program: Program, latch: str, limit: int, effort: Effort) -> Iterator[ProofFault]:
    """The faults of one latch over every event that can be, on every day on which values change."""
    conditions = _asked(program, latch)
    dated = dated_values(program, conditions.values())
    spaces = [(values, Space(axes_of(program.events, conditions.values(), values))) for values in dated]
    number = sum(space.size for _, space in spaces)
    where, title = f"latches.{latch}", program.latches[latch].text
    if number > limit:
        yield words.not_exhausted(where, title, number, limit)
        return
    stretches = sum(space.stretch_count for _, space in spaces)
    if not effort.allows((200 + tests_effort(conditions.values())) * stretches + number // 20):
        yield words.too_much(where, title, number, len(conditions))
        return
    yield from _found(program, latch, conditions, spaces, effort)


def _found(
    program: Program,
    latch: str,
    conditions: dict[str, Condition],
    spaces: list[tuple[dict[str, int], Space]],
    effort: Effort,
) -> Iterator[ProofFault]:
    sets, clears, both = None, None, None
    own = Effort(effort.left // 2)  # one latch leaves something for what comes after it
    effort.left -= own.left
    looked_at = 0
    try:
        for values, space in spaces:
            events = PossibleEvents(program, space, own)
            for stretch in space.stretches():
                truths = condition_truths(conditions, stretch, values)
                set_when = gate_opens(program.latches[latch].set_when, truths)
                clear_when = gate_opens(program.latches[latch].clear_when, truths)
                sets = sets or events.first(stretch, set_when)
                clears = clears or events.first(stretch, clear_when)
                both = both or events.first(stretch, set_when & clear_when)
            looked_at += events.looked_at
    except TooMuch:
        looked_at += events.looked_at
        yield words.events_left_out(f"latches.{latch}", program.latches[latch].text, looked_at)
        return
    finally:
        effort.left += own.left
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


class TooMuch(Exception):
    """The effort of the programme is spent."""


class PossibleEvents:
    """The combinations of a space of event facts that one event can carry."""

    def __init__(self, program: Program, space: Space, effort: Effort) -> None:
        self._space, self._effort = space, effort
        self._bound = [i for i, a in enumerate(space.axes) if is_running_figure(program.events[a.name])]
        self._known: dict[int, Example | None] = {}

    @property
    def looked_at(self) -> int:
        """How many kinds of running figures were looked at."""
        return len(self._known)

    def first(self, stretch: Stretch, bits: Bits) -> Example | None:
        """The first possible event among these combinations. Raises TooMuch."""
        numbers = stretch.numbers(bits & stretch.every)
        if not self._bound or not len(numbers):
            return self._space.example(int(numbers[0])) if len(numbers) else None
        kind = np.zeros(len(numbers), dtype=np.int64)
        for axis in self._bound:
            kind = kind * self._space.shape[axis] + self._space.places_on(axis, numbers)
        kinds, firsts = np.unique(kind, return_index=True)
        for at in np.argsort(firsts, kind="stable"):
            figures = self._figures(int(kinds[at]))
            if figures is not None:
                return self._space.example(int(numbers[firsts[at]])) | figures
        return None

    def _figures(self, kind: int) -> Example | None:
        """Running figures of a real event in these places of the bound axes."""
        if kind not in self._known:
            if not self._effort.allows(_ONE_EVENT):
                raise TooMuch
            axes = [self._space.axes[i] for i in self._bound]
            chosen = list(zip(axes, Space(tuple(axes)).places(kind), strict=True))
            spans = {axis.name: axis.spans[place] for axis, place in chosen if axis.spans}
            conclusion = next((str(axis.values[place]) for axis, place in chosen if not axis.spans), None)
            event = possible_event(conclusion, spans)
            self._known[kind] = {a.name: getattr(event, a.name) for a in axes} if event else None
        return self._known[kind]

"""How a standing that is so came to be: which way it was met, with what figures, and the inspections that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from rules import plain
from rules.facts import WINDOW, WINDOW_FACTS, Standing, events_asked, latch_moves
from rules.history import Events, Ints, Samples
from rules.program import Program, Scalar, Words, comparisons, names_in
from rules.slip import Met, day_of, zh_day

_FIGURES: Mapping[str, Words] = {  # in the order in which they are said
    "consecutive_failures": Words("连续{n}次不合格", "{n} failures in a row"),
    "consecutive_passes": Words("连续{n}次合格", "{n} passes in a row"),
    "inspections_in_window": Words("检验{n}次", "{n} inspections"),
    "failures_in_window": Words("{n}次不合格", "{n} failures"),
    "failure_percent_in_window": Words("不合格占{n}%", "{n}% of the inspections failed"),
}


def met(
    standing: Standing, samples: Samples, program: Program, values: Mapping[str, int], latch: str, good: int
) -> Met | None:
    """What the last event that set a latch of a good found; None where the latch is not on.

    `good` is the good's place in `standing`; `values` are the parameters in force.
    """
    sets, clears = latch_moves(standing, program, values)[latch]
    events = standing.events
    own = events.good == good
    at = _last(sets & own)
    if at <= _last(clears & own):
        return None
    row = events_asked(standing, program, values).row(at, program.events)
    found = plain.event_findings(program, row, values)
    ways = [name for name in program.latches[latch].set_when.conditions if found[name] == "holds"]
    told: dict[tuple[int, ...], list[Words]] = {}  # ways that count the same inspections name them once
    for asked in dict.fromkeys(_facts_asked(program, way) for way in ways):
        counted = tuple(_rests_on(standing, values, asked, at).tolist())
        told.setdefault(counted, []).append(_figures(asked, row, values))
    parts = [_with_days(figures, samples.sampled[list(counted)]) for counted, figures in told.items()]
    words = Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
    return Met(words, tuple(sorted({row for counted in told for row in counted})))


def _last(marked: np.ndarray) -> int:
    at = np.flatnonzero(marked)
    return int(at[-1]) if at.size else -1


def _facts_asked(program: Program, name: str) -> frozenset[str]:
    test = program.event_conditions[name].test
    inner = (fact for other in names_in(test) for fact in _facts_asked(program, other))
    return frozenset((*(c.fact for c in comparisons(test)), *inner))


def _rests_on(standing: Standing, values: Mapping[str, int], asked: Iterable[str], at: int) -> Ints:
    """The rows in Samples of the events that a way's figures count; the event itself is always one."""
    events, counted = standing.events, {at}
    for fact in asked:
        counted.update(_counted(events, values, fact, at))
    return events.sample[sorted(counted)]


def _counted(events: Events, values: Mapping[str, int], fact: str, at: int) -> Iterable[int]:
    if fact == "consecutive_failures":
        return range(at + 1 - int(events.consecutive_failures[at]), at + 1)
    if fact == "consecutive_passes":
        return range(at + 1 - int(events.consecutive_passes[at]), at + 1)
    if fact in WINDOW_FACTS:
        within = range(at + 1 - int(events.in_window(values[WINDOW])[0][at]), at + 1)
        return within if fact == "inspections_in_window" else [one for one in within if events.failed[one]]
    return ()


def _figures(asked: frozenset[str], row: Mapping[str, Scalar], values: Mapping[str, int]) -> Words:
    """The figures of one way that was met, those within the window after its length."""

    def said(facts: frozenset[str]) -> Words:
        some = [(words, row[fact]) for fact, words in _FIGURES.items() if fact in facts]
        return Words(
            "，".join(w.zh.format(n=n) for w, n in some), ", ".join(w.en.format(n=n) for w, n in some)
        )

    plainly, within = said(asked - WINDOW_FACTS), said(asked & WINDOW_FACTS)
    zh, en = [plainly.zh] if plainly.zh else [], [plainly.en] if plainly.en else []
    if within.zh:
        zh.append(f"统计期{values[WINDOW]}天内{within.zh}")
        en.append(f"within the window of {values[WINDOW]} days {within.en}")
    return Words("，".join(zh) or "当次检验", ", ".join(en) or "that inspection")


def _with_days(figures: Sequence[Words], sampled: Ints) -> Words:
    days = [day_of(day) for day in sampled.tolist()]
    return Words(
        f"{'，'.join(one.zh for one in figures)}（{'、'.join(zh_day(day) for day in days)}抽样）",
        f"{', '.join(one.en for one in figures)} (sampled on {', '.join(day.isoformat() for day in days)})",
    )

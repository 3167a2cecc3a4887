"""Random goods with inspections, as the plain reference has them and as the core's arrays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from bench.plain import Good, Inspection
from office.days import day_number
from rules.deciding import Judged, judge
from rules.facts import Goods, as_asked, facts_of, standing_of
from rules.history import FAIL, NOT_COUNTED, PASS, Samples
from rules.program import Program
from rules.table import FactTable

FIRST = date(2019, 1, 1)
NUMBERS = {"pass": PASS, "fail": FAIL, "pending": NOT_COUNTED, "not_applicable": NOT_COUNTED}
FAR = 10**6
days = st.integers(0, 900).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def inspections(draw: st.DrawFn) -> tuple[Inspection, ...]:
    """Up to nine samples, several a day at times, with late results and re-inspections."""
    found: list[Inspection] = []
    step = draw(st.sampled_from([1, 20, 120]))
    for number in range(draw(st.integers(0, 9))):
        sampled = FIRST + timedelta(days=draw(st.integers(0, 900 // step)) * step)
        conclusion = draw(st.sampled_from(["pass", "fail", "fail", "pending", "not_applicable"]))
        own = Inspection(
            f"S{draw(st.integers(0, 9))}-{number}",
            sampled,
            sampled + timedelta(days=draw(st.integers(0, 40))),
            conclusion,
        )
        found.append(own)
        for again in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
            result = own.result + timedelta(days=draw(st.integers(0, 30)))
            word = draw(st.sampled_from(["pass", "fail"]))
            found.append(Inspection(f"{own.sample_no}R{again}", result, result, word, own.sample_no))
    return tuple(found)


@st.composite
def goods(draw: st.DrawFn) -> Good:
    """A good whose household may come late or leave."""
    left = draw(st.none() | days)
    return Good(
        draw(st.booleans()),
        draw(st.sampled_from([True, False, None])),
        draw(st.sampled_from([FIRST, FIRST + timedelta(days=500)])),
        left,
        draw(inspections()),
    )


def arrays(some: list[Good], day: date) -> tuple[Goods, Samples]:
    """The same goods as the core takes them, all asked on one day."""

    def column(values: list[int]) -> np.ndarray:
        return np.array(values, dtype=np.int64)

    table = Goods(
        column([day_number(day)] * len(some)),
        column([int(g.standardised) for g in some]),
        column([0] * len(some)),
        column([-1 if g.fit is None else int(g.fit) for g in some]),
        column([day_number(g.poor_from) for g in some]),
        column([FAR if g.poor_until is None else day_number(g.poor_until) for g in some]),
    )
    own = sorted(
        ((at, i) for at, g in enumerate(some) for i in g.inspections if i.original is None),
        key=lambda pair: (pair[0], pair[1].sampled, pair[1].sample_no),
    )
    row = {(at, i.sample_no): n for n, (at, i) in enumerate(own)}
    again = sorted(
        ((at, i) for at, g in enumerate(some) for i in g.inspections if i.original is not None),
        key=lambda pair: (pair[1].result, pair[1].sample_no),
    )
    samples = Samples(
        column([at for at, _ in own]),
        column([day_number(i.sampled) for _, i in own]),
        column([day_number(i.result) for _, i in own]),
        column([NUMBERS[i.conclusion] for _, i in own]),
        column([row[at, i.original or ""] for at, i in again]),
        column([day_number(i.result) for _, i in again]),
        column([NUMBERS[i.conclusion] for _, i in again]),
    )
    return table, samples


def judged(program: Program, some: list[Good], day: date, values: dict[str, int]) -> tuple[FactTable, Judged]:
    """The facts and verdicts that the set-based core gives."""
    table = facts_of(standing_of(*arrays(some, day)), program, values)
    return table, judge(program, as_asked(program, table), values)


def verdicts(program: Program, some: list[Good], day: date, values: dict[str, int]) -> list[dict[str, str]]:
    """The core's verdicts, one mapping per good."""
    _, found = judged(program, some, day, values)
    return [{b: program.better[found.verdicts[b][at]] for b in program.benefits} for at in range(len(some))]


def with_one_more(good: Good, day: date, conclusion: str) -> Good:
    """The good with one further inspection on a day, after all others of that day."""
    more = Inspection("ZZ", day, day, conclusion)
    return replace(good, inspections=(*good.inspections, more))

"""From goods and their events to the facts that a programme may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rules.answerable import CannotAsk, must_have, must_match, renumbered
from rules.deciding import Judged, judge, judge_events
from rules.history import Bools, Events, Ints, Samples, events_known
from rules.program import Fact, Program, Words
from rules.table import UNKNOWN, FactTable

WINDOW = "failure_window_days"  # the parameter that the window's figures are counted with
SHIPMENT = "shipment"  # a subject of other programmes: rules/claim_facts.py answers it
NOT_GOODS: Mapping[str, Words] = {  # the other subjects (rules/subjects.py), and what they are called
    SHIPMENT: Words("物流申报", "claimed shipments"),
    "outlet_reward": Words("以奖代补申报", "claims for outlets"),
    "household_interest": Words("贫困户贴息申报", "interest claims of households"),
    "enterprise_interest": Words("企业贴息申报", "interest claims of enterprises"),
}
FAR = 200_000  # a day number beyond any calendar: the household has not left
SOURCES = ("grown", "produced", "acquired")
CONCLUSIONS = ("pass", "fail")

GOOD_FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("standardised", "yes_no", title=Words("是否标准化产品", "Standardised product")),
        Fact(
            "registered_poor_household", "yes_no", title=Words("建档立卡贫困户", "Registered poor household")
        ),
        Fact("source", "choice", SOURCES, title=Words("来源", "Source")),
        Fact(
            "fit_for_online_sale",
            "yes_no",
            may_be_unknown=True,
            title=Words("是否符合网销", "Fit for online sale"),
        ),
        Fact("inspections", "count", title=Words("计入的检验次数", "Inspections counted")),
        Fact(
            "last_conclusion",
            "choice",
            CONCLUSIONS,
            may_be_unknown=True,
            title=Words("最近一次结论", "Last conclusion"),
        ),
        Fact(
            "days_since_last_inspection",
            "count",
            may_be_unknown=True,
            title=Words("距最近一次检验天数", "Days since the last inspection"),
        ),
        Fact("consecutive_failures", "count", title=Words("连续不合格次数", "Failures in a row")),
        Fact("consecutive_passes", "count", title=Words("连续合格次数", "Passes in a row")),
    )
}
EVENT_FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("conclusion", "choice", CONCLUSIONS),
        Fact("consecutive_failures", "count"),
        Fact("consecutive_passes", "count"),
        Fact("inspections_in_window", "count"),
        Fact("failures_in_window", "count"),
        Fact("failure_percent_in_window", "count"),
    )
}
WINDOW_FACTS = frozenset(name for name in EVENT_FACTS if name.endswith("_in_window"))


class NotProved(ValueError):
    """With these values the programme does not answer as its proof promised for the dated ones."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True)
class Goods:
    """What the registers say of goods, one row per good and day asked."""

    on: Ints  # the day asked
    standardised: Ints
    source: Ints  # index in SOURCES
    fit_for_online_sale: Ints
    poor_from: Ints
    poor_until: Ints  # the day of leaving; a far day where the household has not left


@dataclass(frozen=True)
class Standing:
    """Goods and their events on the days asked: all that no parameter changes."""

    goods: Goods
    events: Events

    @cached_property
    def plain_facts(self) -> dict[str, Ints]:
        """Every fact of a good but the latches."""
        goods, events = self.goods, self.events
        some, last = events.last >= 0, events.last
        failed = events.failed.astype(np.int64)
        poor = (goods.poor_from <= goods.on) & (goods.on < goods.poor_until)
        return {
            "standardised": goods.standardised,
            "registered_poor_household": poor.astype(np.int64),
            "source": goods.source,
            "fit_for_online_sale": goods.fit_for_online_sale,
            "inspections": np.bincount(events.good, minlength=events.goods).astype(np.int64),
            "last_conclusion": _of_last(failed, last, some, UNKNOWN),
            "days_since_last_inspection": np.where(
                some, goods.on - _of_last(events.day, last, some, 0), UNKNOWN
            ),
            "consecutive_failures": _of_last(events.consecutive_failures, last, some, 0),
            "consecutive_passes": _of_last(events.consecutive_passes, last, some, 0),
        }

    @cached_property
    def plain_event_facts(self) -> dict[str, Ints]:
        """Every fact of an event but those counted within the window."""
        return {
            "conclusion": self.events.failed.astype(np.int64),
            "consecutive_failures": self.events.consecutive_failures,
            "consecutive_passes": self.events.consecutive_passes,
        }

    @cached_property
    def _windows(self) -> dict[int, dict[str, Ints]]:
        return {}

    def window_facts(self, days: int) -> dict[str, Ints]:
        """What is counted within a window of that many days; the last few windows are kept."""
        if days not in self._windows:
            while len(self._windows) > 3:
                del self._windows[next(iter(self._windows))]
            inspections, failures = self.events.in_window(days)
            self._windows[days] = {
                "inspections_in_window": inspections,
                "failures_in_window": failures,
                "failure_percent_in_window": 100 * failures // np.maximum(inspections, 1),
            }
        return self._windows[days]


def _of_last(figures: Ints, last: Ints, some: np.ndarray, otherwise: int) -> Ints:
    found = np.full(last.size, otherwise, dtype=np.int64)
    found[some] = figures[last[some]]
    return found


def standing_of(goods: Goods, samples: Samples) -> Standing:
    """The events of the goods as known on each row's day."""
    return Standing(goods, events_known(samples, goods.on.size, goods.on))


def facts_of(standing: Standing, program: Program, values: Mapping[str, int]) -> FactTable:
    """All facts of the goods under a programme, its latches too: one row per good.

    Choices are numbered as in GOOD_FACTS. Raises CannotAsk for what the registers cannot answer.
    """
    must_be_answerable(program)
    columns = dict(standing.plain_facts)
    if program.latches:
        for latch, (sets, clears) in latch_moves(standing, program, values).items():
            if (sets & clears).any():
                raise _both(program, latch, values)
            columns[latch] = standing.events.standing(sets, clears).astype(np.int64)
    return FactTable(columns, standing.goods.on.size)


def latch_moves(
    standing: Standing, program: Program, values: Mapping[str, int]
) -> dict[str, tuple[Bools, Bools]]:
    """For each latch, which of the goods' events set it and which clear it."""
    return judge_events(program, events_asked(standing, program, values), values)


def judge_goods(program: Program, facts: FactTable, values: Mapping[str, int]) -> Judged:
    """The answers about goods, from the facts that `facts_of` gives.

    Raises NotProved where a good meets no row of a benefit, which only what-if values can bring about.
    """
    return answered(program, judge(program, as_asked(program, facts), values), values)


def answered(program: Program, judged: Judged, values: Mapping[str, int]) -> Judged:
    """The answers as they are; NotProved where a row was met by no line of a benefit."""
    for benefit, rows in judged.rows.items():
        if (rows < 0).any():
            raise _unanswered(program, benefit, values)
    return judged


def _unanswered(program: Program, benefit: str, values: Mapping[str, int]) -> NotProved:
    title, shown = program.benefits[benefit].title, _shown(values)
    return NotProved(
        Words(
            f"按这些取值，“{title.zh}”有判不出结果的情形，没有作任何判定（{shown}）",
            f'with these values "{title.en}" leaves some without an answer; nothing is decided ({shown})',
        )
    )


def _both(program: Program, latch: str, values: Mapping[str, int]) -> NotProved:
    text, shown = program.latches[latch].text, _shown(values)
    return NotProved(
        Words(
            f"按这些取值，同一次检验会使“{text.zh}”既出现又解除，没有作任何判定（{shown}）",
            f'with these values one inspection both sets and clears "{text.en}"; nothing is decided ({shown})',
        )
    )


def _shown(values: Mapping[str, int]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def as_asked(program: Program, table: FactTable) -> FactTable:
    """The same rows with the programme's own facts and latches, choices numbered as it lists them."""
    columns = {
        name: renumbered(fact, GOOD_FACTS[name], table.columns[name]) for name, fact in program.facts.items()
    }
    return FactTable(columns | {name: table.columns[name] for name in program.latches}, table.size)


def events_asked(standing: Standing, program: Program, values: Mapping[str, int]) -> FactTable:
    """The facts of the goods' events that the programme asks, one row per event; choices numbered as it lists them."""
    known = dict(standing.plain_event_facts)
    if WINDOW_FACTS & program.events.keys():
        known |= standing.window_facts(values[WINDOW])
    columns = {
        name: renumbered(fact, EVENT_FACTS[name], known[name]) for name, fact in program.events.items()
    }
    return FactTable(columns, standing.events.good.size)


def parameters_of_facts(program: Program) -> tuple[str, ...]:
    """Parameters that the facts themselves are counted with."""
    return (WINDOW,) if WINDOW_FACTS & program.events.keys() else ()


def must_be_answerable(program: Program) -> None:
    """Refuse a programme that asks goods for what the registers do not hold, or as another type."""
    if (what := NOT_GOODS.get(program.subject)) is not None:
        raise CannotAsk(
            Words(
                f"规则 {program.program} 判定的是{what.zh}，不是农产品；它用于 decide 和 explain",
                f"{program.program} decides {what.en}, not goods; decide and explain use it",
            )
        )
    must_match("facts", program.facts, GOOD_FACTS)
    must_match("events", program.events, EVENT_FACTS)
    within = Words("规则使用统计期间内的次数", "the programme counts within a window")
    must_have(program, parameters_of_facts(program), within)

"""What the demonstration's office did about single goods: each story of a good carried on, step by step.

Between them they stand, on the working day, at every stage that a case can reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

CLERK, REVIEWER, HEAD = "demo-clerk", "demo-reviewer", "demo-head"


@dataclass(frozen=True)
class Step:
    """One act on a day. The fields are those of an act; what an act has not is left out."""

    kind: str
    on: date
    by: str
    reason: str | None = None
    override: bool = False
    effective_on: date | None = None
    delivered_on: date | None = None
    how: str | None = None
    to: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Case:
    """The acts about one benefit of the first good with a story of `data/seed/stories.py`."""

    stage: str
    good: str  # the story's name
    benefit: Literal["packaging", "logistics"]
    steps: tuple[Step, ...]


TO_THE_HEAD = "示例户主本人"
FAILING = "检验长期不合格，已按程序告知并听取陈述申辩"
# What is granted before the year's first record, because a case about it begins later.
FIRST_YEAR = date(2020, 6, 30)


def _notify(on: date, by: str = CLERK) -> Step:
    return Step("notify", on, by)


def _deliver(on: date, how: str = "in_person") -> Step:
    return Step("deliver", on, CLERK, delivered_on=on, how=how, to=TO_THE_HEAD)


def _heard(on: date, text: str | None) -> Step:
    return Step("hear", on, CLERK, text=text)


def _revoke(on: date, effective_on: date, by: str = HEAD) -> Step:
    return Step("revoke", on, by, reason=FAILING, effective_on=effective_on)


def _decision_delivered(on: date) -> Step:
    return Step("deliver_decision", on, CLERK, delivered_on=on, how="in_person", to=TO_THE_HEAD)


def _recover(on: date) -> Step:
    return Step("recover", on, CLERK)


def _decided(*, recover: bool) -> tuple[Step, ...]:
    """The whole path of spring 2021, decided and in force from 24 May."""
    path = (
        _notify(date(2021, 5, 6)),
        _deliver(date(2021, 5, 7)),
        _heard(date(2021, 5, 12), "户主说明：去年雨水多，晾晒不及时，今年已换场地，请求保留。"),
        _revoke(date(2021, 5, 17), date(2021, 5, 24)),
        _decision_delivered(date(2021, 5, 18)),
    )
    return (*path, _recover(date(2021, 5, 24))) if recover else path


def _long_ago(*, recover: bool) -> tuple[Step, ...]:
    """The whole path of January 2021; the good has passed twice since."""
    path = (
        _notify(date(2021, 1, 6)),
        _deliver(date(2021, 1, 8), "left"),
        _heard(date(2021, 1, 18), None),
        _revoke(date(2021, 1, 20), date(2021, 1, 25), REVIEWER),
        _decision_delivered(date(2021, 1, 21)),
    )
    return (*path, _recover(date(2021, 1, 25))) if recover else path


def _came_back(*, recover: bool) -> tuple[Step, ...]:
    """Taken away in spring, given back in summer."""
    path = (
        _notify(date(2021, 2, 2)),
        _deliver(date(2021, 2, 3)),
        _heard(date(2021, 2, 8), "户主口头说明：没有意见，会改进。"),
        _revoke(date(2021, 2, 22), date(2021, 3, 1)),
        _decision_delivered(date(2021, 2, 23)),
    )
    back = Step("reinstate", date(2021, 6, 7), REVIEWER, effective_on=date(2021, 6, 15))
    return (*path, _recover(date(2021, 3, 1)), back) if recover else (*path, back)


THREE_IN_A_ROW = "revoked: three failures in a row"
FAILED_OFTEN = "revoked: failed often"
ONE_SHORT = "revoked: one pass short of coming back"
READMITTED, RELAPSED = "readmitted", "relapsed"
PASSING_NOW, FAILING_NOW = "one failure away, passing now", "one failure away, failing now"
WRONGLY_FAILED = "wrongly entered as failed"

CASES: tuple[Case, ...] = (
    Case("notified, not delivered", FAILED_OFTEN, "packaging", (_notify(date(2021, 9, 30)),)),
    Case(
        "delivered, waiting for the period to end",
        THREE_IN_A_ROW,
        "logistics",
        (_notify(date(2021, 9, 24)), _deliver(date(2021, 9, 27))),
    ),
    Case(
        "period over, not heard",
        THREE_IN_A_ROW,
        "packaging",
        (_notify(date(2021, 9, 1)), _deliver(date(2021, 9, 3), "post")),
    ),
    Case(
        "heard, waiting for the second person",
        FAILING_NOW,
        "logistics",
        (
            _notify(date(2021, 8, 9)),
            _deliver(date(2021, 8, 11)),
            _heard(date(2021, 8, 17), "户主书面说明：已请农技员看过，愿意再送检一次。"),
        ),
    ),
    Case(
        "halted by a new passing result",
        PASSING_NOW,
        "logistics",
        (_notify(date(2021, 8, 10)), _deliver(date(2021, 8, 12))),
    ),
    Case(
        "stopped",
        PASSING_NOW,
        "packaging",
        (
            _notify(date(2021, 8, 10)),
            _deliver(date(2021, 8, 12)),
            Step("stop", date(2021, 9, 2), REVIEWER, reason="告知后新的检验合格，不再符合处理条件"),
        ),
    ),
    Case(
        "halted by a correction",
        WRONGLY_FAILED,
        "logistics",
        (_notify(date(2021, 9, 2)), _deliver(date(2021, 9, 3))),
    ),
    Case("decided, partly handed back", ONE_SHORT, "packaging", _decided(recover=True)),
    Case("decided", ONE_SHORT, "logistics", _decided(recover=False)),
    Case("decided long ago, eligible again", READMITTED, "packaging", _long_ago(recover=True)),
    Case(
        "reinstated",
        READMITTED,
        "logistics",
        (
            *_long_ago(recover=False),
            Step("reinstate", date(2021, 9, 6), REVIEWER, effective_on=date(2021, 9, 13)),
        ),
    ),
    Case("came back, failing again", RELAPSED, "packaging", _came_back(recover=True)),
    Case(
        "came back, heard a second time",
        RELAPSED,
        "logistics",
        (
            *_came_back(recover=False),
            _notify(date(2021, 9, 8)),
            _deliver(date(2021, 9, 9), "electronic"),
            _heard(date(2021, 9, 14), "户主口头说明：八月高温，储存条件差。"),
        ),
    ),
)

# Single acts beside the cases: withheld, and the office against the rules either way.
ALONE: tuple[Case, ...] = (
    Case(
        "granted against the rules",
        "fitness unknown",
        "packaging",
        (
            Step(
                "grant",
                date(2021, 7, 7),
                REVIEWER,
                reason="现场看过样品，适合网销；登记簿待该户补填后更正",
                override=True,
            ),
        ),
    ),
    Case(
        "withheld against the rules",
        "household registered later",
        "packaging",
        (
            Step(
                "withhold",
                date(2021, 6, 28),
                HEAD,
                reason="走访核实：今年产量只够自用，该户表示暂不需要",
                override=True,
            ),
        ),
    ),
    Case(
        "withheld",
        "not fit for online sale",
        "packaging",
        (Step("withhold", date(2020, 7, 2), REVIEWER),),
    ),
    Case(
        "withheld",
        "revoked: three in a row, over more than the window",
        "logistics",
        (Step("withhold", date(2020, 7, 2), REVIEWER),),
    ),
)

"""The demonstration's cases: for each thing that can happen to a good, some goods to which it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Retest:
    """A re-inspection: its result so many days after the original's, and what it concluded."""

    after: int
    conclusion: Literal["pass", "fail"]


@dataclass(frozen=True)
class Visit:
    """One sample, so many days before the working day."""

    ago: int
    conclusion: Literal["pass", "fail", "pending", "not_applicable"]
    result_after: int = 3
    rapid: bool = False
    mistyped: Literal["pass", "fail"] | None = None
    retests: tuple[Retest, ...] = ()


@dataclass(frozen=True)
class Story:
    """What happened to a good at the end; before it, ordinary visits that passed."""

    name: str
    goods: int  # how many among 2,000 households; at least one in any demonstration
    visits: tuple[Visit, ...] = ()
    category: str | None = None  # the product must be of this category
    fit: int | None = 1
    fit_found: date | None = None  # a blank fitness is filled in on this day
    visited_before: bool = True
    since: date | None = None  # the good's 登记日期
    household_since: date | None = None  # 建档日期
    left: date | None = None  # 退出日期
    left_known: date | None = None  # the day on which the leaving is entered

    @property
    def quiet_before(self) -> int:
        """Ordinary visits end so many days before the working day."""
        return max((visit.ago for visit in self.visits), default=0) + 85


def _fail(ago: int, *retests: Retest, result_after: int = 3) -> Visit:
    return Visit(ago, "fail", result_after=result_after, retests=retests)


def _pass(ago: int) -> Visit:
    return Visit(ago, "pass")


STORIES: tuple[Story, ...] = (
    Story("revoked: three failures in a row", 4, (_fail(260), _fail(150), _fail(40))),
    Story("revoked: three in a row, over more than the window", 1, (_fail(520), _fail(310), _fail(95))),
    Story("revoked: failed often", 4, (_fail(300), _pass(240), _fail(170), _pass(120), _fail(30))),
    Story("revoked: one pass short of coming back", 1, (_fail(330), _fail(250), _fail(180), _pass(50))),
    Story("readmitted", 2, (_fail(420), _fail(350), _fail(280), _pass(160), _pass(60))),
    Story(
        "relapsed",
        2,
        (_fail(400), _fail(330), _fail(270), _pass(200), _pass(130), _fail(40)),
    ),
    Story("one failure away, failing now", 3, (_fail(140), _fail(45))),
    Story("one failure away, passing now", 3, (_fail(200), _fail(150), _pass(60))),
    Story("failed lately", 14, (_fail(25),)),
    Story("about to lapse", 24, (_pass(169),)),
    Story("lapsed", 55, (_pass(236),)),
    Story("never inspected", 20, visited_before=False, since=date(2021, 8, 12)),
    Story("fitness unknown", 26, (_pass(70),), fit=None),
    Story("fitness found out", 6, (_pass(70),), fit_found=date(2021, 7, 14)),
    Story("not fit for online sale", 50, (_pass(80),), fit=0),
    Story("grey zone", 4, (_pass(110), Visit(18, "pending", 0, rapid=True)), "vegetable"),
    Story(
        "grey zone settled",
        2,
        (_pass(150), Visit(62, "pending", 0, rapid=True, retests=(Retest(9, "pass"),))),
        "vegetable",
    ),
    Story(
        "rapid test does not apply",
        4,
        (_pass(95), Visit(24, "not_applicable", 0, rapid=True)),
        "dried_fruit",
    ),
    Story("overturned", 3, (_pass(140), _fail(52, Retest(7, "pass")))),
    Story("confirmed", 3, (_pass(140), _fail(52, Retest(7, "fail")))),
    Story(
        "tested three times",
        1,
        (_pass(150), _fail(66, Retest(6, "pass"), Retest(13, "fail"))),
    ),
    Story("wrongly entered as failed", 2, (_pass(150), Visit(40, "pass", mistyped="fail"))),
    Story("wrongly entered as passed", 1, (_pass(150), Visit(40, "fail", mistyped="pass"))),
    Story("several samples one day", 3, (_pass(130), _fail(35), _pass(35), _pass(35))),
    Story("late result", 3, (_fail(112, result_after=76), _pass(70))),
    Story("household left", 40, left=date(2020, 12, 31), left_known=date(2020, 12, 24)),
    Story("household leaves soon", 6, left=date(2021, 12, 31), left_known=date(2021, 9, 15)),
    Story(
        "household registered later",
        6,
        (_pass(330), _pass(210), _pass(90)),
        visited_before=False,
        since=date(2021, 4, 12),
        household_since=date(2021, 4, 12),
    ),
    Story(
        "good registered later",
        8,
        (_pass(260), _pass(150), _pass(50)),
        visited_before=False,
        since=date(2021, 6, 8),
    ),
)


def cast(households: int) -> list[Story]:
    """The stories to play among so many households: each at least once, then in proportion.

    Among fewer households than stories only the first stories are played.
    """
    told = [s for s in STORIES for _ in range(max(1, round(s.goods * households / 2000)))]
    return told if len(told) <= households else list(STORIES[:households])

"""What may be moved in a what-if: each lever by its name, with its unit and the range that makes sense to try.

A range is no rule: it only says how far a slider goes. What a lever stands at before anybody moves it comes from the data
(office/targets/lever_defaults.py). Which levers a target has stands with the target (rules/targets.toml, `levers`); a lever
that several targets name moves them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rules.program import Words
from rules.projecting import rounded

Part = Literal["growth", "pace", "places", "attendance", "in_progress", "chance", "duration"]
PERCENT = Words("%", "%")


@dataclass(frozen=True)
class Lever:
    """One slider. `low`, `high` and every value are whole steps of 10^−decimals of the unit.

    `part` is what it does: sets the growth of a flow, the pace of a stock, or one factor of a pace
    (places × attendance; certificates in progress × chance, after their usual duration).
    """

    name: str
    title: Words
    unit: Words
    low: int
    high: int
    part: Part
    decimals: int = 0

    @property
    def scale(self) -> int:
        """Steps in one unit."""
        return int(10**self.decimals)

    def amount(self, step: int) -> Fraction:
        """A step as a number of the unit."""
        return Fraction(step, self.scale)

    def step(self, amount: Fraction) -> int:
        """The step nearest to an amount, within the range."""
        return max(self.low, min(self.high, rounded(amount * self.scale)))

    def shown(self, step: int) -> str:
        """A step as it is read: 2.5, 12."""
        sign, whole = ("-" if step < 0 else ""), str(abs(step)).rjust(self.decimals + 1, "0")
        return sign + (f"{whole[: -self.decimals]}.{whole[-self.decimals :]}" if self.decimals else whole)


def _growth(name: str, zh: str, en: str) -> Lever:
    return Lever(name, Words(zh, en), PERCENT, -50, 100, "growth")


def _pace(name: str, zh: str, en: str, unit: Words, high: int) -> Lever:
    """A tenth of a unit per month is a step: one village in ten months."""
    return Lever(name, Words(zh, en), unit, 0, high * 10, "pace", 1)


VILLAGES, STATIONS = Words("村/月", "villages a month"), Words("个/月", "a month")
PEOPLE = Words("人/月", "people a month")

LEVERS: Mapping[str, Lever] = {
    lever.name: lever
    for lever in (
        _growth("sales_growth", "网销额比上年同月增长", "Online sales against the same month last year"),
        _growth(
            "station_growth",
            "站点交易额比上年同月增长",
            "Station transactions against the same month last year",
        ),
        _pace("stations_per_month", "每月新开服务站点", "New stations", STATIONS, 20),
        _pace("broadband_villages_per_month", "每月新通宽带的村", "Villages newly connected", VILLAGES, 20),
        _pace(
            "villages_using_per_month", "每月新用电商的村", "Villages newly using e-commerce", VILLAGES, 20
        ),
        _pace("outlets_per_month", "每月新设物流网点", "New delivery outlets", STATIONS, 20),
        _pace(
            "villages_served_per_month",
            "每月新增物流服务村",
            "Villages newly served by logistics",
            VILLAGES,
            20,
        ),
        _pace("leaders_per_month", "每月新认定带头人", "New e-commerce leaders", PEOPLE, 20),
        _pace(
            "staff_trained_per_month",
            "每月新培训管理和从业人员",
            "Managers and practitioners newly trained",
            PEOPLE,
            50,
        ),
        _pace(
            "townships_per_month",
            "每月建成示范村的乡镇",
            "Townships with a demonstration village",
            STATIONS,
            3,
        ),
        _pace(
            "subscriptions_per_month",
            "每月新增固定宽带用户",
            "New broadband subscriptions",
            Words("户/月", "a month"),
            500,
        ),
        _pace(
            "goods_inspected_per_month",
            "每月净增有效期内受检产品",
            "Goods newly within validity",
            STATIONS,
            300,
        ),
        Lever(
            "training_places",
            Words("每月培训名额", "Training places"),
            Words("个/月", "a month"),
            0,
            1000,
            "places",
        ),
        Lever("attendance_rate", Words("到课率", "Attendance"), PERCENT, 0, 100, "attendance"),
        Lever(
            "certificates_in_progress",
            *(
                Words("在办认证申请", "Applications in progress"),
                Words("件", "applications"),
                0,
                30,
                "in_progress",
            ),
        ),
        Lever(
            "certificate_chance", Words("认证通过率", "Chance of a certificate"), PERCENT, 0, 100, "chance"
        ),
        Lever(
            "certificate_months",
            *(
                Words("从申请到发证", "From application to certificate"),
                Words("个月", "months"),
                1,
                36,
                "duration",
            ),
        ),
    )
}


@dataclass(frozen=True)
class Pipeline:
    """Certificates applied for and not issued: the month each was applied for, ascending."""

    applied: tuple[int, ...]


def expected_certificates(
    pipeline: Pipeline, today: int, in_progress: int, chance: int, duration: int, until: int
) -> tuple[int, ...]:
    """How many more certificates there are expected to be by the end of each month after `today`: chance × those due.

    An application is due its usual duration after it was made, an overdue one next month. More in progress than
    there are: the others are made now. Fewer: the latest are left out.
    """
    due = [max(today + 1, month + duration) for month in pipeline.applied][:in_progress]
    due += [today + duration] * (in_progress - len(due))
    return tuple(sum(at <= month for at in due) * chance // 100 for month in range(today + 1, until + 1))

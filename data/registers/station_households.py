"""The register of households tied to a station (站点联系户): 一站带多户."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, day
from data.registers.naming import a_household, a_station
from data.words import Words


class StationHouseholds(RegisterModel):
    station_code: str = a_station("联系该户的站点", "The station")
    household_no: str = a_household("站点联系的户", "The household")
    since: str = day("起始日期", "Since", ("开始联系的日期", "The day the tie began"), "2019-07-01")
    until: str = day(
        "终止日期",
        "Until",
        ("不再联系的日期；仍在联系的留空", "The day it ended; blank while it lasts"),
        "",
        required=False,
    )


ABOUT = About(
    model=StationHouseholds,
    name="station_households",
    position=16,
    title=Words("站点联系户", "Households tied to a station"),
    key=("station_code", "household_no", "since"),
    group="stations",
    clauses=("三(二)",),
    day="since",
    references=(
        Reference(("station_code",), "stations"),
        Reference(("household_no",), "households"),
    ),
    across=(not_before("until", "since"),),
)

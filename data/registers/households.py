"""The register of poor households (建档立卡贫困户): since when each is registered and when it left."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from data.register import About, Reference, RowCheck
from data.registers.fields import RegisterModel, code, day, name, not_before
from data.words import Words


class Households(RegisterModel):
    household_no: str = code(
        "户编号",
        "Household no.",
        (
            "本办公室统一编的户编号，不用身份证号",
            "The office's own number of the household; never an ID-card number",
        ),
        "H0001",
    )
    village_code: str = code(
        "村编码", "Village code", ("所在村，须已登记", "The village it lives in; must be registered"), "V001"
    )
    head_name: str = name(
        "户主姓名",
        "Head of household",
        ("户主的姓名", "Name of the head of the household"),
        "示例户主",
        personal=True,
    )
    registered_on: str = day(
        "建档日期",
        "Registered on",
        ("建档立卡的日期", "The day the household was registered as poor"),
        "2018-01-01",
    )
    left_on: str = day(
        "退出日期",
        "Left on",
        ("退出建档立卡的日期；未退出的留空", "The day it left the programme; blank while it has not"),
        "",
        required=False,
        may_be_future=True,
    )

    @pa.dataframe_check
    @classmethod
    def left_not_before_registered(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return not_before(frame, "left_on", "registered_on")


ABOUT = About(
    model=Households,
    name="households",
    position=3,
    title=Words("贫困户", "Households"),
    key=("household_no",),
    group="villages",
    clauses=("三(七)", "三(八)", "四(八)"),
    day="registered_on",
    references=(Reference(("village_code",), "villages"),),
    row_checks={
        "left_not_before_registered": RowCheck(
            "left_on",
            Words("退出日期不能早于建档日期。", "The household cannot leave before it was registered."),
        )
    },
)

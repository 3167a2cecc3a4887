"""The register of townships (乡镇): where villages lie; it also holds 其他单位 (state farms)."""

from __future__ import annotations

from data.register import About
from data.registers.fields import RegisterModel, code, name
from data.words import Words


class Townships(RegisterModel):
    township_code: str = code(
        "乡镇编码",
        "Township code",
        ("六位区划代码加三位乡镇代码", "The county's six digits and the township's three"),
        "653128100",
    )
    township_name: str = name("乡镇名称", "Township", ("乡镇全称", "Full name of the township"), "岳普湖镇")


ABOUT = About(
    model=Townships,
    name="townships",
    position=1,
    title=Words("乡镇", "Townships"),
    key=("township_code",),
    group="villages",
    clauses=("四(六)",),
)

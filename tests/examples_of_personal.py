"""One example of what a household is told about itself, plainly invented, and a long one."""

from __future__ import annotations

from datetime import date

from office.paperwork.papers import Letterhead
from office.paperwork.papers_of_personal import ExtractLine, ExtractPart, HouseholdExtract

DAY = date(2021, 9, 30)
OFFICE = Letterhead(address="示例县示例路1号二楼", phone="0998-0000000")


def extract(parts: int = 2, lines: int = 2) -> HouseholdExtract:
    line = ExtractLine(
        about="H0001/P01（第2版）",
        text="来源：种植；登记日期：2019-09-04",
        recorded="2019-09-25 16:01 示例录入员，更正理由：录入错误",
    )
    return HouseholdExtract(
        done_on=DAY,
        letterhead=OFFICE,
        household_no="H0001",
        head_name="示例户主",
        township="示例镇",
        village="示例村01",
        rows=parts * lines,
        parts=tuple(ExtractPart(title=f"示例台账{at}", lines=(line,) * lines) for at in range(1, parts + 1)),
        kept_for=("户、农产品和检验：10 年",),
        handed_out_by="示例录入员",
    )

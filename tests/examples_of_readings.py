"""One example of the list of readings, plainly invented, and a long one."""

from __future__ import annotations

from datetime import date

from office.paperwork import papers_of_rules as r
from office.paperwork.papers import Letterhead

DAY = date(2021, 9, 30)
OFFICE = Letterhead(address="示例县示例路1号二楼", phone="0998-0000000")


def readings(parts: int = 2, many: int = 3) -> r.ReadingsPaper:
    lines = tuple(
        r.ReadingLine(
            number=at,
            text=f"〔参数〕示例口径{at}",
            value="180天",
            cited="三(八)：“对产品检测检验长期不合格者”\n方案只说“长期”，没有写次数",
            effects="90天（读作每季度检验一次）：变差 12 个\n365天（读作每年检验一次）：没有农产品变化",
            decision="□按现行口径\n□改为：＿＿＿＿＿＿\n签字：＿＿＿＿＿\n日期：＿＿＿＿＿",
        )
        for at in range(1, many + 1)
    )
    return r.ReadingsPaper(
        done_on=DAY,
        letterhead=OFFICE,
        as_of=DAY,
        total=parts * many,
        confirmed=1,
        changed=0,
        pending=parts * many - 1,
        parts=tuple(r.ReadingsPart(title=f"示例规则{at}", lines=lines) for at in range(1, parts + 1)),
        programs=("示例规则（岳电商办〔2021〕11号），规则摘要 0123456789abcdef",),
    )

"""The words of the paper for the leading group: what the plan does not say, as the office reads it, with room to decide."""

from __future__ import annotations

from data.papers.styling import MIDDLE, Col, Sheet


def readings() -> Sheet:
    """待确认口径."""
    sheet = Sheet(landscape=True)
    sheet.title("待领导小组确认的口径")
    sheet.text(
        "《岳普湖县2019年电子商务扶贫工作实施方案（修订）》没有明说、由办公室暂定的口径和取值共{{ total }}项，"
        "其中已确认{{ confirmed }}项、确认后已变{{ changed }}项、待确认{{ pending }}项。以下按规则逐项列出，请领导小组确认或者另定。"
        "“换一种理解会怎样”按{{ as_of|day }}的数据试算，只供参考，不改变任何已作出的判定。"
    )
    sheet.only("for part in parts")
    sheet.heading("{{ part.title }}")
    sheet.table(
        "line in part.lines",
        [
            Col("序号", 12, "{{ line.number }}", MIDDLE),
            Col("内容", 44, "{{ line.text }}"),
            Col("现行取值", 26, "{{ line.value }}", MIDDLE),
            Col("条款、原文和说明", 50, "{{ line.cited }}"),
            Col("换一种理解会怎样", 75, "{{ line.effects }}"),
            Col("领导小组意见", 40, "{{ line.decision }}"),
        ],
    )
    sheet.only("endfor")
    sheet.only("if not parts")
    sheet.text("没有待确认的口径。")
    sheet.only("endif")
    sheet.only("for one in programs")
    sheet.small("{{ one }}")
    sheet.only("endfor")
    sheet.signed()
    return sheet

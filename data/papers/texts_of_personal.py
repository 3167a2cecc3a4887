"""The words of the paper that tells a household what is kept of it."""

from __future__ import annotations

from data.papers.styling import Col, Sheet


def household_extract() -> Sheet:
    """本户信息."""
    sheet = Sheet()
    sheet.title("本办公室保存的本户信息")
    sheet.pairs(
        [
            ("户主", "{{ head_name }}（户编号 {{ household_no }}）"),
            ("乡镇、村", "{{ township }}{{ village }}"),
            ("共有", "{{ rows }} 行，{{ parts|length }} 类"),
            ("提供日期", "{{ done_on|day }}"),
        ]
    )
    sheet.text(
        "按照《个人信息保护法》第四十五条，下面是本办公室保存的、经户编号能够联系到您家的全部内容，更正以前的内容也在内。"
        "本办公室不保存身份证号、电话号码和银行账号。"
    )
    sheet.text(
        "有不对的，请告诉本办公室：电话{{ letterhead.phone|or_blank }}，地点{{ letterhead.address|or_blank }}。"
        "核实以后更正；不能更正的，说明理由。判定由规则给出建议，由工作人员决定；您可以要求说明，也可以不同意只由机器作出的决定。"
    )
    sheet.only("for part in parts")
    sheet.heading("{{ loop.index }}. {{ part.title }}（{{ part.lines|length }} 行）")
    sheet.table(
        "line in part.lines",
        [
            Col("编号", 34, "{{ line.about }}"),
            Col("内容", 84, "{{ line.text }}"),
            Col("登记时间和登记人", 38, "{{ line.recorded }}"),
        ],
    )
    sheet.gap(6)
    sheet.only("endfor")
    sheet.heading("保存多久")
    sheet.only("for one in kept_for")
    sheet.small("{{ one }}")
    sheet.only("endfor")
    sheet.signatures([("提供人", "{{ handed_out_by }}"), ("领取人签名", "")])
    sheet.signed()
    return sheet

"""What our templates say, for the papers about a good: slip, notice, decision, receipt, note, reinstatement.

`{{ … }}` is filled in from the frozen paper (`office/paperwork/papers.py`), `|day` and the like are `data/papers/filters.py`.
"""

from __future__ import annotations

from data.papers.styling import MIDDLE, Col, Sheet

PLAN = "《岳普湖县2019年电子商务扶贫工作实施方案（修订）》（岳电商办〔2021〕11号，以下称《方案》）"

ABOUT = (
    ("户主", "{{ good.head_name }}（户编号 {{ good.household_no }}）"),
    ("乡镇、村", "{{ good.township }}{{ good.village }}"),
    ("帮扶农产品", "{{ good.product }}（{{ good.subject }}）"),
)


def decision_slip() -> Sheet:
    """资格判定单."""
    sheet = Sheet()
    sheet.title("资格判定单")
    sheet.pairs(
        [
            *ABOUT,
            ("帮扶事项", "{{ benefit_title }}"),
            ("判定日", "{{ as_of|day }}（按 {{ known_at|instant }} 以前录入的资料）"),
            ("判定结论", "{{ verdict }}"),
        ]
    )
    sheet.heading("一、逐项条件")
    _findings(sheet)
    sheet.heading("二、所依据的检验")
    _evidence(sheet)
    sheet.heading("三、采用的数值")
    sheet.only("if parameters")
    sheet.table(
        "value in parameters",
        [
            Col("数值", 62, "{{ value.title }}"),
            Col("现为", 20, "{{ value.value }}", MIDDLE),
            Col("执行起日", 36, "{{ value.since|day if value.since else '假设值' }}", MIDDLE),
            Col("口径", 38, "{{ value.reading|reading }}", MIDDLE),
        ],
    )
    sheet.only("else")
    sheet.text("没有用到带数值的口径。")
    sheet.only("endif")
    sheet.only("if changes")
    sheet.heading("四、怎样会改变结论")
    sheet.only("for change in changes")
    sheet.text("{{ change }}")
    sheet.only("endfor")
    sheet.only("endif")
    sheet.heading("{{ '五' if changes else '四' }}、您可以")
    sheet.text(
        "（一）要求工作人员复核。本单是按规则算出的建议，由工作人员确认后才生效；不是仅由机器作出的决定。"
    )
    sheet.text("（二）说明情况、提出意见，口头或者书面都可以；对检验结果有异议的，也请一并提出。")
    sheet.text("（三）查阅与您有关的登记资料；有错误的，要求更正。")
    sheet.text("本单所用规则：{{ program_title }}（{{ program_source }}），规则文件摘要 {{ digest[:16] }}。")
    _where(sheet)
    sheet.signed()
    return sheet


def intended_notice() -> Sheet:
    """拟处理决定事先告知书."""
    sheet = Sheet()
    sheet.title("拟处理决定事先告知书")
    sheet.to(
        "{{ good.head_name }}（户编号 {{ good.household_no }}，{{ good.township }}{{ good.village }}）："
    )
    sheet.text(
        f"根据{PLAN}，您户的{{{{ good.product }}}}（{{{{ good.subject }}}}）目前享有“{{{{ benefit_title }}}}”。"
        "经核查，现将拟作出的处理及您的权利事先告知如下。"
    )
    sheet.heading("一、事实和条款")
    _findings(sheet)
    sheet.heading("二、证据")
    _evidence(sheet)
    sheet.heading("三、拟作出的处理")
    sheet.only("if outcome == 'revoked'")
    sheet.text("依据上述事实和条款，拟对上述产品{{ measure }}。")
    sheet.only("else")
    sheet.text("依据上述事实和条款，拟不再给予上述产品“{{ benefit_title }}”。")
    sheet.only("endif")
    _overrides(sheet)
    sheet.heading("四、您的权利")
    sheet.text(
        "您有权陈述和申辩。请在收到本告知书的次日起{{ defence_days }}个工作日内，向本办公室提出意见、说明情况、提交材料。"
        "可以书面提出，也可以口头提出；口头提出的，由工作人员如实记录，经您核对后签名。"
    )
    sheet.text("您陈述、申辩，不会使处理加重。您的意见由另一名工作人员复核后，本办公室再作决定。")
    sheet.text("到期没有提出意见的，本办公室将根据已有的事实作出决定。", keep=True)
    _where(sheet)
    sheet.signed()
    return sheet


def decision() -> Sheet:
    """处理决定书. Before whom it can be contested is a line to write on: the office writes it into its own copy of the
    template once that is confirmed."""
    sheet = Sheet()
    sheet.title("处理决定书")
    sheet.to(
        "{{ good.head_name }}（户编号 {{ good.household_no }}，{{ good.township }}{{ good.village }}）："
    )
    sheet.text(
        f"根据{PLAN}，本办公室对您户的{{{{ good.product }}}}（{{{{ good.subject }}}}）“{{{{ benefit_title }}}}”"
        "作出以下决定。"
    )
    sheet.heading("一、事实和条款")
    _findings(sheet)
    sheet.heading("二、证据")
    _evidence(sheet)
    sheet.heading("三、告知和陈述申辩")
    sheet.text(
        "本办公室已于{{ notice_delivered_on|day }}向您送达《拟处理决定事先告知书》（{{ notice_number }}）。"
    )
    sheet.only("if defence")
    sheet.text("您提出：{{ defence|sentence }}")
    sheet.text("经复核：{{ answer|sentence }}")
    sheet.only("else")
    sheet.text("在告知的期限内，您没有陈述、申辩。")
    sheet.only("endif")
    sheet.heading("四、决定")
    sheet.only("if outcome == 'revoked'")
    sheet.text("自{{ effective_on|day }}起，对上述产品{{ measure }}。")
    sheet.only("else")
    sheet.text("自{{ effective_on|day }}起，上述产品不再享有“{{ benefit_title }}”。")
    sheet.only("endif")
    sheet.only("if benefit == 'packaging'")
    sheet.text("需要退回设备和包材的，以《包装物资收回清单》为准；已经用完的包材不需退回。")
    sheet.only("else")
    sheet.text("该日以前发货的物流补贴申报不受影响。")
    sheet.only("endif")
    sheet.only("if restored_when")
    sheet.text("以后符合下列情形的，可以申请恢复：{{ restored_when|sentence }}")
    sheet.only("endif")
    _overrides(sheet)
    sheet.heading("五、救济途径")
    sheet.text(
        "不服本决定的，可以自收到本决定书之日起{{ review_days }}日内依法申请行政复议，"
        "也可以自收到本决定书之日起{{ lawsuit_months }}个月内依法向人民法院提起行政诉讼。"
        "复议机关：＿＿＿＿＿＿＿＿；受理法院：＿＿＿＿＿＿＿＿。"
    )
    _where(sheet)
    sheet.signed()
    return sheet


_SIGNED = "way in ('', 'in_person', 'entrusted')"  # the receiver signs


def delivery_receipt() -> Sheet:
    """送达回证."""
    sheet = Sheet()
    sheet.title("送达回证")
    sheet.pairs(
        [
            ("送达文书", "《{{ of_title }}》（{{ of_number }}）"),
            ("所涉产品", "{{ good.product }}（{{ good.subject }}）"),
            ("受送达人", "{{ recipient }}"),
            ("送达地点", "{{ place }}"),
            ("送达方式", "{{ how }}"),
            ("送达日期", "{{ delivered_on|day }}"),
            ("受送达人或代收人签名", f"{{{{ '' if {_SIGNED} else '／' }}}}"),
            ("{{ received_title }}", "{{ received_by }}"),
            ("送达人签名", "{{ delivered_by }}"),
            ("见证人签名", "{{ '' if way in ('', 'left') else '／' }}"),
            ("备注", ""),
        ],
        tall=True,
    )
    sheet.only("if way == 'post'")
    sheet.small("邮寄送达的，附邮寄凭证和签收回执，无需受送达人在本回证上签名。")
    sheet.only("elif way == 'electronic'")
    sheet.small("电子送达的，附送达的截图或者回执，无需受送达人在本回证上签名。")
    sheet.only("elif way == 'left'")
    sheet.small("受送达人拒绝签收：请在备注中写明拒收的事由和日期，由见证人签名。")
    sheet.only("else")
    sheet.small("由他人代收的，请在备注中写明代收人与受送达人的关系；拒绝签收的，请写明经过，由见证人签名。")
    sheet.only("endif")
    sheet.signed()
    return sheet


def hearing_note() -> Sheet:
    """陈述申辩笔录."""
    sheet = Sheet()
    sheet.title("陈述申辩笔录")
    sheet.pairs(
        [*ABOUT, ("所针对的告知书", "{{ notice_number }}"), ("期限届满日", "{{ period_ended_on|day }}")]
    )
    sheet.only("if said")
    sheet.pairs(
        [
            ("陈述申辩日期", "{{ held_on|day }}"),
            ("方式", "{{ how|or_blank }}"),
            ("地点", "{{ place|or_blank }}"),
            ("陈述申辩人", "{{ speaker|or_blank }}"),
        ]
    )
    sheet.heading("陈述申辩内容")
    sheet.only("for paragraph in said.splitlines() if paragraph.strip()")
    sheet.text("{{ paragraph }}")
    sheet.only("endfor")
    sheet.gap()
    sheet.text("以上笔录我已看过（已向我宣读），与我所说的一致。")
    sheet.signatures([("陈述申辩人签名", ""), ("记录人", "{{ recorded_by }}")])
    sheet.signatures([("日期", "{{ held_on|day }}"), ("日期", "{{ held_on|day }}")])
    sheet.only("else")
    sheet.text("到{{ period_ended_on|day }}期限届满，没有收到陈述、申辩（{{ held_on|day }}记录）。")
    sheet.signatures([("记录人", "{{ recorded_by }}"), ("日期", "{{ done_on|day }}")])
    sheet.only("endif")
    return sheet


def reinstatement() -> Sheet:
    """恢复资格通知书."""
    sheet = Sheet()
    sheet.title("恢复资格通知书")
    sheet.to(
        "{{ good.head_name }}（户编号 {{ good.household_no }}，{{ good.township }}{{ good.village }}）："
    )
    sheet.text(
        f"根据{PLAN}，您户的{{{{ good.product }}}}（{{{{ good.subject }}}}）原经{{{{ revoked_by_number }}}}处理。"
        "经核查，现已符合恢复的情形，自{{ reinstated_from|day }}起恢复“{{ benefit_title }}”。"
    )
    sheet.heading("一、事实和条款")
    _findings(sheet)
    sheet.heading("二、证据")
    _evidence(sheet)
    _overrides(sheet)
    _where(sheet)
    sheet.signed()
    return sheet


def _findings(sheet: Sheet) -> None:
    sheet.table(
        "line in findings",
        [
            Col("条件", 24, "{{ line.text }}"),
            Col("认定", 17, "{{ line.result }}", MIDDLE),
            Col("实际与要求", 56, "{{ line.found }}"),
            Col("条款和原文", 40, "{{ line.clause }}：“{{ line.quote }}”"),
            Col("口径", 19, "{{ line.reading|reading }}", MIDDLE),
        ],
    )


def _evidence(sheet: Sheet) -> None:
    sheet.only("if evidence")
    sheet.table(
        "one in evidence",
        [
            Col(
                "样品编号",
                35,
                "{{ one.sample_no }}{% if one.version > 1 %}（第{{ one.version }}版）{% endif %}",
            ),
            Col("抽样日期", 35, "{{ one.sampled_on|day }}", MIDDLE),
            Col("结果日期", 35, "{{ one.result_on|day }}", MIDDLE),
            Col("结论", 16, "{{ one.conclusion }}", MIDDLE),
            Col("复检原样品", 20, "{{ one.reinspection_of }}"),
            Col("据以认定", 15, "{{ '是' if one.counts else '' }}", MIDDLE),
        ],
    )
    sheet.only("else")
    sheet.text("没有计入的检验。")
    sheet.only("endif")


def _overrides(sheet: Sheet) -> None:
    sheet.only("if overrides")
    sheet.text("本次处理与规则给出的建议不一致，理由：{{ overrides|sentence }}")
    sheet.only("endif")


def _where(sheet: Sheet) -> None:
    sheet.text(
        "办公地点：{{ letterhead.address|or_blank }}　电话：{{ letterhead.phone|or_blank }}", keep=True
    )

"""What our templates say, for the papers of packaging, settlement and public notice."""

from __future__ import annotations

from data.papers.styling import MIDDLE, RIGHT_SIDE, Col, Sheet
from data.papers.texts_of_acts import ABOUT, PLAN


def issue_slip() -> Sheet:
    """包装物资领用单."""
    sheet = Sheet()
    sheet.title("包装物资领用单")
    sheet.pairs([*ABOUT, ("领用日期", "{{ done_on|day }}")])
    _moved(sheet, "发出地点")
    sheet.small(
        "对产品检测检验长期不合格者收回包装设备及包材（《方案》三(八)）；请妥善保管设备和未使用的包材。"
    )
    sheet.signatures([("发放人", "{{ issued_by }}"), ("领用人签名", "{{ receiver }}")])
    sheet.signed()
    return sheet


def return_slip() -> Sheet:
    """包装物资退回单."""
    sheet = Sheet()
    sheet.title("包装物资退回单")
    sheet.pairs([*ABOUT, ("退回日期", "{{ done_on|day }}")])
    _moved(sheet, "存放地点")
    sheet.small("数量和完好情况由双方当面点清；损坏的请在备注中写明。")
    sheet.signatures([("退回人签名", "{{ returned_by }}"), ("接收人", "{{ received_by }}")])
    sheet.signed()
    return sheet


def recovery_list() -> Sheet:
    """包装物资收回清单."""
    sheet = Sheet()
    sheet.title("包装物资收回清单")
    sheet.pairs([*ABOUT, ("依据的决定", "{{ decision_number }}"), ("清单日期", "{{ done_on|day }}")])
    sheet.text(
        "请于{{ return_by|day }}以前，将下列物资退回至{{ place|or_blank }}。"
        "清单只列设备和未使用的包材；已经用完的包材不需退回。"
    )
    sheet.gap(6)
    sheet.table(
        "line in lines",
        [
            Col("序号", 12, "{{ loop.index }}", MIDDLE),
            Col("物资编码", 26, "{{ line.item_code }}"),
            Col("物资名称", 40, "{{ line.item_name }}"),
            Col("类别", 16, "{{ line.item_kind|kind_of_item }}", MIDDLE),
            Col("单位", 14, "{{ line.unit }}", MIDDLE),
            Col("持有", 14, "{{ line.held }}", RIGHT_SIDE),
            Col("应退", 14, "{{ line.to_return }}", RIGHT_SIDE),
            Col("备注", 20, "{{ line.note }}"),
        ],
    )
    sheet.signatures([("制单人", "{{ drawn_up_by }}"), ("户主签名", ""), ("接收人签名", "")])
    sheet.signed()
    return sheet


def settlement() -> Sheet:
    """物流补贴结算表."""
    sheet = Sheet(landscape=True)
    sheet.title("物流补贴结算表")
    sheet.pairs(
        [
            ("发货期间", "{{ period_from|day }}至{{ period_to|day }}"),
            ("计算办法", "{{ method }}"),
            ("资金总额", "{{ pool|yuan ~ ' 元' if pool is not none else '不设总额' }}"),
            ("户数、单数", "{{ households|length }} 户，{{ claims }} 单"),
            ("应付合计", "{{ total_due|yuan }} 元（快递费 {{ total_fee|yuan }} 元）"),
            ("实付合计", "{{ total_paid|yuan }} 元，人民币{{ total_paid|in_words }}"),
        ]
    )
    sheet.signatures(
        [("制表", "{{ drafted_by }}"), ("审核", "{{ checked_by }}"), ("确认", "{{ confirmed_by }}")]
    )
    sheet.signed()
    sheet.only("for one in households")
    sheet.heading(
        "{{ loop.index }}. {{ one.township }}{{ one.village }}　{{ one.head_name }}（户编号 {{ one.household_no }}）"
    )
    sheet.table(
        "line in one.lines",
        [
            Col("序号", 12, "{{ loop.index }}", MIDDLE),
            Col("申报编号", 34, "{{ line.claim_no }}"),
            Col("发货日期", 36, "{{ line.shipped_on|day }}", MIDDLE),
            Col("运单号", 40, "{{ line.waybill_no }}"),
            Col("产品", 31, "{{ line.product }}"),
            Col("快递费（元）", 26, "{{ line.fee|yuan }}", RIGHT_SIDE),
            Col("应付（元）", 26, "{{ line.due|yuan }}", RIGHT_SIDE),
            Col("实付（元）", 26, "{{ line.paid|yuan }}", RIGHT_SIDE),
            Col("备注", 16, "{{ line.note }}"),
        ],
        ["", "小计", "", "", "", *(f"{{{{ one.total_{of}|yuan }}}}" for of in ("fee", "due", "paid")), ""],
    )
    sheet.small("本户实付：人民币{{ one.total_paid|in_words }}。")
    sheet.gap()
    sheet.only("endfor")
    return sheet


def public_notice() -> Sheet:
    """公示."""
    sheet = Sheet()
    sheet.title("关于{{ item }}的公示")
    sheet.text(
        f"根据{PLAN}三(八)，现将{{{{ period_from|day }}}}至{{{{ period_to|day }}}}的{{{{ item }}}}情况予以公示。"
        "公示期{{ notice_days }}天，自{{ notice_from|day }}起至{{ notice_to|day }}止。"
    )
    sheet.text(
        "对公示内容有异议的，请在公示期内以电话、书面或者当面的方式向本办公室反映，并说明事实和理由。"
        "本办公室对反映人的情况予以保密。"
    )
    _where_to_object(sheet)
    sheet.signed()
    sheet.gap()
    sheet.table(
        "row in rows",
        [
            Col("序号", 11, "{{ loop.index }}", MIDDLE),
            Col("乡镇", 28, "{{ row.township }}"),
            Col("村", 27, "{{ row.village }}"),
            Col("姓名", 13, "{{ row.name }}", MIDDLE),
            Col("户编号后四位", 17, "{{ row.household_end }}", MIDDLE),
            Col("项目", 22, "{{ row.item }}", MIDDLE),
            Col("数量", 14, "{{ row.count }}", RIGHT_SIDE),
            Col("金额（元）", 24, "{{ row.amount|yuan if row.amount is not none else '实物' }}", RIGHT_SIDE),
        ],
    )
    sheet.only("if total_amount is not none")
    sheet.small("合计{{ total_count }}单，{{ total_amount|yuan }}元，人民币{{ total_amount|in_words }}。")
    sheet.only("endif")
    return sheet


def _moved(sheet: Sheet, place: str) -> None:
    sheet.table(
        "line in lines",
        [
            Col("序号", 12, "{{ loop.index }}", MIDDLE),
            Col("物资编码", 26, "{{ line.item_code }}"),
            Col("物资名称", 38, "{{ line.item_name }}"),
            Col("类别", 14, "{{ line.item_kind|kind_of_item }}", MIDDLE),
            Col("单位", 14, "{{ line.unit }}", MIDDLE),
            Col("数量", 14, "{{ line.quantity }}", RIGHT_SIDE),
            Col(place, 20, "{{ line.place }}"),
            Col("备注", 18, "{{ line.note }}"),
        ],
    )


def _where_to_object(sheet: Sheet) -> None:
    sheet.text(
        "电话：{{ letterhead.phone|or_blank }}"
        "{% if letterhead.address %}　办公地点：{{ letterhead.address }}{% endif %}"
    )
    sheet.text("张贴地点：{{ place|or_blank }}")

"""What our templates say, for the bulletin and the assessment."""

from __future__ import annotations

from data.papers.styling import MIDDLE, RIGHT_SIDE, Col, Sheet
from data.papers.texts_of_acts import PLAN

_HELD = "{{{{ {0}|yuan if {0} is not none else '没有数据' }}}}"
_COUNTED = "{{{{ '{{:,}}'.format({0}) if {0} is not none else '没有数据' }}}}"


def _money(value: str) -> str:
    return _HELD.format(value)


def _count(value: str) -> str:
    return _COUNTED.format(value)


def bulletin() -> Sheet:
    """统计通报."""
    sheet = Sheet()
    sheet.title("{{ month }}电子商务扶贫统计通报")
    _edition(sheet)
    sheet.to("各乡镇政府、国营林场牧场、县直有关部门：")
    sheet.text(
        f"根据{PLAN}三(七)、五(四)，现将{{{{ month }}}}电子商务扶贫统计情况通报如下。"
        "数据截至{{ known_at|instant }}；户只列户数，不列户名。"
    )
    _whole(sheet)
    _townships(sheet)
    _stations(sheet)
    _households(sheet)
    _targets(sheet)
    _quality(sheet)
    _words(sheet)
    sheet.signed()
    return sheet


def _edition(sheet: Sheet) -> None:
    """What a later edition says before anything else."""
    sheet.only("if edition > 1")
    sheet.text("本期为第{{ edition }}版，代替{{ replaces }}。与前一版的不同之处见文末附表。")
    sheet.only("endif")


def _whole(sheet: Sheet) -> None:
    sheet.heading("一、总体情况")
    sheet.only("if whole.total is not none")
    sheet.text(
        "全县电子商务交易额{{ whole.total|yuan }}元，比上月{{ whole.change }}，比上年同月{{ whole.year_change }}。"
        "其中上行额{{ whole.sold|yuan }}元，下行额{{ whole.bought|yuan }}元，服务额{{ whole.services|yuan }}元；"
        "订单{{ '{:,}'.format(whole.orders) }}单。"
    )
    sheet.only("else")
    sheet.text("本月还没有站点或网店上报，总体情况没有数据。")
    sheet.only("endif")
    sheet.chart("months_chart")


def _townships(sheet: Sheet) -> None:
    sheet.heading("二、各乡镇情况")
    sheet.text("各乡镇之和等于全县。没有上报的写“没有数据”，不按0计算。", keep=True)
    sheet.table(
        "row in townships",
        [
            Col("乡镇", 31, "{{ row.township }}"),
            Col("上行额（元）", 31, _money("row.sold"), RIGHT_SIDE),
            Col("下行额（元）", 31, _money("row.bought"), RIGHT_SIDE),
            Col("服务额（元）", 31, _money("row.services"), RIGHT_SIDE),
            Col("交易额（元）", 32, _money("row.total"), RIGHT_SIDE),
        ],
        ["合计", *(_money(f"whole.{name}") for name in ("sold", "bought", "services", "total"))],
    )
    sheet.table(
        "row in townships",
        [
            Col("乡镇", 31, "{{ row.township }}"),
            Col("上月（元）", 29, _money("row.before"), RIGHT_SIDE),
            Col("比上月", 25, "{{ row.change }}", MIDDLE),
            Col("上年同月（元）", 29, _money("row.year_before"), RIGHT_SIDE),
            Col("比上年同月", 25, "{{ row.year_change }}", MIDDLE),
            Col("订单（单）", 17, _count("row.orders"), RIGHT_SIDE),
        ],
        [
            "合计",
            _money("whole.before"),
            "{{ whole.change }}",
            _money("whole.year_before"),
            "{{ whole.year_change }}",
            _count("whole.orders"),
        ],
    )
    sheet.chart("townships_chart")


def _stations(sheet: Sheet) -> None:
    sheet.heading("三、服务站点上报情况")
    sheet.text(
        "本月营业、应报月报的站点{{ whole.due }}个。按时上报（次月{{ return_day }}日前）{{ whole.in_time }}份，"
        "迟报{{ whole.late }}份，未报{{ whole.missing }}份。",
        keep=True,
    )
    sheet.table(
        "row in townships",
        [
            Col("乡镇", 44, "{{ row.township }}"),
            Col("应报（份）", 28, "{{ row.due }}", RIGHT_SIDE),
            Col("按时（份）", 28, "{{ row.in_time }}", RIGHT_SIDE),
            Col("迟报（份）", 28, "{{ row.late }}", RIGHT_SIDE),
            Col("未报（份）", 28, "{{ row.missing }}", RIGHT_SIDE),
        ],
        ["合计", *(f"{{{{ whole.{name} }}}}" for name in ("due", "in_time", "late", "missing"))],
    )


def _households(sheet: Sheet) -> None:
    sheet.heading("四、带动贫困户情况")
    sheet.text(
        "本月有收购、网销货款到账或网销发货的贫困户{{ '{:,}'.format(whole.led) }}户（同一户只计一次）。",
        keep=True,
    )
    sheet.table(
        "row in townships",
        [
            Col("乡镇", 78, "{{ row.township }}"),
            Col("带动户（户）", 78, "{{ '{:,}'.format(row.led) }}", RIGHT_SIDE),
        ],
        ["合计", "{{ '{:,}'.format(whole.led) }}"],
    )
    sheet.heading("五、检验与补贴情况")
    sheet.text(
        f"本月出具结果的检验样品{_count('help.samples')}份：合格{_count('help.passed')}份，"
        f"不合格{_count('help.failed')}份，待确证和不适用{_count('help.pending')}份。"
    )
    sheet.only("if help.goods is not none")
    sheet.text(
        "月末登记的帮扶农产品{{ '{:,}'.format(help.goods) }}个，其中按规则判定符合包装支持的{{ '{:,}'.format(help.eligible_packaging or 0) }}个，"
        "符合申请物流补贴的{{ '{:,}'.format(help.eligible_logistics or 0) }}个。"
    )
    sheet.only("endif")
    sheet.text(
        f"本月确认结算的物流补贴申报{_count('help.claims_settled')}单、{_count('help.households_settled')}户，"
        "合计{{ help.settled|yuan }}元。"
    )


def _targets(sheet: Sheet) -> None:
    sheet.heading("六、《方案》目标进展")
    sheet.only("if targets")
    sheet.table(
        "row in targets",
        [
            Col("目标", 33, "{{ row.title }}"),
            Col("条款", 14, "{{ row.clause }}", MIDDLE),
            Col("现状", 47, "{{ row.actual }}", RIGHT_SIDE),
            Col("目标值", 17, "{{ row.goal }}", RIGHT_SIDE),
            Col("期限", 25, "{{ row.deadline }}", MIDDLE),
            Col("状态", 20, "{{ row.status }}", MIDDLE),
        ],
    )
    sheet.chart("targets_chart")
    sheet.only("else")
    sheet.text("没有目标。")
    sheet.only("endif")


def _quality(sheet: Sheet) -> None:
    sheet.heading("七、数据质量")
    sheet.text(
        "未报{{ missing|length }}个站点，迟报{{ late|length }}个，更正过{{ corrected|length }}份（其中次月{{ check_day }}日"
        "乡镇核对截止后更正{{ corrected_late }}份），数值待核实{{ odd|length }}份，停用后仍上报{{ closed|length }}份（未计入）。"
        "待核实不等于有错，请有关乡镇核对。"
    )
    sheet.only("if missing or late or odd or closed or corrected")
    sheet.table(
        "row in missing + odd + closed + late + corrected",
        [
            Col("乡镇", 32, "{{ row.township }}"),
            Col("站点", 56, "{{ row.station }}"),
            Col("情况", 68, "{{ row.what }}"),
        ],
    )
    sheet.only("endif")


def _words(sheet: Sheet) -> None:
    for number, title, name in (("八", "存在问题", "problems"), ("九", "工作要求", "requirements")):
        sheet.heading(f"{number}、{title}")
        sheet.only(f"if {name}")
        sheet.only(f"for line in {name}.splitlines()")
        sheet.text("{{ line }}")
        sheet.only("endfor")
        sheet.only("else")
        sheet.text("本月没有需要另行说明的。")
        sheet.only("endif")
    _changes(sheet)


def _changes(sheet: Sheet) -> None:
    sheet.only("if changes")
    sheet.heading("附：与{{ replaces }}的不同之处")
    sheet.table(
        "row in changes",
        [
            Col("所在", 36, "{{ row.place }}"),
            Col("项目", 40, "{{ row.figure }}"),
            Col("前一版", 40, "{{ row.was }}", RIGHT_SIDE),
            Col("本版", 40, "{{ row.now }}", RIGHT_SIDE),
        ],
    )
    sheet.only("endif")


def assessment() -> Sheet:
    """考核结果."""
    sheet = Sheet(landscape=True)
    sheet.title("电子商务扶贫考核结果")
    _edition(sheet)
    sheet.text(
        f"根据{PLAN}三(七)、五(四)，按{{{{ period_from|day }}}}至{{{{ period_to|day }}}}的数据考核各乡镇，满分100分。"
        "乡镇按编码排列，不排名次；不对任何户、任何人计分。数据截至{{ known_at|instant }}。"
    )
    sheet.heading("一、考核结果")
    sheet.matrix(
        "row in townships",
        Col("乡镇", 30, "{{ row.township }}"),
        Col("{{ loop.index }}", 14, "{{ points }}", RIGHT_SIDE),
        ("item in items", "points in row.points"),
        [
            Col("合计", 17, "{{ row.before_veto }}", RIGHT_SIDE),
            Col("得分", 17, "{{ row.total }}", RIGHT_SIDE),
        ],
    )
    sheet.small("各列是第二部分同一序号的项目；“—”为不适用。")
    sheet.only("for row in townships if row.veto")
    sheet.text("{{ row.township }}因弄虚作假一票否决，得0分：{{ row.veto }}。")
    sheet.only("endfor")
    sheet.heading("二、考核项目")
    sheet.table(
        "item in items",
        [
            Col("序号", 12, "{{ loop.index }}", MIDDLE),
            Col("项目", 44, "{{ item.title }}"),
            Col("算法", 106, "{{ item.text }}"),
            Col("分值", 16, "{{ item.weight }}", RIGHT_SIDE),
            Col("满分值", 25, "{{ item.full }}", RIGHT_SIDE),
            Col("条款", 16, "{{ item.clause }}", MIDDLE),
            Col("口径", 28, "{{ item.reading|reading }}", MIDDLE),
        ],
    )
    sheet.small(
        "得分按完成比例计算，到满分值为止，舍去百分位以下。乡镇没有可算对象的项目不适用，其分值按比例分到其余项目；没有上报数据的项目得0分，写明“没有数据”。"
    )
    sheet.gap()
    sheet.heading("三、逐项得分和依据")
    sheet.table(
        "row in computations",
        [
            Col("乡镇", 42, "{{ row.township }}"),
            Col("项目", 55, "{{ row.item }}"),
            Col("数值", 42, "{{ row.figure }}", RIGHT_SIDE),
            Col("对比数", 42, "{{ row.of }}", RIGHT_SIDE),
            Col("分值", 20, "{{ row.weight }}", RIGHT_SIDE),
            Col("得分", 22, "{{ row.points }}", RIGHT_SIDE),
            Col("依据（行）", 24, "{{ row.rows }}", RIGHT_SIDE),
        ],
    )
    sheet.small("每一项得分所依据的台账行，可在系统“通报与考核”中逐项查看。考核办法文件 {{ digest[:16] }}。")
    sheet.only("if remark")
    sheet.text("备注：{{ remark }}")
    sheet.only("endif")
    _changes(sheet)
    sheet.signed()
    return sheet

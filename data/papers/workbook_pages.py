"""What stands on the workbooks of papers, and where: one page per kind, built from the frozen context."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from data.papers.filters import day, in_words, kind_of_item, or_blank, yuan

Form = Literal["text", "index", "day", "whole", "money"]
Context = Mapping[str, Any]


@dataclass(frozen=True)
class Col:
    """A column: title with its unit, width in characters, what its cells hold, whether it is summed."""

    title: str
    width: int
    form: Form = "text"
    summed: bool = False


@dataclass(frozen=True)
class Page:
    """One sheet: title, lines above the table, the table, lines below it (texts)."""

    name: str
    title: str
    above: Sequence[str]
    columns: Sequence[Col]
    rows: Sequence[Sequence[str | int | None]]
    below: Sequence[str]
    landscape: bool = False


def _settlement(context: Context) -> Page:
    pool = f"{yuan(context['pool'])} 元" if context["pool"] is not None else "不设总额"
    rows = [
        (
            number,
            one["township"],
            one["village"],
            one["head_name"],
            one["household_no"],
            *(
                line[name]
                for name in ("claim_no", "shipped_on", "waybill_no", "product", "fee", "due", "paid")
            ),
            line["note"],
        )
        for number, (one, line) in enumerate(
            ((one, line) for one in context["households"] for line in one["lines"]), 1
        )
    ]
    return Page(
        "结算表",
        "物流补贴结算表",
        [
            f"发货期间：{day(context['period_from'])}至{day(context['period_to'])}",
            f"计算办法：{context['method']}　资金总额：{pool}",
        ],
        [
            Col("序号", 6, "index"),
            Col("乡镇", 14),
            Col("村", 14),
            Col("户主", 16),
            Col("户编号", 12),
            Col("申报编号", 16),
            Col("发货日期", 12, "day"),
            Col("运单号", 20),
            Col("产品", 16),
            Col("快递费（元）", 14, "money", True),
            Col("应付（元）", 14, "money", True),
            Col("实付（元）", 14, "money", True),
            Col("备注", 14),
        ],
        rows,
        [
            f"实付合计：人民币{in_words(context['total_paid'])}（{yuan(context['total_paid'])} 元）",
            f"制表：{context['drafted_by']}　　审核：{context['checked_by']}　　确认：{context['confirmed_by']}",
            f"{context['letterhead']['name']}（盖章）　{day(context['done_on'])}",
        ],
        landscape=True,
    )


def _recovery_list(context: Context) -> Page:
    good = context["good"]
    names = ("item_code", "item_name")
    rows = [
        (
            number,
            *(line[name] for name in names),
            kind_of_item(line["item_kind"]),
            *(line[name] for name in ("unit", "held", "to_return", "note")),
        )
        for number, line in enumerate(context["lines"], 1)
    ]
    return Page(
        "收回清单",
        "包装物资收回清单",
        [
            f"户主：{good['head_name']}（户编号 {good['household_no']}，{good['township']}{good['village']}）",
            f"农产品：{good['product']}（{good['subject']}）　依据的决定：{context['decision_number']}",
            f"请于{day(context['return_by'])}以前退回至{or_blank(context['place'])}；已经用完的包材不需退回。",
        ],
        [
            Col("序号", 6, "index"),
            Col("物资编码", 14),
            Col("物资名称", 24),
            Col("类别", 8),
            Col("单位", 8),
            Col("持有", 10, "whole"),
            Col("应退", 10, "whole"),
            Col("备注", 16),
        ],
        rows,
        [
            f"制单人：{context['drawn_up_by']}　　户主签名：　　　　　　接收人签名：",
            f"{context['letterhead']['name']}（盖章）　{day(context['done_on'])}",
        ],
    )


def _public_notice(context: Context) -> Page:
    columns = ("township", "village", "name", "household_end", "item", "count", "amount")
    rows = [(number, *(row[name] for name in columns)) for number, row in enumerate(context["rows"], 1)]
    is_money = context["total_amount"] is not None
    office = context["letterhead"]
    return Page(
        "公示",
        f"关于{context['item']}的公示",
        [
            f"期间：{day(context['period_from'])}至{day(context['period_to'])}",
            f"公示期：{context['notice_days']}天，{day(context['notice_from'])}至{day(context['notice_to'])}",
            f"如有异议，请在公示期内反映。电话：{or_blank(office['phone'])}"
            + (f"　办公地点：{office['address']}" if office["address"] else ""),
            f"张贴地点：{or_blank(context.get('place'))}",
        ],
        [
            Col("序号", 6, "index"),
            Col("乡镇", 16),
            Col("村", 18),
            Col("姓名", 8),
            Col("户编号后四位", 10),
            Col("项目", 18),
            Col("数量", 10, "whole", is_money),
            Col("金额（元）", 16, "money", is_money),
        ],
        rows,
        [
            *([f"合计金额：人民币{in_words(context['total_amount'])}"] if is_money else []),
            f"{office['name']}（盖章）　{day(context['done_on'])}",
        ],
    )


PAGES: Mapping[str, Callable[[Context], Page]] = {
    "settlement": _settlement,
    "recovery_list": _recovery_list,
    "public_notice": _public_notice,
}
# What names people on them in full; a notice for the wall has surnames only.
NAMING_PEOPLE: Mapping[str, tuple[str, ...]] = {"settlement": ("户主",), "recovery_list": ("户主",)}

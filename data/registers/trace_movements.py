"""The register of where batches went (追溯去向), step by step."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import Number, RegisterModel, code, day, name, number, text
from data.words import Words


class TraceMovements(RegisterModel):
    trace_code: str = code(
        "追溯码", "Trace code", ("批次的追溯码，须已登记", "The batch; must be registered"), "ZS2021-0001"
    )
    step: Number = number(
        "序号",
        "Step",
        ("这一批的第几步，从 1 起", "Which step of the batch it is, from 1 on"),
        "1",
        scale=0,
        low=1,
    )
    moved_on: str = day("日期", "Moved on", ("发出的日期", "The day it went"), "2021-03-18")
    moved_to: str = name(
        "去向",
        "To",
        ("去了哪里；不填买家的姓名、电话和地址", "Where it went; never a buyer's name, telephone or address"),
        "示例批发市场",
    )
    channel: str = text("渠道", "Channel", ("通过什么渠道", "By what channel"), "示例平台")
    quantity: Number = number(
        "数量", "Quantity", ("这一步的数量", "How much went"), "2.5", scale=1, unit=Words("公斤", "kg"), low=1
    )
    claim_no: str = code(
        "物流申报编号",
        "Claim no.",
        (
            "这次寄出的物流申报，须已登记；没有的留空",
            "The logistics claim of it; must be registered. Blank where none",
        ),
        "L2021-0001",
        required=False,
    )


ABOUT = About(
    model=TraceMovements,
    name="trace_movements",
    position=24,
    title=Words("追溯去向", "Where batches went"),
    key=("trace_code", "step"),
    group="supply",
    clauses=("三(三)",),
    day="moved_on",
    references=(
        Reference(("trace_code",), "trace_batches"),
        Reference(("claim_no",), "shipments"),
    ),
)

"""The register of households' claims for interest (贫困户贴息申报): one loan, one period."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, YesNo, code, day, number, yes_no
from data.words import Words


class HouseholdInterest(RegisterModel):
    claim_no: str = code(
        "申报编号", "Claim no.", ("这一笔申报的唯一编号", "The claim's own number, given once"), "TX2021-0001"
    )
    loan_no: str = code(
        "贷款编号", "Loan no.", ("贴息的贷款，须已登记", "The loan; must be registered"), "DK2020-0001"
    )
    period_from: str = day(
        "期间起", "Period from", ("贴息期间的第一天", "The first day of the period"), "2021-01-01"
    )
    period_to: str = day(
        "期间止", "Period to", ("贴息期间的最后一天", "The last day of the period"), "2021-03-31"
    )
    overdue_days: Number = number(
        "逾期天数",
        "Days overdue",
        ("期间内逾期的天数", "Days overdue in the period"),
        "0",
        scale=0,
        unit=Words("天", "days"),
    )
    interest: Number = number(
        "已付利息",
        "Interest paid",
        ("期间内已付的利息，不含罚息", "Interest paid for the period, without penalties"),
        "593.75",
        scale=2,
        unit=Words("元", "yuan"),
    )
    claimed_on: str = day(
        "申报日期", "Claimed on", ("交来申报的日期", "The day the claim was handed in"), "2021-04-08"
    )
    other_subsidy: YesNo = yes_no(
        "是否已享受其他贴息",
        "Other subsidy",
        (
            "这一期间是否已得到其他贴息；不清楚的留空",
            "Whether another subsidy was paid for the period; blank while not known",
        ),
        "否",
        required=False,
    )


ABOUT = About(
    model=HouseholdInterest,
    name="household_interest",
    position=49,
    title=Words("贫困户贴息申报", "Interest claims of households"),
    key=("claim_no",),
    group="finance",
    clauses=("四(五)",),
    day="claimed_on",
    references=(Reference(("loan_no",), "household_loans"),),
    across=(
        not_before("period_to", "period_from"),
        not_before("claimed_on", "period_to"),
    ),
)

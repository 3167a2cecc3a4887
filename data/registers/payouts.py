"""The register of payouts (农户到账款): what reached a household, the only source for income gained."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import Number, RegisterModel, choice, code, day, number
from data.registers.naming import a_household
from data.words import Words

SOURCES = {
    "sale": ("网销货款", "Online sale"),
    "purchase": ("收购款", "Purchase"),
    "wage": ("务工收入", "Wage"),
    "dividend": ("分红", "Dividend"),
    "other": ("其他", "Other"),
}


class Payouts(RegisterModel):
    payout_no: str = code(
        "到账编号",
        "Payout no.",
        ("这笔到账款的编号；不填银行账号", "The number of the payout; never a bank account"),
        "DZ2021-0001",
    )
    household_no: str = a_household("收款的户", "The household that was paid")
    paid_on: str = day("到账日期", "Paid on", ("到账的日期", "The day the money arrived"), "2021-06-10")
    source: str = choice("来源", "Source", ("因什么得到的", "What it was for"), SOURCES)
    amount: Number = number(
        "金额", "Amount", ("到账的金额", "What was paid"), "1200.00", scale=2, unit=Words("元", "yuan"), low=1
    )


ABOUT = About(
    model=Payouts,
    name="payouts",
    position=55,
    title=Words("农户到账款", "Payouts to households"),
    key=("payout_no",),
    group="finance",
    clauses=("三(七)",),
    day="paid_on",
    references=(Reference(("household_no",), "households"),),
)

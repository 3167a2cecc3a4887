"""The register of loans to poor households (贫困户贷款); never added up with those to enterprises."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, YesNo, choice, code, day, name, number, yes_no
from data.registers.naming import a_household
from data.words import Words

PURPOSES = {
    "shop": ("开办网店", "Opening a shop"),
    "produce": ("网货生产销售", "Producing and selling"),
    "other": ("其他", "Other"),
}


class HouseholdLoans(RegisterModel):
    loan_no: str = code(
        "贷款编号",
        "Loan no.",
        ("这笔贷款的编号；不填银行账号", "The number of the loan; never a bank account"),
        "DK2020-0001",
    )
    household_no: str = a_household("借款的户", "The household that borrows")
    bank: str = name("银行", "Bank", ("放款的银行", "The bank that lends"), "示例银行")
    purpose: str = choice("用途", "Purpose", ("贷款的用途", "What it is for"), PURPOSES)
    lent_on: str = day("放款日期", "Lent on", ("放款的日期", "The day it was lent"), "2020-04-01")
    due_on: str = day(
        "到期日期", "Due on", ("应当还清的日期", "The day it is due"), "2023-03-31", may_be_future=True
    )
    repaid_on: str = day(
        "还清日期",
        "Repaid on",
        ("还清的日期；未还清的留空", "The day it was repaid; blank while it is not"),
        "",
        required=False,
    )
    principal: Number = number(
        "本金",
        "Principal",
        ("借款的金额", "What was lent"),
        "50000.00",
        scale=2,
        unit=Words("元", "yuan"),
        low=1,
    )
    rate: Number = number(
        "年利率",
        "Yearly rate",
        ("合同的年利率", "The yearly rate of the contract"),
        "4.75",
        scale=2,
        unit=Words("%", "%"),
    )
    secured: YesNo = yes_no(
        "是否抵押或担保",
        "Secured",
        ("是否要求抵押或担保；不清楚的留空", "Whether it is secured or guaranteed; blank while not known"),
        "否",
        required=False,
    )


ABOUT = About(
    model=HouseholdLoans,
    name="household_loans",
    position=47,
    title=Words("贫困户贷款", "Household loans"),
    key=("loan_no",),
    group="finance",
    clauses=("四(五)",),
    day="lent_on",
    references=(Reference(("household_no",), "households"),),
    across=(
        not_before("due_on", "lent_on"),
        not_before("repaid_on", "lent_on"),
    ),
)

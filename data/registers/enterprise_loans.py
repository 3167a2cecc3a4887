"""The register of loans to enterprises and shops (企业和网店贷款) that lead poor households."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import just_one_of, not_before
from data.registers.fields import Number, RegisterModel, YesNo, choice, code, day, name, number, yes_no
from data.registers.naming import a_supplier
from data.words import Words

PURPOSES = {
    "shop": ("开办网店", "Opening a shop"),
    "produce": ("网货生产销售", "Producing and selling"),
    "other": ("其他", "Other"),
}


class EnterpriseLoans(RegisterModel):
    loan_no: str = code(
        "贷款编号",
        "Loan no.",
        ("这笔贷款的编号；不填银行账号", "The number of the loan; never a bank account"),
        "QD2020-0001",
    )
    supplier_code: str = a_supplier(
        "借款的企业或合作社；网店借款的留空",
        "The supplier that borrows; blank where a shop does",
        required=False,
    )
    shop_code: str = code(
        "网店编码",
        "Shop code",
        (
            "借款的网店，须已登记；企业借款的留空",
            "The shop that borrows; must be registered. Blank where a supplier does",
        ),
        "",
        required=False,
    )
    bank: str = name("银行", "Bank", ("放款的银行", "The bank that lends"), "示例银行")
    purpose: str = choice(
        "用途", "Purpose", ("贷款的用途", "What it is for"), PURPOSES, example="网货生产销售"
    )
    lent_on: str = day("放款日期", "Lent on", ("放款的日期", "The day it was lent"), "2020-05-01")
    due_on: str = day(
        "到期日期", "Due on", ("应当还清的日期", "The day it is due"), "2021-04-30", may_be_future=True
    )
    repaid_on: str = day(
        "还清日期",
        "Repaid on",
        ("还清的日期；未还清的留空", "The day it was repaid; blank while it is not"),
        "2021-04-28",
        required=False,
    )
    principal: Number = number(
        "本金",
        "Principal",
        ("借款的金额", "What was lent"),
        "300000.00",
        scale=2,
        unit=Words("元", "yuan"),
        low=1,
    )
    rate: Number = number(
        "年利率",
        "Yearly rate",
        ("合同的年利率", "The yearly rate of the contract"),
        "4.35",
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
    poor_share: Number = number(
        "贫困户产品占销售比例",
        "Poor households' share",
        (
            "贫困户产品占销售额的百分比；不清楚的留空",
            "Per cent of its sales that are poor households' goods; blank where not known",
        ),
        "65",
        scale=0,
        unit=Words("%", "%"),
        low=0,
        high=100,
        required=False,
    )


ABOUT = About(
    model=EnterpriseLoans,
    name="enterprise_loans",
    position=48,
    title=Words("企业和网店贷款", "Loans to enterprises and shops"),
    key=("loan_no",),
    group="finance",
    clauses=("四(五)",),
    day="lent_on",
    references=(
        Reference(("supplier_code",), "suppliers"),
        Reference(("shop_code",), "shops"),
    ),
    across=(
        just_one_of("supplier_code", "shop_code"),
        not_before("due_on", "lent_on"),
        not_before("repaid_on", "lent_on"),
    ),
)

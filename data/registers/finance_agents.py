"""The register of financial service agents (金融服务代办点) in villages."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, code, day, name
from data.registers.naming import a_village
from data.words import Words


class FinanceAgents(RegisterModel):
    agent_code: str = code("代办点编码", "Agent code", ("代办点的编码", "The code of the agent"), "JR001")
    village_code: str = a_village("代办点所在的村", "The village it lies in")
    bank: str = name("银行", "Bank", ("设立代办点的银行", "The bank that set it up"), "示例银行")
    opened_on: str = day("启用日期", "Opened on", ("启用的日期", "The day it was opened"), "2019-11-01")
    closed_on: str = day(
        "停用日期",
        "Closed on",
        ("停用的日期；仍在的留空", "The day it was closed; blank while it is there"),
        "",
        required=False,
    )


ABOUT = About(
    model=FinanceAgents,
    name="finance_agents",
    position=51,
    title=Words("金融服务代办点", "Financial service agents"),
    key=("agent_code",),
    group="finance",
    clauses=("四(五)",),
    day="opened_on",
    references=(Reference(("village_code",), "villages"),),
    across=(not_before("closed_on", "opened_on"),),
)

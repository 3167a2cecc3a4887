"""规则 / Rules: what decides, on which words of the plan, and what would happen with other values."""

from __future__ import annotations

import streamlit as st

from office import running
from office.permissions import may
from office.programs import DEFAULT, programs_in_force
from pages.parts import address, rule_views, rules_exchange, rules_matrix, rules_readings, what_if
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _, say

person = need("clerk", "reviewer", "auditor", "administrator")
day = address.the_day()
views = {
    "what-if": _("假设分析"),
    "plan": _("规则与方案对照"),
    "values": _("取值与沿革"),
    "readings": _("待确认口径"),
    "matrix": _("条款矩阵"),
    "proof": _("证明"),
    "exchange": _("导出"),
}
with running.reader() as db:
    programs = {program.program: program for program in programs_in_force(db, day)}
view = one_of_few("view", "rules_view", _("看什么"), views, "what-if")

if view == "what-if" and person.role == "administrator":
    st.info(_("假设分析会列出农户的产品，管理员岗位不办理业务，因此不显示。其他几项都可以看。"))
elif view == "what-if":
    rule_views.titled(programs[DEFAULT])
    address.link(
        "logistics", _("物流补贴的标准换一个取值会怎样：在结算里试"), icon=":material/tune:", view="draft"
    )
    if may(person.role, "draft_rules"):
        address.link("rule_changes", _("要正式改取值或条件：起草一份修改"), icon=":material/edit_note:")
    what_if.panel(programs[DEFAULT], day)
elif view == "plan":
    titles = {name: say(program.title) for name, program in programs.items()}
    chosen = programs[one_of_few("program", "rules_program", _("哪一套规则"), titles, DEFAULT)]
    rule_views.titled(chosen)
    rule_views.beside_the_plan(chosen, day)
elif view == "values":
    rule_views.values_over_time(day)
elif view == "readings":
    rules_readings.panel(day, person)
elif view == "matrix":
    rules_matrix.panel(day, person)
elif view == "proof":
    rule_views.proofs(day)
else:
    rules_exchange.panel(day, person)

"""规则 / Rules: what decides, on which words of the plan, and what would happen with other values."""

from __future__ import annotations

import streamlit as st

from office.programs import DEFAULT, program_named, published_titles
from pages.parts import address, rule_views, what_if
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
    "proof": _("证明"),
}
view = one_of_few("view", "rules_view", _("看什么"), views, "what-if")

if view == "what-if" and person.role == "administrator":
    st.info(_("假设分析会列出农户的产品，管理员岗位不办理业务，因此不显示。其他几项都可以看。"))
elif view == "what-if":
    rule_views.titled(program_named(DEFAULT))
    address.link(
        "logistics", _("物流补贴的标准换一个取值会怎样：在结算里试"), icon=":material/tune:", view="draft"
    )
    what_if.panel(program_named(DEFAULT), day)
elif view == "plan":
    titles = {name: say(title) for name, title in published_titles().items()}
    chosen = program_named(one_of_few("program", "rules_program", _("哪一套规则"), titles, DEFAULT))
    rule_views.titled(chosen)
    rule_views.beside_the_plan(chosen)
elif view == "values":
    rule_views.values_over_time(day)
elif view == "readings":
    rule_views.readings(day)
else:
    rule_views.proofs()

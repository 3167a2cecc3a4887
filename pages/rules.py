"""规则 / Rules: what decides, on which words of the plan, and what would happen with other values."""

from __future__ import annotations

from html import escape

import streamlit as st

from office.programs import program_named, proof_summary
from pages.parts import address, rule_views, what_if
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _, say
from pages.parts.looks import number_words

person = need("clerk", "reviewer", "auditor", "administrator")
program = program_named()
day = address.the_day()
views = {
    "what-if": _("假设分析"),
    "plan": _("规则与方案对照"),
    "values": _("取值与沿革"),
    "readings": _("待确认口径"),
    "proof": _("证明"),
}
view = one_of_few("view", "rules_view", _("看什么"), views, "what-if")
st.html(
    f'<div class="office-who">{escape(say(program.title))} · <span lang="zh">{escape(program.source)}</span>'
    f" · SHA-256 {program.digest[:16]}</div>"
)

if view == "what-if" and person.role == "administrator":
    st.info(_("假设分析会列出农户的产品，管理员岗位不办理业务，因此不显示。其他几项都可以看。"))
elif view == "what-if":
    what_if.panel(program, day)
elif view == "plan":
    rule_views.beside_the_plan(program)
elif view == "values":
    rule_views.values_over_time(program, day)
elif view == "readings":
    rule_views.readings(program, day)
else:
    proved = proof_summary(program)
    st.success(_("没有发现问题：规则在下列每一种情形下都有且只有一个结果。"), icon=":material/verified:")
    for benefit, combinations in proved.combinations.items():
        title = say(program.benefits[benefit].title)
        st.write(_("{title}：逐一核对了 {n} 种情形。").format(title=title, n=number_words(combinations)))
    st.markdown(
        "\n".join(
            f"- {line}"
            for line in (
                _("没有判不出的情形，也没有永远轮不到的判定行。"),
                _("没有用不上的条件。"),
                _("没有“情况更差、结果反而更好”。"),
                _("“长期不合格”既能出现也能消除，且不会由同一次检验同时触发。"),
                _("每次判定都由两套各自独立的判定程序逐一核对，只要有一处不一致就停止，不记录任何结果。"),
            )
        )
    )

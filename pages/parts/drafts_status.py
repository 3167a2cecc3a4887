"""How a draft stands, in one line that is always there; faults with their lines, each a way to its place."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from office.rulekeeping.checking_drafts import Checked
from office.rulekeeping.trying_cases import Tried
from pages.parts.drafts_editor import jump_to
from pages.parts.drafts_working import Working
from pages.parts.language import _, _n, say

SHOWN = 30  # faults that are listed one by one


def status(checked: Checked, cases: Sequence[Tried], working: Working) -> None:
    """File, proof, cases: what is known of the text as it stands."""
    if checked.unchecked is not None:
        st.error(say(checked.unchecked), icon=":material/error:")
    elif checked.faults:
        words = _n("✕ 文件有 {n} 处问题，改好后才能证明。", len(checked.faults))
        st.error(f"{words} {_placed(checked.faults[0].line)}{say(checked.faults[0].words)}")
    elif checked.found:
        st.warning(_n("！文件可以读取，证明发现 {n} 处问题，见“检查结果”。", len(checked.found)))
    else:
        st.success(_("✔ 文件没有问题，证明通过。") + _failing(cases))
    named = checked.program.program if checked.program else working.program
    if named != working.program:
        st.warning(
            _("文件里的名称是“{named}”，这份草稿却是“{program}”的，不能照此公布。").format(
                named=named, program=working.program
            ),
            icon=":material/warning:",
        )
    if working.theirs is not None:
        st.caption(_("有人在您修改期间保存了这份草稿，见上面的说明。"))


def _failing(cases: Sequence[Tried]) -> str:
    if not cases:
        return ""
    held = sum(one.answer == "holds" for one in cases)
    if held == len(cases):
        return " " + _n("{n} 个测试案例都相符。", held)
    return " " + _("测试案例 {all} 个，其中 {n} 个不符，见“测试案例”。").format(
        all=len(cases), n=len(cases) - held
    )


def faults_list(checked: Checked) -> None:
    """Faults of the file and of the proof, each with a button to its line."""
    every = [(f.line, f.key, f.words) for f in checked.faults]
    every += [(f.line, f.where, f.words) for f in checked.found]
    for number, (line, key, words) in enumerate(every[:SHOWN]):
        place, what = st.columns([1, 6], vertical_alignment="center")
        if line:
            place.button(
                _("第 {line} 行").format(line=line),
                key=f"drafts_fault_{number}",
                on_click=jump_to,
                args=(line,),
                icon=":material/my_location:",
            )
        what.markdown(f"`{key}`　{_escaped(say(words))}" if key else _escaped(say(words)))
    if len(every) > SHOWN:
        st.caption(_("只列出前 {n} 处，共 {all} 处。").format(n=SHOWN, all=len(every)))


def _placed(line: int | None) -> str:
    return _("第 {line} 行：").format(line=line) if line else ""


def _escaped(text: str) -> str:
    """Somebody else's text inside Markdown."""
    for sign in r"\`*_[]<>$#|~":
        text = text.replace(sign, "\\" + sign)
    return text

"""查看姓名: wherever names are masked for an auditor, a reason shows those of one row until the row is left.

if names_seen("good", what, person): …      what is shown now
ask_for_names("good", what, person)         the button, or the way to hide them again
"""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from office import running
from office.casework.asked import Doer
from office.permissions import may
from office.personal.noting import LONGEST_REASON
from office.personal.showing import Shown, show
from office.refusal import Refused
from pages.parts.language import _, say

WRITTEN_DOWN = "personal_written_down"  # by key: the number of the step that shows these names


def names_seen(page: str, what: Shown, person: Person) -> bool:
    """Whether this person sees these names now: always by role, or since they said why and have not left the row."""
    if may(person.role, "see_household_heads"):
        return True
    key = _key(page, what)
    written: dict[str, int] = st.session_state.setdefault(WRITTEN_DOWN, {})
    if st.session_state.get(key) is not True:  # the switch is gone as soon as the row is not on the page
        written.pop(key, None)
    return key in written and may(person.role, "show_personal")


def ask_for_names(page: str, what: Shown, person: Person) -> None:
    """Nothing for roles that see names anyway or never; else the button with its reason, or the switch while they are shown."""
    if may(person.role, "see_household_heads") or not may(person.role, "show_personal"):
        return
    key = _key(page, what)
    if names_seen(page, what, person):
        number = st.session_state[WRITTEN_DOWN][key]
        st.toggle(_("姓名显示中（记录第 {n} 号），离开即隐去").format(n=number), key=key)
        return
    with (
        st.popover(_("查看姓名"), icon=":material/visibility:", key=f"{key}_open"),
        st.form(f"{key}_form", border=False),
    ):
        st.markdown(
            _(
                "姓名只在需要时查看。写明理由后，显示这一行涉及的姓名；谁、何时、看了什么、为什么，都写进记录。"
            )
        )
        if said := st.session_state.pop(f"{key}_said", None):
            st.warning(said, icon=":material/info:")
        st.text_input(
            _("为什么要看"),
            key=f"{key}_reason",
            max_chars=LONGEST_REASON,
            placeholder=_("例如：抽样核对到户"),
        )
        st.form_submit_button(
            _("写入记录并显示"), on_click=_show, args=(key, what, person), type="primary", key=f"{key}_do"
        )


def _show(key: str, what: Shown, person: Person) -> None:
    reason = st.session_state.get(f"{key}_reason", "")
    try:
        step = show(running.writer(), what, reason, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.session_state[f"{key}_said"] = say(problem.words)
        return
    st.session_state.setdefault(WRITTEN_DOWN, {})[key] = step.id
    st.session_state[key] = True


def _key(page: str, what: Shown) -> str:
    asked = f"{what.register} {what.row} {what.household_no}"
    return f"{page}_names_{sha256(asked.encode()).hexdigest()[:12]}"

"""人员与账号: the one-time code just made, shown once, with what to do with it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from office.accounts.managing import Code
from pages.parts.language import _
from pages.parts.people_words import when

_SHOWN, _DONE = "people_code", "people_code_done"


@dataclass
class _Shown:
    name: str
    login: str
    code: Code
    seen: bool = False


def hand_over(name: str, login: str, code: Code) -> None:
    """Have the code shown from the next run on, until it is put away or the page is left."""
    st.session_state[_SHOWN] = _Shown(name, login, code)


def show_code() -> None:
    """The code, if one is to be shown. Nothing keeps it: put away, it cannot be shown again."""
    shown: _Shown | None = st.session_state.get(_SHOWN)
    if shown is not None and shown.seen and _DONE not in st.session_state:
        shown = (
            st.session_state.pop(_SHOWN) and None
        )  # the page was left: Streamlit dropped its button's state
    if shown is None:
        return
    shown.seen = True
    st.html(
        '<style>.st-key-people_code_card [data-testid="stCode"] code { font-size: 1.25rem; letter-spacing: .05em; }</style>'
    )
    with st.container(border=True, key="people_code_card"):
        st.markdown(
            f"**{_('{name}的一次性代码（只显示这一次）').format(name=shown.name)}**　"
            + _("登录名：{login}").format(login=f"`{shown.login}`")
        )
        st.code(shown.code.text, language=None)
        st.markdown(
            _(
                "当面或打电话告诉本人，不要发到群里。本人在登录页点“我有一次性代码”，填登录名和这个代码，自己设新密码。"
                "只能用一次，{until} 前有效；过期或丢了，再发一个即可。"
            ).format(until=when(shown.code.until))
        )
        st.button(_("已经告诉本人，收起"), key=_DONE, on_click=_put_away, icon=":material/check:")


def _put_away() -> None:
    st.session_state.pop(_SHOWN, None)

"""人员与账号: somebody new."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.people import ROLES, Person
from office.accounts import managing
from office.signing import LONGEST
from pages.parts.door import role_words
from pages.parts.language import _
from pages.parts.people_doing import do
from pages.parts.people_roles import show_role


def show_add(person: Person, demonstration: bool, already: int) -> None:
    """The form; blank again once somebody was added (`already` are there)."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        role = st.radio(
            _("岗位 *"), ROLES, format_func=role_words, key=f"people_add_role_{already}", horizontal=True
        )
        with st.form("people_add", border=True):
            name = st.text_input(_("姓名 *"), key=f"people_add_name_{already}", max_chars=LONGEST)
            login = st.text_input(
                _("登录名 *"),
                key=f"people_add_login_{already}",
                max_chars=LONGEST,
                help=_("本人登录时输入的名字，用拼音或工号都行。姓名和登录名以后不能改，不能和别人相同。"),
            )
            st.caption(_("新增后会显示一个一次性代码，告诉本人，由本人自己设密码。没有任何默认密码。"))
            pressed = st.form_submit_button(
                _("新增"), type="primary", icon=":material/person_add:", disabled=demonstration
            )
    with right:
        show_role(role)
    if pressed and not demonstration:
        doing = partial(managing.add, login=login, name=name, role=role)
        words = _("已新增{name}，岗位是{role}。").format(name=name.strip(), role=role_words(role))
        do(doing, words, person=person, name=name.strip(), login=login.strip())

"""我的账号 / One's own account: what one may do, the password, and where one is signed in."""

from __future__ import annotations

import streamlit as st

from office import running
from pages.parts.account_password import show_password
from pages.parts.account_sign_ins import said, show_sign_ins
from pages.parts.door import need, role_words
from pages.parts.language import OTHER, _, lang
from pages.parts.people_roles import show_role
from pages.parts.standing_place import standing_place

person = need("clerk", "reviewer", "auditor", "administrator")
demonstration = running.is_demonstration()

st.markdown(
    f"**{person.name}** · {role_words(person.role)}　"
    + _("登录名：{login}").format(login=f"`{person.login}`")
)
with standing_place("account_above"):
    said()
left, right = st.columns([3, 2], gap="large")
with left:
    show_sign_ins(person)
    show_password(person, demonstration)
with right:
    show_role(person.role)
    st.caption(_("岗位由管理员设定。姓名、岗位不对的，请找管理员。"))
    other, words = OTHER[lang()]
    st.html(
        f'{_("界面语言：")}<a href="/language/{other}" target="_self" hreflang="{other}" lang="{other}">{words}</a>'
    )

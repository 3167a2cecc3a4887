"""人员与账号 and 我的账号: what a role may do, from the one list of permissions."""

from __future__ import annotations

import streamlit as st

from data.people import ROLES
from office.duties import duties
from pages.parts.door import role_words
from pages.parts.language import _, say


def show_role(role: str) -> None:
    """One role and what it may do."""
    st.markdown(f"**{_('{role}可以').format(role=role_words(role))}**")
    st.markdown("\n".join(f"- {say(words)}" for words in duties(role)))


def show_roles() -> None:
    """All roles beside each other, and the two rules that hold for everybody."""
    st.markdown(
        _(
            "一个人只有一个岗位。提出的人不能自己决定：作处理决定、审核结算、发布规则都要换一个人。"
            "管理员管账号、备份和设置，不参与判定和审核。"
        )
    )
    for place, role in zip(st.columns(len(ROLES)), ROLES, strict=True):
        with place:
            show_role(role)

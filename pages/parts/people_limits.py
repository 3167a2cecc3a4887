"""人员与账号: how long a sign-in lasts, for everybody."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.people import Person
from data.store import Database
from office.accounts.limits import ABSOLUTE_BOUNDS, IDLE_BOUNDS, limits_of, set_limits
from pages.parts.language import _
from pages.parts.people_doing import do


def show_limits(db: Database, person: Person, demonstration: bool) -> None:
    """The two limits, as they are and to be changed."""
    now = limits_of(db)
    with st.form("people_limits", border=True, width=520):
        idle = st.number_input(
            _("离开多久自动退出（分钟）"),
            value=int(now.idle.total_seconds()) // 60,
            min_value=IDLE_BOUNDS[0],
            max_value=IDLE_BOUNDS[1],
            key="people_idle",
        )
        absolute = st.number_input(
            _("一次登录最多用多久（小时）"),
            value=int(now.absolute.total_seconds()) // 3600,
            min_value=ABSOLUTE_BOUNDS[0],
            max_value=ABSOLUTE_BOUNDS[1],
            key="people_absolute",
        )
        st.caption(_("对所有人有效，已经登录的也按新的时限。改动记入记录链。"))
        pressed = st.form_submit_button(_("保存时限"), type="primary", disabled=demonstration)
    if pressed and not demonstration:
        doing = partial(set_limits, idle_minutes=int(idle), absolute_hours=int(absolute))
        do(doing, _("登录时限已保存。"), person=person)

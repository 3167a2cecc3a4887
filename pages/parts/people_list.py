"""人员与账号: everybody in one table, each with what their account is just now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from office.accounts.managing import Account
from pages.parts import address
from pages.parts.door import role_words
from pages.parts.language import _, _n, lang
from pages.parts.people_words import address_of, state_label, when
from pages.parts.tables import row_hint, table_height

MOST_ROWS = 8


def show_list(accounts: Sequence[Account], demonstration: bool) -> Account | None:
    """The table; gives the account that is chosen, in the table or by the address."""
    key = "people_rows_" + "_".join(address_of(one.login) for one in accounts)  # a new order, a new choice
    active = [one for one in accounts if one.active]
    st.markdown(
        f"**{_n('在用 {n} 人', len(active))}**" + _("，") + _n("已停用 {n} 人", len(accounts) - len(active))
    )
    st.caption(row_hint(_("看这个人能做什么，改岗位、发一次性代码、停用")))
    event: Any = st.dataframe(
        pd.DataFrame([_row(one, demonstration) for one in accounts]),
        hide_index=True,
        height=table_height(len(accounts), MOST_ROWS),
        key=key,
        on_select=lambda: _keep_choice(key, accounts),
        selection_mode="single-row",
        column_config=_config(),
        placeholder="",
    )
    rows: list[int] = [row for row in event["selection"]["rows"] if row < len(accounts)]
    if rows:
        return accounts[rows[0]]
    asked = address.text("who")
    return next((one for one in accounts if address_of(one.login) == asked), None)


def _keep_choice(key: str, accounts: Sequence[Account]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    address.put(who=address_of(accounts[rows[0]].login) if rows and rows[0] < len(accounts) else None)


def _row(one: Account, demonstration: bool) -> dict[str, Any]:
    return {
        "name": one.name,
        "login": one.login,
        "role": role_words(one.role),
        "state": state_label(one, demonstration),
        "last": when(one.last_sign_in) or _("还没有登录过"),
        "open": one.open_sign_ins,
    }


def _config() -> dict[str, Any]:
    config, wide = st.column_config, lang() == "en"
    return {
        "name": config.TextColumn(_("姓名"), width=150),
        "login": config.TextColumn(_("登录名"), width=150),
        "role": config.TextColumn(_("岗位"), width=100),
        "state": config.TextColumn(_("状态"), width=250 if wide else 180),
        "last": config.TextColumn(_("最近登录"), width=150),
        "open": config.NumberColumn(_("正开着的登录（处）"), width=140),
    }

"""人员与账号: one person: what the account is, what may be done with it, and everything that happened to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from data.people import ROLES, Person
from data.store import Writer
from office.accounts import managing
from office.accounts.managing import Account, Code, Version
from office.casework.asked import Doer
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.door import role_words, who_words
from pages.parts.language import _, _n, say
from pages.parts.people_doing import do
from pages.parts.people_words import change_words, state_label, when

LONGEST_REASON = 200
Doing = Callable[[Writer, Doer], Code | int | None]


def show_one(account: Account, past: Sequence[Version], person: Person, demonstration: bool) -> None:
    """The whole panel."""
    st.subheader(f"{account.name} · {role_words(account.role)}", anchor=False)
    st.markdown(state_label(account, demonstration) + _locked(account))
    left, right = st.columns([3, 2], gap="large")
    with left:
        if account.login == person.login:
            st.caption(_("这是您自己的账号。改密码在“我的账号”；改岗位、停用要由另一位管理员办理。"))
            address.link("account", _("去我的账号"), icon=":material/account_circle:")
        else:
            _form(account, person, demonstration)
    with right:
        _history(past)


def _locked(account: Account) -> str:
    if account.locked_until is None:
        return ""
    return "　" + _("连续输错密码，{until} 后可再试；发一次性代码会马上解除。").format(
        until=when(account.locked_until)
    )


def _form(account: Account, person: Person, demonstration: bool) -> None:
    """One thing to be done at a time, with what it brings said beside the button."""
    words = _possible(account)
    kind = one_of_few("do", "people_do", _("办理什么"), words, next(iter(words)))
    with st.form(f"people_form_{kind}", border=True):
        role = _role_field(account) if kind == "role" else account.role
        st.caption(_what_comes_of(kind))
        reason = ""
        if kind != "sign_out":
            reason = st.text_input(
                _("说明（可以空白）"), key=f"people_reason_{kind}_{account.login}", max_chars=LONGEST_REASON
            )
        pressed = st.form_submit_button(words[kind], type="primary", disabled=demonstration)
    if pressed and not demonstration:
        doing = _doing(kind, account.login, role, reason)
        do(doing, _done_words(kind, account, role), person=person, name=account.name, login=account.login)


def _possible(account: Account) -> dict[str, str]:
    if not account.active:
        return {"enable": _("重新启用")}
    return {
        "code": _("发一次性代码"),
        "role": _("改岗位"),
        "sign_out": _("让各处退出登录"),
        "disable": _("停用"),
    }


def _role_field(account: Account) -> str:
    others = [role for role in ROLES if role != account.role]
    chosen = st.radio(
        _("新岗位"), others, format_func=role_words, key=f"people_role_{account.login}", horizontal=True
    )
    return str(chosen)


def _what_comes_of(kind: str) -> str:
    return {
        "code": _(
            "原密码马上作废，开着的页面马上退出。本人用这个代码登录一次，自己设新密码。忘记密码就用这一项。"
        ),
        "role": _("开着的页面马上退出，重新登录后按新岗位办理。以前办的事不变。"),
        "sign_out": _("开着的页面马上退出，密码不变。电脑忘了退出登录时用。"),
        "disable": _("马上不能再登录，开着的页面马上退出。姓名和以前办的事都留着。调离、退休时用。"),
        "enable": _("发一个一次性代码，本人用它登录并设新密码；岗位和停用前一样。"),
    }[kind]


def _doing(kind: str, login: str, role: str, reason: str) -> Doing:
    ways: dict[str, Doing] = {
        "code": partial(managing.give_code, login=login, reason=reason),
        "role": partial(managing.change_role, login=login, role=role, reason=reason),
        "sign_out": partial(managing.sign_out_everywhere, login=login),
        "disable": partial(managing.disable, login=login, reason=reason),
        "enable": partial(managing.enable, login=login, reason=reason),
    }
    return ways[kind]


def _done_words(kind: str, account: Account, role: str) -> str:
    return {
        "code": _("已给{name}发一次性代码。"),
        "role": _("{name}的岗位已改为{role}。"),
        "sign_out": _("{name}已在各处退出登录。"),
        "disable": _("{name}的账号已停用。"),
        "enable": _("{name}的账号已重新启用。"),
    }[kind].format(name=account.name, role=role_words(role))


def _history(past: Sequence[Version]) -> None:
    """From the chain, newest first; nobody can change it."""
    st.markdown(f"**{_('这个账号的历史')}**　" + _n("{n} 条", len(past)))
    for one in past:
        more = one.reason or (say(one.remark) if one.remark else "")
        reason = _("：") + more if more else ""
        st.text(f"{when(one.at)}　{change_words(one)}　{_('经办')} {who_words(one.by)}{reason}")

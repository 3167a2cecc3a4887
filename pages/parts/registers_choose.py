"""Which register: by group, by clause of the plan, or from a table of all of them with how many rows each has."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from data.register import GROUPS, REGISTERS, Register
from data.register_lists import sizes
from data.store import Database
from office.registry.listing import clauses
from pages.parts import address
from pages.parts.language import _, say
from pages.parts.registers_table import as_plain
from pages.parts.tables import row_hint, table_height

OWN = ("group", "clause")  # of the address: stays when another register is chosen


def choose_register(db: Database) -> Register | None:
    """Group, register and clause beside each other; None while no register is chosen."""
    counts = sizes(db)
    first, second, third = st.columns([2, 3, 1.2])
    group = address.one_of("group", tuple(GROUPS), "")
    clause = address.one_of("clause", clauses(), "")
    with first:
        _control("group", _("类别"), {name: say(words) for name, words in GROUPS.items()}, group)
    with third:
        _control("clause", _("方案条款"), {one: one for one in clauses()}, clause)
    offered = {
        name: _("{title}（{n} 行）").format(title=say(kept.title), n=f"{counts[name]:,}")
        for name, kept in _by_group()
        if group in ("", kept.group) and (not clause or clause in kept.clauses)
    }
    asked = address.one_of("register", tuple(REGISTERS), "")
    if asked and asked not in offered:
        offered[asked] = say(REGISTERS[asked].title)
    with second:
        key = address.follow("registers_register", asked)
        st.selectbox(
            _("台账"),
            ["", *offered],
            key=key,
            format_func=lambda name: offered[name] if name else _("请选择（下面是全部台账）"),
            on_change=_chosen,
        )
    if asked:
        return REGISTERS[asked]
    _all(offered, counts)
    return None


def _by_group() -> list[tuple[str, Register]]:
    """The registers group by group, within one in the order in which they are filled."""
    order = list(GROUPS)
    return sorted(REGISTERS.items(), key=lambda pair: order.index(pair[1].group))


def open_register(name: str) -> None:
    """Into the address: this register, and nothing that belonged to another."""
    address.turn_to(OWN, {"register": name})


def here(label: str, key: str, icon: str, to: Mapping[str, str]) -> None:
    """The way to another register or row, keeping which registers are offered."""
    address.here(as_plain(label), f"registers_to_{key}", to, icon=icon, keeping=OWN)


def _control(name: str, label: str, words: dict[str, str], asked: str) -> None:
    key = address.follow(f"registers_{name}", asked)
    st.selectbox(
        label,
        ["", *words],
        key=key,
        format_func=lambda code: words[code] if code else _("全部"),
        on_change=_narrowed,
        args=(name, key),
    )


def _narrowed(name: str, key: str) -> None:
    open_register("")
    address.keep(name, key, "")


def _chosen() -> None:
    open_register(st.session_state["registers_register"])


def _all(offered: dict[str, str], counts: dict[str, int]) -> None:
    """Every register with its group, clauses and rows; choosing a line opens it."""
    names = list(offered)
    rows = [
        {
            _("类别"): say(GROUPS[kept.group]),
            _("台账"): say(kept.title),
            _("方案条款"): _("、").join(kept.clauses),
            _("行数"): counts[name],
        }
        for name in names
        for kept in (REGISTERS[name],)
    ]
    if not rows:
        st.info(_("这个类别里没有属于该条款的台账。请改选类别或条款。"), icon=":material/filter_alt_off:")
        return
    st.caption(row_hint(_("打开这本台账")))
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=table_height(len(rows), 18),
        key="registers_all",
        on_select=lambda: _opened(names),
        selection_mode="single-row",
        column_config={_("行数"): st.column_config.NumberColumn(format="localized", width=90)},
    )


def _opened(names: list[str]) -> None:
    if chosen := st.session_state["registers_all"]["selection"]["rows"]:
        open_register(names[chosen[0]])

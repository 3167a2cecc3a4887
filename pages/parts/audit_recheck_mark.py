"""A paper's foot beside the chain: the entry's number and the beginning of its hash, typed in and compared."""

from __future__ import annotations

import streamlit as st

from data.store import Database
from office.rechecking.keeping import mark_holds
from office.refusal import Refused
from pages.parts import address
from pages.parts.language import _, say

NUMBER, HASH = "entry", "hash"


def show_mark(db: Database) -> None:
    """Two fields, which stay in the address, and whether they fit the chain."""
    st.subheader(_("对照纸上的链号"), anchor=False)
    st.caption(_("文书页脚印有“链号 编号 · 散列”。照纸上抄到这里，看记录链在打印以后有没有被改写。"))
    left, right = st.columns([1, 3])
    number, mark = address.text(NUMBER), address.text(HASH)
    for column, name, label, value in (
        (left, NUMBER, _("链号（编号）"), number),
        (right, HASH, _("散列（纸上的 16 位或全部 64 位）"), mark),
    ):
        key = f"audit_recheck_{name}"
        column.text_input(
            label,
            key=address.follow(key, value),
            max_chars=address.LONGEST_TEXT,
            on_change=address.keep,
            args=(name, key, ""),
        )
    if not (number and mark):
        return
    try:
        holds, words = mark_holds(db, number, mark)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/info:")
        return
    if holds:
        st.success(say(words), icon=":material/check_circle:")
    else:
        st.error(say(words), icon=":material/error:")

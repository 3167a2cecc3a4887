"""Where no batch has the code: said calmly, with the batches that come near it."""

from __future__ import annotations

import streamlit as st

from data.inspection_lists import register_size
from data.register import register
from data.store import Database
from office.registry.listing import Listed, called
from office.registry.tracing import batches_like
from pages.parts import address
from pages.parts.language import _
from pages.parts.registers_table import table_of
from pages.parts.tables import row_hint, table_height

AUDITOR = "auditor"  # the list of a search names nobody, whoever looks


def show_search(db: Database, words: str) -> None:
    """Batches that fit the words, the newest first; choosing one shows its chain."""
    batches = register("trace_batches")
    if not register_size(db, batches.name):
        st.info(_("还没有登记追溯批次。"), icon=":material/qr_code:")
        address.link("registers", _("去登记追溯批次"), icon=":material/table_rows:", register=batches.name)
        return
    rows = batches_like(db, words)
    if words and not rows:
        told = _("没有追溯码为“{code}”的批次，也没有与它相近的。请核对标签上的号码。")
        st.info(told.format(code=words), icon=":material/search_off:")
        rows = batches_like(db, words := "")
    elif words:
        st.info(
            _("没有追溯码正好是“{code}”的批次，下面是相近的。").format(code=words), icon=":material/search:"
        )
    found = Listed(batches, len(rows), list(rows), called(db, batches, rows, AUDITOR))
    frame, drawn = table_of(found)
    st.caption(row_hint(_("看这一批的来龙去脉")))
    st.dataframe(
        frame,
        hide_index=True,
        height=table_height(len(frame), 14),
        key="trace_found",
        on_select=lambda: _open([row["trace_code"] for row in rows]),
        selection_mode="single-row",
        column_config=drawn,
        placeholder="",
    )


def _open(codes: list[str]) -> None:
    if chosen := st.session_state["trace_found"]["selection"]["rows"]:
        address.put(code=codes[chosen[0]])

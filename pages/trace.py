"""追溯 / Trace: the chain of one batch for whoever holds its code, from harvest to where it went."""

from __future__ import annotations

import streamlit as st

from data.store import Database
from office import running
from office.registry.tracing import trace
from pages.parts import address
from pages.parts.door import need
from pages.parts.language import _
from pages.parts.trace_chain import show_chain
from pages.parts.trace_search import show_search

person = need("clerk", "reviewer", "auditor")


def asked_code() -> str:
    """The code in the address, shown in the field where another can be typed."""
    code = address.text("code", longest=64)
    key = address.follow("trace_code", code)
    st.text_input(
        _("追溯码"),
        key=key,
        placeholder=_("扫描或输入追溯码；也可以输入户编号、产品或证书编号查找"),
        on_change=address.keep,
        args=("code", key, ""),
    )
    return code


def show(db: Database, code: str) -> None:
    """The chain of the batch, or what comes near where no batch has this code."""
    chain = trace(db, code) if code else None
    if chain is None:
        show_search(db, code)
    else:
        show_chain(chain)


with running.reader() as database:
    show(database, asked_code())

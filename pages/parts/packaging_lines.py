"""The lines of a slip: which items, and how much of each."""

from __future__ import annotations

import streamlit as st

from data.casework.packaging import Item
from office.stores.packaging import Line
from office.stores.packaging_slips import MOST
from pages.parts.language import _
from pages.parts.packaging_where import Where

IN_A_ROW = 4


def draw_lines(where: Where, kind: str, prefix: str) -> list[str]:
    """Ask for the items and their quantities; the codes chosen. What is taken back is all that is held, to begin with."""
    known = {item.code: (item, there) for item, there in where.there.items()}
    codes: list[str] = st.multiselect(
        _("物资"),
        list(known),
        default=list(known) if kind == "return" else None,
        key=f"{prefix}_items",
        format_func=lambda code: f"{code}　{known[code][0].name}",
        placeholder=_("可选几种"),
        persist_state="session",
    )
    for at in range(0, len(codes), IN_A_ROW):
        row = codes[at : at + IN_A_ROW]
        for place, code in zip(st.columns(IN_A_ROW), row, strict=False):
            with place:
                _quantity(*known[code], key=_key(prefix, code), all_of_it=kind == "return")
    return codes


def lines_of(codes: list[str], prefix: str) -> tuple[Line, ...]:
    """The lines as they were filled in; a blank is nothing, which the office refuses in words."""
    return tuple(Line(code, int(st.session_state.get(_key(prefix, code)) or 0)) for code in codes)


def _quantity(item: Item, there: int | None, *, key: str, all_of_it: bool) -> None:
    label = _("{name}（{unit}）").format(name=item.name, unit=item.unit)
    if there is not None:
        label = _("{name}（{unit}），现有 {there}").format(name=item.name, unit=item.unit, there=f"{there:,}")
    st.number_input(
        label,
        min_value=0,
        max_value=MOST,
        value=there if all_of_it else None,
        step=1,
        key=key,
        placeholder=_("数量"),
        on_change="ignore",
        persist_state="session",
    )


def _key(prefix: str, code: str) -> str:
    return f"{prefix}_quantity_{code}"

"""Filters of the packaging lists, each kept in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts import address
from pages.parts.language import _


def search(name: str, label: str, example: str) -> str:
    """A few words to look for."""
    found = address.text(name)
    key = address.follow(f"packaging_{name}", found)
    st.text_input(label, key=key, placeholder=example, on_change=address.keep, args=(name, key, ""))
    return found


def in_words(values: Mapping[str, str]) -> str:
    """Titles with what was asked for, in one line; empty where everything is shown."""
    return _("；").join(f"{title} {value}" for title, value in values.items() if value)


def clear_button(names: Sequence[str]) -> bool:
    """A button that takes these filters out of the address; whether any is there."""
    active = any(name in st.query_params for name in names)
    st.button(
        _("清除筛选"),
        key="packaging_clear",
        on_click=_clear,
        args=(names,),
        disabled=not active,
        type="tertiary",
    )
    return active


def _clear(names: Sequence[str]) -> None:
    address.put(**dict.fromkeys(names))

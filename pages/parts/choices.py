"""One of a few, chosen by a row of buttons and kept in the address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import address


def one_of_few(
    name: str, key: str, label: str, words: Mapping[str, str], default: str, *, hide_label: bool = True
) -> str:
    """The choice that the address has under `name` (the default is not written there), shown by the control `key`."""
    chosen = address.one_of(name, tuple(words), default)
    st.segmented_control(
        label,
        list(words),
        key=address.follow(key, chosen),
        format_func=lambda choice: words[choice],
        on_change=address.keep,
        args=(name, key, default),
        required=True,
        label_visibility="collapsed" if hide_label else "visible",
    )
    return chosen

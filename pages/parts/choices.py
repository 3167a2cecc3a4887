"""One of a few, one of many, a day: chosen and kept in the address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from pages.parts import address
from pages.parts.language import _


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


def one_or_all(
    page: str,
    name: str,
    label: str,
    words: Mapping[str, str],
    *,
    every: str | None = None,
    drops: tuple[str, ...] = (),
    known: Mapping[str, str] | None = None,
) -> str:
    """A filter of `page`: one of the codes, shown in their words by a select box, or "" for everything (`every`).

    A new choice takes the names in `drops` out of the address. One of `known` that is not among `words` just now
    can still be asked by the address.
    """
    asked = address.one_of(name, tuple(known or words), "")
    shown = {**words, **({asked: known[asked]} if known and asked and asked not in words else {})}
    key = address.follow(f"{page}_{name}", asked)
    st.selectbox(
        label,
        ["", *shown],
        key=key,
        format_func=lambda code: shown[code] if code else every or _("全部"),
        on_change=_keep,
        args=(name, key, drops),
    )
    return asked


def day_or_none(page: str, name: str, label: str) -> date | None:
    """A filter of `page`: a day of the address, or none."""
    asked = address.day(name, address.FIRST_DAY)
    key = address.follow(f"{page}_{name}", None if asked == address.FIRST_DAY else asked)
    st.date_input(
        label,
        key=key,
        format="YYYY-MM-DD",
        min_value=address.FIRST_DAY,
        max_value=address.LAST_DAY,
        on_change=keep_from_the_first_page,
        args=(name, key),
    )
    found: date | None = st.session_state[key]
    return found


def keep_from_the_first_page(name: str, key: str) -> None:
    """Write a control's value into the address (a tick as 1) and go to the first page of the list."""
    value = st.session_state.get(key)
    address.put(page=None, **{name: 1 if value is True else None if value is False else value})


def _keep(name: str, key: str, drops: tuple[str, ...]) -> None:
    address.keep(name, key, "")
    address.put(**dict.fromkeys(drops))

"""Quiet lines of Today, each with a sign and the way to what it tells of; all of them in one piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from pages.parts.address import Value
from pages.parts.anchors import anchor

CSS = """
<style>
.stHtml .today-lines a[data-in-app] { display: inline-flex; align-items: center; gap: .5rem; padding: .1rem .5rem; }
.today-alone { flex-basis: 100%; }
.today-quiet { color: #5b6672; padding: .1rem .5rem; }
</style>
"""


def line(words: str, icon: str, page: str, to: Mapping[str, Value], *, alone: bool = True) -> str:
    """One line as HTML; without `page` its words alone. `alone`: nothing stands beside it."""
    told = escape(words)
    inside = anchor(page, told, to, icon=icon) if page else f'<span class="today-quiet">{told}</span>'
    return f'<div class="{"today-alone" if alone else ""}">{inside}</div>'


def show(lines: Sequence[str]) -> None:
    """The lines below each other, where there are any."""
    if lines:
        st.html(CSS + f'<div class="office-links today-lines">{"".join(lines)}</div>')

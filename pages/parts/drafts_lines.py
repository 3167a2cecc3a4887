"""Two texts line by line: what went and what came, each with its sign; lines between them that are the same are left out."""

from __future__ import annotations

from html import escape

import streamlit as st

from office.rulekeeping.differences import text_lines
from pages.parts import looks
from pages.parts.language import _

CSS = f"""
<style>
.draft-diff {{ font: 13px/20px Consolas, "Noto Sans Mono CJK SC", "WenQuanYi Zen Hei Mono", monospace; margin: 0;
  padding: 6px 10px; overflow: auto; border: 1px solid {looks.LINE}; border-radius: 6px; color: {looks.INK}; background: #fff; }}
.draft-diff span {{ display: block; white-space: pre; min-height: 20px; }}
.draft-diff .went {{ background: #fdecea; color: #8c1d18; }}
.draft-diff .came {{ background: #e9f5ee; color: #1d5c38; }}
.draft-diff .left {{ color: {looks.QUIET}; }}
</style>
"""
_CLASSES = {"-": "went", "+": "came", "@": "left"}
_SIGNS = {"-": "−", "+": "＋", "@": "…"}


def show_lines(before: str, after: str, legend: str, *, height: int | None = None) -> None:
    """The lines that differ, with what the signs mean."""
    lines = text_lines(before, after).splitlines()[2:]
    if not lines:
        st.caption(_("文本完全相同。"))
        return
    st.caption(legend)
    limit = f"max-height: {height}px" if height else ""
    body = "".join(map(_line, lines))
    st.html(f'{CSS}<pre class="draft-diff" style="{limit}" tabindex="0">{body}</pre>')


def _line(line: str) -> str:
    sign, text = line[:1], line[1:]
    if sign == "@":
        text = ""
    return f'<span class="{_CLASSES.get(sign, "same")}">{_SIGNS.get(sign, "　")} {escape(text)}</span>'

"""The file's text in an editor that is checked as one types: Streamlit's own text field, with line numbers beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pages.parts import looks
from pages.parts.drafts_working import Working
from pages.parts.language import _

HEIGHT = 420
_JUMP = "drafts_jump"
_CODE = Path(__file__).with_name("drafts_editor.js")
_FONT = 'font: 13px/20px Consolas, "Noto Sans Mono CJK SC", "WenQuanYi Zen Hei Mono", monospace;'
_CSS = f"""
<style>
.st-key-drafts_editor {{ position: relative; }}
.st-key-drafts_editor > [data-testid="stElementContainer"]:has(.draft-lines) {{ position: absolute; top: 0; left: 0; z-index: 1;
  width: 4.4em; pointer-events: none; }}
.st-key-drafts_editor textarea {{ {_FONT} white-space: pre; overflow: auto; padding: 8px 8px 8px 4.9em; resize: none; }}
.draft-lines {{ {_FONT} height: {HEIGHT}px; margin: 0; padding: 9px 6px; overflow: hidden; text-align: right;
  color: {looks.QUIET}; background: #f4f6f9; border: 1px solid {looks.LINE}; border-radius: 6px 0 0 6px; }}
.draft-lines i {{ font-style: normal; }}
.draft-lines b {{ color: #b3261e; }}
</style>
"""


def editor(working: Working, faults: Sequence[int], *, locked: bool) -> None:
    """The working text of a draft; lines with faults are marked. What is typed is in `working` at the next run."""
    key = f"drafts_text_{working.name}_{working.revision}"
    if key not in st.session_state:  # set once: while it is typed in, the field's own text stands
        st.session_state[key] = working.text
    st.html(_CSS)
    with st.container(key="drafts_editor"):
        st.html('<pre class="draft-lines" aria-hidden="true"></pre>')
        st.text_area(
            _("规则文件的文本"),
            key=key,
            height=HEIGHT,
            disabled=locked,
            label_visibility="collapsed",
            on_change=_typed,
            args=(key, working),
        )
    st.caption(_("停止输入约半秒后自动检查；按 Tab 键离开文本框。带 ✕ 的行有问题。"))
    code = _CODE.read_text(encoding="utf-8").replace("FAULTS", json.dumps(sorted(set(faults))))
    code = code.replace("JUMP", json.dumps(st.session_state.get(_JUMP)), 1)
    st.html(f"<script>{code}</script>", unsafe_allow_javascript=True)


def jump_to(line: int) -> None:
    """For a button: show this line of the editor, selected."""
    at = st.session_state.get(_JUMP, {}).get("at", 0) + 1
    st.session_state[_JUMP] = {"line": line, "at": at}


def _typed(key: str, working: Working) -> None:
    working.text = st.session_state[key]

"""抽样检查: how a drawn decision stands, with its sign; what was just done, said once."""

from __future__ import annotations

import streamlit as st

from office.audit.findings import OPEN, STATES
from pages.parts.language import say
from pages.parts.standing_place import standing_place

DONE = "audit_sample_done"  # in the session: what the next run says
SIGNS = {OPEN: "○", "in_order": "✔", "finding": "！"}


def state_label(kind: str) -> str:
    """Sign and word of how a drawn decision stands."""
    return f"{SIGNS[kind]} {say(STATES[kind])}"


def said() -> None:
    """What was just done, once."""
    with standing_place("audit_sample_said"):
        if words := st.session_state.pop(DONE, None):
            st.success(words, icon=":material/check_circle:")

"""Waiting for one's turn to write: said after half a second, on every page and for every button, in this one place."""

from __future__ import annotations

from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.store import WAIT_SECONDS
from data.waiting import tell_always
from pages.parts.language import _

# The message of the wait that this thread is in. It floats above the page: one in the page would move what stands below,
# and what somebody is just typing would be lost.
_SHOWN: ContextVar[DeltaGenerator | None] = ContextVar("message of the wait", default=None)


def tell_who_waits() -> None:
    """From now on whoever waits for somebody else's writing is told so, and when it goes on."""
    tell_always(_waits, _goes_on)


def _waits(_seconds: float) -> None:
    if _SHOWN.get() is not None or get_script_run_ctx(suppress_warning=True) is None:
        return
    words = _("正在等前面的人写完。轮到您就接着办，不用再点；最多等 {n} 秒。")
    shown = st.toast(
        words.format(n=int(WAIT_SECONDS)), icon=":material/hourglass_top:", duration=int(WAIT_SECONDS) + 2
    )
    _SHOWN.set(shown)


def _goes_on() -> None:
    shown = _SHOWN.get()
    _SHOWN.set(None)
    if shown is not None:
        shown.toast(_("等完了，接着办。"), icon=":material/hourglass_bottom:", duration="short")

"""A place above a form that keeps the form where it is, whether anything is said there or not."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def standing_place(key: str) -> DeltaGenerator:
    """For `with`: what comes and goes in it moves nothing that stands below.

    Without it a message that appears or goes shifts the form below by one place, the browser builds its
    fields anew, and what somebody is just typing is lost.
    """
    return st.container(key=key)

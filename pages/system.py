"""备份与体检 / Copies of the database, and what may be wrong with this installation."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("administrator")
st.caption(_("备份与体检"))

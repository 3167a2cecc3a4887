"""一户一品 / One good: its inspections, its decision slip, and why."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor")

st.info(_("先在“资格清单”里选一个农产品。"))

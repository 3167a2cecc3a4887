"""规则 / Rules: the programme beside the plan's sentences."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor", "administrator")

st.info(_("还没有可用的规则文件。"))

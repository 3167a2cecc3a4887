"""检验 / Inspections: what came in, and new files."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor")

st.info(_("还没有检验记录。下载空表，填好后导入。"))

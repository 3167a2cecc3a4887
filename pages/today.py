"""今日 / Today: what must be done now."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor", "administrator")

st.info(_("还没有登记任何农产品。先在“检验”页下载空表，填好后导入。"))

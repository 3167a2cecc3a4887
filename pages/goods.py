"""资格清单 / Goods: who is eligible for what on a day."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor")

st.info(_("还没有登记任何农产品，所以没有可判定的资格。"))

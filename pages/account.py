"""我的账号 / One's own account: password, open sign-ins."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor", "administrator")
st.caption(_("我的账号"))

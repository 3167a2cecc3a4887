"""人员与账号 / People and their accounts."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("administrator")
st.caption(_("人员与账号"))

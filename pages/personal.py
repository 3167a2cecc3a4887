"""个人信息 / What is personal: who was shown it, what a household may ask for, how long it is kept."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor", "administrator")
st.caption(_("个人信息"))

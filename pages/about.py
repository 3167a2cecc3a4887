"""关于 / Which version this is."""

from __future__ import annotations

import streamlit as st

from pages.parts.door import need
from pages.parts.language import _

person = need("clerk", "reviewer", "auditor", "administrator")
st.caption(_("关于"))

"""物流补贴 / Logistics: claims checked, the settlement that is drawn up, those that are settled, files brought in."""

from __future__ import annotations

import streamlit as st

from office import running
from office.permissions import may
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.door import need
from pages.parts.language import _
from pages.parts.logistics_claims import show_claims
from pages.parts.logistics_draft import show_draft
from pages.parts.logistics_lines import STYLE
from pages.parts.logistics_settled import show_settled
from pages.parts.upload import upload_panel

person = need("clerk", "reviewer", "auditor")


def views() -> dict[str, str]:
    """What this person may look at here, with its words."""
    found = {"claims": _("申报核对"), "draft": _("结算"), "settled": _("已结算")}
    if may(person.role, "import"):
        found["upload"] = _("导入")
    return found


chosen = one_of_few("view", "logistics_view", _("要做什么"), views(), "claims")
st.html(STYLE)
with running.reader() as database:
    if chosen == "upload":
        upload_panel(database, person, ("shipments",))
    elif chosen == "draft":
        show_draft(database, person, address.the_day())
    elif chosen == "settled":
        show_settled(database, person)
    else:
        show_claims(database, address.the_day())

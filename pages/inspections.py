"""检验 / Inspections: the list with its filters, files brought in, and single results entered by hand."""

from __future__ import annotations

import streamlit as st

from office import running
from office.permissions import may
from pages.parts import address
from pages.parts.door import need
from pages.parts.entry import entry_form
from pages.parts.inspection_list import show_list
from pages.parts.language import _
from pages.parts.upload import upload_panel

person = need("clerk", "reviewer", "auditor")


def views() -> dict[str, str]:
    """What this person may do here, with its words."""
    found = {"list": _("列表")}
    if may(person.role, "import"):
        found["upload"] = _("导入")
    if may(person.role, "enter"):
        found["entry"] = _("登记一条")
    return found


def choose_view() -> str:
    """The part of the page that the address asks for."""
    words = views()
    view = address.one_of("view", tuple(words), "list")
    if len(words) > 1:
        key = address.follow("inspections_view", view)
        st.segmented_control(
            _("要做什么"),
            list(words),
            key=key,
            format_func=lambda name: words[name],
            on_change=address.keep,
            args=("view", key, "list"),
            required=True,
            label_visibility="collapsed",
        )
    return view


chosen = choose_view()
with running.reader() as database:
    if chosen == "upload":
        upload_panel(database, person)
    elif chosen == "entry":
        entry_form(database, person)
    else:
        show_list(database, address.the_day())
